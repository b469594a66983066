"""Locks and other texts on the page of a posting, without a script."""

from typing import Any

import pytest
from flask import Flask

from jobdesc.people.person import Kind
from jobdesc.postings.variants import StatementKind
from jobdesc.services.statements import create_variant, lock_text
from tests.accounts import NOW, quick_hashes, set_up
from tests.checked import words
from tests.desk import Desk, colleague, error_at, furnish, held_in, summary
from tests.forms import parsed
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

ADA = "Locked by Ada Lake. An administrator can change it."
TEXT = "In Oregon we hire."
KIND = StatementKind.EQUAL_OPPORTUNITY


@pytest.fixture
def ada(seeded_app: Flask) -> Desk:
    """The administrator, who locked the text for Oregon and the benefits."""
    desk = Desk(seeded_app, set_up(seeded_app))
    furnish(seeded_app)
    with seeded_app.app_context():
        values: dict[str, Any] = {"name": "Oregon", "text": TEXT, "states": ["OR"]}
        lock_text(desk.person, create_variant(desk.person, KIND, values, NOW).id, NOW)
        lock_text(desk.person, "benefits", NOW)
        idaho = {"name": "Idaho", "text": "In Idaho we hire.", "states": ["ID"]}
        lock_text(desk.person, create_variant(desk.person, KIND, idaho, NOW).id, NOW)
    return desk


@pytest.fixture
def director(ada: Desk) -> Desk:
    return colleague(ada.app, Kind.HIRING_DIRECTOR)


def test_a_locked_text_is_shown_and_read_only_to_those_who_may_not_change_it(
    ada: Desk, director: Desk
) -> None:
    number = director.start()
    root = director.root(f"/postings/{number}")
    assert root.xpath("//textarea[@id='equal_opportunity']/@readonly")
    assert not root.xpath("//textarea[@id='accommodation']/@readonly")
    assert [words(note) for note in root.xpath("//*[@class='lock-note']")] == [ADA] * 3
    assert len(root.xpath("//ol[@data-section='benefits']//textarea[@readonly]")) == 2
    assert "(holds locked text)" in words(root.xpath("//*[@id='arrange']")[0])
    director.send(number, {"title": "Intake"})
    root = ada.root(f"/postings/{number}")
    assert not root.xpath("//textarea[@readonly]")
    assert words(root.xpath("//*[@data-beside='equal_opportunity']")[0]) == "Locked by Ada Lake."


def test_a_change_of_it_is_refused_at_the_field_and_the_rest_is_kept(director: Desk) -> None:
    number = director.start()
    line = director.lines(number, "benefits")[0]
    answer = director.send(
        number, {"equal_opportunity": "Mine.", "title": "Intake", f"line:{line}": "Less"}
    )
    assert answer.status_code == 409
    root = parsed(answer.text)
    assert error_at(root, "equal_opportunity") == ADA
    assert held_in(root, "equal_opportunity") == "Mine."
    assert error_at(root, f"line:{line}") == ADA
    assert not root.xpath("//textarea[@id='equal_opportunity']/@readonly")
    posting = director.posting(number)
    assert (posting.title, posting.equal_opportunity) == ("Intake", TEXT)


@pytest.mark.parametrize("action", ["remove:{line}", "part-hide:equal-opportunity"])
def test_what_is_locked_is_neither_removed_nor_hidden(director: Desk, action: str) -> None:
    number = director.start()
    line = director.lines(number, "benefits")[0]
    answer = director.send(number, action=action.format(line=line))
    assert answer.status_code == 409
    assert ADA in summary(parsed(answer.text)).values()
    posting = director.posting(number)
    assert line in [it.id for it in posting.lines] and posting.hidden_parts == ()


def test_an_administrator_changes_it_all_the_same(ada: Desk) -> None:
    number = ada.start()
    assert ada.send(number, {"equal_opportunity": "Ours."}).status_code == 303
    assert ada.posting(number).equal_opportunity == "Ours."


def test_another_text_is_offered_and_used_by_a_button(director: Desk) -> None:
    number = director.start()
    place = director.posting(number).places[0].id
    director.send(number, {f"place:{place}.state": "ID", f"place:{place}.city": "Boise"})
    assert director.posting(number).equal_opportunity == TEXT
    root = director.root(f"/postings/{number}")
    [offer] = root.xpath("//*[@data-beside='equal_opportunity']//*[@class='other-text']")
    assert words(offer).startswith("Your organization has another text for Idaho.")
    answer = director.send(number, {"title": "Kept"}, action="use-text:equal_opportunity")
    assert answer.status_code == 303
    assert answer.location.endswith("#equal_opportunity")
    posting = director.posting(number)
    assert (posting.title, posting.equal_opportunity) == ("Kept", "In Idaho we hire.")
    assert director.send(number, action="use-text:nothing").status_code == 303


def test_own_words_of_a_place_without_a_lock_meet_the_locked_text_where_it_holds(
    director: Desk,
) -> None:
    number = director.start()
    place = director.posting(number).places[0].id
    elsewhere = {f"place:{place}.state": "WA", f"place:{place}.city": "Seattle"}
    director.send(number, elsewhere)
    refused = director.send(number, {"equal_opportunity": "Mine."})
    assert refused.status_code == 409
    assert director.posting(number).equal_opportunity == TEXT
    director.send(number, {f"place:{place}.state": "ID", f"place:{place}.city": "Boise"})
    director.send(number, action="use-text:equal_opportunity")
    director.send(number, {f"place:{place}.state": "OR", f"place:{place}.city": "Portland"})
    root = director.root(f"/postings/{number}")
    [offer] = root.xpath("//*[@data-beside='equal_opportunity']//*[@class='other-text']")
    assert words(offer).startswith("Your organization has another text for Oregon.")


def test_the_preview_tells_the_builder_what_is_locked_and_offered(
    ada: Desk, director: Desk
) -> None:
    for desk, shut in ((director, True), (ada, False)):
        number = desk.start()
        posting = desk.posting(number).model_dump(mode="json", by_alias=True)
        posting["places"][0]["state"] = "ID"
        answer = desk.client.post(
            f"/postings/{number}/preview", json={"posting": posting},
            headers={"X-CSRFToken": desk.token()},
        )  # fmt: skip
        beside, locked = answer.json["beside"], answer.json["locked"]
        assert "another text for Idaho" in beside["equal_opportunity"]
        assert ("equal_opportunity" in locked) is shut
        assert ("part:equal-opportunity" in locked) is shut


def test_an_unknown_placeholder_is_named_at_its_line_and_a_missing_detail_in_the_strip(
    director: Desk,
) -> None:
    number = director.start()
    line = director.lines(number)[0]
    director.send(number, {f"line:{line}": "Serve {plaec} in {department}."})
    root = director.root(f"/postings/{number}")
    assert error_at(root, f"line:{line}") == "{plaec} is not a placeholder. Did you mean {place}?"
    assert "1 detail missing: department" in words(root.xpath("//*[@id='missing']")[0])
    assert root.xpath("//*[@id='missing']//input[@id='department']")
    assert "Serve [plaec missing] in [department missing]." in words(
        root.xpath("//*[@id='preview']")[0]
    )
