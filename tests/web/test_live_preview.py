"""The preview that follows every keystroke: the same bytes as the page, and nothing is kept."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from lxml import etree, html
from PIL import Image
from sqlalchemy import event

from jobdesc.documents.layout import answer as answer_layout
from jobdesc.extensions import db
from jobdesc.services.documents import Press
from jobdesc.services.organization import set_logo
from jobdesc.services.postings import read_posting
from jobdesc.workers.errors import EntryFailed, PoolBusy, WorkerError
from jobdesc.workers.pool import RenderPool
from tests.accounts import NOW, Clock, quick_hashes, set_up
from tests.checked import page_faults
from tests.desk import Desk, furnish
from tests.live import Live
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]


@pytest.fixture
def live(seeded_app: Flask) -> Live:
    """A posting open in the builder, in an organization with a profile."""
    clock = Clock(seeded_app)
    administrator = set_up(seeded_app)
    furnish(seeded_app)
    desk = Desk(seeded_app, administrator)
    number = desk.start("rn-case-manager", "mid")
    desk.send(number, {"department": "Intake <b> & مرحبا"})
    clock.turn(timedelta(hours=1))
    return Live(desk, number)


def give_logo(live: Live) -> None:
    picture = BytesIO()
    Image.new("RGB", (300, 100), "navy").save(picture, "PNG")
    picture.seek(0)
    with live.desk.app.app_context():
        set_logo(live.desk.person, picture, NOW)


def shown(live: Live) -> str:
    """The fragment on the page, as it was sent."""
    page = live.desk.get(live.path).text
    start = page.index('<article class="posting"')
    return page[start : page.index("</article>") + len("</article>")]


def lines(answer: dict[str, Any], section: str) -> list[str]:
    """The items of a section of a preview."""
    root = html.fromstring(answer["fragment"])
    return [item.text_content() for item in root.xpath(f"//*[@data-section='{section}']//li")]


@pytest.mark.parametrize("with_logo", [False, True])
def test_the_stored_posting_looks_as_on_its_page(live: Live, with_logo: bool) -> None:
    if with_logo:
        give_logo(live)
    fragment = live.preview()["fragment"]
    assert fragment.strip() == shown(live)
    assert ("/organization/logo?version=" in fragment) == with_logo
    assert "data:" not in fragment


def test_what_is_on_the_screen_is_shown_and_not_kept(live: Live) -> None:
    before = live.desk.posting(live.number)
    changed = live.preview(
        title="Nurse & more",
        lines=[{"id": "a", "section": "duties", "text": "Do <this>.", "origin": None}],
        hidden_parts=["about-us"],
    )
    assert "Nurse &amp; more</h2>" in changed["fragment"]
    assert lines(changed, "duties") == ["Do <this>."]
    assert 'data-target="line:a"' in changed["fragment"]
    assert 'data-section="about-us"' not in changed["fragment"]
    assert live.desk.posting(live.number) == before
    with live.desk.app.app_context():
        assert read_posting(live.desk.person, live.number).counter == live.state["counter"]


def test_what_is_missing_and_what_cannot_be_right_is_told(live: Live) -> None:
    assert (live.preview()["missing"], live.preview()["faults"]) == ([], {})
    changed = live.preview(title="", schedule="", pay_low="much", closing_date="soon")
    assert changed["missing"] == ["title", "schedule"]
    assert changed["faults"] == {
        "pay_low": "Enter the lowest pay as a number, like 78,500.",
        "closing_date": "Enter the closing date as month, day and year, like 12/15/2026.",
    }
    assert changed["pay"].strip() == ""


def test_texts_that_are_too_long_are_said_at_their_controls_and_the_rest_is_shown(
    live: Live,
) -> None:
    line = {"id": "a", "section": "duties", "text": "y" * 2_001, "origin": None}
    place = {"id": "p", "city": "c" * 301, "street": "", "state": "OR", "postal_code": ""}
    changed = live.preview(
        title="x" * 400, lines=[line], places=[place | {"country": ""}], department="Night"
    )
    assert changed["faults"] == {
        "title": "This is 400 characters. It can have up to 300.",
        "line:a": "This is 2,001 characters. It can have up to 2,000.",
        "place:p.city": "This is 301 characters. It can have up to 300.",
    }
    assert "Night" in changed["fragment"]
    assert "x" * 300 in changed["fragment"] and "x" * 301 not in changed["fragment"]


@on_sqlite
def test_blanks_at_the_ends_are_no_length(live: Live) -> None:
    changed = live.preview(title=" " * 400 + "Nurse" + "\n" * 400)
    assert changed["faults"] == {}
    assert ">Nurse</h2>" in changed["fragment"]


@on_sqlite
@pytest.mark.parametrize(
    "wrong",
    [
        {"schema": 1}, {"more": "x"}, {"title": 7}, {"title": ["x"]}, {"level": "boss"},
        {"lines": {"a": 1}}, {"lines": ["x"]}, {"lines": [{"id": "a"}]}, {"places": "x"},
        {"places": [7]}, {"part_order": ["duties"]}, {"hidden_parts": ["none"]}, {"role": None},
        {"lines": [{"id": "a", "section": "duties", "text": "x"}] * 2},
        {"lines": [{"id": f"{n}", "section": "duties", "text": "x"} for n in range(201)]},
    ],
)  # fmt: skip
def test_what_is_no_posting_is_refused(live: Live, wrong: dict[str, Any]) -> None:
    for what in ("preview", "pages"):
        answer = live.post(what, {"posting": live.posting | wrong})
        assert answer.status_code == 422
        assert list(answer.json or {}) == ["message"]
    for sent in ({"posting": []}, {"posting": None}, {"posting": live.posting, "more": 1}):
        assert live.post("preview", sent).status_code == 422


@on_sqlite
def test_a_role_that_the_library_does_not_have_is_previewed_without_pay(live: Live) -> None:
    assert live.preview(role="gone")["pay"].strip() == ""


@on_sqlite
def test_pay_is_drawn_as_on_the_page(live: Live) -> None:
    pay = live.preview(pay_low="60,000")["pay"]
    assert page_faults(pay) == []
    assert "$60,000 is below this level&#39;s range, $80,300 to $97,600" in pay
    root = etree.HTML(live.desk.get(live.path).text)
    drawn = root.xpath("//*[@data-pay]")[0]
    plain = html.fragment_fromstring(live.preview()["pay"], create_parent="div")
    assert "".join(drawn.itertext()).split() == plain.text_content().split()


@on_sqlite
def test_a_preview_asks_the_database_little_and_writes_nothing(live: Live) -> None:
    give_logo(live)
    live.preview()
    asked: list[str] = []
    with live.desk.app.app_context():
        engine = db.engine

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(" ".join(statement.split()))

    event.listen(engine, "before_cursor_execute", note)
    live.preview(title="Newer")
    event.remove(engine, "before_cursor_execute", note)
    assert len(asked) == 8, asked
    assert all(statement.startswith("SELECT") for statement in asked)
    assert not any("posting.body" in statement or ".logo" in statement for statement in asked)


class Layouts(RenderPool):
    """Answers in this process, or fails."""

    def __init__(self, fault: WorkerError | None = None) -> None:
        super().__init__("no.such:entry")
        self.fault = fault

    def render(self, request: bytes, key: str = "") -> bytes:
        """The layout."""
        if self.fault:
            raise self.fault
        return answer_layout(request)


def lay_out_with(live: Live, pool: RenderPool) -> None:
    press: Press = live.desk.app.extensions["press"]
    live.desk.app.extensions["press"] = Press(pool, press.files)


@on_sqlite
def test_the_pages_of_what_is_on_the_screen_come_from_a_real_layout(live: Live) -> None:
    lay_out_with(live, Layouts())
    few = live.posting | {"lines": [], "title": "Nurse 🦖"}
    duty = {"section": "duties", "text": "Cares for people at home. " * 40, "origin": None}
    many = live.posting | {"lines": [duty | {"id": f"n{n}"} for n in range(20)]}
    short, long = (live.post("pages", {"posting": p}).json for p in (few, many))
    assert short and long
    assert (short["pages"], short["breaks"]) == (1, [])
    assert [name for name in short["named"] if "T-REX" in name.upper()]
    assert long["pages"] > 2
    assert len(long["breaks"]) == long["pages"] - 1
    assert long["breaks"][0].keys() == {"target", "nth", "line", "of"}
    assert long["breaks"][0]["target"].startswith("line:n")
    assert live.desk.posting(live.number).lines


@on_sqlite
@pytest.mark.parametrize(
    ("fault", "status", "retry", "words"),
    [
        (PoolBusy("32 tasks are waiting"), 503, "5", "Many PDFs are being made right now."),
        (EntryFailed("PdfUnavailable", "no Pango"), 503, None, "PDF export needs a system lib"),
        (EntryFailed("RenderFailed", "gave up"), 500, None, "This PDF could not be made. Refer"),
    ],
)
def test_a_layout_that_is_not_made_is_told(
    live: Live, fault: WorkerError, status: int, retry: str | None, words: str
) -> None:
    lay_out_with(live, Layouts(fault))
    answer = live.post("pages", {"posting": live.posting})
    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, retry)
    assert (answer.json or {})["message"].startswith(words)
