"""The profile's page: every section saves, what is wrong is said, nothing typed is lost."""

import re
from io import BytesIO
from typing import Any

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from jobdesc.people.person import Kind
from jobdesc.postings.organization import Organization
from jobdesc.services.organization import the_organization
from tests.accounts import add_person, csrf_of, quick_hashes, set_up, sign_in
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

PATH = "/settings/organization"
HOSTILE = "<script>alert('x')</script> مرحبا 👩🏽‍⚕️"


@pytest.fixture
def editor(seeded_app: Flask) -> FlaskClient:
    """A browser in which the administrator is signed in."""
    set_up(seeded_app)
    client = seeded_app.test_client()
    sign_in(client)
    return client


def stored(client: FlaskClient) -> Organization:
    with client.application.app_context():
        return the_organization()


def form_of(page: TestResponse) -> dict[str, Any]:
    """What a browser would send of the page's form, without a button."""
    tree = lxml.html.fromstring(page.text)
    [form] = tree.xpath('//form[@enctype="multipart/form-data"]')
    fields = {name: value for name, value in form.fields.items() if value is not None}
    areas = {area.name for area in form.iter("textarea")}  # a browser drops their first line end
    return {n: v.removeprefix("\n") if n in areas else v for n, v in fields.items()}


def press(
    client: FlaskClient, act: str, page: TestResponse | None = None, **typed: Any
) -> TestResponse:
    """Type into the page, by default a fresh one, and press a button."""
    fields = form_of(page or client.get(PATH)) | {"act": act}
    fields |= {name.replace("__", "-"): value for name, value in typed.items()}
    page = client.post(PATH, data=fields, content_type="multipart/form-data")
    page.request.environ["wsgi.input"].close()  # a large file lies on the disk
    return page


def errors_of(page: TestResponse) -> list[str]:
    tree = lxml.html.fromstring(page.text)
    return [" ".join(e.text_content().split()) for e in tree.xpath('//p[@class="error"]')]


def notices_of(page: TestResponse) -> list[str]:
    tree = lxml.html.fromstring(page.text)
    found = tree.xpath('//div[contains(@class, "notice-text")]')
    return [" ".join(notice.text_content().split()) for notice in found]


def a_file(data: bytes, name: str = "logo.png") -> tuple[BytesIO, str]:
    return BytesIO(data), name


def a_picture() -> bytes:
    file = BytesIO()
    Image.new("RGBA", (60, 20), "#0f5f66").save(file, "PNG")
    return file.getvalue()


def test_the_page_has_a_save_button_for_every_section(editor: FlaskClient) -> None:
    page = editor.get(PATH)
    assert page.status_code == 200
    acts = set(re.findall(r'value="save:(\w+)"', page.text))
    assert acts == {
        "all", "name", "about", "places", "defaults", "benefits", "statements", "apply", "look",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("section", "typed", "kept"),
    [
        ("name", {"name": "Harbor County"}, {"name": "Harbor County"}),
        ("about", {"about": HOSTILE}, {"about": HOSTILE}),
        ("defaults",
         {"paper": "a4", "time_zone": "Asia/Tokyo", "schedule": "Days", "pay_age": "18"},
         {"paper": "a4", "time_zone": "Asia/Tokyo", "schedule": "Days", "pay_age": "18"}),
        ("benefits", {"benefits": "- Health\r\n\r\n• Leave\r\n"},
         {"benefits": ("Health", "Leave")}),
        ("statements", {"accommodation": "Call us."}, {"accommodation": "Call us."}),
        ("apply", {"how_to_apply": "Write to us."}, {"how_to_apply": "Write to us."}),
        ("look", {"accent": "A03C00"}, {"accent": "#a03c00"}),
    ],
)  # fmt: skip
def test_a_section_is_saved_and_says_so(
    editor: FlaskClient, section: str, typed: dict[str, str], kept: dict[str, Any]
) -> None:
    answer = press(editor, f"save:{section}", **typed)
    assert answer.status_code == 303
    assert answer.location == f"{PATH}#{section}-section"
    assert any(words.endswith("saved") for words in notices_of(editor.get(PATH)))
    assert {name: getattr(stored(editor), name) for name in kept} == kept
    assert notices_of(editor.get(PATH)) == []


