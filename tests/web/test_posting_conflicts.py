"""The page of a posting open before two people, and saved while the database is busy."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Flask

from jobdesc.extensions import db
from jobdesc.store import engine
from tests.accounts import Clock, quick_hashes, set_up
from tests.desk import Desk, colleague, error_at, furnish, held_in, notices, summary
from tests.forms import form_values, parsed
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

HOSTILE = "</textarea><script>alert('x')</script> \"quoted\" & مرحبا \u202eRTL 👩🏽‍⚕️ {{ 7*7 }}"
LONG = ("Visits clients at home. " * 417).strip()  # 10,007 characters


@pytest.fixture
def desk(seeded_app: Flask) -> Desk:
    """The administrator of an organization with a filled profile."""
    Clock(seeded_app)
    administrator = set_up(seeded_app)
    furnish(seeded_app)
    return Desk(seeded_app, administrator)


@pytest.fixture
def number(desk: Desk) -> int:
    """A posting that everybody sees."""
    number = desk.start()
    desk.send(number, {"department": "Intake"})
    return number


class TestTwoEditors:
    """Two people, or two windows of one, with the same page open."""

    @pytest.fixture
    def other(self, desk: Desk) -> Desk:
        return colleague(desk.app)

    def test_different_lines_and_fields_are_both_kept(
        self, desk: Desk, other: Desk, number: int
    ) -> None:
        one, two, *_ = desk.lines(number)
        mine, theirs = desk.form(number), other.form(number)
        mine |= {f"line:{one}": "Mine", "title": "My title"}
        theirs |= {f"line:{two}": "Theirs", "department": "Their department"}
        assert desk.send_form(number, mine).status_code == 303
        assert other.send_form(number, theirs).status_code == 303
        assert desk.texts(number)[:2] == ["Mine", "Theirs"]
        posting = desk.posting(number)
        assert (posting.title, posting.department) == ("My title", "Their department")

    def test_the_same_line_comes_back_with_both_texts_and_can_be_saved_again(
        self, desk: Desk, other: Desk, number: int
    ) -> None:
        name = f"line:{desk.lines(number)[0]}"
        theirs = other.form(number) | {name: "Theirs", "department": "Night Intake"}
        desk.send(number, {name: "Mine"})
        answer = other.send_form(number, theirs)
        page = parsed(answer.text)
        assert answer.status_code == 409
        assert held_in(page, name) == "Theirs"
        assert error_at(page, name).endswith("Save again to replace it: Mine")
        assert summary(page) == {name: error_at(page, name)}
        assert (desk.texts(number)[0], desk.posting(number).department) == ("Mine", "Night Intake")
        assert other.send_form(number, form_values(page, f"/postings/{number}")).status_code == 303
        assert desk.texts(number)[0] == "Theirs"

    def test_the_same_field_comes_back_with_both_texts(
        self, desk: Desk, other: Desk, number: int
    ) -> None:
        theirs = other.form(number) | {"summary": HOSTILE + " theirs"}
        desk.send(number, {"summary": HOSTILE + " mine"})
        page = parsed(other.send_form(number, theirs).text)
        assert held_in(page, "summary") == HOSTILE + " theirs"
        assert error_at(page, "summary").endswith(" ".join(f"{HOSTILE} mine".split()))
        assert desk.posting(number).summary == HOSTILE + " mine"

    def test_the_same_change_by_both_is_no_conflict(
        self, desk: Desk, other: Desk, number: int
    ) -> None:
        theirs = other.form(number) | {"title": "Guide"}
        desk.send(number, {"title": "Guide"})
        assert other.send_form(number, theirs).status_code == 303

    def test_words_for_a_line_that_is_gone_are_shown(
        self, desk: Desk, other: Desk, number: int
    ) -> None:
        line = desk.lines(number)[0]
        theirs = other.form(number) | {f"line:{line}": "My better words"}
        desk.send(number, action=f"remove:{line}")
        answer = other.send_form(number, theirs)
        assert answer.status_code == 409
        found = summary(parsed(answer.text))
        assert found == {"main": "Someone removed this meanwhile. Your words were: My better words"}

    def test_a_line_changed_by_another_is_not_removed_unseen(
        self, desk: Desk, other: Desk, number: int
    ) -> None:
        line = desk.lines(number)[0]
        theirs = other.form(number)
        desk.send(number, {f"line:{line}": "Mine"})
        answer = other.send_form(number, theirs, action=f"remove:{line}")
        assert answer.status_code == 409
        assert desk.texts(number)[0] == "Mine"
        page = parsed(answer.text)
        assert held_in(page, f"line:{line}") == "Mine"
        assert "It is still here" in error_at(page, f"line:{line}")

    def test_a_line_emptied_by_one_and_changed_by_another_comes_back(
        self, desk: Desk, other: Desk, number: int
    ) -> None:
        name = f"line:{desk.lines(number)[0]}"
        theirs = other.form(number) | {name: ""}
        desk.send(number, {name: "Mine"})
        answer = other.send_form(number, theirs)
        assert answer.status_code == 409
        assert desk.texts(number)[0] == "Mine"
        page = parsed(answer.text)
        assert other.send_form(number, form_values(page, f"/postings/{number}")).status_code == 303

    @pytest.mark.parametrize("status", [409, 422])
    def test_a_page_with_a_problem_shows_what_others_saved_and_does_not_undo_it(
        self, desk: Desk, other: Desk, number: int, status: int
    ) -> None:
        line = desk.lines(number)[0]
        wrong = {"summary": LONG} if status == 422 else {"title": "Their title"}
        theirs = other.form(number) | wrong
        desk.send(number, {"title": "My title", "department": "Mine", f"line:{line}": "Mine"})
        answer = other.send_form(number, theirs)
        page = parsed(answer.text)
        assert answer.status_code == status
        assert held_in(page, "department") == held_in(page, f"line:{line}") == "Mine"
        again = form_values(page, f"/postings/{number}") | dict.fromkeys(wrong, "Agreed")
        assert other.send_form(number, again).status_code == 303
        assert desk.posting(number).department == desk.texts(number)[0] == "Mine"


@pytest.fixture
def locked(desk: Desk, number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another program holds SQLite's write lock, and nobody waits long for it."""
    hasty = [re.sub("busy_timeout=.*", "busy_timeout=50", pragma) for pragma in engine.PRAGMAS]
    monkeypatch.setattr(engine, "PRAGMAS", tuple(hasty))
    with desk.app.app_context():
        db.engine.dispose()
        file = db.engine.url.database
    assert file
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@on_sqlite
def test_a_busy_database_keeps_every_word_on_the_page(
    desk: Desk, number: int, locked: None
) -> None:
    line = f"line:{desk.lines(number)[0]}"
    typed = {"title": HOSTILE, line: HOSTILE, "new:skills": HOSTILE, "arrangement": "remote"}
    answer = desk.send(number, typed)
    page = parsed(answer.text)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "The database is busy, so nothing was saved." in " ".join(notices(page))
    assert {name: held_in(page, name) for name in typed} == typed
    assert desk.posting(number).title != HOSTILE
    again = form_values(page, f"/postings/{number}")
    assert {name: again[f"{name}.before"] for name in ("title", line)} == {
        "title": desk.posting(number).title,
        line: desk.texts(number)[0],
    }


@on_sqlite
def test_a_busy_database_still_shows_lists_and_files_and_begins_nothing(
    desk: Desk, number: int, locked: None
) -> None:
    assert desk.get(f"/postings/{number}").status_code == 200
    assert desk.get("/postings").status_code == 200
    assert desk.get(f"/postings/{number}/download.html").status_code == 200
    answer = desk.press_level("case-manager", "senior")
    assert answer.status_code == 503
    assert "Nothing was changed" in answer.text


@on_sqlite
def test_after_a_busy_database_the_page_does_not_undo_what_others_saved(
    desk: Desk, number: int, request: pytest.FixtureRequest
) -> None:
    opened = desk.form(number) | {"title": "My title"}
    desk.send(number, {"department": "Theirs", "summary": "Theirs"})
    request.getfixturevalue("locked")
    page = parsed(desk.send_form(number, opened | {"summary": "Mine"}).text)
    again = form_values(page, f"/postings/{number}")
    assert (again["department"], again["department.before"]) == ("Theirs", "Theirs")
    assert (again["summary"], again["summary.before"]) == ("Mine", opened["summary.before"])
