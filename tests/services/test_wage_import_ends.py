"""An import that does not come to its end leaves nothing, and nothing of it is seen."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from jobdesc.people.person import OPERATOR
from jobdesc.services import wage_import_work as work
from jobdesc.services import wage_imports as service
from jobdesc.services.wage_import_work import DIED, make_next_import
from jobdesc.store import wages as figures_store
from jobdesc.store.transactions import reading, writing
from jobdesc.store.wage_differences import compare
from jobdesc.store.wage_imports import Release, take_import
from jobdesc.store.wage_tables import State, WageAreaRow, WageReleaseRow
from jobdesc.wages.reading import Batch
from jobdesc.workers.kept_files import KeptFiles
from jobdesc.workers.reader import ReaderDied
from tests.marks import on_sqlite
from tests.wages.builders import USUAL, a_csv, an_xlsx
from tests.wages.imports import NOW, begin, done, files, in_process, kept, leftovers, many, median

__all__ = ["files"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"%PDF-1.7", "is a PDF"),
        (a_csv({"O_GROUP": "broad"}), "No row of this file"),
        (an_xlsx(*many())[:-200], "cut off"),
    ],
)
@on_sqlite
def test_a_file_that_cannot_be_read_leaves_nothing(
    files: KeptFiles, body: bytes, words: str
) -> None:
    release = done(files, body)
    assert (release.state, kept()) == (State.FAILED, 0)
    assert words in release.why
    assert leftovers(files) == []


def test_a_reader_that_dies_half_way_leaves_nothing(files: KeptFiles) -> None:
    def dies(path: Path, release: Release) -> Iterator[Batch]:
        yield from in_process(path, release)
        raise ReaderDied("signal 9")

    release = done(files, a_csv(*many()), read=dies)
    assert (release.state, release.why, kept()) == (State.FAILED, DIED, 0)


def test_a_file_with_any_numbers_of_rows_and_any_signs_is_kept(files: KeptFiles) -> None:
    def numbered(path: Path, release: Release) -> Iterator[Batch]:
        for batch in in_process(path, release):
            batch.row, batch.share = 5_000_000_000, 1e-9
            yield batch

    body = a_csv(*many(states=35), {"AREA_TITLE": "Ore\0gon"})
    release = done(files, body, read=numbered)
    assert (release.state, release.read, release.total) == (State.READY, 2**31 - 1, 2**31 - 1)
    assert names()["41"] == "Oregon"


@on_sqlite
def test_what_the_database_refuses_ends_the_import(
    files: KeptFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise DataError("INSERT", {}, ValueError("out of range"))

    monkeypatch.setattr(work, "add_figures", refuses)
    release = done(files, a_csv({}))
    assert (release.state, release.why, kept()) == (State.FAILED, work.NOT_KEPT, 0)
    assert leftovers(files) == []


def test_what_is_canceled_half_way_leaves_nothing(files: KeptFiles) -> None:
    def canceled(path: Path, release: Release) -> Iterator[Batch]:
        (batch,) = in_process(path, release)
        yield batch
        assert kept() == 50
        service.cancel_import(OPERATOR, release.id, NOW)
        yield Batch()

    release = done(files, a_csv(*many()), read=canceled)
    assert (release.state, kept()) == (State.CANCELED, 0)
    assert leftovers(files) == []


def test_a_server_that_stops_or_dies_half_way_begins_anew(files: KeptFiles) -> None:
    number = begin(files, a_csv(*many()))
    stops = iter((False, True))

    def twice(path: Path, release: Release) -> Iterator[Batch]:
        yield from in_process(path, release)
        yield Batch()

    make_next_import(files, lambda: NOW, lambda: next(stops), twice)
    assert service.read_import(OPERATOR, number).state is State.WAITING
    with writing() as session:  # as one that was killed leaves it
        row = session.get_one(WageReleaseRow, number)
        row.state, row.lease, row.lease_until = "reading", "a" * 32, NOW
    assert not make_next_import(files, lambda: NOW, read=in_process)
    later = NOW + timedelta(seconds=1)
    assert make_next_import(files, lambda: later, read=in_process)
    release = service.read_import(OPERATOR, number)
    assert (release.state, release.taken, kept()) == (State.READY, 50, 50)


@on_sqlite
def test_a_reader_that_was_killed_here_is_not_waited_for(
    files: KeptFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begin(files, a_csv(*many()))
    with writing() as session:
        taken = take_import(session, work._new_lease(), NOW)
    assert taken is not None
    assert not make_next_import(files, lambda: NOW, read=in_process)  # this process lives
    monkeypatch.setattr(work, "is_holder_gone", lambda mark: mark == taken.lease)
    assert make_next_import(files, lambda: NOW, read=in_process)
    release = service.read_import(OPERATOR, number)
    assert (release.state, release.attempts, kept()) == (State.READY, 2, 50)


def test_a_reader_that_another_overtook_deletes_nothing(
    files: KeptFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begin(files, a_csv(*many()))
    path, body = files.path, a_csv(*many())

    def overtaken(name: str) -> Path:
        monkeypatch.setattr(files, "path", path)
        later = NOW + timedelta(minutes=2)
        assert make_next_import(files, lambda: later, read=in_process)
        path(name).write_bytes(body)  # seen just before it went
        return path(name)

    monkeypatch.setattr(files, "path", overtaken)
    make_next_import(files, lambda: NOW, read=in_process)
    release = service.read_import(OPERATOR, number)
    assert (release.state, release.taken, kept()) == (State.READY, 50, 50)
    assert leftovers(files) == []


def test_an_import_is_held_while_its_figures_are_compared(
    files: KeptFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [NOW]
    held = []

    def late(path: Path, release: Release) -> Iterator[Batch]:
        yield from in_process(path, release)
        clock.append(NOW + timedelta(minutes=5))

    def slow(session: Session, release_id: int) -> tuple[dict[str, int], list[list[object]]]:
        held.append(session.get_one(WageReleaseRow, release_id).lease_until)
        return compare(session, release_id)

    monkeypatch.setattr(work.differences, "compare", slow)
    begin(files, a_csv({}))
    make_next_import(files, lambda: clock[-1], read=late)
    assert held == [NOW + timedelta(minutes=6)]


def test_figures_count_only_when_all_are_there(files: KeptFiles) -> None:
    seen = []

    def watched(path: Path, release: Release) -> Iterator[Batch]:
        yield from in_process(path, release)
        seen.append((kept(), median()))
        yield Batch()

    done(files, a_csv({}), read=watched)
    assert seen == [(1, None)]
    assert median() == 6_084_000


def names() -> dict[str, str]:
    """The areas of Oregon and the nation, and an occupation, as they are shown."""
    with reading() as session:
        areas = figures_store.areas_near(session, "OR")
        found = figures_store.standing_figures(session, ["21-1021"], areas)
    titles = {row.figures.occupation: row.figures.title for row in found.values()}
    return {area.code: area.title for area in areas} | titles


def test_names_of_a_file_are_seen_only_while_it_counts(files: KeptFiles) -> None:
    done(files, a_csv({}))
    shown = names()
    assert shown == {"41": "Oregon", "21-1021": USUAL["OCC_TITLE"]}
    renamed = {"AREA_TITLE": "Orygon", "OCC_TITLE": "Workers", "TOT_EMP": "1"}

    def dies(path: Path, release: Release) -> Iterator[Batch]:
        yield from in_process(path, release)
        assert names() == shown
        raise ReaderDied("signal 9")

    newer = "state_M2026_dl.csv"
    assert done(files, a_csv(renamed), newer, dies).state is State.FAILED
    assert names() == shown
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(WageAreaRow)) == 1
    release = done(files, a_csv(renamed), newer)
    assert names() == {"41": "Orygon", "21-1021": "Workers"}
    assert service.remove_import(OPERATOR, release.id)
    work.clear_imports(files)
    assert (kept(), service.read_import(OPERATOR, release.id).state) == (1, State.REMOVED)
    assert names() == shown
