"""Role templates through the pages: parts saved, faults said in place, two editors at once."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobdesc.people.person import Kind, Person
from jobdesc.roles.levels import Level
from jobdesc.services.postings import read_posting, start_posting
from jobdesc.services.roles import open_role, save_role
from tests.accounts import NOW, add_person, post, quick_hashes, set_up, sign_in
from tests.marks import on_sqlite
from tests.role_pages import Form, open_part, read_form, send_part

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

RN = "rn-case-manager"
ASSESS = "clinical-assessment"
PARTS = ("basics", "duties", "skills", "education", "credentials", "experience", "conditions",
         "pay", "guide")  # fmt: skip


@pytest.fixture
def editor(seeded_app: Flask) -> Person:
    """An HR editor, in an installation that is set up."""
    set_up(seeded_app)
    return add_person(seeded_app, Kind.HR_EDITOR)


@pytest.fixture
def client(seeded_app: Flask, editor: Person) -> FlaskClient:
    """The editor's browser."""
    client = seeded_app.test_client()
    sign_in(client, editor.email)
    return client


def body_of(app: Flask, editor: Person, slug: str = RN) -> dict[str, Any]:
    with app.app_context():
        return open_role(editor, slug).body


def line_of(body: dict[str, Any], part: str, line_id: str) -> dict[str, Any]:
    return next(line for line in body[part] if line["id"] == line_id)


def change_elsewhere(app: Flask, editor: Person, level: str, text: str) -> None:
    """Somebody else saves another text of the same duty."""
    with app.app_context():
        draft = open_role(editor, RN)
        for line in draft.body["duties"]:
            if line["id"] == ASSESS:
                line["levels"][level] = {"text": text, "essential": True}
        save_role(editor, RN, draft.body, draft.started, NOW)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_saved_untouched_changes_nothing(client: FlaskClient, part: str) -> None:
    answer = send_part(client, RN, part, open_part(client, RN, part))
    assert answer.status_code == 303
    assert "Nothing was changed" in client.get(answer.location).text


def test_a_duty_changed_at_a_level_is_in_the_next_posting(
    seeded_app: Flask, client: FlaskClient, editor: Person
) -> None:
    form = open_part(client, RN, "duties")
    form[f"{ASSESS}:mid:text"] = "Assess each patient at home within two days."
    answer = send_part(client, RN, "duties", form)
    assert answer.status_code == 303
    assert "Duties saved" in client.get(answer.location).text
    with seeded_app.app_context():
        number = start_posting(editor, RN, Level.MID, NOW)
        texts = [line.text for line in read_posting(editor, number).posting.lines]
    assert "Assess each patient at home within two days." in texts


def test_a_line_is_added_moved_and_removed(
    seeded_app: Flask, client: FlaskClient, editor: Person
) -> None:
    form = open_part(client, RN, "skills")
    added = read_form(send_part(client, RN, "skills", form, "add:line").text)
    new = added.getlist("line")[-1]
    added[f"{new}:entry:text"] = "Patience with forms of every kind"
    moved = read_form(send_part(client, RN, "skills", added, f"up:{new}").text)
    assert moved.getlist("line")[-2] == new
    gone = moved.getlist("line")[0]
    left = read_form(send_part(client, RN, "skills", moved, f"remove:{gone}").text)
    assert gone not in left.getlist("line")
    assert body_of(seeded_app, editor)["skills"][0]["id"] == gone
    assert send_part(client, RN, "skills", left).status_code == 303
    ids = [line["id"] for line in body_of(seeded_app, editor)["skills"]]
    assert gone not in ids
    assert ids[-2] == "patience-with-forms-of"


def test_an_empty_new_line_is_not_saved(client: FlaskClient) -> None:
    form = read_form(
        send_part(client, RN, "duties", open_part(client, RN, "duties"), "add:line").text
    )
    answer = send_part(client, RN, "duties", form)
    assert "Nothing was changed" in client.get(answer.location).text


