"""Files of wage figures are taken whole or not at all, one at a time, and nothing silently."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from jobdesc.people.person import OPERATOR, Kind, Person
from jobdesc.people.rights import Forbidden
from jobdesc.services import wage_import_work as work
from jobdesc.services import wage_imports as service
from jobdesc.services.wage_import_work import DIED, make_next_import
from jobdesc.store import wages as figures_store
from jobdesc.store.transactions import reading, writing
from jobdesc.store.wage_imports import Release, State, compare
from jobdesc.store.wage_tables import WageAreaRow, WageFigureRow, WageReleaseRow
from jobdesc.wages.areas import STATE_OF
from jobdesc.wages.errors import NotRead
from jobdesc.wages.reading import Batch, read_file
from jobdesc.workers.kept_files import KeptFiles
from jobdesc.workers.reader import ReaderDied, ReaderRefused
from tests.accounts import add_person, quick_hashes, set_up
from tests.marks import on_sqlite
from tests.wages.builders import USUAL, a_csv, an_xlsx

__all__ = ["quick_hashes"]

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


def test_a_file_is_read_and_every_row_accounted_for(files: KeptFiles) -> None:
    rows = [{}, {"O_GROUP": "broad"}, {"NAICS": "62"}, {"A_MEDIAN": "x"}, {}]
    release = done(files, a_csv(*rows))
    assert (release.state, release.taken, release.read, release.year) == (State.READY, 1, 6, 2025)
    assert release.counts == {
        "passed:rollup": 1, "passed:industry": 1, "passed:twice": 1, "fault:figure": 1,
        "there": 0, "differ": 0,
    }  # fmt: skip
    assert release.faults == ((5, "A_MEDIAN", "x", "figure"),)
    assert release.areas == ("state",)
    assert leftovers(files) == []
    assert not make_next_import(files, lambda: NOW)


@on_sqlite
def test_a_process_of_its_own_reads_the_file(files: KeptFiles) -> None:
    number = begin(files, an_xlsx(*many()), "state_M2025_dl.xlsx")
    assert make_next_import(files, lambda: NOW)
    release = service.read_import(OPERATOR, number)
    assert (release.state, release.taken) == (State.READY, 50)
    number = begin(files, b"%PDF-1.7", "state_M2025_dl.xlsx")
    assert make_next_import(files, lambda: NOW)
    assert "is a PDF" in service.read_import(OPERATOR, number).why


def test_the_same_file_twice_changes_nothing_and_says_so(files: KeptFiles) -> None:
    done(files, a_csv({}))
    assert "is here already, as state_M2025_dl.csv" in refusal(files, a_csv({}))
    assert kept() == 1
    assert leftovers(files) == []


def test_a_file_that_says_the_same_in_other_words_is_taken_without_asking(
    files: KeptFiles,
) -> None:
    done(files, a_csv({}))
    release = done(files, a_csv({"TOT_EMP": "4,350"}, {"OCC_CODE": "21-1022"}))
    assert (release.state, release.counts["there"], release.counts["differ"]) == ("ready", 1, 0)


def test_figures_that_differ_are_shown_and_taken_only_when_confirmed(files: KeptFiles) -> None:
    done(files, a_csv({}))
    release = done(files, a_csv({"A_MEDIAN": "61,000"}, {"OCC_CODE": "21-1022"}))
    assert (release.state, release.counts["differ"]) == (State.ASKING, 1)
    assert release.examples == ((USUAL["AREA_TITLE"], USUAL["OCC_TITLE"], 6_084_000, 6_100_000),)
    assert median() == 6_084_000
    assert service.answer_import(OPERATOR, release.id, True, NOW)
    assert not service.answer_import(OPERATOR, release.id, True, NOW)
    assert median() == 6_100_000
    assert service.remove_import(OPERATOR, release.id)
    assert median() == 6_084_000
    assert median("21-1022") is None


def test_what_is_shown_can_be_kept_and_the_rest_be_taken(files: KeptFiles) -> None:
    done(files, a_csv({}))
    release = done(files, a_csv({"A_MEDIAN": "*"}, {"OCC_CODE": "21-1022"}))
    assert release.counts["differ"] == 1
    assert service.answer_import(OPERATOR, release.id, False, NOW)
    assert service.read_import(OPERATOR, release.id).taken == 1
    assert (median(), median("21-1022")) == (6_084_000, 6_084_000)


def test_what_a_file_leaves_blank_is_no_difference(files: KeptFiles) -> None:
    done(files, a_csv({}))
    blank = {name: "" for name in USUAL if name.startswith("A_") or name == "TOT_EMP"}
    assert done(files, a_csv(blank)).state is State.READY
    assert median() == 6_084_000


def test_a_correction_is_compared_with_what_is_shown_and_not_with_what_was(
    files: KeptFiles,
) -> None:
    done(files, a_csv({}))
    correction = done(files, a_csv({"A_MEDIAN": "61000"}))
    service.answer_import(OPERATOR, correction.id, True, NOW)
    assert done(files, a_csv({"A_MEDIAN": "61,000"})).state is State.READY


def median(occupation: str = "21-1021") -> int | None:
    with reading() as session:
        areas = figures_store.areas_near(session, "OR")
        found = figures_store.standing_figures(session, [occupation], areas)
    return found["41", occupation].figures.annual[2] if found else None


def test_one_import_at_a_time_and_who_it_is(app: Flask, files: KeptFiles) -> None:
    dana = set_up(app)
    number = begin(files, a_csv({}), actor=dana)
    words = refusal(files, a_csv({"TOT_EMP": "1"}))
    assert words == f"{dana.name} is importing {NAME}. Wait until that is over."
    assert len(leftovers(files)) == 1
    assert service.cancel_import(dana, number, NOW)
    assert not service.cancel_import(dana, number, NOW)
    release = done(files, a_csv({}))
    assert release.state is State.READY
    asking = done(files, a_csv({"A_MEDIAN": "61000"}))
    assert asking.state is State.ASKING
    assert "waits for an answer" in refusal(files, a_csv({"TOT_EMP": "1"}))


def test_two_at_once_are_stopped_by_the_database_itself(files: KeptFiles, monkeypatch) -> None:
    begin(files, a_csv({}))
    monkeypatch.setattr(service.store, "import_under_way", lambda _: None)
    assert refusal(files, a_csv({"TOT_EMP": "1"})).startswith("Another import is under way")


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

    monkeypatch.setattr(work.store, "compare", slow)
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
    assert names() == shown


@on_sqlite
def test_an_upload_is_limited_and_named_without_folders(files: KeptFiles, monkeypatch) -> None:
    monkeypatch.setattr(service, "MOST_BYTES", 5)
    assert "over 100 MB" in refusal(files, b"123456")
    assert "is empty" in refusal(files, b"")
    assert leftovers(files) == []
    number = begin(files, b"12345", "C:\\wages\\../x\\state.csv")
    assert service.read_import(OPERATOR, number).file_name == "state.csv"


@on_sqlite
def test_only_administrators_import(app: Flask, files: KeptFiles) -> None:
    set_up(app)
    editor = add_person(app, Kind.HR_EDITOR)
    number = begin(files, a_csv({}))
    for act in (
        lambda: begin(files, b"x", actor=editor),
        lambda: service.list_imports(editor),
        lambda: service.read_import(editor, number),
        lambda: service.cancel_import(editor, number, NOW),
        lambda: service.answer_import(editor, number, True, NOW),
        lambda: service.remove_import(editor, number),
    ):
        with pytest.raises(Forbidden):
            act()


@on_sqlite
def test_there_is_no_import_of_an_unknown_number(files: KeptFiles) -> None:
    for act in (
        lambda: service.read_import(OPERATOR, 7),
        lambda: service.cancel_import(OPERATOR, 7, NOW),
        lambda: service.answer_import(OPERATOR, 7, True, NOW),
        lambda: service.remove_import(OPERATOR, 7),
    ):
        with pytest.raises(service.NoSuchImport):
            act()


@on_sqlite
def test_shipped_figures_are_not_removed(files: KeptFiles) -> None:
    with writing() as session:
        row = WageReleaseRow(
            file_name="x", sha256="a", size=1, state="ready", shipped=True, asked_at=NOW
        )
        session.add(row)
        session.flush()
        number = row.id
    assert not service.remove_import(OPERATOR, number)
    with reading() as session:
        assert compare(session, number) == ({"there": 0, "differ": 0}, [])
