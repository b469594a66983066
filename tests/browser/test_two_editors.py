"""Two people at one posting in two browsers: no word that anybody typed is lost."""

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from jobdesc.people.person import Kind, Person
from jobdesc.postings.posting import Posting
from tests.accounts import add_person, quick_hashes, set_up
from tests.browser.acting import enter_as
from tests.browser.two_editors import Typist, words_in
from tests.conftest import Soak
from tests.desk import Desk, furnish
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]

DEEDS = 8
SAMPLE, LONG = 3, 200


@pytest.fixture
def people(seeded_app: Flask) -> tuple[Person, Person]:
    first = set_up(seeded_app, datetime.now(UTC))
    furnish(seeded_app)
    return first, add_person(seeded_app, Kind.HR_EDITOR)


@pytest.fixture
def contexts(browser: Browser) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    both = tuple(browser.new_context(viewport={"width": 1280, "height": 900}) for _ in range(2))
    for context in both:
        context.set_default_timeout(10_000)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield both[0], both[1]
    for context in both:
        context.close()


def texts_of(posting: Posting) -> str:
    """Everything that a person can write in a posting."""
    return "\n".join(
        [line.text for line in posting.lines]
        + [posting.summary, posting.department, posting.about_us, posting.how_to_apply]
    )


def session(typists: tuple[Typist, Typist], posting_url: str, chance: random.Random) -> list[str]:
    """Both open the posting and work on it; the names of what they did."""
    for typist in typists:
        typist.page.goto(posting_url)
        typist.page.wait_for_selector("form[data-ready]")
    deeds = []
    for _ in range(DEEDS):
        who = chance.randrange(2)
        deeds.append(f"{who}:{typists[who].act()}")
    for _ in range(2):  # the second round takes in what the other saved in the first
        for typist in typists:
            typist.finish()
    return deeds


@pytest.mark.parametrize("half", [1, 2])
def test_random_sessions_of_two_editors_lose_no_word(
    half: int,
    seeded_app: Flask,
    people: tuple[Person, Person],
    contexts: tuple[BrowserContext, BrowserContext],
    live_server: str,
) -> None:
    run(
        random.Random(20261123 + half), SAMPLE, seeded_app, people, contexts, live_server
    )  # fmt: skip


@pytest.mark.soak
def test_many_random_sessions_of_two_editors_lose_no_word(
    soak: Soak,
    seeded_app: Flask,
    people: tuple[Person, Person],
    contexts: tuple[BrowserContext, BrowserContext],
    live_server: str,
) -> None:
    run(soak.random, LONG if soak.seconds else 1, seeded_app, people, contexts, live_server)


def run(
    chance: random.Random,
    sessions: int,
    app: Flask,
    people: tuple[Person, Person],
    contexts: tuple[BrowserContext, BrowserContext],
    url: str,
) -> None:
    """So many sessions, each at a posting of its own; fails with the words that are gone."""
    numbers = itertools.count(10_000)
    pages = [
        enter_as(context, app, person, f"{url}/postings")
        for context, person in zip(contexts, people, strict=True)
    ]
    failed: list[str] = []
    for page in pages:
        page.on("pageerror", lambda error: failed.append(str(error)))
    desk = Desk(app, people[0])
    for number in range(sessions):
        posting = desk.start()
        desk.send(posting, {"department": f"Team {number}"})
        typists = tuple(Typist(page, chance, lambda: f"w{next(numbers)}") for page in pages)
        deeds = session((typists[0], typists[1]), f"{url}/postings/{posting}", chance)
        stored = words_in(texts_of(desk.posting(posting)))
        owed = (typists[0].typed | typists[1].typed) - (
            typists[0].given_up | typists[1].given_up
        )  # fmt: skip
        assert owed <= stored, f"session {number} lost {sorted(owed - stored)}: {deeds}"
        assert failed == []