def test_what_was_typed_stays_where_it_cannot_be_saved(client: FlaskClient) -> None:
    form = open_part(client, RN, "experience")
    form["nursing-practice:mid:years"] = "a few"
    form["nursing-practice:lead:text"] = "x" * 1_500
    form["nursing-practice:entry:text"] = "A year at the bedside"
    answer = send_part(client, RN, "experience", form)
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert "2 things to correct" in answer.text
    assert "Is &#39;a few&#39;. Write a number, like 2 or 1.5." in answer.text
    assert "Use up to 1,000 characters." in answer.text
    again = read_form(answer.text)
    for name in ("mid:years", "lead:text", "entry:text"):
        assert again[f"nursing-practice:{name}"] == form[f"nursing-practice:{name}"]


def test_an_emptied_name_is_refused_at_its_field(client: FlaskClient) -> None:
    form = open_part(client, RN, "basics")
    form["name"] = " "
    answer = send_part(client, RN, "basics", form)
    assert answer.status_code == 422
    assert 'aria-describedby="name-error"' in answer.text


def test_what_shipped_content_would_not_have_is_warned_of_and_saved(
    seeded_app: Flask, client: FlaskClient, editor: Person
) -> None:
    form = open_part(client, RN, "pay")
    form["pay:senior:low"] = "$50,000"
    answer = send_part(client, RN, "pay", form)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Earns less than the level below" in page
    assert body_of(seeded_app, editor)["pay"]["senior"]["low"] == 50_000
    assert "97,600" in page


def test_two_editors_at_two_levels_of_a_duty_both_have_their_words(
    seeded_app: Flask, client: FlaskClient, editor: Person
) -> None:
    form = open_part(client, RN, "duties")
    change_elsewhere(seeded_app, editor, "senior", "Theirs at III.")
    form[f"{ASSESS}:mid:text"] = "Mine at II."
    assert send_part(client, RN, "duties", form).status_code == 303
    levels = line_of(body_of(seeded_app, editor), "duties", ASSESS)["levels"]
    assert (levels["mid"]["text"], levels["senior"]["text"]) == ("Mine at II.", "Theirs at III.")


@pytest.mark.parametrize("act", ["save", "add:line"])
def test_a_form_that_comes_back_still_goes_on_from_what_it_was_made_from(
    seeded_app: Flask, client: FlaskClient, editor: Person, act: str
) -> None:
    form = open_part(client, RN, "duties")
    change_elsewhere(seeded_app, editor, "senior", "Theirs at III.")
    form[f"{ASSESS}:mid:text"] = "x" * 1_500
    back = read_form(send_part(client, RN, "duties", form, act).text)
    back[f"{ASSESS}:mid:text"] = "Mine at II."
    assert send_part(client, RN, "duties", back).status_code == 303
    levels = line_of(body_of(seeded_app, editor), "duties", ASSESS)["levels"]
    assert (levels["mid"]["text"], levels["senior"]["text"]) == ("Mine at II.", "Theirs at III.")


def contested(app: Flask, client: FlaskClient, editor: Person) -> tuple[str, Form]:
    """A save over a text that somebody else changed meanwhile: the page, and its form."""
    form = open_part(client, RN, "duties")
    change_elsewhere(app, editor, "mid", "Assess every patient at theirs.")
    form[f"{ASSESS}:mid:text"] = "Assess every patient at mine."
    form["care-plan:mid:text"] = "Nobody else touched this."
    answer = send_part(client, RN, "duties", form)
    assert answer.status_code == 409
    return answer.text, read_form(answer.text)


def test_the_same_cell_changed_by_two_is_shown_with_both_texts(
    seeded_app: Flask, client: FlaskClient, editor: Person
) -> None:
    html, form = contested(seeded_app, client, editor)
    assert "Somebody else changed the same thing" in html
    assert "Duties, clinical assessment, II" in html
    assert form[f"{ASSESS}:mid:text"] == "Assess every patient at mine."
    body = body_of(seeded_app, editor)
    assert line_of(body, "duties", ASSESS)["levels"]["mid"]["text"].endswith("theirs.")
    assert line_of(body, "duties", "care-plan")["levels"]["mid"]["text"].startswith("Nobody")