def test_saving_one_section_keeps_what_was_typed_in_the_others(editor: FlaskClient) -> None:
    page = press(editor, "save:about", about="We serve all.", schedule="Days", accent="#123456")
    assert page.status_code == 200
    assert "Not saved yet: Defaults, Look" in page.text
    assert stored(editor).about == "We serve all."
    assert stored(editor).schedule == ""
    fields = form_of(page)
    assert (fields["schedule"], fields["accent"]) == ("Days", "#123456")
    assert press(editor, "save:all", page).status_code == 303
    assert (stored(editor).schedule, stored(editor).accent) == ("Days", "#123456")


def test_the_page_knows_whether_it_holds_words_that_are_not_saved(editor: FlaskClient) -> None:
    assert "data-guard>" in editor.get(PATH).text
    assert "data-guard data-unsaved>" in press(editor, "add-place", about="Not saved").text
    assert "data-guard data-unsaved>" in press(editor, "save:name", name="").text
    press(editor, "save:places", places__0__city="Salem", places__0__state="OR")
    assert "data-guard>" in editor.get(PATH).text


def test_places_are_added_and_removed_without_losing_what_was_typed(editor: FlaskClient) -> None:
    page = press(editor, "add-place", places__0__city="Portland", about="Not saved")
    fields = form_of(page)
    assert fields["places-0-city"] == "Portland"
    assert fields["about"] == "Not saved"
    assert 'id="places-1-street"' in page.text
    typed = {"places__0__state": "oregon", "places__1__city": "Salem", "places__1__state": "OR"}
    page = press(editor, "save:places", page, **typed)
    assert [place.short for place in stored(editor).places] == ["Portland, OR", "Salem, OR"]
    [first] = re.findall(r'value="(remove-place:[\w-]+)"[^>]*>Remove place 1', page.text)
    page = press(editor, first, page)
    assert len(stored(editor).places) == 2
    assert form_of(page)["about"] == "Not saved"
    press(editor, "save:places", page)
    assert [place.short for place in stored(editor).places] == ["Salem, OR"]


@on_sqlite
def test_there_is_an_end_to_places(editor: FlaskClient) -> None:
    page = editor.get(PATH)
    for _ in range(25):
        page = press(editor, "add-place", page)
    assert page.text.count("<legend>Place ") == 20
    assert "Add a place" not in page.text


@on_sqlite
def test_what_is_wrong_is_said_at_the_field_and_everything_typed_stays(editor: FlaskClient) -> None:
    typed = {"places__0__street": "12 Main St", "places__0__state": "Orgon", "about": HOSTILE}
    page = press(editor, "save:places", **typed)
    assert page.status_code == 422
    assert "<title>Error: " in page.text
    assert errors_of(page) == [
        "Enter the city, like Portland.",
        "Orgon is not a state. Did you mean Oregon?",
    ]
    assert 'href="#places-0-city"' in page.text
    fields = form_of(page)
    assert (fields["places-0-street"], fields["places-0-state"]) == ("12 Main St", "Orgon")
    assert fields["about"] == HOSTILE
    assert "<script>alert" not in page.text


@on_sqlite
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Enter the name of your organization."),
        ({"name": "x" * 10_000}, "This is 10,000 characters."),
        ({"about": "x" * 10_000}, "It can have up to 6,000"),
        ({"schedule": "x" * 10_000}, "It can have up to 300"),
        ({"places-0-city": "x" * 10_000, "places-0-state": "OR"}, "It can have up to 300"),
        ({"benefits": "\n".join("x" * 31)}, "This is 31 benefits. Keep up to 30."),
        ({"benefits": f"Leave\n{'x' * 10_000}"}, "Benefit 2: This is 10,000 characters."),
        ({"equal_opportunity": "x" * 10_000}, "It can have up to 6,000"),
        ({"accent": "teal"}, "Enter the color as # and six digits, like #0f5f66."),
        ({"time_zone": "Mars/Olympus"}, "Use a name such as America/New_York."),
        ({"paper": "a3"}, "Use one of"),
        ({"pay_age": "7"}, "Use one of"),
        ({"places-0-id": "x" * 500, "places-0-city": "Salem"}, "Enter the state"),
    ],
)  # fmt: skip
def test_wrong_input_is_refused_in_words(
    editor: FlaskClient, typed: dict[str, str], words: str
) -> None:
    before = stored(editor)
    page = press(editor, "save:all", **typed)
    assert page.status_code == 422
    assert any(words in error for error in errors_of(page)), errors_of(page)
    kept = form_of(page)
    typed = {
        n: v for n, v in typed.items() if n not in ("paper", "time_zone", "pay_age", "places-0-id")
    }
    assert {name: kept[name] for name in typed} == typed
    assert stored(editor) == before


