"""Every screen at every width, light and dark: no accessibility fault, nothing cut off sideways."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, BrowserContext, Page

from tests.databases import Templates
from tests.desk import session_of
from tests.screens import SCREENS, House, Screen, house
from tests.serving import serving

AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
WIDTHS = (1440, 768, 390, 320)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RULES = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
}
RUN = f"""async () => (await axe.run({json.dumps(RULES)})).violations.flatMap((rule) =>
    rule.nodes.map((node) => [rule.id, node.target.join(" "), node.failureSummary].join(": "))
)"""
OPEN = """(open) => document.querySelectorAll("details:not(.menu)")
    .forEach((part) => { part.open = open; })"""
TARGETS = {**RULES, "runOnly": {"type": "rule", "values": ["target-size"]}}
RUN_TARGETS = RUN.replace(json.dumps(RULES), json.dumps(TARGETS))
"""What hangs on the width alone. The others take ten times as long."""
COLORS = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
RUN_COLORS = RUN.replace(json.dumps(RULES), json.dumps(COLORS))
RUN_MENU = RUN.replace("axe.run(", "axe.run(document.querySelector('details[open].menu'), ")
TOLD = """() => document.title.startsWith("Error: ")
  || document.querySelector("form[data-ready] .error")"""
SIDEWAYS = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"

ALIKE = {
    "home of a recruiter", "guide at a level", "posting to read", "export, canceled",
    "sources", "a source", "source, with errors", "source, edited", "credential, new",
    "posting", "posting, location unclear", "role templates", "role, new", "role, manage",
}  # fmt: skip
"""Screens that hold nothing that others do not."""

Visit = Callable[[Screen], Page]


@pytest.fixture(scope="module")
def open_house(
    templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], tuple[House, str]]]:
    """An installation by name with its address, made when first asked for."""
    folder = tmp_path_factory.mktemp("houses")
    with ExitStack() as stack:

        @cache
        def make(name: str) -> tuple[House, str]:
            made = stack.enter_context(house(name, templates, folder / name))
            return made, stack.enter_context(serving(made.app))

        yield make


@pytest.fixture
def calm(browser: Browser) -> Iterator[BrowserContext]:
    """A browser in which nothing moves, so that colors are what they will be."""
    with browser.new_context(reduced_motion="reduce") as context:
        context.set_default_timeout(30_000)
        yield context


@pytest.fixture
def visit(open_house: Callable[[str], tuple[House, str]], calm: BrowserContext) -> Visit:
    def go(screen: Screen) -> Page:
        at, url = open_house(screen.house)
        if screen.who != "nobody":
            token = session_of(at.app, at.people[screen.who], datetime.now(UTC))
            calm.add_cookies([{"name": "jobdesc_session", "value": token, "url": url}])
        page = calm.new_page()
        page.goto(url + at.path(screen))
        for name, text in screen.typed.items():
            page.locator(f'main [name="{name}"]').fill(text)
        if screen.button:
            press(page, screen)
        return page

    return go


def press(page: Page, screen: Screen) -> None:
    name, _, value = screen.button.partition("=")
    chosen = f'[name="{name}"][value="{value}"]' if name else ":not([name])"
    form = page.locator("main form").filter(
        has=page.locator(f'[name="{next(iter(screen.typed))}"]')
    )
    if screen.path.startswith("/postings/") and screen.button == "action=save":
        page.locator("form[data-ready]").wait_for()
        page.keyboard.press("Control+s")  # the builder has a button to save without scripts alone
    else:
        form.locator(f"button{chosen}:not([type=button])").locator("visible=true").first.click()
    page.wait_for_function(TOLD)


@pytest.mark.browser
@pytest.mark.parametrize(
    "screen", [s for s in SCREENS if s.name not in ALIKE], ids=lambda screen: screen.name
)
def test_a_screen_has_no_fault_at_any_width_in_either_theme(visit: Visit, screen: Screen) -> None:
    """No width scrolls sideways, folded or unfolded, nor has a target that is too small.

    All other rules are judged unfolded in both themes, at the widest in one and at the narrowest
    in the other; which is where changes from screen to screen: what screens share has all four.
    """
    page = visit(screen)
    page.evaluate(AXE)
    themes: list[Literal["light", "dark"]] = ["light", "dark"]
    first = SCREENS.index(screen) % 2
    found: dict[str, Any] = {}
    for index, width in enumerate(WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        for unfolded in (False, True):
            page.evaluate(OPEN, unfolded)
            if over := page.evaluate(SIDEWAYS):
                found[f"{width}, unfolded: {unfolded}, sideways"] = over
        theme = themes[(first + index // 2) % 2]
        whole = width in (WIDTHS[0], WIDTHS[-1])
        page.emulate_media(color_scheme=theme)
        page.evaluate(OPEN, whole)
        if faults := page.evaluate(RUN if whole else RUN_TARGETS):
            found[f"{width}, {theme}"] = faults
    assert found == {}


@pytest.mark.browser
def test_menus_have_no_fault_where_they_lie_over_the_page(visit: Visit) -> None:
    page = visit(next(screen for screen in SCREENS if screen.name == "posting"))
    page.evaluate(AXE)
    menus = page.locator("details.menu > summary").all()
    assert len(menus) == 2
    for menu in menus:
        menu.click()
        for width in (1440, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(SIDEWAYS) == 0
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
                assert page.evaluate(RUN_MENU) == []
        page.keyboard.press("Escape")
        assert page.locator("details.menu[open]").count() == 0


@pytest.mark.browser
def test_axe_finds_faults_in_either_theme(calm: BrowserContext) -> None:
    page = calm.new_page()
    page.set_content(
        "<html lang=en><title>x</title><meta name=color-scheme content='light dark'>"
        "<style>@media (prefers-color-scheme: dark) { p { color: #222; background: #111 } }</style>"
        "<main><h1>x</h1><p>Hard to read</p><button></button>"
    )
    page.evaluate(AXE)
    assert "button-name" in " ".join(page.evaluate(RUN))
    assert "color-contrast" not in " ".join(page.evaluate(RUN))
    assert page.evaluate(RUN_COLORS) == []
    page.emulate_media(color_scheme="dark")
    assert "color-contrast" in " ".join(page.evaluate(RUN))
    assert "color-contrast" in " ".join(page.evaluate(RUN_COLORS))
    page.set_content(
        "<a href=x style='font: 9px/9px x'>a</a> <a href=y style='font: 9px/9px x'>b</a>"
    )
    page.evaluate(AXE)
    assert "target-size" in " ".join(page.evaluate(RUN_TARGETS))
