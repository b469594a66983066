"""The pages of a posting's life: publish, see what is not public, discard, close, restore."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from lxml import etree

from jobdesc.people.person import Kind
from jobdesc.services.documents import Press
from jobdesc.web.publishing import published
from jobdesc.workers.errors import EntryFailed, PoolBusy, RenderCrashed
from jobdesc.workers.pool import RenderPool
from tests.accounts import quick_hashes
from tests.checked import words
from tests.desk import notices
from tests.forms import form_values, parsed
from tests.marks import on_sqlite
from tests.office import Office, bar, pressable
from tests.services.publishing import HOUR, a_bench

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

DAY = timedelta(days=1)


@pytest.fixture
def office(seeded_app: Flask, tmp_path: Path) -> Office:
    return Office(a_bench(seeded_app, tmp_path))


def alert(root: etree._Element) -> str:
    """What a page says before all else."""
    return words(root.xpath("//main//*[@role='alert']")[0])


def test_a_draft_is_shown_before_it_is_published_and_stands_afterwards(office: Office) -> None:
    root = office.root("/publish")
    assert pressable(root) == ["Publish posting"]
    assert root.xpath("//*[@class='paper']//h2")
    assert "No closing date" in notices(root)[0]
    answer = office.send(root, "Publish posting")
    assert (answer.status_code, answer.location) == (303, office.path)
    page = office.root()
    assert "Published just now by Ada Lake" in bar(page)
    assert notices(page) == ["The posting is public now"]
    assert bar(page).count("Published") == 1


def test_the_button_of_the_builder_saves_and_leads_on(office: Office) -> None:
    answer = office.desk.send(office.bench.number, {"title": "Guide"}, "publish")
    assert answer.location == f"{office.path}/publish"
    assert "Guide" in words(office.root("/publish").xpath("//*[@class='paper']")[0])
    answer = office.desk.send(office.bench.number, {"title": "Guide"}, "history")
    assert answer.location == f"{office.path}/history"


def test_what_is_missing_is_named_with_the_way_to_its_field(office: Office) -> None:
    office.desk.send(office.bench.number, {"schedule": "", "closing_date": "soon"})
    root = office.root("/publish")
    assert pressable(root) == ["Back to the posting"]
    links = root.xpath("//*[@class='error-summary']//a")
    assert [(words(link), link.get("href")) for link in links] == [
        ("Fill in: schedule.", f"{office.path}#schedule"),
        ("Enter the closing date as month, day and year, like 12/15/2026.",
         f"{office.path}#closing_date"),
    ]  # fmt: skip
    ids = set(office.root().xpath("//@id"))
    assert {"schedule", "closing_date"} <= ids


def test_a_posting_that_became_incomplete_meanwhile_is_refused(office: Office) -> None:
    root = office.root("/publish")
    office.desk.send(office.bench.number, {"schedule": ""})
    answer = office.send(root, "Publish posting")
    assert answer.status_code == 409
    again = parsed(answer.text)
    assert "changed this posting" in notices(again)[-1]
    assert again.xpath("//*[@class='error-summary']//a")


def test_what_was_changed_meanwhile_is_shown_before_it_is_published(office: Office) -> None:
    office.desk.send(office.bench.number, {"title": "Mine"})
    root = office.root("/publish")
    sam = office.colleague(Kind.HR_EDITOR)
    sam.send(office.bench.number, {"title": "Of another"})
    office.clock.turn(timedelta(minutes=2))
    answer = office.send(root, "Publish posting")
    assert answer.status_code == 409
    again = parsed(answer.text)
    assert alert(again) == (
        "Sam Rivera changed this posting (2 minutes ago), and nothing was published. "
        "What changed since you opened the page is marked below."
    )
    assert words(again.xpath("//h2[@id='meanwhile']")[0]) == "Changed meanwhile: 1 difference"
    edit = [words(one) for one in again.xpath("//*[@class='edit']/p")]
    assert edit == ["Job title", "removed: Mine", "added: Of another"]
    assert "Of another" in words(again.xpath("//*[@class='paper']")[0])
    assert office.send(again, "Publish posting").status_code == 303


def test_a_state_that_no_version_holds_is_not_compared(office: Office) -> None:
    office.desk.send(office.bench.number, {"title": "First"})
    root = office.root("/publish")
    office.desk.send(office.bench.number, {"title": "Second"})
    again = parsed(office.send(root, "Publish posting").text)
    assert alert(again) == (
        "You changed this posting (just now), and nothing was published. Look at it again. "
        "Versions show what changed."
    )
    assert again.xpath("//*[contains(@class, 'notice')]//a/@href") == [f"{office.path}/history"]
    assert not again.xpath("//h2[@id='meanwhile']")


def test_what_was_changed_and_changed_back_is_said_to_be_the_same(office: Office) -> None:
    office.desk.send(office.bench.number, {"title": "Mine"})
    root = office.root("/publish")
    sam = office.colleague(Kind.HR_EDITOR)
    for title in ("Of another", "Mine"):
        sam.send(office.bench.number, {"title": title})
    again = parsed(office.send(root, "Publish posting").text)
    assert "It says again what it said" in alert(again)


@pytest.mark.parametrize("counter", ["", "x", "-1", "99999999999999999999", "0"])
def test_a_form_that_nobody_was_shown_publishes_nothing(office: Office, counter: str) -> None:
    answer = office.press("/publish", "Publish posting", counter=counter)
    assert answer.status_code in (400, 409)
    assert "Draft" in bar(office.root())


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        (PoolBusy("full"), 503, "Many PDFs are being made right now"),
        (RenderCrashed("signal 9"), 500, "The PDF could not be made"),
        (EntryFailed("PdfUnavailable", "no Pango"), 503, "needs a system library"),
    ],
)
def test_without_a_pdf_it_is_said_that_nothing_was_published(
    office: Office, fault: Exception, status: int, said: str
) -> None:
    class Failing(RenderPool):
        def render(self, request: bytes, key: str = "") -> bytes:
            raise fault

    files = office.bench.press.files
    office.bench.app.extensions["press"] = Press(Failing("no.such:entry"), files)
    answer = office.press("/publish", "Publish posting")
    assert answer.status_code == status
    assert said in notices(parsed(answer.text))[0]
    assert "Draft" in bar(office.root())


def test_later_edits_stand_beside_what_is_published_and_are_shown_with_marks(
    office: Office,
) -> None:
    office.press("/publish", "Publish posting")
    office.clock.turn(HOUR)
    office.desk.send(office.bench.number, {"title": "Case Guide", "arrangement": "hybrid"})
    page = office.root()
    assert "by Ada Lake, with changes not published" in bar(page)
    assert not page.xpath("//*[@class='once-saved']")
    assert words(page.xpath("//button[@value='publish']")[0]) == "Publish changes"
    assert office.desk.get(f"{office.path}/publish").location == f"{office.path}/difference"
    root = office.root("/difference")
    assert words(root.xpath("//h1")[0]) == "Changes not published"
    assert [words(one) for one in root.xpath("//main//h2")] == ["2 differences"]
    rows = [[words(one) for one in row.xpath("p")] for row in root.xpath("//*[@class='edit']")]
    assert rows == [
        ["Job title", "Case removed: Manager", "Case added: Guide"],
        ["Where the work is done", "removed: On site", "added: Hybrid"],
    ]
    answer = office.send(root, "Publish changes")
    assert answer.status_code == 303
    assert notices(office.root()) == ["Number 2 is public now"]
    history = office.root("/history")
    table = history.xpath("//table/tbody/tr")
    assert [words(row.xpath("th")[0]) for row in table] == ["Number 2", "Number 1"]
    assert "replaced by number 2" in words(table[1])


def test_publishing_is_offered_where_it_makes_something_public(office: Office) -> None:
    button = "//button[@value='publish'][not(contains(@class, 'once-saved'))]"
    assert office.root().xpath(button)
    office.press("/publish", "Publish posting")
    assert not office.root().xpath(button), "the builder's next save shows it"
    office.desk.send(office.bench.number, {"title": "Guide"})
    assert office.root().xpath(button)


def test_changes_are_discarded_and_the_versions_have_them(office: Office) -> None:
    office.press("/publish", "Publish posting")
    title = office.desk.posting(office.bench.number).title
    office.desk.send(office.bench.number, {"title": "Not like this"})
    answer = office.press("/difference", "Discard changes")
    assert answer.location == office.path
    assert office.desk.posting(office.bench.number).title == title
    assert office.root().xpath("//*[@class='once-saved']"), "said by the builder's next save alone"
    root = office.root("/history")
    said = [words(one) for one in root.xpath("//*[@class='version-words']/p[2]")]
    assert said == [
        "A former version restored. Job title changed.", "Job title changed.", "Published.",
        "Started.",
    ]  # fmt: skip


def test_discarding_and_restoring_are_taken_back_by_the_message(office: Office) -> None:
    office.press("/publish", "Publish posting")
    title = office.desk.posting(office.bench.number).title
    office.desk.send(office.bench.number, {"title": "Not like this"})
    office.press("/difference", "Discard changes")
    builder = office.root()
    assert builder.xpath("//*[@class='notice-text']//button[@form='undo-form']")
    undo = form_values(builder, f"{office.path}/restore")
    undone = office.desk.client.post(f"{office.path}/restore", data=undo)
    assert undone.location == office.path, "back where the message stood"
    assert office.desk.posting(office.bench.number).title == "Not like this"
    office.press("/history?read=2", "Restore this version")
    assert office.desk.posting(office.bench.number).title == title
    stale = office.root("/history")
    office.desk.send(office.bench.number, {"department": "Meanwhile"})
    assert office.send(stale, "Undo").status_code == 409
    assert office.desk.posting(office.bench.number).department == "Meanwhile"


def test_changes_of_somebody_else_are_not_discarded_unseen(office: Office) -> None:
    office.press("/publish", "Publish posting")
    office.desk.send(office.bench.number, {"title": "Mine"})
    root = office.root("/difference")
    office.desk.send(office.bench.number, {"department": "Of another"})
    answer = office.send(root, "Discard changes")
    assert answer.status_code == 409
    assert "Of another" in answer.text
    again = parsed(answer.text)
    assert "changed this posting (just now), and nothing was discarded" in alert(again)
    assert len(set(again.xpath("//@id"))) == len(again.xpath("//@id"))
    assert office.desk.posting(office.bench.number).title == "Mine"


def test_a_director_sees_what_is_not_public_and_cannot_publish_it(office: Office) -> None:
    office.press("/publish", "Publish posting")
    office.desk.send(office.bench.number, {"title": "Other"})
    director = office.colleague(Kind.HIRING_DIRECTOR)
    assert pressable(office.root("/difference", director)) == [
        "Discard changes",
        "Back to the posting",
    ]
    builder = office.root("", director)
    assert not builder.xpath("//button[@value='publish']")
    assert director.get(f"{office.path}/publish").status_code == 403
    assert director.get(f"{office.path}/close").status_code == 403


def test_a_recruiter_reads_and_downloads_what_is_published(office: Office) -> None:
    title = office.desk.posting(office.bench.number).title
    office.press("/publish", "Publish posting")
    office.desk.send(office.bench.number, {"title": "Secret plan"})
    recruiter = office.colleague(Kind.RECRUITER)
    root = office.root("", recruiter)
    assert words(root.xpath("//h1")[0]) == title
    assert "Secret plan" not in words(root.xpath("//*[@class='paper']")[0])
    for form in ("pdf", "html"):
        plain = recruiter.get(f"{office.path}/download.{form}")
        exact = recruiter.get(f"{office.path}/published.{form}")
        assert plain.data == exact.data
        assert not exact.headers["ETag"].startswith("W/")
        again = {"If-None-Match": exact.headers["ETag"]}
        assert recruiter.get(f"{office.path}/published.{form}", headers=again).status_code == 304
    assert pressable(office.root("/difference", recruiter)) == ["Back to the posting"]


def test_closing_asks_once_and_says_how_it_ends(office: Office) -> None:
    office.press("/publish", "Publish posting")
    root = office.root("/close")
    assert "will no longer be public" in words(root.xpath("//main")[0])
    answer = office.send(root, "Close posting")
    assert answer.location == office.path
    assert notices(office.root()) == ["The posting is no longer public"]
    assert "closed by Ada Lake" in words(office.root("/history").xpath("//table")[0])
    assert "Closed just now by Ada Lake" in bar(office.root())
    assert office.send(root, "Close posting").status_code == 409
    assert office.desk.get(f"{office.path}/published.pdf").status_code == 409
    assert office.desk.get(f"{office.path}/published.pdf?number=1").status_code == 200
    assert pressable(office.root("/publish")) == ["Publish again"]


def test_the_head_of_an_archived_posting_says_how_it_ended_and_whose_it_is(office: Office) -> None:
    office.press("/publish", "Publish posting")
    office.press("/close", "Close posting")
    token = office.desk.token()
    office.desk.client.post(f"{office.path}/archive", data={"csrf_token": token})
    said = words(office.root().xpath("//*[@class='page-head']//p")[0])
    assert said == "Archived · closed just now by Ada Lake · Owner: Ada Lake"


def test_what_was_published_anew_is_not_closed_unseen(office: Office) -> None:
    office.press("/publish", "Publish posting")
    root = office.root("/close")
    office.desk.send(office.bench.number, {"title": "Other"})
    office.press("/difference", "Publish changes")
    answer = office.send(root, "Close posting")
    assert answer.status_code == 409
    assert "published anew meanwhile" in notices(parsed(answer.text))[-1]


@pytest.mark.parametrize("number", ["0", "2", "x", "", "99999999999999", "-1", "1'--"])
def test_a_publication_that_is_not_there_is_not_downloaded(office: Office, number: str) -> None:
    office.press("/publish", "Publish posting")
    answer = office.desk.get(f"{office.path}/published.pdf", query_string={"number": number})
    assert answer.status_code == 409
    assert "not published" in answer.text


def test_a_day_lists_what_was_public_with_its_very_files(office: Office) -> None:
    office.press("/publish", "Publish posting")
    first = office.desk.get(f"{office.path}/published.pdf").data
    office.clock.turn(2 * DAY)
    office.desk.send(office.bench.number, {"title": "Other"})
    office.press("/difference", "Publish changes")
    root = office.desk.root("/postings/published?on=11/24/2026")
    assert words(root.xpath("//h2")[0]) == "Nov 24, 2026: 1 posting"
    [link] = root.xpath("//td[@data-label='Files']/a[starts-with(., 'PDF')]/@href")
    assert office.desk.get(link).data == first
    today = office.desk.root("/postings/published")
    assert today.xpath("//td[@data-label='Number']/text()") == ["2"]
    before = office.desk.root("/postings/published?on=2026-11-22")
    assert "Nothing was public on this day." in words(before.xpath("//main")[0])


def test_a_day_with_much_on_it_goes_on_page_by_page(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "PAGE", 1)
    office.press("/publish", "Publish posting")
    second = office.desk.start("rn-case-manager", "lead")
    office.path = f"/postings/{second}"
    office.press("/publish", "Publish posting")
    root = office.desk.root("/postings/published")
    assert words(root.xpath("//h2")[0]).endswith(": 2 postings")
    seen = [words(root.xpath("//tbody//th")[0])]
    [more] = root.xpath("//a[@rel='next']/@href")
    root = office.desk.root(more)
    assert not root.xpath("//a[@rel='next']") and root.xpath("//a[@rel='prev']")
    seen.append(words(root.xpath("//tbody//th")[0]))
    assert len(set(seen)) == 2
    for page in ("0", "-1", "99", "x"):
        assert office.desk.get(f"/postings/published?page={page}").status_code == 200


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("never", "Enter the day as"),
        ("11/24/2026", "Enter today or a day before it"),
        ("0001-01-01", "Enter a day from Jan 1, 2000"),
        ("9999-12-31", "Enter today or a day before it"),
        ("<script>", "Enter the day as"),
        ("11/31/2026", "Correct the day: November 2026 has 30 days."),
    ],
)
def test_a_day_that_is_none_is_refused_at_its_field(office: Office, on: str, said: str) -> None:
    answer = office.desk.get("/postings/published", query_string={"on": on})
    assert answer.status_code == 422
    root = parsed(answer.text)
    assert said in words(root.xpath("//*[@id='on-error']")[0])
    assert root.xpath("//input[@id='on']/@value") == [on]


def test_the_list_is_right_after_midnight_where_nothing_ran_meanwhile(office: Office) -> None:
    office.desk.send(office.bench.number, {"closing_date": "11/23/2026"})
    office.press("/publish", "Publish posting")

    def listed(status: str) -> list[Any]:
        root = office.desk.root(f"/postings?status={status}")
        return list(root.xpath("//tbody//th"))

    assert (len(listed("published")), len(listed("closed"))) == (1, 0)
    office.clock.turn(DAY)
    assert (len(listed("published")), len(listed("closed"))) == (0, 1)
    assert "by its closing date" in bar(office.root())
    assert "closing date" in words(office.root("/history").xpath("//table")[0])
