"""Role templates as a whole: their list, new ones, copies, retiring, history, levels."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from jobdesc.people.person import Kind
from jobdesc.roles.levels import Level
from jobdesc.services import role_history
from jobdesc.services.postings import keep_posting, start_posting
from tests.accounts import Clock, add_person, post, quick_hashes, send_form, set_up, sign_in
from tests.forms import parsed
from tests.marks import on_sqlite
from tests.role_pages import open_part, read_form, send_part

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

RN = "rn-case-manager"
ASSESS = "clinical-assessment"


@pytest.fixture
def clock(seeded_app: Flask) -> Iterator[Clock]:
    """An installation that is set up, with a standing clock."""
    clock = Clock(seeded_app)
    set_up(seeded_app)
    return clock


@pytest.fixture
def client(seeded_app: Flask, clock: Clock) -> FlaskClient:
    """An HR editor's browser."""
    client = seeded_app.test_client()
    sign_in(client, add_person(seeded_app, Kind.HR_EDITOR).email, keep="y")
    return client


def reword(client: FlaskClient, text: str) -> None:
    """Save another text of a duty at II."""
    form = open_part(client, RN, "duties")
    form[f"{ASSESS}:mid:text"] = text
    assert send_part(client, RN, "duties", form).status_code == 303


def test_the_list_says_where_each_role_stands(client: FlaskClient) -> None:
    reword(client, "Assess at home.")
    page = client.get("/settings/roles").text
    row = re.search(rf'<tr>\s*<th[^>]*><a href="/roles/{RN}/edit".*?</tr>', page, re.DOTALL)
    assert row
    assert "Edited here" in row[0]
    assert "Sam Rivera" in row[0]
    assert page.count("Edited here") == 1
    assert re.search(r'data-label="Levels left out">\s*</td>', row[0])
    assert "Role templates</a>" in client.get("/").text


def test_a_role_is_made_from_scratch_and_from_another(client: FlaskClient) -> None:
    made = send_form(client, "/settings/roles/new", name="Court Liaison", family="legal",
                     tagline="Speaks for clients in court.")  # fmt: skip
    assert (made.status_code, made.location) == (303, "/roles/court-liaison/edit")
    page = client.get("/roles/court-liaison/edit/duties").text
    assert "No duties yet" in page
    form = read_form(page)
    form = read_form(send_part(client, "court-liaison", "duties", form, "add:line").text)
    form[f"{form['line']}:mid:text"] = "Speak for clients in court."
    assert send_part(client, "court-liaison", "duties", form).status_code == 303
    assert 'href="/roles/court-liaison"' not in client.get("/").text
    assert post(client, "/postings", role="court-liaison", level="mid").status_code == 404
    assert "Not offered yet" in client.get("/settings/roles").text
    manage = "/roles/court-liaison/manage"
    assert send_form(client, manage, to="/roles/court-liaison/bring-back").status_code == 303
    assert re.search(r"The role is in the library. It has \d+ warnings", client.get(manage).text)
    assert "Added to the library" in client.get("/roles/court-liaison/history").text
    assert 'href="/roles/court-liaison"' in client.get("/").text
    begun = post(client, "/postings", role="court-liaison", level="mid")
    assert "Speak for clients in court." in client.get(begun.location).text
    made = send_form(client, "/settings/roles/new", name="Dialysis Nurse Case Manager",
                     extends=RN, slug="dialysis-cm")  # fmt: skip
    assert made.location == "/roles/dialysis-cm/edit"
    page = client.get("/roles/dialysis-cm/edit/duties").text
    assert "This role extends" in page
    assert "Clinical assessment" in page
    assert client.get("/roles/dialysis-cm/levels").status_code == 200
    assert client.get("/roles/court-liaison").status_code == 200


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "RN", "slug": RN}, "slug"),
        ({"name": "RN", "slug": "No Slug!"}, "slug"),
        ({"name": "RN", "extends": "nobody"}, "extends"),
        ({"name": "RN", "tagline": "x" * 2_000}, "tagline"),
        ({"name": "RN", "family": ""}, "family"),
        ({"name": "", "family": ""}, "family"),
    ],
)
def test_a_role_that_cannot_be_made_says_why_at_the_field(
    client: FlaskClient, typed: dict[str, str], field: str
) -> None:
    answer = send_form(client, "/settings/roles/new", **{"family": "legal", "tagline": "t"} | typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    if typed["name"]:
        assert 'value="RN"' in answer.text
    if not typed.get("family", "legal"):
        assert "Choose a family" in answer.text


def test_every_fault_of_a_new_role_is_told_at_once(client: FlaskClient) -> None:
    wrong = {"name": "", "family": "", "tagline": "x" * 2_000, "slug": ""}
    answer = send_form(client, "/settings/roles/new", **wrong)
    for field in ("name", "family", "tagline"):
        assert f'id="{field}-error"' in answer.text


def test_a_name_that_another_role_has_is_warned_of_at_the_field(client: FlaskClient) -> None:
    name = parsed(client.get(f"/roles/{RN}/edit/basics").text).xpath("//input[@id='name']/@value")
    made = send_form(client, "/settings/roles/new", name=str(name[0]).upper(), family="legal",
                     tagline="t")  # fmt: skip
    assert made.status_code == 303
    page = client.get(f"{made.location}/basics").text
    assert 'id="name-warning"' in page
    assert "the name of another role too" in page


def test_an_extending_role_follows_what_it_did_not_change(client: FlaskClient) -> None:
    send_form(client, "/settings/roles/new", name="Dialysis CM", extends=RN, slug="dialysis")
    form = open_part(client, "dialysis", "duties")
    form[f"{ASSESS}:senior:text"] = "Own words at III."
    assert send_part(client, "dialysis", "duties", form).status_code == 303
    reword(client, "Corrected in the parent.")
    form = open_part(client, "dialysis", "duties")
    assert form[f"{ASSESS}:mid:text"] == "Corrected in the parent."
    assert form[f"{ASSESS}:senior:text"] == "Own words at III."


def test_a_circle_of_roles_is_refused_in_words(client: FlaskClient) -> None:
    send_form(client, "/settings/roles/new", name="Dialysis CM", extends=RN, slug="dialysis")
    manage = f"/roles/{RN}/manage"
    answer = send_form(client, manage, to=f"/roles/{RN}/extends", extends="dialysis",
                       started=started(client, manage))  # fmt: skip
    assert answer.status_code == 422
    assert 'id="extends-error"' in answer.text


def started(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="started" value="([^"]*)"', client.get(path).text)
    assert found
    return found[1]


