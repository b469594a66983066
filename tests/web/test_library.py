"""The library page: cards to start from, families, and a search that needs no script."""

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobdesc.people.person import Kind
from tests.accounts import add_person, csrf_of, quick_hashes, set_up, sign_in
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]
pytestmark = on_sqlite

LEVELS = 5
ROLES = 22


@pytest.fixture
def editor(seeded_app: Flask) -> FlaskClient:
    """A browser in which the administrator is signed in."""
    set_up(seeded_app)
    client = seeded_app.test_client()
    sign_in(client)
    return client


@pytest.fixture
def recruiter(seeded_app: Flask) -> FlaskClient:
    """A browser in which a recruiter is signed in."""
    set_up(seeded_app)
    person = add_person(seeded_app, Kind.RECRUITER)
    client = seeded_app.test_client()
    sign_in(client, person.email)
    return client


def page_of(client: FlaskClient, path: str) -> lxml.html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.text)


def texts(tree: lxml.html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


def start(client: FlaskClient, role: str, level: str) -> str:
    token = csrf_of(client.get("/"))
    fields = {"csrf_token": token, "role": role, "level": level}
    answer = client.post("/postings", data=fields)
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_every_role_has_a_card_with_its_guide_pay_and_level_buttons(editor: FlaskClient) -> None:
    tree = page_of(editor, "/")
    cards = tree.find_class("specialty")
    assert len(cards) == ROLES
    for card in cards:
        assert card.xpath(".//h3/a/@href")[0].startswith("/roles/")
        assert "$" in card.find_class("pay")[0].text_content()
        [form] = card.xpath(".//form")
        assert (form.get("action"), form.get("method")) == ("/postings", "post")
        assert len(form.xpath(".//button[@name='level']")) == LEVELS


def test_a_level_button_starts_a_posting(editor: FlaskClient) -> None:
    assert editor.get(start(editor, "rn-case-manager", "mid")).status_code == 200


def test_a_recruiter_sees_levels_but_no_button_that_would_fail(recruiter: FlaskClient) -> None:
    tree = page_of(recruiter, "/")
    assert tree.xpath("//button[@name='level']") == []
    assert "Levels: I, II, III, Lead, Director" in tree.text_content()
    assert "/settings/organization" not in recruiter.get("/").text


def test_a_family_narrows_the_cards_and_is_marked(editor: FlaskClient) -> None:
    tree = page_of(editor, "/?family=legal")
    assert texts(tree, "//*[contains(@class, 'specialty')]//h3") == [
        "Legal Case Manager", "Reentry Case Manager", "Victim Advocate Case Manager",
    ]  # fmt: skip
    assert texts(tree, "//a[contains(@class, 'chip')][@aria-current]") == ["Legal and justice 3"]


def test_no_family_holds_half_of_the_library(editor: FlaskClient) -> None:
    chips = texts(page_of(editor, "/"), "//nav[@aria-label='Specialty']//a")[1:]
    counts = [int(chip.rpartition(" ")[2]) for chip in chips]
    assert sum(counts) == ROLES
    assert max(counts) < ROLES / 2
    assert min(counts) > 1


def test_an_unknown_family_shows_all(editor: FlaskClient) -> None:
    assert len(page_of(editor, "/?family=none").find_class("specialty")) == ROLES


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("LCSW", "Social Work Case Manager"),
        ("discharge planning", "Hospital Case Manager"),
        ("Social Service Assistant", "Case Manager"),
    ],
)
def test_search_finds_the_role_and_marks_the_words(
    editor: FlaskClient, query: str, first: str
) -> None:
    tree = page_of(editor, f"/?q={query}")
    assert texts(tree, "//h3[contains(@class, 'result-title')]")[0] == first
    assert tree.xpath("//mark")
    assert tree.xpath("//input[@name='q']/@value") == [query]


def test_a_misspelled_search_says_what_it_shows(editor: FlaskClient) -> None:
    page = page_of(editor, "/?q=paralegel")
    assert "Showing results for “paralegal”." in page.text_content()
    [exactly] = page.xpath("//a[contains(., 'exactly')]/@href")
    assert "Nothing matches “paralegel”" in page_of(editor, exactly).text_content()


def test_an_empty_result_offers_the_roles(editor: FlaskClient) -> None:
    tree = page_of(editor, "/?q=zzqxj")
    [box] = tree.find_class("empty")
    assert "Nothing matches “zzqxj”" in box.text_content()
    assert len(box.xpath(".//a[starts-with(@href, '/roles/')]")) == ROLES


def test_search_finds_postings(editor: FlaskClient) -> None:
    start(editor, "legal-case-manager", "senior")
    assert "Postings" in " ".join(texts(page_of(editor, "/?q=legal"), "//h2"))


def test_the_part_for_a_script_is_the_same_answer_without_a_page(editor: FlaskClient) -> None:
    part = editor.get("/?q=LCSW&part=results").text
    assert "<html" not in part
    assert 'data-count="' in part
    assert "<mark>LCSW</mark>" in part
    assert editor.get("/?q=&part=results").text.strip() == ""


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "x" * 10_000, "مرحبا", "🙂 %00"])
def test_a_hostile_search_is_answered_in_peace(editor: FlaskClient, query: str) -> None:
    answer = editor.get("/", query_string={"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_the_first_visit_offers_the_organization_and_no_empty_list(editor: FlaskClient) -> None:
    tree = page_of(editor, "/")
    assert "benefits once" in tree.text_content()
    assert tree.xpath("//*[@id='continue']") == []


def test_who_is_signed_in_stands_in_the_account_menu(editor: FlaskClient) -> None:
    menu = page_of(editor, "/").find_class("menu")[0]
    assert "Ada Lake" in menu.text_content()
    assert menu.xpath(".//a/@href") == [
        "/settings/organization",
        "/settings/statements",
        "/settings/pay",
        "/settings/roles",
        "/settings/wages",
        "/settings/people",
        "/exports",
        "/account",
    ]
    assert menu.xpath(".//form/@action") == ["/sign-out"]


def test_the_current_section_is_marked(editor: FlaskClient) -> None:
    nav = "//nav[@aria-label='Main']//a[@aria-current='page']"
    assert texts(page_of(editor, "/"), nav) == ["Library"]
    assert texts(page_of(editor, "/postings"), nav) == ["Postings"]
