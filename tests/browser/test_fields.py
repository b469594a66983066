"""Fields and places follow the posting; what is missing or wrong is said in time, not before."""

import re

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Route, expect

from jobdesc.people.person import Person
from jobdesc.postings.places import Place, read_place
from tests.accounts import quick_hashes
from tests.browser.acting import button
from tests.browser.builder import (
    administrator,
    builder,
    control,
    desk,
    enter_builder,
    number,
    open_builder,
    paper,
    saved,
)
from tests.desk import Desk
from tests.marks import on_sqlite

__all__ = ["administrator", "builder", "desk", "number", "quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]

READ_ALL = """async ([address, lines]) => {
  const { readPlace } = await import(address);
  return lines.map(readPlace);
}"""
UNCLEAR = "Enter the location as city and state, like Portland, OR."


@pytest.fixture
def bare(
    context: BrowserContext, seeded_app: Flask, administrator: Person, live_server: str
) -> tuple[Page, Desk]:
    """The page of a posting whose organization has no profile, and what is stored."""
    desk = Desk(seeded_app, administrator)
    url = f"{live_server}/postings/{desk.start()}"
    return enter_builder(context, seeded_app, administrator, url), desk


def test_a_filled_detail_goes_home_when_it_is_left(bare: tuple[Page, Desk]) -> None:
    page, _ = bare
    strip, title = page.locator("#missing"), page.locator("#missing-title")
    expect(title).to_have_text("3 details missing: location, schedule, how to apply")
    schedule = control(page, "schedule")
    schedule.focus()
    page.keyboard.type("Days")
    expect(title).to_have_text("2 details missing: location, how to apply")
    expect(strip.locator('[name="schedule"]')).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator('#basics [name="schedule"]')).to_have_value("Days")
    expect(strip.locator('[name="schedule"]')).to_have_count(0)
    control(page, "how_to_apply").fill("Send a resume.")
    control(page, "location").fill("Portland, OR")
    expect(strip).to_be_visible()
    page.locator("#basics [name='department']").click()
    expect(page.locator("#basics [name='department']")).to_be_focused()
    expect(strip).to_be_hidden()
    expect(page.locator("#places")).to_be_visible()
    expect(page.locator("#apply [name='how_to_apply']")).to_have_value("Send a resume.")


def test_a_press_that_leaves_a_detail_still_presses_what_is_below(
    bare: tuple[Page, Desk],
) -> None:
    page, _ = bare
    control(page, "how_to_apply").fill("Send a resume.")
    control(page, "schedule").fill("Days")
    control(page, "location").fill("Portland, OR")
    box = page.get_by_role("button", name="III", exact=True).bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    expect(page.locator("#location")).not_to_be_focused()
    page.wait_for_timeout(150)
    expect(page.locator("#missing")).to_be_visible()
    page.mouse.up()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator("#missing")).to_be_hidden()


def test_a_detail_that_is_emptied_stays_where_it_is_and_the_strip_leads_to_it(
    builder: Page,
) -> None:
    strip = builder.locator("#missing")
    expect(strip).to_be_hidden()
    title = builder.locator("#basics [name='title']")
    title.fill("")
    expect(builder.locator("#missing-title")).to_have_text("1 detail missing: job title")
    expect(title).to_be_focused()
    expect(builder.locator("#basics .field-missing")).to_have_text("Job title")
    builder.keyboard.press("Tab")
    control(builder, "department").focus()
    expect(title).to_be_visible()
    expect(strip.locator("[name]:not(button)")).to_have_count(0)
    link = strip.get_by_role("link", name="job title")
    link.focus()
    builder.wait_for_timeout(100)
    expect(link).to_be_focused()
    builder.keyboard.press("Enter")
    expect(title).to_be_focused()
    expect(builder.get_by_role("heading", level=1)).to_have_text("Untitled posting")
    builder.keyboard.press("Control+z")
    expect(title).to_be_focused()
    builder.keyboard.press("Tab")
    expect(title).to_have_value("Case Manager")
    expect(strip).to_be_hidden()
    expect(builder.locator(".field-missing")).to_have_count(0)


def test_a_place_that_is_emptied_is_named_with_the_way_to_it(builder: Page) -> None:
    for part in ("city", "state"):
        builder.locator(f"#places [name$='.{part}']").fill("")
    link = builder.locator("#missing").get_by_role("link", name="location")
    expect(link).to_have_attribute("href", "#places")
    expect(builder.locator("#places")).to_be_visible()


