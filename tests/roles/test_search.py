"""Search finds roles by every word that people know them by, and says why."""

from functools import cache
from pathlib import Path

import pytest

from jobdesc.roles.library import Library
from jobdesc.roles.search import SKILLS, Found, SearchIndex, build_index, search
from jobdesc.roles.words import Segment, fold, query_words, segments, words_of
from jobdesc.services.content import read_folder
from tests.roles.builders import a_library, a_role

CONTENT = Path(__file__).resolve().parents[2] / "content"


@cache
def shipped() -> SearchIndex:
    content = read_folder(CONTENT)
    return build_index(Library(content.roles, content.references))


def found_slugs(query: str) -> list[str]:
    return [hit.slug for hit in search(shipped(), query).roles]


def small_index() -> SearchIndex:
    nurse = a_role(
        slug="nurse", name="Nurse Case Manager", synonyms=["Zoë Care", "Utilization", "UR"]
    )
    return build_index(a_library(a_role(), nurse))


def marked(pieces: tuple[Segment, ...]) -> list[str]:
    return [text for text, found in pieces if found]


def reasons(found: Found) -> list[tuple[str, list[str]]]:
    return [(reason.label, marked(reason.segments)) for reason in found.roles[0].reasons]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("LCSW", "social-work-case-manager"),
        ("discharge planning", "hospital-case-manager"),
        ("Social Service Assistant", "case-manager"),
        ("RN", "rn-case-manager"),
        ("paralegal", "legal-case-manager"),
        ("psychiatric", "mental-health-case-manager"),
        ("case manager", "case-manager"),
        ("legal", "legal-case-manager"),
        ("lawyer's office", "legal-case-manager"),
    ],
)
def test_the_right_role_comes_first(query: str, first: str) -> None:
    assert found_slugs(query)[0] == first


def test_words_that_all_roles_have_find_all_roles() -> None:
    assert len(found_slugs("case")) == len(found_slugs("manager")) == len(shipped().names)


def test_every_word_must_be_in_the_role() -> None:
    assert [hit.slug for hit in search(small_index(), "nurse utilization").roles] == ["nurse"]


def test_case_accents_and_hyphens_make_no_difference() -> None:
    assert [hit.slug for hit in search(small_index(), "ZOE").roles] == ["nurse"]
    assert found_slugs("c-swcm") == found_slugs("CSWCM") != []


def test_the_beginning_of_a_word_and_its_other_forms_match() -> None:
    assert "nurse" in [hit.slug for hit in search(small_index(), "nur").roles]
    assert found_slugs("nurses")[0] == "rn-case-manager"
    assert "rn-case-manager" in found_slugs("discharges planned")


def test_one_letter_is_a_whole_word() -> None:
    assert not any("Utilization" in word for _, words in reasons_of("u") for word in words)


def reasons_of(query: str) -> list[tuple[str, list[str]]]:
    found = search(small_index(), query)
    return reasons(found) if found.roles else []


def test_reasons_mark_the_words_and_say_where_they_stand() -> None:
    assert reasons(search(shipped(), "LCSW")) == [("License or certification", ["LCSW"])]
    name = search(shipped(), "legal case").roles[0].name
    assert marked(name) == ["Legal", "Case"]


def test_a_title_says_more_than_a_duty() -> None:
    talks_of_it = a_role(slug="other", name="Other", tagline="x", duties=duties_about("wound care"))
    is_it = a_role(slug="wound", name="Wound Care Manager")
    index = build_index(a_library(talks_of_it, is_it))
    assert [hit.slug for hit in search(index, "wound care").roles] == ["wound", "other"]


def duties_about(words: str) -> list[dict[str, object]]:
    return [{"id": f"duty-{n}", "levels": {"entry": f"Give {words} {n}."}} for n in range(10)]


def test_skills_that_match_by_themselves_are_a_group() -> None:
    hits = search(shipped(), "motivational interviewing").skills
    assert len(hits) == SKILLS
    assert "case-manager" in {hit.slug for hit in hits}
    assert all({fold(w) for w in marked(hit.segments)} >= {"interviewing"} for hit in hits)


@pytest.mark.parametrize(
    ("typed", "shown_for", "first"),
    [
        ("paralegel", "paralegal", "legal-case-manager"),
        ("dishcarge planning", "discharge planning", "hospital-case-manager"),
        ("legal xylophone", "legal", "legal-case-manager"),
    ],
)
def test_a_misspelled_or_unknown_word_shows_what_is_near(
    typed: str, shown_for: str, first: str
) -> None:
    found = search(shipped(), typed)
    assert found.shown_for == shown_for
    assert found.roles[0].slug == first


@pytest.mark.parametrize("query", ["", "   ", "the of", "zzqxj", "<script>", "مرحبا", "🙂", "' --"])
def test_what_has_no_answer_finds_nothing_and_does_not_fail(query: str) -> None:
    found = search(small_index(), query)
    assert (found.roles, found.skills, found.shown_for) == ((), (), "")


def test_an_overlong_search_is_answered() -> None:
    search(shipped(), "case " * 5_000 + " ".join(f"word{n}" for n in range(5_000)))


def test_words_and_their_places() -> None:
    assert list(words_of("A C-SWCM, é")) == [
        ("a", (0, 1)),
        ("c", (2, 3)),
        ("swcm", (4, 8)),
        ("cswcm", (2, 8)),
        ("e", (10, 11)),
    ]
    assert query_words("The care OF the Care-plan") == ("care", "care-plan")


def test_segments_keep_every_letter() -> None:
    text = "Plan care, then plan again"
    pieces = segments(text, [(16, 20), (0, 4), (0, 2)])
    assert "".join(piece for piece, _ in pieces) == text
    assert marked(pieces) == ["Plan", "plan"]
