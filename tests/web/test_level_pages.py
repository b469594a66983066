"""The page of another level, and the same as the inside of the builder's sheet."""

import json
from typing import Any

import pytest
from flask import Flask
from lxml import etree
from sqlalchemy import delete

from jobdesc.people.person import Kind
from jobdesc.services import levels
from jobdesc.store.tables import RoleRow
from jobdesc.store.transactions import StoreBusy, writing
from jobdesc.web.postings.level_view import _ticked
from tests.accounts import Clock, quick_hashes, set_up
from tests.checked import words
from tests.desk import Desk, colleague, furnish, notices
from tests.forms import form_values, parsed
from tests.live import Live
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

MINE = "My own words."


@pytest.fixture
def live(seeded_app: Flask) -> Live:
    """A posting at level II with one duty in a person's own words."""
    Clock(seeded_app)
    administrator = set_up(seeded_app)
    furnish(seeded_app)
    desk = Desk(seeded_app, administrator)
    live = Live(desk, desk.start("rn-case-manager", "mid"))
    sheet = live.desk.root(f"{live.path}/levels/senior")
    reworded = sheet.xpath("//input[starts-with(@value, 'reworded:')]/@value")[0]
    origin = reworded.partition(":")[2]
    line = next(line for line in live.posting["lines"] if line["origin"] == origin)
    live.save({"do": "set-line", "line": line["id"], "before": line["text"], "after": MINE})
    return live


def page(live: Live, level: str = "senior") -> etree._Element:
    return live.desk.root(f"{live.path}/levels/{level}")


def boxes(root: etree._Element) -> dict[str, bool]:
    """Whether each row is ticked, by its key."""
    found = root.xpath("//input[@name='take']")
    return {box.get("value"): box.get("checked") is not None for box in found}


def send(live: Live, root: etree._Element, *keys: str, level: str = "senior", **more: str) -> Any:
    """Send the page's form with these rows ticked."""
    [form] = root.xpath("//main//form")
    hidden = {box.get("name"): box.get("value") for box in form.xpath(".//input[@type='hidden']")}
    return live.desk.client.post(form.get("action"), data=hidden | {"take": list(keys)} | more)


def test_the_page_names_the_levels_and_counts_the_differences(live: Live) -> None:
    root = page(live)
    rows = boxes(root)
    title = f"Level II to level III: {len(rows)} differences"
    assert words(root.xpath("//h1")[0]) == title
    assert words(root.xpath("//main//p")[0]) == (
        f"{sum(rows.values())} of {len(rows)} changes are ticked as this page opens. "
        "Untick what should stay as it is."
    )
    assert [words(heading) for heading in root.xpath("//main//h2")] == [
        "Pay and numbers", "Added", "Reworded", "Removed",
    ]  # fmt: skip
    assert [words(button) for button in root.xpath("//main//button")] == ["Apply ticked changes"]
    assert root.xpath("//main//a[.='Cancel']/@href") == [live.path]


def test_each_row_shows_both_texts_and_what_is_ones_own_is_not_ticked(live: Live) -> None:
    root = page(live)
    [key] = [key for key, ticked in boxes(root).items() if not ticked]
    box = root.xpath("//input[@value=$key]", key=key)[0]
    shown, why = (
        root.xpath("//*[@id=$id]", id=name)[0] for name in box.get("aria-describedby").split()
    )
    assert words(why) == "You changed this. Keeping your wording."
    before, after = shown.xpath("p")
    assert words(before).replace("removed: ", "") == MINE
    [change] = json.loads(box.get("data-changes"))
    assert words(after).replace("added: ", "") == change["after"]
    assert (change["do"], change["before"]) == ("set-line", MINE)
    marks = root.xpath("//main//ins[@class='now'] | //main//del[@class='was']")
    hidden = {words(mark.xpath("span[@class='visually-hidden']")[0]) for mark in marks}
    assert hidden == {"added:", "removed:"}
    assert words(root.xpath("//label[@for=$id]", id=box.get("id"))[0]) == "What you will do"


@on_sqlite
def test_a_line_that_moves_is_shown_once(live: Live) -> None:
    root = page(live, "director")
    key = root.xpath("//input[starts-with(@value, 'moved:')]/@value")[0]
    [shown] = root.xpath("//*[@id=$id]/p", id=f"words:{key}")
    text = next(line["text"] for line in live.posting["lines"] if f"moved:{line['origin']}" == key)
    assert words(shown) == f"Moved: {text}"
    assert not shown.xpath(".//ins | .//del")


def test_what_is_ticked_is_applied_and_the_page_of_the_posting_follows(live: Live) -> None:
    root = page(live)
    keys = [key for key, ticked in boxes(root).items() if ticked]
    answer = send(live, root, *keys)
    assert (answer.status_code, answer.location) == (303, live.path)
    said = notices(live.desk.root(live.path))
    assert f"Level III: {len(keys)} changes applied" in said
    posting = live.desk.posting(live.number)
    assert posting.level == "senior"
    assert MINE in live.desk.texts(live.number)
    again = page(live)
    assert words(again.xpath("//h1")[0]) == "Newer text of level III: no differences"
    assert not again.xpath("//main//button")


def test_nothing_ticked_changes_the_level_alone(live: Live) -> None:
    before = live.desk.posting(live.number)
    assert send(live, page(live)).status_code == 303
    after = live.desk.posting(live.number)
    assert after.level == "senior"
    assert (after.lines, after.title, after.pay_low) == (before.lines, before.title, before.pay_low)