@on_sqlite
def test_a_pale_accent_is_made_darker_and_said(editor: FlaskClient) -> None:
    press(editor, "save:look", accent="#d35400")
    used = stored(editor).accent
    page = editor.get(PATH)
    assert f"4.1:1 on white is too pale for text. Using {used}, 4.5:1." in notices_of(page)
    sheet = editor.get("/organization/accent.css")
    assert sheet.text == f".posting {{ --accent: {used}; }}\n"
    assert sheet.mimetype == "text/css"
    assert f"/organization/accent.css?version={used[1:]}" in page.text


@on_sqlite
def test_the_picked_color_counts_where_the_typed_one_was_left_alone(editor: FlaskClient) -> None:
    press(editor, "save:look", accent_picked="#123456")
    assert stored(editor).accent == "#123456"
    press(editor, "save:look", accent_picked="#654321", accent="#111111")
    assert stored(editor).accent == "#111111"


def test_the_standard_statement_is_shown_followed_and_returned_to(editor: FlaskClient) -> None:
    page = editor.get(PATH)
    standard = form_of(page)["equal_opportunity"]
    assert standard.startswith("We are an equal opportunity employer")
    press(editor, "save:statements")
    assert stored(editor).equal_opportunity == ""
    press(editor, "save:statements", equal_opportunity="Our own words.")
    assert stored(editor).equal_opportunity == "Our own words."
    page = press(editor, "standard:equal_opportunity", about="Not saved")
    assert form_of(page)["equal_opportunity"] == standard
    assert form_of(page)["about"] == "Not saved"
    assert stored(editor).equal_opportunity == "Our own words."
    press(editor, "save:statements", page)
    assert stored(editor).equal_opportunity == ""
    press(editor, "save:statements", equal_opportunity="Our own words.")
    press(editor, "save:statements", equal_opportunity=" \n ")
    assert stored(editor).equal_opportunity == ""


def test_two_editors_of_different_sections_both_save(editor: FlaskClient) -> None:
    first, second = editor.get(PATH), editor.get(PATH)
    press(editor, "save:about", first, about="From the first")
    assert press(editor, "save:all", second, schedule="From the second").status_code == 303
    assert stored(editor).about == "From the first"
    assert stored(editor).schedule == "From the second"


def test_two_editors_of_one_text_see_both_and_choose(editor: FlaskClient) -> None:
    first, second = editor.get(PATH), editor.get(PATH)
    press(editor, "save:about", first, about="Theirs <b>")
    page = press(editor, "save:all", second, about="Mine", schedule="Days")
    assert page.status_code == 409
    assert stored(editor).about == "Theirs <b>"
    assert stored(editor).schedule == "Days"
    assert form_of(page)["about"] == "Mine"
    assert any("Theirs <b>" in words for words in notices_of(page))
    taken = press(editor, "stored:about", page)
    assert form_of(taken)["about"] == "Theirs <b>"
    assert press(editor, "save:about", page).status_code == 303
    assert stored(editor).about == "Mine"


def test_a_logo_is_kept_shown_removed_and_brought_back(editor: FlaskClient) -> None:
    assert editor.get("/organization/logo").status_code == 404
    press(editor, "save:name", logo=a_file(a_picture()))
    page = editor.get(PATH)
    assert page.text.count("/organization/logo?version=") == 2
    logo = editor.get("/organization/logo")
    assert logo.mimetype == "image/png"
    assert logo.headers["X-Content-Type-Options"] == "nosniff"
    assert logo.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert Image.open(BytesIO(logo.data)).size == (60, 20)
    assert press(editor, "remove-logo").status_code == 303
    assert editor.get("/organization/logo").status_code == 404
    press(editor, "restore-logo")
    assert editor.get("/organization/logo").data == logo.data