def test_what_is_right_leaves_the_list_of_what_was_wrong(
    builder: Page, desk: Desk, number: int
) -> None:
    desk.send(number, {"pay_low": "abc", "closing_date": "soon"})
    open_builder(builder, builder.url)
    summary = builder.locator("#error-summary")
    expect(summary.get_by_role("heading")).to_have_text("2 things to correct")
    control(builder, "pay_low").fill("99999999")
    control(builder, "closing_date").fill("12/15/2099")
    control(builder, "hours").focus()
    expect(summary.get_by_role("heading")).to_have_text("One thing to correct")
    expect(summary.get_by_role("link")).to_have_text(re.compile("up to 10,000,000"))
    control(builder, "pay_low").fill("62900")
    control(builder, "hours").focus()
    expect(summary).to_have_count(0)


def test_a_location_is_kept_as_a_place(bare: tuple[Page, Desk]) -> None:
    page, desk = bare
    location = control(page, "location")
    location.focus()
    page.keyboard.type("12 Elm St, Portland, or 97204")
    page.keyboard.press("Tab")
    saved(page)
    (place,) = desk.posting(1).places
    assert place.full == "12 Elm St, Portland, Oregon 97204"
    expect(page.locator("#places [data-place-part=city]")).to_have_value("Portland")


def test_what_is_typed_before_the_scripts_came_is_kept(bare: tuple[Page, Desk]) -> None:
    page, desk = bare
    held: list[Route] = []
    page.route("**/builder/main.js", lambda route: held.append(route))
    with page.expect_request("**/builder/main.js"):
        page.goto(page.url, wait_until="commit")
    typed = {"location": "Salem, OR", "schedule": "Nights", "title": "Night Guide"}
    for name, text in typed.items():
        control(page, name).fill(text)
    for route in held:
        route.continue_()
    saved(page)
    posting = desk.posting(1)
    assert (posting.schedule, posting.title) == ("Nights", "Night Guide")
    assert [place.full for place in posting.places] == ["Salem, Oregon"]
    expect(page.locator("#missing-title")).to_have_text("1 detail missing: how to apply")


def test_what_else_is_known_of_the_place_stays(bare: tuple[Page, Desk]) -> None:
    page, desk = bare
    desk.send(1, {"location": "Salem, OR"})
    place = desk.posting(1).places[0].id
    name = f"place:{place}"
    desk.send(1, {f"{name}.street": "12 Elm St", f"{name}.city": "", f"{name}.state": ""})
    page.reload()
    page.wait_for_selector("form[data-ready]")
    control(page, "location").focus()
    page.keyboard.type("Portland,")
    page.wait_for_timeout(1000)
    expect(control(page, "location")).to_have_value("Portland,")
    page.keyboard.type(" OR 97204")
    saved(page)
    for _ in range(6):
        page.keyboard.press("Backspace")
    saved(page)
    expect(control(page, "location")).to_have_value("Portland, OR")
    page.wait_for_timeout(1000)
    assert desk.posting(1).places[0].full == "12 Elm St, Portland, Oregon"


def test_a_line_is_read_as_the_server_reads_it(builder: Page) -> None:
    lines = [
        "Portland, OR", " portland , or 97204 ", "Portland, Oregon", "Toronto, Ontario, Canada",
        "12 Elm St, Suite 4, Portland, OR 97204-1234", "12 Elm St, Portland, Oregon", "Portland",
        ", OR", "Portland,", "Portland 97204", "", "1 King St, Toronto, Ontario, Canada",
    ]  # fmt: skip
    address = str(builder.locator("script[src$='builder/main.js']").get_attribute("src"))
    found = builder.evaluate(READ_ALL, [address.replace("main.js", "places.js"), lines])
    for line, address_read in zip(lines, found, strict=True):
        expected = read_place(line, "")
        assert (address_read is None) == (expected is None), line
        if expected:
            assert Place(id="", **address_read).full == expected.full


def test_a_location_without_a_region_is_said_when_it_is_left(bare: tuple[Page, Desk]) -> None:
    page, _ = bare
    location = control(page, "location")
    location.focus()
    page.keyboard.type("Portland")
    error = page.locator("#location-error")
    expect(error).to_have_count(0)
    page.keyboard.press("Tab")
    expect(error).to_have_text(UNCLEAR)
    expect(location).to_have_attribute("aria-invalid", "true")
    expect(location).to_have_attribute("aria-describedby", re.compile("location-error"))
    location.press("End")
    page.keyboard.type(", O")
    expect(error).to_have_count(0)
    expect(location).not_to_have_attribute("aria-invalid", "true")
    expect(paper(page).locator(".facts")).to_contain_text("Portland, O")
    page.keyboard.press("Control+z")
    expect(location).to_have_value("")


