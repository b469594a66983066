"""Postings through the pages: begun, found, read, and refused."""

from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.routing import Map

from jobdesc.people.person import Kind
from tests.accounts import Clock, quick_hashes, set_up
from tests.checked import words
from tests.desk import Desk, colleague, error_at, furnish, held_in, notices, summary
from tests.forms import parsed
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

TITLE = "Case Manager"
"""Of a general case manager at level II."""


@pytest.fixture
def clock(seeded_app: Flask) -> Clock:
    return Clock(seeded_app)


@pytest.fixture
def desk(seeded_app: Flask, clock: Clock) -> Desk:
    """The administrator of an organization that has no more than a name."""
    return Desk(seeded_app, set_up(seeded_app))


def listed(desk: Desk, query: str = "") -> list[str]:
    """The numbers of the postings in the list."""
    found = desk.root(f"/postings?q={query}").xpath("//tbody//th/a/@href")
    return [str(href).rpartition("/")[2] for href in found]


def test_a_levels_button_opens_a_complete_posting(desk: Desk) -> None:
    furnish(desk.app)
    number = desk.start("rn-case-manager", "senior")
    page = parsed(desk.get(f"/postings/{number}").text)
    assert not page.xpath("//*[@class='missing-strip'][not(@hidden)]")
    assert held_in(page, "title") == desk.posting(number).title != ""
    assert len(page.xpath("//*[@id='duties']//li//textarea")) >= 5
    assert "Portland" in words(page.xpath("//*[@class='paper']")[0])


def test_a_new_organization_is_asked_for_what_is_missing(desk: Desk) -> None:
    strip = parsed(desk.get(f"/postings/{desk.start()}").text)
    [strip] = strip.xpath("//*[@class='missing-strip']")
    assert words(strip.xpath(".//h2")[0]) == "3 details missing: location, schedule, how to apply"
    names = strip.xpath(".//input[not(@type='hidden')]/@name | .//textarea/@name")
    assert names == ["location", "schedule", "how_to_apply"]


def test_details_filled_in_the_strip_are_asked_for_no_more(desk: Desk) -> None:
    number = desk.start()
    desk.send(number, {"location": "Portland, Oregon 97201", "schedule": "Nights"})
    strip = desk.root(f"/postings/{number}").xpath("//*[@class='missing-strip']")[0]
    assert words(strip.xpath(".//h2")[0]) == "1 detail missing: how to apply"
    place = desk.posting(number).places[0]
    assert (place.short, place.postal_code) == ("Portland, OR", "97201")
    assert desk.posting(number).schedule == "Nights"


@on_sqlite
@pytest.mark.parametrize(
    ("role", "level"),
    [("case-manager", "chief"), ("case-manager", ""), ("no-such-role", "mid"), ("", "mid"),
     ("../case-manager", "mid"), ("<script>", "mid"), ("x" * 10_000, "mid")],
)  # fmt: skip
def test_a_role_or_level_that_is_not_there_begins_nothing(
    desk: Desk, role: str, level: str
) -> None:
    assert desk.press_level(role, level).status_code == 404
    assert listed(desk) == []


def test_the_same_button_opens_an_untouched_draft_again(desk: Desk) -> None:
    first = desk.start()
    assert desk.start() == first
    assert desk.start(level="senior") != first
    desk.send(first, {"title": "Case Manager, nights"})
    assert desk.start() != first


def test_an_untouched_draft_follows_the_profile(desk: Desk) -> None:
    desk.start()
    furnish(desk.app)
    assert desk.posting(desk.start()).schedule == "Monday to Friday, 8 AM to 4:30 PM"
    assert len(listed(desk)) == 1


def test_an_untouched_draft_is_its_owners_until_it_is_changed(desk: Desk) -> None:
    other, number = colleague(desk.app), desk.start()
    assert (listed(desk), listed(other)) == ([str(number)], [])
    for path in ("", "/download.pdf", "/download.html"):
        assert other.get(f"/postings/{number}{path}").status_code == 404
    assert other.send_form(number, desk.form(number)).status_code == 400  # another's token
    desk.send(number, {"department": "Intake"})
    assert listed(other) == [str(number)]
    assert held_in(other.root(f"/postings/{number}"), "department") == "Intake"


def test_an_untouched_draft_is_kept_for_a_week(desk: Desk, clock: Clock) -> None:
    desk.start()
    clock.turn(timedelta(days=7, seconds=1))
    desk.start(level="senior")
    levels = desk.root("/postings").xpath("//td[@data-label='Level']")
    assert [words(level) for level in levels] == ["III"]


def test_a_draft_that_was_downloaded_is_kept_and_shown_to_others(desk: Desk) -> None:
    other, number = colleague(desk.app), desk.start()
    assert desk.get(f"/postings/{number}/download.html").status_code == 200
    assert listed(other) == [str(number)]
    assert desk.start() != number


def test_a_recruiter_reads_and_has_no_control_that_changes_anything(desk: Desk) -> None:
    number = desk.start()
    desk.send(number, {"title": "Night Case Manager"})
    recruiter = colleague(desk.app, Kind.RECRUITER)
    page = recruiter.root(f"/postings/{number}")
    assert words(page.xpath("//h1")[0]) == "Night Case Manager"
    assert page.xpath("//main//form | //main//input | //main//textarea | //main//button") == []
    for path in ("/", "/roles/case-manager", "/postings"):
        main = recruiter.root(path).xpath("//main")[0]
        assert [one.get("action") for one in main.xpath(".//form[@method='post']")] == (
            ["/exports"] if path == "/postings" else []
        )
        assert "Start a posting" not in words(main)
    assert recruiter.get("/settings/organization").status_code == 403


