"""The builder in each of its states: no accessibility fault, nothing cut off, nothing covered."""

import json
from collections.abc import Callable
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.accounts import quick_hashes
from tests.browser.builder import administrator, builder, control, desk, number
from tests.browser.test_axe import AXE, RUN, RUN_COLORS, SIDEWAYS
from tests.marks import on_sqlite

__all__ = ["administrator", "builder", "desk", "number", "quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]

DUTIES = "ol.bullets[data-section=duties]"
SIZES = ((1440, 900), (768, 1000), (390, 844), (320, 700))
WITH_RULES = (1440, 390)
"""The widths at which the rules of accessibility are checked, too."""


def open_menu(page: Page) -> None:
    item = page.locator(f"{DUTIES} > li").nth(1)
    item.scroll_into_view_if_needed()
    item.hover()
    item.locator("[data-handle]").click()
    expect(page.locator(".line-menu")).to_be_visible()


def open_level(page: Page) -> None:
    page.locator("[data-level=senior]").click()
    expect(page.locator("#level-sheet")).to_be_visible()


def open_library(page: Page) -> None:
    page.locator("[data-library=duties]").click()
    expect(page.locator("#library-sheet [data-add-offer]").first).to_be_visible()


def open_arrange(page: Page) -> None:
    page.locator(".builder-actions summary").click()
    page.locator(".menu-list [data-arrange]").click()
    expect(page.locator("#arrange-sheet")).to_be_visible()


def open_keys(page: Page) -> None:
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys-sheet")).to_be_visible()


def wrong_pay_and_a_message(page: Page) -> None:
    control(page, "pay_low").fill("much")
    control(page, "pay_high").focus()
    expect(page.locator("#pay .error")).to_be_visible()
    page.locator(f"{DUTIES} textarea").first.fill("Changed.")
    page.locator(f"{DUTIES} > li").nth(1).hover()
    page.locator(f"{DUTIES} > li").nth(1).locator("[data-act=remove]").click()
    expect(page.locator("#messages")).to_contain_text("Removed")


def missing_details(page: Page) -> None:
    for name in ("schedule", "how_to_apply", "title"):
        control(page, name).fill("")
        page.keyboard.press("Tab")
    expect(page.locator("#missing")).to_be_visible()


def preview_alone(page: Page) -> None:
    page.locator("h1").click()
    page.keyboard.press("p")


STATES: dict[str, tuple[Callable[[Page], None], str]] = {
    "menu of an item": (open_menu, ".line-menu"),
    "change of level": (open_level, "#level-sheet"),
    "library": (open_library, "#library-sheet"),
    "sections": (open_arrange, "#arrange-sheet"),
    "keys": (open_keys, "#keys-sheet"),
    "errors and a message": (wrong_pay_and_a_message, "#pay, #messages"),
    "missing details": (missing_details, "main"),
    "preview": (preview_alone, "body"),
}
"""How the builder comes into each state, and what is new on the page then."""


@pytest.mark.parametrize("state", STATES)
def test_a_state_has_no_fault_at_any_width_in_either_theme(builder: Page, state: str) -> None:
    """Rules are asked of what is new: the page around it is among the screens."""
    builder.emulate_media(reduced_motion="reduce")
    reach, new = STATES[state]
    themes: dict[Literal["light", "dark"], str] = {"light": RUN, "dark": RUN_COLORS}
    found: dict[str, Any] = {}
    for width, height in SIZES:
        builder.set_viewport_size({"width": width, "height": height})
        builder.reload()
        builder.wait_for_selector("form[data-ready]")
        reach(builder)
        expect(builder.locator(new).first).to_be_visible()
        if over := builder.evaluate(SIDEWAYS):
            found[f"{width}, sideways"] = over
        if width not in WITH_RULES:
            continue
        builder.evaluate(AXE)
        for theme, rules in themes.items():
            builder.emulate_media(color_scheme=theme, reduced_motion="reduce")
            there = rules.replace("axe.run(", f"axe.run({json.dumps(new)}, ")
            if faults := builder.evaluate(there):
                found[f"{width}, {theme}"] = faults
    assert found == {}


def test_text_twice_as_large_fits_a_phone(builder: Page) -> None:
    """By the font size that a person chose in the browser, which rules of width follow, too."""
    builder.set_viewport_size({"width": 390, "height": 844})
    browser = builder.context.new_cdp_session(builder)
    browser.send("Page.enable")
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    builder.reload()
    builder.wait_for_selector("form[data-ready]")
    assert builder.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert not builder.evaluate(SIDEWAYS)
    open_level(builder)
    assert not builder.evaluate(SIDEWAYS)
    sheet = "document.querySelector('#level-sheet')"
    assert builder.evaluate(f"{sheet}.scrollWidth <= {sheet}.clientWidth")
    builder.locator("#level-sheet .button-main").scroll_into_view_if_needed()
    expect(builder.locator("#level-sheet .button-main")).to_be_in_viewport()


def test_forced_colors_show_the_chosen_level_and_the_sheet(builder: Page) -> None:
    builder.emulate_media(forced_colors="active")
    chosen = builder.locator("[data-level][aria-pressed=true]")
    mark = "it => getComputedStyle(it, '::before').content"
    assert "\u2713" in chosen.evaluate(mark)
    open_level(builder)
    edge = "it => parseFloat(getComputedStyle(it).borderTopWidth)"
    assert builder.locator("#level-sheet").evaluate(edge) >= 1


def test_nothing_moves_by_itself_where_motion_is_reduced(builder: Page) -> None:
    builder.emulate_media(reduced_motion="reduce")
    open_level(builder)
    builder.locator("#level-sheet .button-main").click()
    expect(builder.locator("#level-sheet")).to_be_hidden()
    moving = "() => document.getAnimations().filter((it) => it.playState === 'running').length"
    assert builder.evaluate(moving) == 0


def test_the_whole_builder_is_worked_by_the_keys_alone(builder: Page, number: int) -> None:
    """From the first key to a moved, split and removed item, a level, and an undo."""
    builder.keyboard.press("Tab")
    builder.keyboard.press("Enter")  # skip to the main part
    for _ in range(60):
        builder.keyboard.press("Tab")
        if builder.evaluate("document.activeElement.matches('[data-level=senior]')"):
            break
    builder.keyboard.press("Enter")
    expect(builder.locator("#level-sheet")).to_be_visible()
    builder.keyboard.press("Control+Enter")
    expect(builder.locator("[data-level=senior]")).to_have_attribute("aria-pressed", "true")
    builder.keyboard.press("Control+z")
    expect(builder.locator("[data-level=mid]")).to_have_attribute("aria-pressed", "true")
    builder.locator(f"{DUTIES} [data-handle]").first.focus()
    first = builder.locator(f"{DUTIES} textarea").first.input_value()
    builder.keyboard.press("ArrowDown")
    expect(builder.locator(f"{DUTIES} textarea").nth(1)).to_have_value(first)
    expect(builder.locator("#announce")).to_contain_text("Moved to position 2 of")
    builder.keyboard.press("Enter")
    expect(builder.get_by_role("menuitem", name="Move up")).to_be_focused()
    builder.keyboard.press("End")
    builder.keyboard.press("Enter")
    expect(builder.locator("#messages")).to_contain_text("Removed")
    builder.keyboard.press("Control+z")
    expect(builder.locator(f"{DUTIES} textarea").nth(1)).to_have_value(first)
