"""Steps of an import of wage figures."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from jobdesc.people.person import OPERATOR, Person
from jobdesc.services import wage_imports as service
from jobdesc.services.wage_import_work import make_next_import
from jobdesc.store import wages as figures_store
from jobdesc.store.transactions import reading
from jobdesc.store.wage_imports import Release
from jobdesc.store.wage_tables import WageFigureRow
from jobdesc.wages.areas import STATE_OF
from jobdesc.wages.errors import NotRead
from jobdesc.wages.reading import Batch, read_file
from jobdesc.workers.kept_files import KeptFiles
from jobdesc.workers.reader import ReaderRefused

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NAME = "state_M2025_dl.csv"


@pytest.fixture
def files(app: Flask, tmp_path: Path) -> Iterator[KeptFiles]:
    """Inside the application's context."""
    with app.app_context():
        yield KeptFiles(tmp_path / "uploads")


def in_process(path: Path, release: Release) -> Iterator[Batch]:
    """The reader without a process of its own, which has a test of its own."""
    try:
        with path.open("rb") as file:
            yield from read_file(file, release.file_name, release.year_given)
    except NotRead as error:
        raise ReaderRefused(str(error)) from error


def begin(files: KeptFiles, body: bytes, name: str = NAME, actor: Person = OPERATOR) -> int:
    return service.begin_import(actor, io.BytesIO(body), name, None, files, NOW)


def done(files: KeptFiles, body: bytes, name: str = NAME, read=in_process) -> Release:
    number = begin(files, body, name)
    assert make_next_import(files, lambda: NOW, read=read)
    return service.read_import(OPERATOR, number)


def kept() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(WageFigureRow)) or 0


def refusal(files: KeptFiles, body: bytes) -> str:
    with pytest.raises(service.NotImported) as refused:
        begin(files, body)
    return str(refused.value)


def leftovers(files: KeptFiles) -> list[Path]:
    return list(files.path("0" * 32 + ".dat").parent.iterdir())


def many(median: int = 60_840, states: int = 50) -> list[dict[str, str]]:
    return [
        {"AREA": code, "AREA_TITLE": state, "PRIM_STATE": state, "A_MEDIAN": str(median)}
        for code, state in list(STATE_OF.items())[:states]
    ]


def median(occupation: str = "21-1021") -> int | None:
    with reading() as session:
        areas = figures_store.areas_near(session, "OR")
        found = figures_store.standing_figures(session, [occupation], areas)
    return found["41", occupation].figures.annual[2] if found else None