def test_a_logo_is_kept_also_where_a_text_is_refused(editor: FlaskClient) -> None:
    page = press(editor, "save:name", name="", logo=a_file(a_picture()))
    assert page.status_code == 422
    assert "Logo saved" in notices_of(page)
    assert stored(editor).logo


@on_sqlite
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "This is an SVG file."),
        (b"GIF89a" + bytes(40), "This is a GIF file."),
        (a_picture()[:-20], "This picture is cut off before its end."),
        (a_picture() + b"<script>alert(1)</script>", "This file holds more than a picture."),
        (bytes(2_500_000), "This file is 2.5 MB. Logos can be up to 2 MB."),
        (b"\x89PNG\r\n\x1a\n" + bytes(40_000_000), "This file is 40 MB. Logos can be up to 2 MB."),
    ],
    ids=["svg", "gif", "truncated", "trailing script", "2.5 MB", "40 MB"],
)
def test_a_refused_file_is_said_at_the_field_and_everything_typed_stays(
    editor: FlaskClient, data: bytes, words: str
) -> None:
    page = press(editor, "save:all", about="We serve all.", logo=a_file(data))
    assert page.status_code == 422
    assert words in errors_of(page)[0]
    assert form_of(page)["about"] == "We serve all."
    assert stored(editor).about == ""
    assert stored(editor).logo is None


@on_sqlite
def test_a_section_is_judged_by_its_own_fields_alone(editor: FlaskClient) -> None:
    wrong = {"name": "", "schedule": "x" * 10_000}
    page = press(editor, "save:look", accent="teal", logo=a_file(b"GIF89a" + bytes(40)), **wrong)
    assert errors_of(page) == ["Enter the color as # and six digits, like #0f5f66."]
    assert any("Logo not saved. This is a GIF file." in notice for notice in notices_of(page))
    fields = form_of(page)
    assert (fields["name"], fields["accent"]) == ("", "teal")
    page = press(editor, "save:look", page, accent="#a03c00", logo=a_file(b"GIF89a" + bytes(40)))
    assert (errors_of(page), stored(editor).accent) == ([], "#a03c00")
    assert stored(editor).name
    assert errors_of(press(editor, "save:name", page)) == ["Enter the name of your organization."]


@on_sqlite
def test_an_upload_beyond_all_measure_gets_a_clear_page(editor: FlaskClient) -> None:
    page = press(editor, "save:name", logo=a_file(bytes(61_000_000)))
    assert page.status_code == 413
    assert "2 MB" in page.text


@on_sqlite
def test_a_button_that_does_not_exist_is_refused(editor: FlaskClient) -> None:
    for act in ("standard:name", "stored:logo", "delete", "", "remove"):
        assert press(editor, act).status_code == 400


def test_without_the_token_of_the_form_nothing_is_changed(editor: FlaskClient) -> None:
    page = press(editor, "save:about", about="Forged", csrf_token="forged")
    assert page.status_code == 400
    assert stored(editor).about == ""


@pytest.mark.parametrize("kind", [Kind.RECRUITER, Kind.HIRING_DIRECTOR])
def test_who_may_not_edit_sees_the_logo_but_not_the_page(
    editor: FlaskClient, seeded_app: Flask, kind: Kind
) -> None:
    press(editor, "save:name", logo=a_file(a_picture()))
    person = add_person(seeded_app, kind)
    other = seeded_app.test_client()
    sign_in(other, person.email)
    assert other.get(PATH).status_code == 403
    token = csrf_of(other.get("/"))
    answer = other.post(PATH, data={"csrf_token": token, "act": "save:all", "about": "Mine"})
    assert answer.status_code == 403
    assert stored(editor).about == ""
    assert other.get("/organization/logo").status_code == 200
    assert other.get("/organization/accent.css").status_code == 200


def test_who_is_signed_out_sees_nothing(editor: FlaskClient, seeded_app: Flask) -> None:
    press(editor, "save:name", logo=a_file(a_picture()))
    stranger = seeded_app.test_client()
    for path in (PATH, "/organization/logo", "/organization/accent.css"):
        assert stranger.get(path).status_code == 303
