"""Files of wage figures are taken whole or not at all, one at a time, and nothing silently."""

import pytest
from flask import Flask

from jobdesc.people.person import OPERATOR, Kind
from jobdesc.people.rights import Forbidden
from jobdesc.services import wage_imports as service
from jobdesc.services.wage_import_work import make_next_import
from jobdesc.store.transactions import reading, writing
from jobdesc.store.wage_differences import compare
from jobdesc.store.wage_tables import State, WageReleaseRow
from jobdesc.workers.kept_files import KeptFiles
from tests.accounts import add_person, quick_hashes, set_up
from tests.marks import on_sqlite
from tests.wages.builders import USUAL, a_csv, an_xlsx
from tests.wages.imports import (
    NAME,
    NOW,
    begin,
    done,
    files,
    kept,
    leftovers,
    many,
    median,
    refusal,
)

__all__ = ["files", "quick_hashes"]


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
