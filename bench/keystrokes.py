"""How soon the preview shows what is typed, in a real browser, and whether anything jumps.

Typed twice into a posting of 25 duties: once as the builder is, once with a preview that waits
until nobody typed for a moment, as most do.
"""

import re
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Route, sync_playwright

from bench.rig import Installation, installation, p95, served
from jobdesc.postings.sections import Section
from jobdesc.roles.levels import Level
from jobdesc.services.postings import read_posting, start_posting
from jobdesc.store.postings import add_posting
from jobdesc.store.transactions import writing
from jobdesc.web.session_cookie import NAME
from tests.chromium import FLAGS, program

WATCH = Path(__file__).parent / "rig" / "watch.js"
DUTIES, KEYS, PER_SECOND = 25, 200, 8
MEDIAN, P95, SHIFT = 32, 62, 0.05
WAIT_MS = 120
SETTLE_MS = 2500
"""Long enough for the save, the page count and whatever else follows the last key."""
WORDS = " while the team plans each visit with families and records what they agreed on"


@dataclass(frozen=True)
class Watched:
    """What one page saw: milliseconds by key, and its layout shifts."""

    times: list[float]
    shift: float
    shift_with_keys: float


def main() -> None:
    with installation() as place:
        posting = a_long_posting(place)
        with served(place) as server, chromium() as browser:
            address = f"{server.url}/postings/{posting}"
            live = typed(browser, place, address, wait=0)
            waiting = typed(browser, place, address, wait=WAIT_MS)
    show("keystroke to preview", live.times, f"   budget {MEDIAN} / {P95}", MEDIAN, P95)
    show(f"with a preview that waits {WAIT_MS} ms", waiting.times)
    ratio = statistics.median(waiting.times) / statistics.median(live.times)
    print(f"{'waiting takes as long as':44} {ratio:.1f} of those, by the median")
    verdict = "" if live.shift <= SHIFT else "   OVER"
    print(f"{'layout shift, loading and typing':44} {live.shift:9.3f}   budget {SHIFT}{verdict}")
    print(f"{'the same with what followed a key at once':44} {live.shift_with_keys:9.3f}")


def a_long_posting(place: Installation) -> int:
    """A posting with 25 duties, of those that its role brings; its id."""
    now = datetime.now(UTC)
    first = start_posting(place.person, "case-manager", Level.MID, now)
    posting = read_posting(place.person, first).posting
    duties = [line for line in posting.lines if line.section == Section.DUTIES]
    others = tuple(line for line in posting.lines if line.section != Section.DUTIES)
    lines = tuple(
        line.model_copy(update={"id": f"duty{n}", "origin": None})
        for n, line in enumerate(islice(cycle(duties), DUTIES))
    )
    with writing() as session:
        long = posting.model_copy(update={"lines": (*lines, *others)})
        return add_posting(session, long, place.person.id, now)


@contextmanager
def chromium() -> Iterator[Chromium]:
    """The browser that `tools/in_browser.sh` found."""
    with sync_playwright() as playwright:
        flags = list(FLAGS)
        with playwright.chromium.launch(executable_path=program(), args=flags) as browser:
            yield browser


def typed(browser: Chromium, place: Installation, address: str, *, wait: int) -> Watched:
    """Type into the middle duty of the posting at `address`, with a preview that waits so long."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        value = place.cookie.removeprefix(f"{NAME}=")
        context.add_cookies([{"name": NAME, "value": value, "url": address}])
        context.add_init_script(path=WATCH)
        page = context.new_page()
        if wait:
            page.route(address, lambda route: let_wait(route, wait))
        page.goto(address, wait_until="networkidle")
        type_at_pace(page)
        page.wait_for_timeout(SETTLE_MS)
        seen = page.evaluate("watched()")
    assert len(seen["times"]) == KEYS and not seen["waiting"], f"{len(seen['times'])} keys shown"
    shifts = seen["shifts"]
    own = sum(shift["value"] for shift in shifts if not shift["recent"])
    return Watched(seen["times"], own, sum(shift["value"] for shift in shifts))


def let_wait(route: Route, wait: int) -> None:
    """The page as it is, but for a preview that is asked for once nobody typed for a moment."""
    answer = route.fetch()
    mark = f'<form id="posting-form" data-preview-wait="{wait}"'
    body, count = re.subn('<form id="posting-form"', mark, answer.text())
    assert count == 1
    route.fulfill(response=answer, body=body)


def type_at_pace(page: Page) -> None:
    """So many keys before the last letter of a duty, where a blank is seen as soon as any sign."""
    page.locator(f'textarea[name="line:duty{DUTIES // 2}"]').click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.press("ArrowLeft")
    begin = time.perf_counter()
    for n, sign in enumerate(islice(cycle(WORDS), KEYS)):
        page.wait_for_timeout(max(0, 1000 * (begin + n / PER_SECOND - time.perf_counter())))
        page.keyboard.press(sign)


def show(what: str, times: list[float], budget: str = "", *limits: float) -> None:
    """Median, p95 and the longest in milliseconds."""
    median, high = statistics.median(times), p95(times)
    over = any(found > limit for found, limit in zip((median, high), limits, strict=False))
    figures = f"median {median:7.1f} ms   p95 {high:7.1f}   max {max(times):7.1f}"
    print(f"{what:44} {figures}{budget}{'   OVER' if over else ''}")


if __name__ == "__main__":
    main()
