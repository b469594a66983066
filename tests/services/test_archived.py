"""An archived posting rests: nothing changes it until it is brought back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from jobdesc.postings.changes import SetField
from jobdesc.postings.lifecycle import InArchive
from jobdesc.roles.levels import Level
from jobdesc.services import bulk
from jobdesc.services.levels import Choice, change_level, open_sheet
from jobdesc.services.listing import Selection
from jobdesc.services.postings import read_posting
from jobdesc.services.versions import discard_changes, restore_version
from tests.accounts import NOW, quick_hashes
from tests.services.live import Tab
from tests.services.publishing import HOUR, Bench, a_bench

__all__ = ["quick_hashes"]

LATER = NOW + HOUR


@pytest.fixture
def bench(seeded_app: Flask, tmp_path: Path) -> Iterator[Bench]:
    """A posting that was published, closed and changed since."""
    bench = a_bench(seeded_app, tmp_path)
    with seeded_app.app_context():
        bench.set("department", "Intake")
        yield bench


def archive(bench: Bench) -> None:
    assert bulk.archive(bench.person, Selection(ids=(bench.number,)), None, LATER).done == 1


def bring_back(bench: Bench) -> None:
    assert bulk.bring_back(bench.person, Selection(ids=(bench.number,))).done == 1


def test_whatever_changes_or_publishes_a_posting_waits_until_it_is_brought_back(
    bench: Bench,
) -> None:
    actor, number, window = bench.person, bench.number, Tab(bench.person, bench.number)
    seen = read_posting(actor, number)
    save = window.numbered([window.retitle("Typed")])
    sheet = open_sheet(actor, number, Level.SENIOR)
    choice = Choice((), sheet.counter, sheet.mark)
    acts: list[Callable[[], object]] = [
        lambda: bench.set("department", "Care"),
        lambda: window.send(save),
        lambda: open_sheet(actor, number, Level.SENIOR),
        lambda: change_level(actor, number, Level.SENIOR, choice, LATER),
        lambda: restore_version(actor, number, 1, seen.counter, LATER),
        lambda: discard_changes(actor, number, seen.counter, LATER),
        lambda: bench.publish(LATER),
    ]
    archive(bench)
    for act in acts:
        with pytest.raises(InArchive) as refusal:
            act()
        assert (refusal.value.posting_id, refusal.value.by) == (number, "Ada Lake")
    resting = read_posting(actor, number)
    assert (resting.posting, resting.counter) == (seen.posting, seen.counter)
    bring_back(bench)
    assert window.send(save).state.stored.posting.title == "Typed"


def test_a_save_that_came_before_is_answered_again_as_it_was(bench: Bench) -> None:
    window = Tab(bench.person, bench.number)
    save = window.numbered([window.retitle("Typed")])
    first = window.send(save)
    archive(bench)
    assert window.send(save).outcome.conflicts == first.outcome.conflicts == ()
    other = window.numbered([SetField(target="title", before="Typed", after="Not so")])
    with pytest.raises(InArchive):
        window.send(other)
    assert window.posting.title == "Typed"