def test_a_recruiter_who_sends_changes_all_the_same_is_refused(desk: Desk) -> None:
    number = desk.start()
    desk.send(number, {"title": "Night Case Manager"})
    recruiter = colleague(desk.app, Kind.RECRUITER)
    form = {
        "csrf_token": recruiter.token(),
        "title": "Mine",
        "role": "case-manager",
        "level": "mid",
    }
    for path in ("/postings", f"/postings/{number}", "/settings/organization"):
        answer = recruiter.client.post(path, data=form)
        assert answer.status_code == 403
        assert "Ada Lake can give it to you" in answer.text
    assert desk.posting(number).title == "Night Case Manager"
    assert listed(recruiter) == [str(number)]


def test_the_list_is_narrowed_by_words_in_any_order_and_case(desk: Desk) -> None:
    number = desk.start()
    typed = {"department": "Señor Care", "requisition": "R-100%_7", "location": "Portland, OR"}
    desk.send(number, typed)
    desk.send(desk.start("rn-case-manager"), {"department": "Cardiology"})
    for query in ("", "portland", "CARE senor", "r-100%25_7", "MANAGER%20portland"):
        assert str(number) in listed(desk, query), query
    for query in ("cardiology", "portland%20cardiology", "r-200%25", "%5C"):
        assert str(number) not in listed(desk, query), query


@on_sqlite
def test_a_search_without_an_answer_repeats_the_words_as_text(desk: Desk) -> None:
    desk.start()
    page = desk.get("/postings", query_string={"q": "<b>zebra</b> مدير"}).text
    assert "No posting has all of these: \u201c&lt;b&gt;zebra&lt;/b&gt; مدير\u201d." in page


@on_sqlite
def test_an_empty_list_says_how_to_fill_it(desk: Desk) -> None:
    assert "No postings yet. Start from a role." in desk.get("/postings").text


@on_sqlite
@pytest.mark.parametrize(
    "number", ["999999", "0", "9223372036854775807", "9223372036854775808", "9" * 500, "-1",
               "1.5", "one", "%00", "1%20OR%201=1", "..%2f1", "<script>"],
)  # fmt: skip
def test_a_posting_that_is_not_there_is_a_page_that_helps(desk: Desk, number: str) -> None:
    for path in ("", "/download.pdf", "/download.html"):
        answer = desk.get(f"/postings/{number}{path}")
        assert answer.status_code == (400 if number == "%00" else 404)
        assert "Open the library" in answer.text
    answer = desk.client.post(f"/postings/{number}", data={"csrf_token": desk.token()})
    assert answer.status_code in (400, 404, 405)


@on_sqlite
def test_without_its_token_a_form_changes_nothing_and_says_what_to_do(desk: Desk) -> None:
    number = desk.start()
    form = desk.form(number) | {"title": "Changed"}
    for token in ("", "wrong", "x" * 5_000):
        answer = desk.send_form(number, form | {"csrf_token": token})
        assert answer.status_code == 400
        assert "Nothing was changed. Go back, copy what you typed" in answer.text
    del form["csrf_token"]
    assert desk.send_form(number, form).status_code == 400
    assert desk.client.post("/postings", data={"role": "case-manager"}).status_code == 400
    assert desk.posting(number).title != "Changed"


@on_sqlite
def test_what_is_written_from_right_to_left_runs_so_wherever_it_stands(desk: Desk) -> None:
    number = desk.start()
    desk.send(number, {"title": "\u05de\u05e0\u05d4\u05dc (RN) 2"})
    page, line = desk.root(f"/postings/{number}"), desk.lines(number)[0]
    names = ("title", "summary", f"line:{line}", "new:duties")
    shown = [page.xpath("//*[@name=$name]", name=name)[0] for name in names]
    shown += [page.xpath("//h1")[0], *desk.root("/postings").xpath("//th[@scope='row']/a")]
    shown += desk.root("/").xpath("//*[@id='continue']/following-sibling::ul/li/a")
    assert [element.get("dir") for element in shown] == ["auto"] * 7


@on_sqlite
def test_the_page_of_a_posting_is_an_address_of_its_own(desk: Desk) -> None:
    urls: Map = desk.app.url_map
    rules = {rule.endpoint: rule.rule for rule in urls.iter_rules()}
    assert rules["postings.show"] == "/postings/<int:posting_id>"
    assert rules["postings.download_pdf"] == "/postings/<int:posting_id>/download.pdf"
    assert rules["postings.download_html"] == "/postings/<int:posting_id>/download.html"
    assert rules["guides.guide"] == "/roles/<slug>"


@on_sqlite
def test_who_is_signed_out_comes_back_to_the_posting(desk: Desk) -> None:
    number = desk.start()
    answer = desk.app.test_client().get(f"/postings/{number}")
    assert answer.location == f"/sign-in?next=/postings/{number}"


@on_sqlite
def test_a_save_says_that_it_was_made(desk: Desk) -> None:
    number = desk.start()
    answer = desk.send(number, {"title": "Night Case Manager"})
    assert (answer.status_code, answer.location) == (303, f"/postings/{number}")
    page = desk.root(answer.location)
    assert "All changes saved" in notices(page)
    assert (error_at(page, "title"), summary(page)) == ("", {})
    assert desk.send(number).status_code == 303
    assert "Nothing to save" in notices(desk.root(f"/postings/{number}"))
