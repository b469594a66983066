"""Licenses, certifications and sources in the browser: read, searched, added, changed."""

import pytest
from flask import Flask

from jobdesc.people.person import Kind, Person
from jobdesc.roles.reference_rows import FieldEdit, Shelf
from jobdesc.services.catalog import load_library
from jobdesc.services.references import change_row
from tests.accounts import NOW, quick_hashes, set_up
from tests.checked import words
from tests.desk import Desk, colleague
from tests.forms import form_values, parsed
from tests.marks import on_sqlite
from tests.role_pages import open_part, read_form, send_part

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

RN = "rn-case-manager"


@pytest.fixture
def ada(seeded_app: Flask) -> Desk:
    return Desk(seeded_app, set_up(seeded_app))


@pytest.fixture
def editor(ada: Desk) -> Desk:
    return colleague(ada.app, Kind.HR_EDITOR)


def form_at(desk: Desk, path: str) -> dict[str, str]:
    """What the form of the page would send."""
    return form_values(desk.root(path), path)


def form_of(html: str, path: str) -> dict[str, str]:
    """What the form of a page that was answered would send."""
    return form_values(parsed(html), path)


def said_at(html: str, name: str) -> str:
    """The message at a control."""
    [error] = parsed(html).xpath(f"//*[@id='{name}-error'] | //*[@id='{name}']/p[@class='error']")
    return words(error)


def texts(html: str) -> str:
    return words(parsed(html))


def other_renewal(app: Flask, person: Person, after: str) -> None:
    with app.app_context():
        before = load_library().references.credentials["ccm"].renewal
        edit = FieldEdit("renewal", before, after)
        change_row(person, Shelf.CREDENTIALS, "ccm", [edit], NOW)


def test_everybody_reads_a_credential_with_what_it_takes_and_where_it_is_used(ada: Desk) -> None:
    reader = colleague(ada.app, Kind.RECRUITER)
    page = reader.get("/credentials/ccm").text
    said = texts(page)
    for text in (
        "Certified Case Manager (CCM)", "issued by Commission for Case Manager Certification",
        "24 months of case management", "12 months are enough under a supervisor",
        "Every 5 years", "2024 to 2026", "Required at Lead and Director; preferred at II and III",
        "None that you can see.",
    ):  # fmt: skip
        assert text in said
    assert "Edit credential" not in said
    assert "Not yet checked" not in said
    assert "Not yet checked against the source" in texts(reader.get("/credentials/lcsw").text)
    assert reader.get("/credentials/nobodys").status_code == 404
    assert reader.get("/sources/nowhere").status_code == 404


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("q=ccmc", "Certified Case Manager (CCM)", "Registered Nurse license"),
        ("kind=license", "Registered Nurse license", "Certified Case Manager"),
        ("issuer=state+board+of+nursing", "LPN or LVN", "Licensed Clinical Social Worker"),
        ("checked=no", "Registered Nurse license", "Certified Case Manager"),
        ("q=zebra", "No license or certification fits", "Registered Nurse license"),
        ("kind=zebra&q=%22%27", "No license or certification fits", "Registered Nurse license"),
    ],
)
def test_the_list_is_searched_and_narrowed(ada: Desk, query: str, there: str, gone: str) -> None:
    said = words(ada.root(f"/credentials?{query}").xpath("//main")[0])
    table = said.partition("Show all")[2]
    assert there in table
    assert gone not in table


def test_sources_say_what_rests_on_them(ada: Desk) -> None:
    assert "have been checked" in texts(ada.get("/sources").text)
    found = ada.root("/sources?checked=no&q=boards+nursing")
    assert [words(row) for row in found.xpath("//tbody/tr/th")] == [
        "State boards of nursing and the Nurse Licensure Compact"
    ]
    said = texts(ada.get("/sources/nursing-boards").text)
    assert "Registered Nurse license (RN)" in said
    assert "Registered Nurse Case Manager" in said
    assert "Wage figures" in texts(ada.get("/sources/bls-oews-2025").text)


def test_guides_and_searches_lead_to_the_page(ada: Desk) -> None:
    for path in (f"/roles/{RN}", "/?q=ccm", "/?q=ccm&part=bar"):
        assert 'href="/credentials/ccm"' in ada.get(path).text, path
    assert 'href="/sources/nursing-boards"' in ada.get(f"/roles/{RN}").text


