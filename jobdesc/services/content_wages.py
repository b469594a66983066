"""The wage figures of the content folder: each csv is named for its source."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from jobdesc.store.wages import keep_shipped
from jobdesc.wages.errors import NotRead
from jobdesc.wages.figures import WageFigures
from jobdesc.wages.reading import read_file


@dataclass(frozen=True)
class ShippedWages:
    """A shipped file of wage figures, with the id of its source."""

    name: str
    source: str
    sha256: str
    figures: tuple[WageFigures, ...]


def read_wages(
    folder: Path, sources: Collection[str], faults: list[str]
) -> tuple[ShippedWages, ...]:
    """The files in the folder `wages`; what is wrong with them is added to the faults."""
    return tuple(
        read for path in sorted(folder.glob("*.csv")) if (read := _read(path, sources, faults))
    )


def seed_wages(session: Session, shipped: tuple[ShippedWages, ...], now: datetime) -> list[str]:
    """Keep the files that are not kept yet; returns their names."""
    return [
        file.name
        for file in shipped
        if keep_shipped(session, file.name, file.sha256, file.source, file.figures, now)
    ]


def _read(path: Path, sources: Collection[str], faults: list[str]) -> ShippedWages | None:
    if path.stem not in sources:
        faults.append(f"{path}: {path.stem} is not in content/sources.yaml. Add or correct it.")
    body = path.read_bytes()
    found: list[WageFigures] = []
    try:
        for batch in read_file(io.BytesIO(body), path.name):
            found += batch.figures
            for fault in batch.faults:
                words = f"{fault.column} is {fault.text!r}, which cannot be right ({fault.why})."
                faults.append(f"{path}:{fault.row}: {words} Correct it.")
    except NotRead as error:
        faults.append(f"{path}: {error}")
        return None
    keys = [(row.area.code, row.occupation) for row in found]
    if len(set(keys)) < len(keys) or not found:
        faults.append(f"{path}: has an area's occupation twice, or none. Correct it.")
        return None
    return ShippedWages(path.name, path.stem, sha256(body).hexdigest(), tuple(found))
