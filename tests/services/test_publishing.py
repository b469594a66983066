"""Publishing: what is public never changes, is kept in its bytes, and is one at a time."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from jobdesc.people.person import Kind
from jobdesc.people.rights import Forbidden
from jobdesc.postings.lifecycle import NotAllowed
from jobdesc.services.documents import Format, PdfNotMade, Press, download_posting
from jobdesc.services.listing import list_postings
from jobdesc.services.postings import NoSuchPosting, read_posting
from jobdesc.services.published import (
    NotPublished,
    download_published,
    publications_of,
    published_posting,
)
from jobdesc.services.publishing import (
    ChangedMeanwhile,
    NotComplete,
    NothingToPublish,
    close_posting,
    publish_hindrances,
    publish_posting,
    standing_of,
)
from jobdesc.store.list_walk import Order, Wanted
from jobdesc.store.tables import RevisionRow
from jobdesc.store.transactions import reading
from jobdesc.workers.errors import RenderCrashed
from jobdesc.workers.pool import RenderPool
from tests.accounts import NOW, add_person, quick_hashes
from tests.desk import HARBOR, furnish
from tests.services.publishing import HOUR, Bench, a_bench

__all__ = ["quick_hashes"]

FORMS: tuple[Format, ...] = ("pdf", "html")


@pytest.fixture
def bench(seeded_app: Flask, tmp_path: Path) -> Iterator[Bench]:
    bench = a_bench(seeded_app, tmp_path)
    with seeded_app.app_context():
        yield bench


def revisions(bench: Bench) -> list[tuple[int, str, bool]]:
    with reading() as session:
        rows = session.scalars(select(RevisionRow).order_by(RevisionRow.number))
        return [(row.number, row.reason, row.closed_at is not None) for row in rows]


def test_a_published_posting_stands_with_its_files_and_a_frozen_revision(bench: Bench) -> None:
    bench.set("title", "Guide")
    made = bench.publish()
    assert (made.number, made.title, made.published_by) == (1, "Guide", bench.person.name)
    assert made.stands
    assert bench.status == "published"
    assert revisions(bench) == [(1, "started", True), (2, "edited", True), (3, "published", True)]
    assert made.revision == 3
    standing = standing_of(bench.person, bench.number)
    assert standing.published == made
    assert not standing.changed
    wanted = Wanted(status="published")
    assert list_postings(bench.person, wanted, Order()).count.total == 1


def test_a_posting_that_nobody_changed_can_be_published_and_everybody_sees_it(
    bench: Bench,
) -> None:
    bench.publish()
    recruiter = add_person(bench.app, Kind.RECRUITER)
    assert read_posting(recruiter, bench.number).status == "published"


@pytest.mark.parametrize("form", FORMS)
def test_the_bytes_stay_whatever_is_done_to_the_posting(bench: Bench, form: Format) -> None:
    before = download_posting(bench.person, bench.number, form, bench.press)
    bench.publish()
    kept = download_published(bench.person, bench.number, form)
    assert (kept.body, kept.key) == (before.body, sha256(before.body).hexdigest())
    assert kept.name == f"case-manager-ii_portland_2026-11-23.{form}"
    bench.set("title", "Other", NOW + HOUR)
    assert download_published(bench.person, bench.number, form) == kept
    assert download_posting(bench.person, bench.number, form, bench.press).body != kept.body
    bench.publish(NOW + 2 * HOUR)
    assert download_published(bench.person, bench.number, form).body != kept.body
    assert download_published(bench.person, bench.number, form, 1) == kept


def test_what_is_kept_names_the_specialty_as_the_preview_does(bench: Bench) -> None:
    bench.set("summary", "Work as a {specialty}.")
    shown = download_posting(bench.person, bench.number, "html", bench.press)
    bench.publish()
    kept = download_published(bench.person, bench.number, "html")
    assert b"Work as a Case Manager." in kept.body
    assert kept.body == shown.body


def test_who_may_not_edit_downloads_what_is_published(bench: Bench) -> None:
    recruiter = add_person(bench.app, Kind.RECRUITER)
    bench.publish()
    bench.set("title", "Not yet public", NOW + HOUR)
    got = download_posting(recruiter, bench.number, "html", bench.press)
    assert got == download_published(recruiter, bench.number, "html")
    assert b"Not yet public" not in got.body
    own = download_posting(bench.person, bench.number, "html", bench.press)
    assert b"Not yet public" in own.body
    close_posting(bench.person, bench.number, NOW + 2 * HOUR)
    after = download_posting(recruiter, bench.number, "html", bench.press)
    assert b"Not yet public" in after.body


def test_a_later_edit_leaves_the_published_one_and_is_told(bench: Bench) -> None:
    bench.publish()
    bench.set("title", "Other", NOW + HOUR)
    standing = standing_of(bench.person, bench.number)
    assert standing.changed and standing.published
    assert published_posting(bench.person, bench.number).posting.title != "Other"
    bench.set("title", published_posting(bench.person, bench.number).posting.title, NOW + HOUR)
    assert not standing_of(bench.person, bench.number).changed


def test_changes_are_published_as_the_next_number_and_end_the_former(bench: Bench) -> None:
    bench.publish()
    bench.set("title", "Other", NOW + HOUR)
    second = bench.publish(NOW + 2 * HOUR)
    first = publications_of(bench.person, bench.number)[1]
    assert (second.number, second.title) == (2, "Other")
    assert first.closed_at == second.published_at == NOW + 2 * HOUR
    assert (first.closed_why, first.closed_by) == ("replaced", bench.person.name)


def test_what_is_published_already_is_not_published_again(bench: Bench) -> None:
    bench.publish()
    with pytest.raises(NothingToPublish):
        bench.publish(NOW + HOUR)
    assert bench.rows == 1


@pytest.mark.parametrize("change", [{"name": "Bay County"}, {"accent": "#8a1c1c"}, {"paper": "a4"}])
def test_what_looks_other_by_now_is_published_again(bench: Bench, change: dict[str, str]) -> None:
    bench.publish()
    furnish(bench.app, HARBOR.model_copy(update=change))
    assert bench.publish(NOW + HOUR).number == 2
    with pytest.raises(NothingToPublish):
        bench.publish(NOW + 2 * HOUR)


def test_a_text_that_was_changed_and_put_back_is_not_published_again(bench: Bench) -> None:
    bench.publish()
    title = read_posting(bench.person, bench.number).posting.title
    bench.set("title", "Other", NOW + HOUR)
    bench.set("title", title, NOW + HOUR)
    with pytest.raises(NothingToPublish):
        bench.publish(NOW + 2 * HOUR)


def test_closing_ends_it_and_publishing_again_is_the_way_back(bench: Bench) -> None:
    bench.publish()
    closed = close_posting(bench.person, bench.number, NOW + HOUR)
    assert (closed.closed_at, closed.closed_why) == (NOW + HOUR, "by hand")
    assert bench.status == "closed"
    for form in FORMS:
        with pytest.raises(NotPublished):
            download_published(bench.person, bench.number, form)
        assert download_published(bench.person, bench.number, form, 1).body
    again = bench.publish(NOW + 2 * HOUR)
    assert (again.number, bench.status) == (2, "published")


def test_what_does_not_stand_is_not_closed(bench: Bench) -> None:
    with pytest.raises(NotAllowed):
        close_posting(bench.person, bench.number, NOW)
    bench.publish()
    close_posting(bench.person, bench.number, NOW)
    with pytest.raises(NotAllowed):
        close_posting(bench.person, bench.number, NOW)


def test_closing_another_publication_than_the_one_seen_is_refused(bench: Bench) -> None:
    bench.publish()
    bench.set("title", "Other")
    bench.publish()
    with pytest.raises(ChangedMeanwhile):
        close_posting(bench.person, bench.number, NOW, number=1)
    assert close_posting(bench.person, bench.number, NOW, number=2).closed_at


def test_what_lacks_details_is_refused_at_each_field(bench: Bench) -> None:
    bench.set("schedule", "")
    bench.set("closing_date", "soon")
    with pytest.raises(NotComplete) as refused:
        bench.publish()
    assert [one.field for one in refused.value.hindrances] == ["schedule", "closing_date"]
    assert publish_hindrances(bench.person, bench.number, NOW) == refused.value.hindrances
    assert (bench.status, bench.rows) == ("draft", 0)


def test_a_posting_other_than_the_one_seen_is_not_published(bench: Bench) -> None:
    seen = read_posting(bench.person, bench.number).counter
    bench.set("title", "Other")
    with pytest.raises(ChangedMeanwhile):
        bench.publish(counter=seen)
    assert bench.publish(counter=seen + 1).title == "Other"


def test_a_change_while_the_files_are_made_is_not_published_unseen(bench: Bench) -> None:
    def edit() -> None:
        bench.pool.meanwhile = lambda: None
        bench.set("title", "Meanwhile")

    bench.pool.meanwhile = edit
    with pytest.raises(ChangedMeanwhile):
        bench.publish()
    assert (bench.status, bench.rows, bench.files) == ("draft", 0, 0)
    assert bench.publish().title == "Meanwhile"


def test_without_a_pdf_nothing_is_published(bench: Bench) -> None:
    class Crashing(RenderPool):
        def render(self, request: bytes, key: str = "") -> bytes:
            raise RenderCrashed("signal 9")

    press = Press(Crashing("no.such:entry"), bench.press.files)
    with pytest.raises(PdfNotMade):
        publish_posting(bench.person, bench.number, press, NOW)
    assert (bench.status, bench.rows, bench.files) == ("draft", 0, 0)


@pytest.mark.parametrize("kind", [Kind.RECRUITER, Kind.HIRING_DIRECTOR])
def test_who_may_not_publish_is_refused(bench: Bench, kind: Kind) -> None:
    bench.publish()
    other = add_person(bench.app, kind)
    with pytest.raises(Forbidden):
        publish_posting(other, bench.number, bench.press, NOW)
    with pytest.raises(Forbidden):
        close_posting(other, bench.number, NOW)
    assert bench.status == "published"


def test_a_posting_that_is_not_there_is_neither_published_nor_closed(bench: Bench) -> None:
    editor = add_person(bench.app, Kind.HR_EDITOR)
    for number in (4711, bench.number):
        with pytest.raises(NoSuchPosting):
            publish_posting(editor, number, bench.press, NOW)
        with pytest.raises(NoSuchPosting):
            close_posting(editor, number, NOW)
        with pytest.raises(NoSuchPosting):
            download_published(editor, number, "pdf")


def test_a_clock_that_went_back_ends_nothing_before_it_began(bench: Bench) -> None:
    first = bench.publish(NOW + HOUR)
    bench.set("title", "Other")
    second = bench.publish(NOW)
    assert first.published_at == second.published_at
    closed = close_posting(bench.person, bench.number, NOW - timedelta(days=1))
    assert closed.closed_at == second.published_at