def test_a_source_is_added_and_what_is_wrong_is_said_at_its_field(editor: Desk) -> None:
    form = form_at(editor, "/sources/new")
    form.update({"url": "javascript:alert(1)", "read": "soon", "note": "Kept & <b>"})
    answer = editor.client.post("/sources/new", data=form)
    assert answer.status_code == 422
    assert said_at(answer.text, "name") == "Enter the title."
    assert said_at(answer.text, "read").startswith("Date read must be a day")
    again = form_of(answer.text, "/sources/new")
    assert (again["read"], again["note"]) == ("soon", "Kept & <b>")
    again.update({"name": "A book", "read": "2026-11-28"})
    answer = editor.client.post("/sources/new", data=again)
    assert said_at(answer.text, "url").startswith("Link must begin with https://")
    again["url"] = "https://example.org/book"
    answer = editor.client.post("/sources/new", data=again)
    assert (answer.status_code, answer.location) == (303, "/sources/a-book")
    page = editor.get(answer.location).text
    assert 'href="https://example.org/book"' in page
    assert "Nothing rests on it yet" in texts(page)
    answer = editor.client.post("/sources/new", data=again | {"id": "a-book"})
    assert (
        said_at(answer.text, "id") == "Short id a-book is taken. Choose another, or leave it empty."
    )


def test_a_source_without_any_date_asks_for_one(editor: Desk) -> None:
    form = form_at(editor, "/sources/new") | {"name": "A book", "read": ""}
    answer = editor.client.post("/sources/new", data=form)
    assert said_at(answer.text, "read").startswith("Enter the day on which you read it")


def test_a_credential_names_sources_by_title_and_warns_of_what_it_looks_like(
    editor: Desk,
) -> None:
    form = form_at(editor, "/credentials/new")
    form.update({"name": "Commission for Case Manager Certification", "issuer": "somebody",
                 "requires": "Work.", "min_months": "two", "source-0": "A book of mine, 2020",
                 "kind": "certification"})  # fmt: skip
    answer = editor.client.post("/credentials/new", data=form)
    assert said_at(answer.text, "min_months") == (
        "Months of case management is 'two'. Write a whole number."
    )
    assert said_at(answer.text, "source") == (
        "No source is called \u201cA book of mine, 2020\u201d. Pick one from the list, or add it."
    )
    again = form_of(answer.text, "/credentials/new")
    assert again["source-0"] == "A book of mine, 2020"
    again.update({"min_months": "24", "source-0": "", "source-1": "ccmc"})
    answer = editor.client.post("/credentials/new", data=again)
    assert answer.status_code == 303
    page = texts(editor.get(answer.location).text)
    assert "names Commission for Case Manager Certification, which is who issues it" in page
    reader = colleague(editor.app, Kind.RECRUITER)
    assert "which is who issues it" not in texts(reader.get(answer.location).text)


def test_two_editors_of_one_credential_see_each_other_and_lose_nothing(
    ada: Desk, editor: Desk
) -> None:
    path = "/credentials/ccm/edit"
    mine = form_at(editor, path)
    hers = form_at(ada, path) | {"renewal": "Hers.", "degree": "Hers too."}
    assert ada.client.post(path, data=hers).status_code == 303
    mine |= {"renewal": "Mine.", "note": "A note."}
    answer = editor.client.post(path, data=mine)
    assert answer.status_code == 409
    assert "Someone else changed this while you were editing" in texts(answer.text)
    assert "Hers." in texts(answer.text)
    again = form_of(answer.text, path)
    assert (again["renewal"], again["degree"], again["note"]) == ("Mine.", "Hers too.", "A note.")
    assert editor.client.post(path, data=again).status_code == 303
    with ada.app.app_context():
        kept = load_library().references.credentials["ccm"]
    assert (kept.renewal, kept.degree, kept.note) == ("Mine.", "Hers too.", "A note.")
    page = texts(editor.get("/credentials/ccm").text)
    assert page.count("Restore this version") == 3