def test_theirs_is_taken_or_mine_is_kept(
    seeded_app: Flask, client: FlaskClient, editor: Person
) -> None:
    _, form = contested(seeded_app, client, editor)
    key = form["contested"]
    theirs = send_part(client, RN, "duties", form, f"theirs:{key}").text
    assert read_form(theirs)[f"{ASSESS}:mid:text"] == "Assess every patient at theirs."
    assert "Somebody else changed" not in theirs
    kept = read_form(send_part(client, RN, "duties", form, f"mine:{key}").text)
    assert kept[f"{ASSESS}:mid:text"] == "Assess every patient at mine."
    assert send_part(client, RN, "duties", kept).status_code == 303
    levels = line_of(body_of(seeded_app, editor), "duties", ASSESS)["levels"]
    assert levels["mid"]["text"] == "Assess every patient at mine."


@pytest.mark.parametrize("key", ['["duties"]', "[]", "x", '["duties", "intake", "id"]', "[" * 600])
def test_a_conflict_that_there_is_not_changes_nothing(client: FlaskClient, key: str) -> None:
    form = open_part(client, RN, "duties")
    answer = send_part(client, RN, "duties", form, f"theirs:{key}")
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert read_form(answer.text).getlist("line") == form.getlist("line")


def test_a_locked_line_is_the_administrators(
    seeded_app: Flask, client: FlaskClient, editor: Person
) -> None:
    chief = seeded_app.test_client()
    sign_in(chief)
    form = open_part(chief, RN, "duties")
    form[f"{ASSESS}:locked"] = "y"
    assert send_part(chief, RN, "duties", form).status_code == 303
    page = client.get(f"/roles/{RN}/edit/duties").text
    assert "Only an administrator can change it" in page
    form = read_form(page)
    assert f"{ASSESS}:mid:text" not in form
    form[f"{ASSESS}:mid:text"] = "Forged."
    assert send_part(client, RN, "duties", form).status_code == 422
    kept = line_of(body_of(seeded_app, editor), "duties", ASSESS)
    assert kept["locked"]
    assert kept["levels"]["mid"]["text"] != "Forged."
    del form[f"{ASSESS}:mid:text"]
    form.setlist("line", [name for name in form.getlist("line") if name != ASSESS])
    answer = send_part(client, RN, "duties", form)
    assert answer.status_code == 422
    assert line_of(body_of(seeded_app, editor), "duties", ASSESS)["locked"]


def test_words_in_a_line_that_is_locked_meanwhile_come_back_beside_what_stands(
    seeded_app: Flask, client: FlaskClient
) -> None:
    form = open_part(client, RN, "duties")
    chief = seeded_app.test_client()
    sign_in(chief)
    theirs = open_part(chief, RN, "duties")
    theirs[f"{ASSESS}:locked"] = "y"
    send_part(chief, RN, "duties", theirs)
    form[f"{ASSESS}:mid:text"] = "Mine."
    form["care-plan:mid:text"] = "Nobody locked this."
    met = send_part(client, RN, "duties", form)
    assert met.status_code == 409
    assert "This line is locked now" in met.text
    assert "Keep mine" not in met.text
    form = read_form(met.text)
    assert form[f"{ASSESS}:mid:text"] == "Mine."
    again = send_part(client, RN, "duties", form)
    assert again.status_code == 422
    assert "Is locked. Leave it as it is" in again.text
    assert read_form(again.text)[f"{ASSESS}:mid:text"] == "Mine."
    taken = send_part(client, RN, "duties", form, f"theirs:{form['contested']}")
    assert "Only an administrator can change it" in taken.text
    assert send_part(client, RN, "duties", read_form(taken.text)).status_code == 303
    saved = open_part(chief, RN, "duties")
    assert saved[f"{ASSESS}:mid:text"] == theirs[f"{ASSESS}:mid:text"]
    assert saved["care-plan:mid:text"] == "Nobody locked this."


