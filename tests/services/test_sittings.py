"""What one person saved in one sitting is one row of the versions."""

from datetime import timedelta

from jobdesc.postings.differ import edits_between, in_words
from jobdesc.services.sittings import PAUSE, Sitting, sittings
from jobdesc.services.versions import Step
from jobdesc.store.revisions import Reason
from jobdesc.store.versions import Version
from tests.accounts import NOW
from tests.postings.builders import a_posting

MINUTE = timedelta(minutes=1)


def a_step(number: int, minute: int, reason: Reason = Reason.EDITED, person: int = 1) -> Step:
    """Version `number` names itself in the title."""
    before, after = (a_posting(title=f"Guide {one}") for one in (number - 1, number))
    at = NOW + minute * MINUTE
    version = Version(number, person, f"Person {person}", reason, at, at, number, after)
    return Step(version, edits_between(before, after), before)


def numbers(found: tuple[Sitting, ...]) -> list[list[int]]:
    return [[step.version.number for step in sitting.steps] for sitting in found]


def test_saves_of_one_person_without_a_pause_are_one() -> None:
    pause = PAUSE // MINUTE
    steps = [a_step(4, 3 * pause), a_step(3, 2 * pause), a_step(2, pause + 1), a_step(1, 30)]
    found = sittings(steps)
    assert numbers(found) == [[4], [3, 2, 1]]
    assert (found[1].first, found[1].last.version.number) == (1, 3)


def test_what_a_sitting_did_is_told_from_before_it_to_its_end() -> None:
    [sitting] = sittings([a_step(3, 40), a_step(2, 20)])
    [edit] = sitting.edits
    assert (edit.before, edit.after) == ("Guide 1", "Guide 3")
    assert in_words(sitting.edits) == "Job title changed."


def test_others_and_named_acts_stand_by_themselves() -> None:
    steps = [
        a_step(6, 50),
        a_step(5, 40, person=2),
        a_step(4, 30),
        a_step(3, 20, Reason.RESTORED),
        a_step(2, 10, Reason.RESTORED),
        a_step(1, 0, Reason.STARTED),
    ]
    assert numbers(sittings(steps)) == [[6], [5], [4], [3], [2], [1]]


def test_no_version_is_no_sitting() -> None:
    assert sittings([]) == ()
