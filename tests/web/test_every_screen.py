"""Every screen in its main states is valid HTML, and no page of the application is left out."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.databases import Templates
from tests.desk import session_of
from tests.forms import form_pairs, parsed
from tests.markup import html_problems
from tests.screens import SCREENS, House, Screen, house

NO_PAGES = {
    "static", "health.healthz", "organization.logo", "organization.accent_css",
    "live.state", "numbers.show",
    "export_progress.show", "exports.download", "posting_library.show", "scripts",
    "postings.download_html", "descriptions.download_pdf", "descriptions.download_html",
    "published.pdf", "published.html", "pay_files.download",
    "role_edit.first", "wage_progress.show", "wages.faults",
}  # fmt: skip


@pytest.fixture(scope="module")
def houses(
    templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, House]]:
    folder = tmp_path_factory.mktemp("screens")
    with ExitStack() as stack:
        made = cache(lambda name: stack.enter_context(house(name, templates, folder / name)))
        yield {name: made(name) for name in {screen.house for screen in SCREENS}}


def visit(at: House, screen: Screen) -> TestResponse:
    client = at.app.test_client()
    if screen.who != "nobody":
        person = at.people[screen.who]
        client.set_cookie("jobdesc_session", session_of(at.app, person, datetime.now(UTC)))
    answer = client.get(at.path(screen))
    return send(client, answer, screen) if screen.button else answer


def send(client: FlaskClient, page: TestResponse, screen: Screen) -> TestResponse:
    root = parsed(page.text)
    forms = root.xpath("//main//form[@method='post']")
    [form] = [one for one in forms if screen.typed.keys() <= {c.get("name") for c in one.iter()}]
    name, _, value = screen.button.partition("=")
    sent = MultiDict(form_pairs(root, form.get("action")))
    for typed, text in [*screen.typed.items(), *([(name, value)] if name else [])]:
        sent[typed] = text
    return client.post(form.get("action"), data=sent)


def test_every_screen_is_valid_html(houses: dict[str, House], tmp_path: Path) -> None:
    files = []
    for count, screen in enumerate(SCREENS):
        answer = visit(houses[screen.house], screen)
        title = parsed(answer.text).findtext(".//title")
        assert title.startswith("Error: ") == bool(screen.button), screen.name
        files.append(tmp_path / f"{count} {screen.name}.html")
        files[-1].write_bytes(answer.data)
    assert html_problems(files) == []


def test_every_page_of_the_application_is_among_the_screens(houses: dict[str, House]) -> None:
    app = houses["harbor"].app
    endpoints = set()
    for screen in SCREENS:
        try:
            urls = app.url_map.bind("localhost")
            endpoints.add(urls.match(screen.path.partition("?")[0])[0])
        except HTTPException:
            continue
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - NO_PAGES == endpoints