def test_a_role_is_copied(client: FlaskClient) -> None:
    manage = f"/roles/{RN}/manage"
    made = send_form(client, manage, to=f"/roles/{RN}/duplicate", name="RN (copy)")
    assert made.status_code == 303
    assert "Clinical assessment" in client.get(made.location.replace("/edit", "/levels")).text
    refused = send_form(client, manage, to=f"/roles/{RN}/duplicate", name="")
    assert refused.status_code == 422


def test_a_role_in_use_is_retired_and_its_postings_go_on(
    seeded_app: Flask, client: FlaskClient
) -> None:
    clock_now = seeded_app.config["JOBDESC_CLOCK"]()
    chief = add_person(seeded_app, Kind.ADMINISTRATOR, "chief@lakecounty.gov")
    with seeded_app.app_context():
        number = start_posting(chief, RN, Level.MID, clock_now)
        keep_posting(chief, number)
    send_form(client, "/settings/roles/new", name="Dialysis CM", extends=RN, slug="dialysis")
    manage = f"/roles/{RN}/manage"
    page = client.get(manage).text
    assert "1 posting and 4 roles rest on it." in page
    assert send_form(client, manage, to=f"/roles/{RN}/retire").status_code == 303
    assert f'href="/roles/{RN}"' not in client.get("/").text
    guide = client.get(f"/roles/{RN}")
    assert guide.status_code == 200
    assert "This role is not in the library" in guide.text
    assert "Start at this level" not in client.get(f"/roles/{RN}/levels").text
    assert post(client, "/postings", role=RN, level="mid").status_code == 404
    assert client.get("/roles/dialysis/edit/duties").status_code == 200
    other = seeded_app.test_client()
    sign_in(other, chief.email)
    assert other.get(f"/postings/{number}").status_code == 200
    assert "Retired" in client.get("/settings/roles").text
    assert send_form(client, manage, to=f"/roles/{RN}/bring-back").status_code == 303
    assert f'href="/roles/{RN}"' in client.get("/").text


def test_versions_are_listed_compared_and_restored(client: FlaskClient, clock: Clock) -> None:
    first = open_part(client, RN, "duties")[f"{ASSESS}:mid:text"]
    clock.turn(timedelta(days=2))
    reword(client, "Assess at home.")
    page = client.get(f"/roles/{RN}/history").text
    assert "Version 2" in page
    assert "Sam Rivera" in page
    assert "Duties" in page
    assert re.search(r"<h2[^>]*>Today</h2>.*<h2[^>]*>Nov \d+, 2026</h2>", page, re.DOTALL)
    compared = client.get(f"/roles/{RN}/history?before=1&after=2").text
    assert "Version 1 to version 2: 1 difference" in compared
    assert re.search(r"<ins[^>]*><span[^>]*>added: </span>", compared)
    restored = send_form(
        client, f"/roles/{RN}/history", to=f"/roles/{RN}/history/1/restore", started="2"
    )
    assert restored.status_code == 303
    assert "Version 3" in client.get(restored.location).text
    assert open_part(client, RN, "duties")[f"{ASSESS}:mid:text"] == first