def test_a_page_that_is_out_of_date_is_shown_again_with_what_was_ticked(live: Live) -> None:
    root = page(live)
    live.save(live.retitle("Newer"))
    answer = send(live, root, "field:pay")
    assert answer.status_code == 409
    again = parsed(answer.text)
    assert [key for key, ticked in boxes(again).items() if ticked] == ["field:pay"]
    assert notices(again) == [
        "The posting or its role changed meanwhile. Look at the differences again."
    ]
    assert live.desk.posting(live.number).level == "mid"
    assert send(live, again, "field:pay").status_code == 303
    assert live.desk.posting(live.number).pay_low == "97,600"


@on_sqlite
def test_a_busy_database_keeps_what_was_ticked(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StoreBusy("locked")

    root = page(live)
    with monkeypatch.context() as patched:
        patched.setattr(levels, "keep_changes", fail)
        answer = send(live, root, "field:pay")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert [key for key, ticked in boxes(parsed(answer.text)).items() if ticked] == ["field:pay"]


@on_sqlite
@pytest.mark.parametrize("wrong", [{"counter": "x"}, {"counter": ""}, {"base": "x"}, {"base": ""}])
def test_a_form_with_wrong_marks_changes_nothing(live: Live, wrong: dict[str, str]) -> None:
    assert send(live, page(live), "field:pay", **wrong).status_code == 409
    assert live.desk.posting(live.number).level == "mid"


@on_sqlite
def test_a_row_that_is_none_is_left_alone(live: Live) -> None:
    assert send(live, page(live), "field:none", "x" * 500).status_code == 303
    assert live.desk.posting(live.number).level == "senior"


def test_the_sheet_holds_what_the_script_needs(live: Live) -> None:
    part = live.get("levels/senior?part=sheet")
    root, whole = parsed(part.text), page(live)
    assert boxes(root) == boxes(whole)
    [form] = root.xpath("//form")
    assert form.get("data-title") == words(whole.xpath("//h1")[0])
    assert json.loads(form.get("data-before")) == {
        "level": "mid", "base": live.posting["base"],
    }  # fmt: skip
    assert not root.xpath("//h1 | //h2")
    assert len(root.xpath("//h3")) == 4
    count = sum(boxes(root).values())
    assert [words(button) for button in root.xpath("//button")] == [
        f"Apply {count} changes", "Cancel",
    ]  # fmt: skip
    changes = [json.loads(box.get("data-changes")) for box in root.xpath("//input[@checked]")]
    done = live.save({
        "do": "change-level",
        "before": json.loads(form.get("data-before")),
        "after": json.loads(form.get("data-after")),
        "changes": [change for row in changes for change in row],
    })  # fmt: skip
    assert (done["refused"], done["conflicts"]) == ([], [])
    assert done["posting"]["level"] == "senior"
    assert set(done["template"].values()) >= {
        line["text"] for line in done["posting"]["lines"] if line["origin"]
    } - {MINE}


@on_sqlite
def test_the_same_as_at_the_level_offers_the_level_alone(live: Live) -> None:
    send(live, page(live), *boxes(page(live)))
    assert live.desk.posting(live.number).level == "senior"
    back = {"level": "mid", "base": live.posting["base"]}
    live.state = live.get("state").json or {}
    here = {name: live.posting[name] for name in ("level", "base")}
    live.save({"do": "change-level", "before": here, "after": back, "changes": []})
    root = page(live)
    assert words(root.xpath("//h1")[0]) == "Level II to level III: no differences"
    assert [words(button) for button in root.xpath("//main//button")] == ["Change the level"]
    sheet = parsed(live.get("levels/senior?part=sheet").text)
    assert [words(button) for button in sheet.xpath("//button")] == ["Change the level", "Cancel"]
    assert send(live, root).status_code == 303
    assert live.desk.posting(live.number).level == "senior"


@on_sqlite
def test_a_level_that_is_none_is_not_there(live: Live) -> None:
    for level in ("boss", "MID", "3"):
        assert live.desk.get(f"{live.path}/levels/{level}").status_code == 404


@on_sqlite
def test_a_role_that_is_gone_is_told(live: Live) -> None:
    root = page(live)
    with live.desk.app.app_context(), writing() as session:
        session.execute(delete(RoleRow).where(RoleRow.slug == "rn-case-manager"))
    told = "The library no longer has the role of this posting, so its level cannot be changed."
    for answer in (live.desk.get(f"{live.path}/levels/senior"), send(live, root, "field:pay")):
        assert answer.status_code == 404
        assert told in words(parsed(answer.text))
    assert live.get("levels/senior?part=sheet").json == {"message": told}
    assert live.get("library").status_code == 200


@on_sqlite
def test_the_level_buttons_of_the_page_save_and_lead_there(live: Live) -> None:
    form = form_values(live.desk.root(live.path), live.path) | {"department": "Night"}
    answer = live.desk.send_form(live.number, form, "level:senior")
    assert (answer.status_code, answer.location) == (303, f"{live.path}/levels/senior")
    assert live.desk.posting(live.number).department == "Night"


@on_sqlite
def test_who_may_only_read_gets_no_page(live: Live, seeded_app: Flask) -> None:
    live.save(live.retitle("Seen by all"))
    reader = colleague(seeded_app, Kind.RECRUITER)
    assert reader.get(f"{live.path}/levels/senior").status_code == 403


@pytest.mark.parametrize(
    ("count", "total", "said"),
    [
        (1, 1, "1 change is ticked"),
        (1, 3, "1 of 3 changes is ticked"),
        (2, 3, "2 of 3 changes are ticked"),
        (3, 3, "All 3 changes are ticked"),
        (0, 3, "Nothing is ticked"),
    ],
)
def test_how_many_are_ticked_is_said_in_english(count: int, total: int, said: str) -> None:
    assert _ticked(count, total).startswith(f"{said} as this page opens.")
