"""The page of standing texts: order, conditions, locks, removal, and faults at their fields."""

import pytest
from flask import Flask

from jobdesc.people.person import Kind
from jobdesc.postings import statement_edits
from jobdesc.postings.organization import Organization
from jobdesc.postings.variants import StatementKind, Variant
from jobdesc.roles.parse import Problems
from jobdesc.services.organization import the_organization
from jobdesc.services.roles import retire_role
from jobdesc.services.statements import create_variant, lock_text
from tests.accounts import NOW, quick_hashes, set_up
from tests.checked import words
from tests.desk import Desk, colleague, error_at, furnish, held_in, notices
from tests.forms import form_values, parsed
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

PATH = "/settings/statements"
NEW = f"{PATH}/equal_opportunity/new"
OREGON = {"name": "Oregon", "text": "In Oregon we hire.", "states": "Oregon, wa"}
ADA = "Locked by Ada Lake. An administrator can change it."


@pytest.fixture
def ada(seeded_app: Flask) -> Desk:
    person = set_up(seeded_app)
    furnish(seeded_app)
    return Desk(seeded_app, person)


@pytest.fixture
def editor(ada: Desk) -> Desk:
    return colleague(ada.app, Kind.HR_EDITOR)


def stored(desk: Desk) -> Organization:
    with desk.app.app_context():
        return the_organization()


def send(desk: Desk, path: str, **typed: object):  # type: ignore[no-untyped-def]
    form = form_values(desk.root(path), path)
    return desk.client.post(path, data=form | typed)


def press(desk: Desk, act: str):  # type: ignore[no-untyped-def]
    return send(desk, PATH, act=act)


def a_variant(desk: Desk, name: str = "Oregon", **values: object) -> Variant:
    with desk.app.app_context():
        made = {"name": name, "text": f"{name} text", **values}
        return create_variant(desk.person, StatementKind.EQUAL_OPPORTUNITY, made, NOW)


def rows(desk: Desk, path: str = PATH) -> list[str]:
    found = desk.root(path).xpath("//*[@id='equal_opportunity']//ol/li//*[@class='text-words']")
    return [words(row) for row in found]


def test_a_text_is_added_and_stands_in_the_order_in_words(editor: Desk) -> None:
    answer = send(editor, NEW, **OREGON, departments="Intake\nAftercare", levels=["mid", "lead"])
    assert (answer.status_code, answer.location) == (303, f"{PATH}#equal_opportunity")
    [variant] = stored(editor).variants
    assert (variant.states, variant.departments) == (("OR", "WA"), ("Intake", "Aftercare"))
    first, usual = rows(editor)
    assert first.startswith("1. Oregon or Washington, Intake or Aftercare, level II or Lead Oregon")
    assert usual.startswith("Else: the standard text")


def test_faults_are_named_at_their_fields_and_the_words_stay(editor: Desk) -> None:
    answer = send(editor, NEW, name="", text="x" * 6_001, states="Atlantis")
    assert answer.status_code == 422
    root = parsed(answer.text)
    assert error_at(root, "name") == "Give this text a name, like Oregon."
    assert error_at(root, "text") == "This is 6,001 characters. It can have up to 6,000."
    assert held_in(root, "states") == "Atlantis"
    root = parsed(send(editor, NEW, **OREGON | {"states": "OR, Atlantis"}).text)
    assert error_at(root, "states") == "'Atlantis' is not a state. Use one like OR or Oregon."
    assert stored(editor).variants == ()


def test_benefits_are_a_list(editor: Desk) -> None:
    path = f"{PATH}/benefits/new"
    assert send(editor, path, name="Leads", items="").status_code == 422
    assert send(editor, path, name="Leads", items="- A phone\n\n* On call").status_code == 303
    assert stored(editor).variants[0].items == ("A phone", "On call")


def test_a_misspelled_placeholder_is_named_when_it_is_saved(editor: Desk) -> None:
    send(editor, NEW, name="Any", text="Work in {plaec}.")
    assert "{plaec} is not a placeholder. Did you mean {place}?" in notices(editor.root(PATH))


def test_a_brace_left_open_is_remarked_on_at_the_field_and_saved_all_the_same(editor: Desk) -> None:
    variant = a_variant(editor, text="Work in {place")
    root = editor.root(f"{PATH}/equal_opportunity/{variant.id}")
    [area] = root.xpath("//textarea[@id='text']")
    [remark] = root.xpath("//*[@id=$id]", id=area.get("aria-describedby"))
    assert words(remark) == "{place is not closed. Write {place}, or two braces to print one."
    assert stored(editor).variants[0].text == "Work in {place"


def test_texts_move_and_go_and_come_back(editor: Desk) -> None:
    first, second = a_variant(editor, "First", states=["OR"]), a_variant(editor, "Second")
    press(editor, f"up:{second.id}")
    assert [variant.name for variant in stored(editor).variants] == ["Second", "First"]
    assert "Not used: Second above it fits every posting." in rows(editor)[1]
    answer = press(editor, f"remove:{second.id}")
    assert "Second removed. Undo" in notices(editor.root(answer.location))
    assert rows(editor)[0].startswith("1. Oregon")
    press(editor, f"restore:{second.id}")
    assert rows(editor)[0].startswith("1. Any posting Second")
    assert first.id in [variant.id for variant in stored(editor).variants]


