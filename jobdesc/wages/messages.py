"""Batches of figures as they go from one process to another."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jobdesc.wages.figures import Area, AreaKind, WageFigures
from jobdesc.wages.layout import Fault, Why
from jobdesc.wages.reading import Batch, read_file


def read_in_messages(path: str, name: str, year: str) -> Iterator[bytes]:
    """The batches of the file at `path`; `year` is empty where nobody said one."""
    with Path(path).open("rb") as file:
        for batch in read_file(file, name, int(year) if year else None):
            yield write_batch(batch)


def write_batch(batch: Batch) -> bytes:
    """A batch as JSON; areas and occupations stand once."""
    areas = {row.area.code: row.area for row in batch.figures}
    titles = {row.occupation: row.title for row in batch.figures}
    values: dict[str, Any] = {
        "areas": [[a.code, a.title, a.kind.value, a.state] for a in areas.values()],
        "titles": titles,
        "figures": [
            [row.area.code, row.occupation, row.year, row.employment, row.hourly, row.annual,
             row.marks]
            for row in batch.figures
        ],
        "passed": batch.passed,
        "faults": [[f.row, f.column, f.text, f.why.value] for f in batch.faults],
        "absent": batch.absent,
        "row": batch.row,
        "share": batch.share,
    }  # fmt: skip
    return json.dumps(values, separators=(",", ":")).encode()


def read_batch(message: bytes) -> Batch:
    """A batch again."""
    values = json.loads(message)
    areas = {
        code: Area(code, title, AreaKind(kind), state)
        for code, title, kind, state in values["areas"]
    }
    titles = values["titles"]
    figures = [
        WageFigures(
            areas[area], code, titles[code], year, employment, tuple(hourly), tuple(annual), marks
        )
        for area, code, year, employment, hourly, annual, marks in values["figures"]
    ]
    return Batch(
        figures=figures,
        passed=Counter(values["passed"]),
        faults=[Fault(row, column, text, Why(why)) for row, column, text, why in values["faults"]],
        absent=tuple(values["absent"]),
        row=values["row"],
        share=values["share"],
    )