def test_a_former_version_is_restored_in_one_press_and_back(ada: Desk, editor: Desk) -> None:
    other_renewal(ada.app, ada.person, "Hers.")
    path = "/credentials/ccm/restore"
    form = form_values(editor.root("/credentials/ccm"), path) | {"version": "1"}
    answer = editor.client.post(path, data=form)
    assert (answer.status_code, answer.location) == (303, "/credentials/ccm")
    page = texts(editor.get("/credentials/ccm").text)
    assert "Version 1 is restored, as a new version." in page
    assert "A former version restored" in page
    editor.client.post(path, data=form)
    assert "Version 1 is not restored. It was changed" in texts(editor.get("/credentials/ccm").text)
    form |= {"version": "3", "newest": "3"}
    editor.client.post(path, data=form)
    assert "Nothing was changed." in texts(editor.get("/credentials/ccm").text)
    for version in ("9", "99999999999999999999", "x", ""):
        answer = editor.client.post(path, data=form | {"version": version})
        assert answer.status_code == 404


def test_a_source_of_a_name_that_is_taken_leads_to_the_other(editor: Desk) -> None:
    form = form_at(editor, "/sources/new") | {
        "name": "A book", "publisher": "A press", "read": "2026-11-28"
    }  # fmt: skip
    assert editor.client.post("/sources/new", data=form).status_code == 303
    answer = editor.client.post("/sources/new", data=form)
    assert answer.status_code == 422
    assert "already: \u201cA press, A book, undated, read Nov 28, 2026\u201d." in said_at(
        answer.text, "name"
    )
    [link] = parsed(answer.text).xpath("//main//form//a[@dir='auto']")
    assert (link.get("href"), words(link)) == (
        "/sources/a-book",
        "A press, A book, undated, read Nov 28, 2026",
    )


def test_a_line_names_sources_by_title_several_to_a_line(editor: Desk) -> None:
    form = open_part(editor.client, RN, "education")
    name = f"{form['line']}:source"
    before = form.getlist(name)
    assert before[-1] == ""
    assert all(", " in title for title in before[:-1])
    form.setlist(name, ["state boards of NURSING and the Nurse Licensure Compact, Nov 23, 2026",
                        "flsa, ccmc", ""])  # fmt: skip
    assert send_part(editor.client, RN, "education", form).status_code == 303
    titles = open_part(editor.client, RN, "education").getlist(name)
    assert len(titles) == 4
    assert titles[0].startswith("State boards of nursing")
    form.setlist(name, ["A book, that is not here", "ccmc"])
    answer = send_part(editor.client, RN, "education", form)
    assert answer.status_code == 422
    assert "No source is called \u201cA book, that is not here\u201d" in texts(answer.text)
    assert "A book, that is not here" in read_form(answer.text).getlist(name)


def test_a_source_is_added_with_the_line_that_it_is_for_in_one_save(editor: Desk) -> None:
    form = open_part(editor.client, RN, "education")
    line, other = form.getlist("line")[:2]
    form["new_source:name"], form["new_source:publisher"] = "A survey of 2026", "An office"
    form["new_source:url"], form["new_source:line"] = "ftp://x", line
    form.add(f"{other}:source", "a survey OF 2026")
    answer = send_part(editor.client, RN, "education", form)
    assert answer.status_code == 422
    assert said_at(answer.text, "new_source-url").startswith("Must begin with https://")
    again = read_form(answer.text)
    assert "A survey of 2026" in again.getlist(f"{line}:source")
    assert "A survey of 2026" in again.getlist(f"{other}:source")
    again["new_source:url"] = "https://example.org"
    assert send_part(editor.client, RN, "education", again).status_code == 303
    with editor.app.app_context():
        library = load_library()
    assert library.references.sources["a-survey-of-2026"].publisher == "An office"
    lines = {one.id: one.source for one in library.roles[RN].education}
    assert lines[line][-1] == lines[other][-1] == "a-survey-of-2026"
    assert open_part(editor.client, RN, "education")["new_source:name"] == ""
    twin = open_part(editor.client, RN, "education")
    twin["new_source:name"], twin["new_source:publisher"] = "A survey of 2026", "An office"
    answer = send_part(editor.client, RN, "education", twin)
    assert "There is a source of this name already" in said_at(answer.text, "new_source-name")


def test_a_credential_that_nobody_knows_is_refused_at_its_line(editor: Desk) -> None:
    form = open_part(editor.client, RN, "credentials")
    form[f"{form['line']}:credential"] = "nobodys"
    answer = send_part(editor.client, RN, "credentials", form)
    assert answer.status_code == 422
    assert "No credential is called \u201cnobodys\u201d. Choose one from the list." in texts(
        answer.text
    )