@pytest.mark.parametrize("slug", ["case-manager", "gone-long-ago"])
def test_a_variant_stays_with_its_retired_specialty(ada: Desk, slug: str) -> None:
    variant = a_variant(ada, roles=[slug])
    with ada.app.app_context():
        retire_role(ada.person, "case-manager", NOW)
    path = f"{PATH}/equal_opportunity/{variant.id}"
    assert send(ada, path, text="Other words").status_code == 303
    [saved] = stored(ada).variants
    assert (saved.text, saved.roles) == ("Other words", (slug,))


def test_removed_texts_leave_room_for_others(editor: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statement_edits, "VARIANTS", 1)
    first = a_variant(editor, "First")
    with pytest.raises(Problems):
        a_variant(editor, "Second")
    press(editor, f"remove:{first.id}")
    a_variant(editor, "Second")
    press(editor, f"restore:{first.id}")
    assert notices(editor.root(PATH)) == [statement_edits.FULL]
    assert [variant.removed for variant in stored(editor).variants] == [True, False]


@pytest.mark.parametrize("act", ["up:gone", "remove:gone", "restore:gone"])
def test_what_is_gone_is_said(editor: Desk, act: str) -> None:
    answer = press(editor, act)
    assert answer.status_code == 303
    assert notices(editor.root(PATH)) == ["This text is not here any more. Nothing was changed."]


@pytest.mark.parametrize("act", ["", "burn:it", "up"])
def test_an_unknown_act_does_nothing(editor: Desk, act: str) -> None:
    assert press(editor, act).status_code in (303, 400)
    assert stored(editor).variants == ()


@pytest.mark.parametrize(
    "path", ["/nothing/new", "/about/gone", "/benefits/{id}", "/equal_opportunity/%00"]
)
def test_an_address_of_nothing_is_not_found(editor: Desk, path: str) -> None:
    variant = a_variant(editor)
    assert editor.get(PATH + path.format(id=variant.id)).status_code in (400, 404)


def test_which_text_a_posting_would_get_is_shown(editor: Desk) -> None:
    a_variant(editor, "Oregon", states=["OR"], levels=["lead"])
    page = editor.root(f"{PATH}?state=oregon&level=lead&city=%3Cb%3E")
    got = [words(row) for row in page.xpath("//*[@id='which']//dl/div")]
    said = "Equal opportunity Oregon (Oregon, any department, level Lead)"
    assert [row for row in got if row.startswith(said) and row.endswith("Oregon text")]
    assert any(row.startswith("Accommodation No variant fits: the standard text") for row in got)
    other = editor.root(f"{PATH}?state=nowhere&level=lead&role=x")
    assert any("Equal opportunity No variant fits" in words(row)
               for row in other.xpath("//*[@id='which']//dl/div"))  # fmt: skip


def test_only_an_administrator_locks_and_an_editor_sees_who_did(ada: Desk, editor: Desk) -> None:
    variant = a_variant(editor)
    assert "Lock" not in [words(b) for b in editor.root(PATH).xpath("//button")]
    assert press(editor, f"lock:{variant.id}").status_code == 403
    assert press(ada, f"lock:{variant.id}").status_code == 303
    assert "Locked by Ada Lake" in rows(editor)[0]
    path = f"{PATH}/equal_opportunity/{variant.id}"
    root = editor.root(path)
    assert root.xpath("//textarea[@id='text']/@readonly") and not root.xpath(
        "//button[contains(text(), 'Save')]"
    )
    answer = send(editor, path, text="Mine.")
    assert answer.status_code == 422
    assert error_at(parsed(answer.text), "text") == ADA
    assert held_in(parsed(answer.text), "text") == "Mine."
    assert press(editor, f"remove:{variant.id}").status_code == 303
    assert ADA in notices(editor.root(PATH))
    assert send(ada, path, text="Ours.").status_code == 303
    assert stored(ada).variants[0].text == "Ours."


def test_the_profile_shows_the_lock_of_a_usual_text_and_refuses_an_editor(
    ada: Desk, editor: Desk
) -> None:
    with ada.app.app_context():
        lock_text(ada.person, "about", NOW)
    path = "/settings/organization"
    assert editor.root(path).xpath("//textarea[@id='about']/@readonly")
    assert not ada.root(path).xpath("//textarea[@id='about']/@readonly")
    answer = send(editor, path, about="Mine.", act="save:about")
    assert answer.status_code == 422
    assert error_at(parsed(answer.text), "about") == ADA
    assert held_in(parsed(answer.text), "about") == "Mine."


def test_two_editors_of_one_text_overwrite_nothing(ada: Desk, editor: Desk) -> None:
    path = f"{PATH}/equal_opportunity/{a_variant(editor).id}"
    mine = form_values(editor.root(path), path)
    assert send(ada, path, text="Theirs.").status_code == 303
    answer = editor.client.post(path, data=mine | {"text": "Mine.", "states": "OR"})
    assert answer.status_code == 409
    root = parsed(answer.text)
    assert "Theirs." in " ".join(notices(root))
    assert held_in(root, "text") == "Mine."
    assert (stored(ada).variants[0].text, stored(ada).variants[0].states) == ("Theirs.", ("OR",))
    again = editor.client.post(path, data=form_values(root, path))
    assert again.status_code == 303
    assert stored(ada).variants[0].text == "Mine."