def test_history_goes_on_page_by_page(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(role_history, "PAGE", 2)
    for text in ("One.", "Two."):
        reword(client, text)
    page = parsed(client.get(f"/roles/{RN}/history").text)
    assert [one.text for one in page.xpath("//main//b")] == ["Version 3", "Version 2"]
    [older] = page.xpath("//a[text()='Older versions']/@href")
    page = parsed(client.get(older).text)
    assert [one.text for one in page.xpath("//main//b")] == ["Version 1"]
    assert not page.xpath("//a[text()='Older versions']")
    assert "As it stands" not in client.get(older).text
    for until in ("0", "-1", "x", "9" * 30):
        assert "Version 3" in client.get(f"/roles/{RN}/history?until={until}").text


@pytest.mark.parametrize("query", ["before=1&after=99", "before=x&after=", "before=" + "9" * 30,
                                   "before=\u00b2&after=1"])  # fmt: skip
def test_versions_that_are_not_there_are_not_compared(client: FlaskClient, query: str) -> None:
    page = client.get(f"/roles/{RN}/history?{query}")
    assert page.status_code == 200
    assert " to version " not in page.text
    assert post(client, f"/roles/{RN}/history/99/restore").status_code == 404


def test_the_shipped_edition_is_compared_and_taken(client: FlaskClient) -> None:
    first = open_part(client, RN, "duties")[f"{ASSESS}:mid:text"]
    reword(client, "Assess at home.")
    page = client.get(f"/roles/{RN}/history?shipped=1").text
    assert "to the shipped edition: 1 difference" in page
    answer = send_form(
        client, f"/roles/{RN}/history?shipped=1", to=f"/roles/{RN}/shipped", started="2"
    )
    assert answer.status_code == 303
    assert open_part(client, RN, "duties")[f"{ASSESS}:mid:text"] == first


@pytest.mark.parametrize("act", ["history/1/restore", "shipped"])
def test_a_choice_on_an_older_page_is_refused_and_the_page_shown_anew(
    client: FlaskClient, act: str
) -> None:
    reword(client, "Assess at home.")
    assert 'name="started" value="2"' in client.get(f"/roles/{RN}/history?shipped=1").text
    answer = post(client, f"/roles/{RN}/{act}", started="1")
    assert answer.status_code == 409
    assert "The role was changed after that page was opened." in answer.text
    assert "Version 2" in answer.text
    assert open_part(client, RN, "duties")[f"{ASSESS}:mid:text"] == "Assess at home."


def test_a_version_with_another_locked_text_is_not_restored_by_an_editor(
    seeded_app: Flask, client: FlaskClient
) -> None:
    chief = seeded_app.test_client()
    sign_in(chief)
    form = open_part(chief, RN, "duties")
    form[f"{ASSESS}:locked"] = "y"
    assert send_part(chief, RN, "duties", form).status_code == 303
    answer = post(client, f"/roles/{RN}/history/1/restore", started="2")
    page = client.get(answer.location).text
    assert "Version 1 is not restored. Duties: Is locked." in page
    assert "Version 3" not in page


def test_levels_stand_side_by_side(client: FlaskClient) -> None:
    page = client.get(f"/roles/{RN}/levels").text
    assert "Same as I<" in page
    assert f"/roles/{RN}/edit/pay" in page
    assert page.count("Start at this level") == 5
    few = client.get(f"/roles/{RN}/levels?differences=1&left=lead&right=director").text
    assert 'data-left="lead" data-right="director"' in few
    assert "Show everything" in few
    assert few.count("<tr") <= page.count("<tr")
    assert client.get(f"/roles/{RN}/levels?left=x&right=").status_code == 200
    assert f'href="/roles/{RN}/levels"' in client.get(f"/roles/{RN}").text


@pytest.mark.parametrize("same_person", [True, False])
def test_what_was_typed_into_a_role_is_saved_after_signing_in_again(
    client: FlaskClient, seeded_app: Flask, same_person: bool
) -> None:
    form = open_part(client, RN, "duties")
    name = next(name for name in form if name.endswith("text") and form[name])
    form[name] = "Typed on the last evening."
    client.delete_cookie("jobdesc_session")
    kept = send_part(client, RN, "duties", form)
    assert kept.status_code == 401
    email = f"{Kind.HR_EDITOR.value}@lakecounty.gov"
    if not same_person:
        email = add_person(seeded_app, Kind.HR_EDITOR, "other@lakecounty.gov").email
    sign_in(client, email)
    fields = parsed(kept.text).xpath("//form//input")
    sent = MultiDict((field.get("name"), field.get("value")) for field in fields)
    answer = client.post(f"/roles/{RN}/edit/duties", data=sent)
    assert answer.status_code == (303 if same_person else 400)
    assert (open_part(client, RN, "duties")[name] == form[name]) is same_person
