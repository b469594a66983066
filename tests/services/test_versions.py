"""Versions: every one can be looked at, compared and written back, and none is ever lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from jobdesc.people.person import Kind
from jobdesc.people.rights import Forbidden
from jobdesc.postings.changes import AddLine
from jobdesc.postings.profile import FieldChange, mark
from jobdesc.postings.sections import Section
from jobdesc.roles.levels import Level
from jobdesc.services.bulk import assign
from jobdesc.services.levels import Choice, change_level, open_sheet
from jobdesc.services.listing import Selection
from jobdesc.services.organization import edit_organization, the_organization
from jobdesc.services.people import deactivate
from jobdesc.services.postings import NoSuchPosting, keep_posting, read_posting, save_changes
from jobdesc.services.published import NotPublished, published_posting
from jobdesc.services.publishing import ChangedMeanwhile, close_posting, standing_of
from jobdesc.services.statements import lock_text
from jobdesc.services.versions import (
    PAGE,
    LockedWording,
    NoSuchVersion,
    compare_versions,
    discard_changes,
    history_of,
    restore_version,
    unpublished_changes,
)
from jobdesc.store.revisions import Reason
from jobdesc.store.tables import RevisionRow
from jobdesc.store.transactions import reading
from tests.accounts import NOW, add_person, quick_hashes
from tests.services.publishing import HOUR, Bench, a_bench

__all__ = ["quick_hashes"]


@pytest.fixture
def bench(seeded_app: Flask, tmp_path: Path) -> Iterator[Bench]:
    bench = a_bench(seeded_app, tmp_path)
    with seeded_app.app_context():
        yield bench


def counter(bench: Bench) -> int:
    return read_posting(bench.person, bench.number).counter


def versions(bench: Bench) -> list[tuple[int, Reason]]:
    steps = history_of(bench.person, bench.number).steps
    return [(step.version.number, step.version.reason) for step in steps]


def count_revisions() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(RevisionRow)) or 0


def test_a_posting_that_was_never_saved_has_no_versions(bench: Bench) -> None:
    assert history_of(bench.person, bench.number).steps == ()


def test_the_history_says_who_did_what_the_newest_first(bench: Bench) -> None:
    sam = add_person(bench.app, Kind.HIRING_DIRECTOR)
    bench.set("title", "Guide", NOW)
    line = AddLine(line="new", section=Section.DUTIES, text="Guide people.")
    save_changes(sam, bench.number, (line,), NOW + HOUR)
    bench.publish(NOW + 2 * HOUR)
    steps = history_of(sam, bench.number).steps
    assert [(step.version.who, step.version.reason) for step in steps] == [
        ("Ada Lake", Reason.PUBLISHED),
        ("Sam Rivera", Reason.EDITED),
        ("Ada Lake", Reason.EDITED),
        ("Ada Lake", Reason.STARTED),
    ]
    assert [[edit.kind for edit in step.edits] for step in steps] == [
        [],
        ["added"],
        ["changed"],
        [],
    ]
    assert [step.version.moment for step in steps[:3]] == [NOW + 2 * HOUR, NOW + HOUR, NOW]


@pytest.mark.parametrize("act", ["assigned", "leaves"])
def test_who_started_a_posting_is_kept_when_somebody_else_gets_it(bench: Bench, act: str) -> None:
    sam = add_person(bench.app, Kind.ADMINISTRATOR)
    if act == "assigned":
        assign(bench.person, Selection(ids=(bench.number,)), sam.id)
        assign(bench.person, Selection(ids=(bench.number,)), sam.id)
    else:
        keep_posting(bench.person, bench.number)
        deactivate(sam, bench.person.id, sam.id, NOW)
    bench.set("title", "Guide", NOW + HOUR, sam)
    steps = history_of(sam, bench.number).steps
    assert [(step.version.who, step.version.reason) for step in steps] == [
        ("Sam Rivera", Reason.EDITED),
        ("Ada Lake", Reason.STARTED),
    ]


def test_a_long_history_goes_on_behind_its_page(bench: Bench) -> None:
    for turn in range(PAGE + 4):
        bench.set("title", f"Guide {turn}", NOW + turn * HOUR)
    first = history_of(bench.person, bench.number)
    assert len(first.steps) == PAGE
    assert all(len(step.edits) == 1 for step in first.steps)
    rest = history_of(bench.person, bench.number, first.older)
    assert [step.version.number for step in rest.steps] == [5, 4, 3, 2, 1]
    assert rest.older is None


def test_two_versions_are_compared_either_way(bench: Bench) -> None:
    bench.set("title", "First")
    bench.set("title", "Second", NOW + HOUR)
    [edit] = compare_versions(bench.person, bench.number, 2, 3).edits
    assert (edit.before, edit.after) == ("First", "Second")
    [back] = compare_versions(bench.person, bench.number, 3, 2).edits
    assert (back.before, back.after) == ("Second", "First")
    for number in (0, 4, -1):
        with pytest.raises(NoSuchVersion):
            compare_versions(bench.person, bench.number, 1, number)


def test_a_version_is_written_back_as_a_new_one_and_that_can_be_taken_back(bench: Bench) -> None:
    bench.set("title", "First")
    bench.set("title", "Second", NOW + HOUR)
    first, second = (
        compare_versions(bench.person, bench.number, number, number).after for number in (2, 3)
    )
    assert restore_version(bench.person, bench.number, 2, counter(bench), NOW + 2 * HOUR)
    assert read_posting(bench.person, bench.number).posting == first
    assert versions(bench)[0] == (4, Reason.RESTORED)
    assert restore_version(bench.person, bench.number, 3, counter(bench), NOW + 2 * HOUR)
    assert read_posting(bench.person, bench.number).posting == second
    assert [number for number, _ in versions(bench)] == [5, 4, 3, 2, 1]


def test_a_level_is_written_back_too_with_its_row(bench: Bench) -> None:
    bench.set("title", "First")
    before = read_posting(bench.person, bench.number).posting
    sheet = open_sheet(bench.person, bench.number, Level.SENIOR)
    keys = [row.key for row in sheet.rebasing.differences]
    chosen = Choice(keys, sheet.counter, sheet.rebasing.after.base)
    change_level(bench.person, bench.number, Level.SENIOR, chosen, NOW)
    assert read_posting(bench.person, bench.number).posting.level is Level.SENIOR
    restore_version(bench.person, bench.number, 2, counter(bench), NOW + HOUR)
    assert read_posting(bench.person, bench.number).posting == before


def test_writing_back_what_stands_makes_no_version(bench: Bench) -> None:
    bench.set("title", "First")
    assert not restore_version(bench.person, bench.number, 2, counter(bench), NOW)
    assert count_revisions() == 2


def test_what_changed_meanwhile_is_not_overwritten(bench: Bench) -> None:
    bench.set("title", "First")
    bench.publish()
    seen = counter(bench)
    bench.set("title", "Of another", NOW + HOUR)
    with pytest.raises(ChangedMeanwhile):
        restore_version(bench.person, bench.number, 1, seen, NOW + HOUR)
    with pytest.raises(ChangedMeanwhile):
        discard_changes(bench.person, bench.number, seen, NOW + HOUR)
    assert read_posting(bench.person, bench.number).posting.title == "Of another"


def test_changes_that_are_discarded_are_a_version_of_their_own(bench: Bench) -> None:
    bench.publish()
    bench.set("title", "Not like this", NOW + HOUR)
    [edit] = unpublished_changes(bench.person, bench.number).edits
    assert edit.after == "Not like this"
    assert discard_changes(bench.person, bench.number, counter(bench), NOW + 2 * HOUR)
    public = published_posting(bench.person, bench.number).posting
    assert read_posting(bench.person, bench.number).posting == public
    assert not standing_of(bench.person, bench.number).changed
    assert bench.status == "published"
    assert versions(bench)[:2] == [(4, Reason.RESTORED), (3, Reason.EDITED)]
    assert restore_version(bench.person, bench.number, 3, counter(bench), NOW + 3 * HOUR)
    assert standing_of(bench.person, bench.number).changed


def test_without_something_published_there_is_nothing_to_go_back_to(bench: Bench) -> None:
    with pytest.raises(NotPublished):
        unpublished_changes(bench.person, bench.number)
    bench.publish()
    close_posting(bench.person, bench.number, NOW)
    with pytest.raises(NotPublished):
        discard_changes(bench.person, bench.number, counter(bench), NOW)


def test_recruiters_read_versions_and_write_none_back(bench: Bench) -> None:
    bench.set("title", "First")
    bench.publish()
    recruiter = add_person(bench.app, Kind.RECRUITER)
    assert history_of(recruiter, bench.number).steps
    with pytest.raises(Forbidden):
        restore_version(recruiter, bench.number, 1, counter(bench), NOW)
    with pytest.raises(Forbidden):
        discard_changes(recruiter, bench.number, counter(bench), NOW)


def test_an_untouched_draft_of_another_has_no_history(bench: Bench) -> None:
    sam = add_person(bench.app, Kind.HR_EDITOR)
    for read in (history_of, unpublished_changes):
        with pytest.raises(NoSuchPosting):
            read(sam, bench.number)
    with pytest.raises(NoSuchPosting):
        restore_version(sam, bench.number, 1, 1, NOW)


def test_only_an_administrator_restores_words_in_the_place_of_locked_ones(bench: Bench) -> None:
    editor = add_person(bench.app, Kind.HR_EDITOR)
    bench.set("about_us", "Our own words.", NOW + HOUR)
    bench.set("about_us", "We care for people in the county.", NOW + 2 * HOUR)
    edit_organization(bench.person, [about("We care for people in the county.")], NOW)
    lock_text(bench.person, "about", NOW)
    seen = counter(bench)
    with pytest.raises(LockedWording, match=f"Locked by {bench.person.name}"):
        restore_version(editor, bench.number, 1, seen, NOW + 3 * HOUR)
    assert counter(bench) == seen
    assert restore_version(bench.person, bench.number, 1, seen, NOW + 3 * HOUR)


def about(text: str) -> FieldChange:
    return FieldChange("about", mark(the_organization().about), text)
