"""One search over roles, postings, licenses and skills, with misspelled words taken for others."""

from collections.abc import Iterator

import pytest
from flask import Flask

from jobdesc.people.person import Kind, Person
from jobdesc.postings.changes import SetField
from jobdesc.roles.levels import Level
from jobdesc.roles.words import Segment
from jobdesc.services.postings import read_posting, save_changes, start_posting
from jobdesc.services.search import search
from tests.accounts import NOW, add_person, quick_hashes, set_up

__all__ = ["quick_hashes"]


@pytest.fixture
def ada(seeded_app: Flask) -> Iterator[Person]:
    person = set_up(seeded_app)
    with seeded_app.app_context():
        yield person


def posting(person: Person, title: str, role: str = "case-manager", **fields: str) -> int:
    number = start_posting(person, role, Level.MID, NOW)
    before = read_posting(person, number).posting
    changes = [
        SetField(target=name, before=str(getattr(before, name)), after=value)
        for name, value in {"title": title, **fields}.items()
    ]
    assert not save_changes(person, number, tuple(changes), NOW).conflicts
    return number


def titles(person: Person, query: str) -> list[str]:
    return [hit.item.title for hit in search(person, query).postings]


def found_in(segments: tuple[Segment, ...]) -> list[str]:
    return [piece for piece, found in segments if found]


def test_every_kind_of_thing_is_found_and_its_words_are_marked(ada: Person) -> None:
    posting(ada, "Clinical Social Worker, Nights", "social-work-case-manager")
    answers = search(ada, "clinical social")
    assert answers.found.roles and answers.postings and answers.credentials
    assert found_in(answers.postings[0].title) == ["Clinical", "Social"]
    assert answers.postings[0].reason == ()
    licensed = next(h for h in answers.credentials if h.credential.abbreviation == "LCSW")
    assert {"Clinical", "Social"} <= set(found_in(licensed.name))
    assert "social-work-case-manager" in licensed.roles
    assert answers.count == len(answers.found.roles) + len(answers.found.skills) + len(
        answers.credentials
    ) + len(answers.postings)


def test_a_posting_says_why_it_was_found_where_its_title_does_not(ada: Person) -> None:
    posting(ada, "Guide", department="Veterans Housing")
    (hit,) = search(ada, "veterans guide").postings
    assert found_in(hit.title) == ["Guide"]
    assert found_in(hit.reason) == ["Veterans"]


def test_a_misspelled_word_is_taken_for_another_unless_it_is_meant(ada: Person) -> None:
    posting(ada, "Courthouse Navigator")
    answers = search(ada, "cuorthouse navigator")
    assert answers.shown_for == "courthouse navigator"
    assert [hit.item.title for hit in answers.postings] == ["Courthouse Navigator"]
    exactly = search(ada, "cuorthouse", exact=True)
    assert (exactly.count, exactly.shown_for) == (0, "")
    assert search(ada, "courthouse").shown_for == ""


def test_roles_with_fewer_words_are_offered_only_where_nothing_has_them_all(ada: Person) -> None:
    alone = search(ada, "paralegal lighthouse")
    assert alone.shown_for == "paralegal" and alone.found.roles
    posting(ada, "Paralegal, Lighthouse")
    both = search(ada, "paralegal lighthouse")
    assert (both.shown_for, both.found.roles) == ("", ())
    assert len(both.postings) == 1


def test_phrases_and_words_shut_out_hold_for_roles_too(ada: Person) -> None:
    every = {hit.slug for hit in search(ada, "case manager").found.roles}
    without = {hit.slug for hit in search(ada, "case manager -paralegal").found.roles}
    assert without < every and "legal-case-manager" not in without
    assert search(ada, '"manager case"').found.roles == ()


def test_untouched_drafts_of_others_are_found_by_nobody_else(
    ada: Person, seeded_app: Flask
) -> None:
    start_posting(ada, "legal-case-manager", Level.MID, NOW)
    pat = add_person(seeded_app, Kind.RECRUITER)
    assert titles(ada, "legal") and not titles(pat, "legal")


@pytest.mark.parametrize("query", ["", "-", '""', "\x00", "-case", "🙂"])
def test_what_asks_for_nothing_finds_nothing(ada: Person, query: str) -> None:
    posting(ada, "Courthouse Navigator")
    assert search(ada, query).postings == ()