@pytest.mark.parametrize(
    ("part", "lost", "kept"),
    [("duties", f"{ASSESS}:senior:text", f"{ASSESS}:mid:text"),
     ("credentials", "ccm:senior:note", "ccm:mid:note"),
     ("pay", "pay:senior:high", "pay:mid:high")],
)  # fmt: skip
def test_words_at_a_level_that_is_taken_out_meanwhile_come_back_with_what_to_do(
    seeded_app: Flask, client: FlaskClient, editor: Person, part: str, lost: str, kept: str
) -> None:
    form = open_part(client, RN, part)
    with seeded_app.app_context():
        draft = open_role(editor, RN)
        del draft.body["titles"]["senior"]
        save_role(editor, RN, draft.body, draft.started, NOW)
    was, form[lost], form[kept] = form[lost], "123456", "98765"
    answer = send_part(client, RN, part, form)
    assert answer.status_code == 422
    assert "Is at a level that was taken out meanwhile. Empty it, or give" in answer.text
    back = read_form(answer.text)
    assert (back[lost], back[kept]) == ("123456", "98765")
    back[lost] = was
    assert send_part(client, RN, part, back).status_code == 303
    assert open_part(client, RN, part)[kept] == "98765"


def test_the_largest_part_fits_through_the_door(client: FlaskClient) -> None:
    form = open_part(client, RN, "experience")
    for number in range(190):
        name = f"new_{number:04}"
        form.add("line", name)
        for level in Level:
            form[f"{name}:{level}:text"] = f"Line {number} " + "\u00e9" * 900
            form[f"{name}:{level}:as"] = "required"
            form[f"{name}:{level}:years"] = "1"
        form.update({f"{name}:kind": "clinical", f"{name}:source": "common-practice"})
    assert send_part(client, RN, "experience", form).status_code == 303


def test_a_form_of_nothing_empties_no_part(
    seeded_app: Flask, client: FlaskClient, editor: Person
) -> None:
    assert post(client, f"/roles/{RN}/edit/duties").status_code == 400
    assert len(body_of(seeded_app, editor)["duties"]) > 10
    assert client.get(f"/roles/{RN}/edit/nothing").status_code == 404
    assert client.get("/roles/nobody/edit/duties").status_code == 404
    form = open_part(client, RN, "duties")
    assert send_part(client, RN, "duties", form, "explode").status_code == 400


@pytest.mark.parametrize("started", ["", "9" * 5_000, "99", "\u00b2"])
def test_a_form_of_a_version_that_never_was_is_refused(client: FlaskClient, started: str) -> None:
    form = open_part(client, RN, "conditions")
    form["travel:lead:text"] = "Travels a little."
    form["started"] = started
    answer = send_part(client, RN, "conditions", form)
    assert answer.status_code == 422
    assert read_form(answer.text)["travel:lead:text"] == "Travels a little."


def test_markup_in_a_role_is_text(client: FlaskClient) -> None:
    form = open_part(client, RN, "duties")
    form[f"{ASSESS}:mid:text"] = "</textarea><script>alert(1)</script>"
    answer = send_part(client, RN, "duties", form)
    assert answer.status_code == 303
    for path in ("edit/duties", "levels", "history?before=1&after=2"):
        page = client.get(f"/roles/{RN}/{path}").text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("kind", [Kind.HIRING_DIRECTOR, Kind.RECRUITER])
@pytest.mark.usefixtures("editor")
def test_who_may_not_edit_roles_reads_levels_and_history(seeded_app: Flask, kind: Kind) -> None:
    other = seeded_app.test_client()
    sign_in(other, add_person(seeded_app, kind).email)
    for path in ("levels", "history"):
        page = other.get(f"/roles/{RN}/{path}")
        assert page.status_code == 200
        assert "/edit" not in page.text
    assert "Edit role" not in other.get(f"/roles/{RN}").text
    assert other.get(f"/roles/{RN}/edit/duties").status_code == 403
    assert post(other, f"/roles/{RN}/edit/duties", started="1").status_code == 403