def test_places_are_added_filled_and_removed_and_undone(
    builder: Page, desk: Desk, number: int
) -> None:
    places = builder.locator("#places [data-place]")
    expect(places).to_have_count(1)
    expect(builder.get_by_role("button", name="Remove place 1")).to_be_hidden()
    button(builder, "Add a place").click()
    expect(places).to_have_count(2)
    expect(places.nth(1).get_by_label("Street")).to_be_focused()
    places.nth(1).get_by_label("City").fill("Salem")
    places.nth(1).get_by_label("State", exact=True).fill("OR")
    expect(builder.locator("#places legend")).to_have_text("Places")
    expect(paper(builder).locator(".facts")).to_contain_text("Salem, Oregon")
    button(builder, "Remove place 1").click()
    expect(places).to_have_count(1)
    expect(places.get_by_label("City")).to_have_value("Salem")
    message = builder.locator("#messages")
    expect(message).to_contain_text("Place removed.")
    button(builder, "Undo").last.click()
    expect(places).to_have_count(2)
    expect(places.first.get_by_label("City")).to_have_value("Portland")
    saved(builder)
    assert [place.city for place in desk.posting(number).places] == ["Portland", "Salem"]


def test_choices_and_long_texts_are_kept(builder: Page, desk: Desk, number: int) -> None:
    control(builder, "arrangement").select_option("hybrid")
    control(builder, "arrangement_detail").fill("  3 days on site ")
    control(builder, "summary").fill("First.\n\nSecond.")
    expect(paper(builder).locator(".facts")).to_contain_text("(hybrid, 3 days on site)")
    expect(paper(builder, "summary")).to_have_text(["First.", "Second."])
    saved(builder)
    posting = desk.posting(number)
    assert (posting.arrangement, posting.arrangement_detail) == ("hybrid", "3 days on site")
    assert posting.summary == "First.\n\nSecond."


def test_a_fault_is_said_on_leaving_and_goes_once_it_is_mended(builder: Page) -> None:
    low = control(builder, "pay_low")
    low.fill("")
    low.press_sequentially("much")
    error = builder.locator("#pay_low-error")
    expect(paper(builder).locator(".facts")).to_contain_text("much")
    builder.wait_for_timeout(100)
    expect(error).to_have_count(0)
    builder.keyboard.press("Tab")
    expect(error).to_have_text("Enter the lowest pay as a number, like 78,500.")
    expect(low).to_have_attribute("aria-invalid", "true")
    expect(low).to_have_attribute("aria-describedby", "pay_low-error")
    low.fill("50,000")
    expect(error).to_have_count(0)
    expect(low).not_to_have_attribute("aria-describedby", re.compile("."))
    expect(builder.locator(".field-wrong")).to_have_count(0)


def test_a_fault_at_another_field_waits_until_this_one_is_left(builder: Page) -> None:
    low = control(builder, "pay_low")
    low.fill("")
    low.press_sequentially("900000")
    expect(paper(builder).locator(".facts")).to_contain_text("900,000")
    expect(builder.locator("#pay_high-error")).to_have_count(0)
    builder.keyboard.press("Tab")
    expect(builder.locator("#pay_high-error")).to_have_text(
        "The highest pay must be at least the lowest, 900,000."
    )


def test_a_text_that_is_too_long_is_said_at_once_and_kept_here(
    builder: Page, desk: Desk, number: int
) -> None:
    text = "long " * 80
    control(builder, "department").fill(text)
    error = builder.locator("#department-error")
    expect(error).to_have_text("This is 399 characters. It can have up to 300.")
    expect(control(builder, "department")).to_be_focused()
    control(builder, "schedule").fill("Nights")
    expect(builder.locator("[data-saved]")).to_have_text("Some changes could not be saved")
    assert desk.posting(number).schedule == "Nights"
    assert desk.posting(number).department == "Intake"
    expect(control(builder, "department")).to_have_value(text)
    control(builder, "department").fill("Short")
    expect(error).to_have_count(0)
    saved(builder)
    assert desk.posting(number).department == "Short"


