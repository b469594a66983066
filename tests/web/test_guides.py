"""Guide pages: everything of the role is there, each fact with its source."""

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobdesc.people.person import Kind
from jobdesc.roles.levels import LEVELS
from jobdesc.roles.template import RoleTemplate
from jobdesc.services.catalog import load_library
from tests.accounts import add_person, quick_hashes, send_form, set_up, sign_in
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]
pytestmark = on_sqlite

SLUGS = [
    "case-manager",
    "legal-case-manager",
    "mental-health-case-manager",
    "rn-case-manager",
    "social-work-case-manager",
]


@pytest.fixture
def editor(seeded_app: Flask) -> FlaskClient:
    """A browser in which the administrator is signed in."""
    set_up(seeded_app)
    client = seeded_app.test_client()
    sign_in(client)
    return client


def page_of(client: FlaskClient, path: str) -> lxml.html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.text)


def words_in(tree: lxml.html.HtmlElement) -> str:
    return " ".join(tree.text_content().split())


def role_of(client: FlaskClient, slug: str) -> RoleTemplate:
    with client.application.app_context():
        return load_library().roles[slug]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_guide_holds_every_part_of_its_role(editor: FlaskClient, slug: str) -> None:
    role, tree = role_of(editor, slug), page_of(editor, f"/roles/{slug}")
    shown, guide = words_in(tree), role.guide
    passages = [*guide.what, *guide.where, *guide.education, *guide.certification]
    passages += [*guide.experience, *guide.pay, *guide.pay_factors]
    passages += [answer for question in guide.questions for answer in question.answer]
    expected = [passage.text for passage in passages]
    expected += [question.question for question in guide.questions]
    expected += [moment.what for moment in guide.day] + [trait.shows for trait in guide.good]
    expected += [study.leads_to for study in guide.studies]
    expected += [other.difference for other in guide.similar]
    expected += [*role.titles.values(), *role.reports_to.values(), *role.synonyms]
    expected += [f"${end:,}" for pay in role.pay.values() for end in (pay.low, pay.high)]
    assert [text for text in expected if " ".join(text.split()) not in shown] == []


@pytest.mark.parametrize("level", LEVELS)
def test_the_level_in_view_shows_its_duties_and_skills(editor: FlaskClient, level: str) -> None:
    role = role_of(editor, "rn-case-manager")
    shown = words_in(page_of(editor, f"/roles/rn-case-manager?level={level}"))
    own = [line.levels[level] for line in (*role.duties, *role.skills) if level in line.levels]
    texts = [cell.text for cell in own if cell != "end"]
    assert texts
    assert [text for text in texts if text not in shown] == []


def test_an_unknown_level_shows_the_usual_one(editor: FlaskClient) -> None:
    assert "Duties at level II" in editor.get("/roles/case-manager?level=chief").text


def test_an_unknown_role_is_not_found(editor: FlaskClient) -> None:
    assert editor.get("/roles/plumber").status_code == 404


@pytest.mark.parametrize("slug", SLUGS)
def test_each_source_mark_leads_to_a_source_with_name_and_date(
    editor: FlaskClient, slug: str
) -> None:
    tree = page_of(editor, f"/roles/{slug}")
    marks = tree.find_class("source-mark")
    listed = tree.xpath("//ol[contains(@class, 'sources')]/li")
    assert len(marks) > 20
    assert {mark.get("href") for mark in marks} == {f"#{item.get('id')}" for item in listed}
    numbers = {mark.get("href"): "".join(filter(str.isdigit, words_in(mark))) for mark in marks}
    assert [numbers[f"#{item.get('id')}"] for item in listed] == [
        str(number) for number in range(1, len(listed) + 1)
    ]


def test_what_is_unverified_says_so_at_the_mark_and_in_the_list(editor: FlaskClient) -> None:
    tree = page_of(editor, "/roles/rn-case-manager")
    [source] = tree.xpath("//li[@id='source-nursing-boards']")
    assert "Not yet checked against the source" in words_in(source)
    [card] = tree.xpath("//article[.//*[@id='credential-rn-license']]")
    assert "Not yet checked against the source" in words_in(card)
    marks = tree.xpath("//a[@href='#source-nursing-boards']")
    assert all("not yet checked" in words_in(mark) for mark in marks)


def test_every_pay_figure_has_its_source(editor: FlaskClient) -> None:
    rows = page_of(editor, "/roles/case-manager").xpath("//section[.//h2[@id='pay']]//tr[td]")
    yearly = [row for row in rows if "$" in row.text_content()]
    assert len(yearly) == 2 * len(LEVELS), "the library's ranges, and the market"
    assert all(row.find_class("source-mark") for row in yearly)


def test_credentials_say_who_issues_them_what_they_take_and_who_is_asked(
    editor: FlaskClient,
) -> None:
    [card] = page_of(editor, "/roles/case-manager").xpath("//article[.//*[@id='credential-ccm']]")
    shown = words_in(card)
    for part in ("Issued by", "CCMC", "Preferred at", "What it takes", "24 months", "Renewal"):
        assert part in shown


def test_the_pay_chart_has_a_name_a_description_and_a_table(editor: FlaskClient) -> None:
    tree = page_of(editor, "/roles/legal-case-manager")
    [chart] = tree.xpath("//svg[@role='img']")
    named = [tree.get_element_by_id(name) for name in chart.get("aria-labelledby").split()]
    assert [element.tag for element in named] == ["title", "desc"]
    assert len(chart.find_class("chart-bar")) == 2 * len(LEVELS)
    assert len(chart.find_class("chart-market")) == len(LEVELS)


def test_each_level_can_be_started_and_has_its_job_description(editor: FlaskClient) -> None:
    [aside] = page_of(editor, "/roles/case-manager").find_class("guide-start")
    assert aside.xpath(".//button[@name='level']/@value") == [level.value for level in LEVELS]
    assert aside.xpath(".//a/@href") == [
        f"/roles/case-manager/{level}/description.pdf" for level in LEVELS
    ]


def test_a_recruiter_reads_and_downloads_but_starts_nothing(seeded_app: Flask) -> None:
    set_up(seeded_app)
    client = seeded_app.test_client()
    sign_in(client, add_person(seeded_app, Kind.RECRUITER).email)
    [aside] = page_of(client, "/roles/case-manager").find_class("guide-start")
    assert aside.xpath(".//form") == []
    assert len(aside.xpath(".//a")) == len(LEVELS)


def test_each_attribution_stands_only_where_its_data_are_used(editor: FlaskClient) -> None:
    shipped = editor.get("/roles/case-manager").text
    assert "O*NET 27.0 Database by" in shipped
    assert "Wage figures are by" in shipped
    send_form(
        editor, "/settings/roles/new", name="Court Liaison", family="legal", tagline="Speaks."
    )
    own = editor.get("/roles/court-liaison").text
    assert "O*NET" not in own
    assert "Bureau of Labor Statistics" not in own


def test_shortened_pay_is_rounded_half_up(seeded_app: Flask) -> None:
    macros = seeded_app.jinja_env.get_template("components/pay_text.html").module
    assert "$60k &ndash; $71k" in macros.pay_short(60_000, 70_500)  # type: ignore[attr-defined]
    assert "$61k &ndash; $70k" in macros.pay_short(60_500, 70_499)  # type: ignore[attr-defined]