def test_pay_in_the_range_is_drawn_as_it_is_typed(builder: Page) -> None:
    before = builder.locator("[data-pay]").inner_text()
    control(builder, "pay_low").fill("45,000")
    expect(builder.locator("[data-pay]")).not_to_have_text(before)


def test_enter_in_a_field_saves_and_stays(builder: Page, desk: Desk, number: int) -> None:
    address = builder.url
    control(builder, "department").fill("Nights")
    builder.keyboard.press("Enter")
    saved(builder)
    assert builder.url == address
    expect(control(builder, "department")).to_be_focused()
    assert desk.posting(number).department == "Nights"


def test_sections_are_arranged_hidden_and_undone(builder: Page, desk: Desk, number: int) -> None:
    button(builder, "Arrange sections").last.click()
    sheet = builder.get_by_role("dialog", name="Arrange sections")
    hides = sheet.get_by_role("button", name="Hide")
    expect(hides).to_have_count(9)
    found = hides.evaluate_all(
        "all => all.map(it => [it, it.closest('li')].map(one => one.getBoundingClientRect()))"
        ".map(([own, row]) => [own.right, own.y - row.y < row.height / 2])"
    )
    assert all(one == [found[0][0], True] for one in found), "every row has its buttons at right"
    up = sheet.get_by_role("button", name="Up What you will do")
    up.click()
    expect(up).to_be_focused()
    expect(up).to_have_attribute("aria-disabled", "true")
    expect(builder.locator("#announce")).to_have_text("Moved to position 1 of 9")
    expect(sheet.get_by_role("listitem").first).to_contain_text("What you will do")
    sheet.get_by_role("button", name="Hide About us").click()
    shown = sheet.get_by_role("button", name="Show About us")
    expect(shown).to_be_focused()
    builder.keyboard.press("Escape")
    parts = builder.locator("#edit [data-part]")
    expect(parts.first).to_have_id("duties")
    expect(builder.locator("#about-us")).to_have_class(re.compile("card-hidden"))
    expect(builder.locator("#about-us [data-hidden-words]")).to_be_visible()
    expect(builder.get_by_text("Hidden: 1")).to_be_visible()
    links = builder.get_by_role("navigation", name="Sections").get_by_role("link")
    expect(links.nth(1)).to_contain_text("Duties")
    expect(paper(builder).locator("[data-section]").first).to_have_attribute(
        "data-section", "duties"
    )
    expect(paper(builder).get_by_role("heading", name="About us")).to_have_count(0)
    saved(builder)
    assert desk.posting(number).hidden_parts == ("about-us",)
    builder.keyboard.press("Control+z")
    builder.keyboard.press("Control+z")
    expect(parts.first).to_have_id("about-role")
    expect(builder.locator("#about-us")).not_to_have_class(re.compile("card-hidden"))


def test_the_rail_counts_and_follows_scrolling(builder: Page) -> None:
    rail = builder.get_by_role("navigation", name="Sections")
    current = rail.locator("[aria-current]")
    expect(current).to_have_text("Basics")
    builder.locator("#pay").scroll_into_view_if_needed()
    builder.locator("#pay").evaluate("(card) => card.scrollIntoView({ block: 'start' })")
    expect(current).to_have_text("Pay")
    before = int(rail.locator('[data-count="duties"]').inner_text())
    builder.locator("ol[data-section=duties] [data-act=remove]").first.click()
    expect(rail.locator('[data-count="duties"]')).to_have_text(str(before - 1))


def test_a_date_that_is_not_right_stays_in_the_strip_with_its_message(
    builder: Page, desk: Desk, number: int
) -> None:
    desk.send(number, {"how_to_apply": "Write until {closing_date}."})
    open_builder(builder, builder.url)
    strip = builder.locator("#missing")
    expect(builder.locator("#missing-title")).to_have_text("1 detail missing: closing date")
    date = strip.locator("[name=closing_date]")
    for typed, said in (("soon", "Enter the closing date"), ("11/3/2020", "has passed")):
        date.fill(typed)
        date.blur()
        expect(strip.locator("#closing_date-error")).to_contain_text(said)
        expect(builder.locator("#missing-title")).to_have_text("Check what is marked")
    date.fill("12/15/2099")
    date.blur()
    expect(strip).to_be_hidden()
    expect(control(builder, "closing_date")).to_have_value("12/15/2099")
