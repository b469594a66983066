"""Standing texts and locks through the services: by kind of person, and two people at once."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Forbidden
from jobdesc.postings.changes import AddLine, Hide, RemoveLine, SetField, SetLine
from jobdesc.postings.posting import Posting
from jobdesc.postings.profile import FieldChange, mark
from jobdesc.postings.sections import Part, Section
from jobdesc.postings.statement_edits import NoSuchVariant
from jobdesc.postings.variants import StatementKind, Variant
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import Problems
from jobdesc.services import statements as service
from jobdesc.services.levels import Choice, change_level, open_sheet
from jobdesc.services.locks import read_standing
from jobdesc.services.organization import edit_organization, the_organization
from jobdesc.services.postings import keep_posting, read_posting, save_changes, start_posting
from tests.accounts import NOW, add_person, quick_hashes, set_up
from tests.desk import furnish
from tests.services.live import Tab
from tests.services.roles import body_of_role, edit
from tests.services.test_racing_saves import at_once

__all__ = ["quick_hashes"]

FAIR = StatementKind.EQUAL_OPPORTUNITY
OREGON: dict[str, Any] = {"name": "Oregon", "text": "In Oregon we hire.", "states": ["OR"]}
ADA = "Locked by Ada Lake. An administrator can change it."
ROLE = "Locked in the role template. An administrator can change it."


@pytest.fixture
def people(seeded_app: Flask) -> Iterator[dict[Kind, Person]]:
    """One person of each kind; the test runs inside the application."""
    everyone = {Kind.ADMINISTRATOR: set_up(seeded_app)}
    everyone |= {kind: add_person(seeded_app, kind) for kind in Kind if kind not in everyone}
    furnish(seeded_app)
    with seeded_app.app_context():
        yield everyone


def a_variant(person: Person, **changes: Any) -> Variant:
    return service.create_variant(person, FAIR, OREGON | changes, NOW)


def field(name: str, before: Any, after: Any) -> FieldChange:
    return FieldChange(name, mark(before), after)


def a_posting(person: Person, level: Level = Level.MID) -> Tab:
    number = start_posting(person, "case-manager", level, NOW)
    keep_posting(person, number)
    return Tab(person, number)


def to_eo(posting: Posting, after: str) -> SetField:
    return SetField(target=FAIR.field, before=posting.equal_opportunity, after=after)


@pytest.mark.parametrize("kind", [Kind.HIRING_DIRECTOR, Kind.RECRUITER])
def test_who_may_not_edit_the_organization_changes_no_text(
    people: dict[Kind, Person], kind: Kind
) -> None:
    variant = a_variant(people[Kind.ADMINISTRATOR])
    person = people[kind]
    for act in (
        lambda: a_variant(person),
        lambda: service.change_variant(person, variant.id, [], NOW),
        lambda: service.reorder_variant(person, variant.id, "up", NOW),
        lambda: service.remove_variant(person, variant.id, NOW),
        lambda: service.restore_variant(person, variant.id, NOW),
    ):
        with pytest.raises(Forbidden):
            act()
    assert the_organization().variants == (variant,)


@pytest.mark.parametrize("kind", [Kind.HR_EDITOR, Kind.HIRING_DIRECTOR, Kind.RECRUITER])
def test_only_administrators_lock_and_unlock(people: dict[Kind, Person], kind: Kind) -> None:
    variant = a_variant(people[Kind.ADMINISTRATOR])
    for act in (service.lock_text, service.unlock_text):
        with pytest.raises(Forbidden):
            act(people[kind], variant.id, NOW)


def test_a_locked_variant_is_refused_to_an_editor_in_words_at_what_differs(
    people: dict[Kind, Person],
) -> None:
    ada, editor = people[Kind.ADMINISTRATOR], people[Kind.HR_EDITOR]
    variant = a_variant(editor)
    service.lock_text(ada, variant.id, NOW)
    changes = [field("name", "Oregon", "Oregon"), field("text", OREGON["text"], "Mine.")]
    with pytest.raises(Problems) as refused:
        service.change_variant(editor, variant.id, changes, NOW)
    assert [(it.place, it.message) for it in refused.value.problems] == [(("text",), ADA)]
    for act in (service.remove_variant, service.restore_variant):
        with pytest.raises(service.TextLocked, match="Locked by Ada Lake"):
            act(editor, variant.id, NOW)
    [stored] = the_organization().variants
    assert stored.text == OREGON["text"] and not stored.removed
    service.change_variant(ada, variant.id, changes, NOW)
    service.unlock_text(ada, variant.id, NOW)
    [stored] = the_organization().variants
    assert (stored.text, stored.lock) == ("Mine.", None)


def test_an_editor_puts_no_unlocked_text_before_a_locked_one(people: dict[Kind, Person]) -> None:
    ada, editor = people[Kind.ADMINISTRATOR], people[Kind.HR_EDITOR]
    words = "It would stand in place of a text that Ada Lake locked. An administrator can do this."
    oregon, mine = a_variant(ada), a_variant(editor, name="Mine", states=["OR", "WA"])
    service.lock_text(ada, oregon.id, NOW)
    for act in (
        lambda: service.reorder_variant(editor, mine.id, "up", NOW),
        lambda: service.reorder_variant(editor, oregon.id, "down", NOW),
    ):
        with pytest.raises(service.TextLocked) as moved:
            act()
        assert str(moved.value) == words
    service.lock_text(ada, FAIR, NOW)
    with pytest.raises(Problems) as added:
        a_variant(editor, name="All", states=[])
    assert [(it.place, it.message) for it in added.value.problems] == [(("name",), words)]
    with pytest.raises(Problems) as widened:
        service.change_variant(editor, mine.id, [field("states", ("OR", "WA"), ())], NOW)
    assert [(it.place, it.message) for it in widened.value.problems] == [(("states",), words)]
    narrowed = [field("states", ("OR", "WA"), ("WA",)), field("text", mine.text, "We hire.")]
    assert service.change_variant(editor, mine.id, narrowed, NOW).variant.states == ("WA",)
    service.remove_variant(editor, mine.id, NOW)
    with pytest.raises(service.TextLocked):
        service.restore_variant(editor, mine.id, NOW)
    service.restore_variant(ada, mine.id, NOW)
    service.reorder_variant(ada, mine.id, "up", NOW)
    assert a_variant(ada, name="All", states=[]).name == "All"


def test_a_locked_usual_text_is_refused_to_an_editor_at_its_field(
    people: dict[Kind, Person],
) -> None:
    ada, editor = people[Kind.ADMINISTRATOR], people[Kind.HR_EDITOR]
    about = the_organization().about
    service.lock_text(ada, "about", NOW)
    with pytest.raises(Problems) as refused:
        edit_organization(editor, [field("about", about, "Mine."), field("name", "x", "Y")], NOW)
    assert [(it.place, it.message) for it in refused.value.problems] == [(("about",), ADA)]
    kept = [field("about", about, about), field("schedule", the_organization().schedule, "Nights")]
    assert edit_organization(editor, kept, NOW).changed == ("schedule",)
    assert edit_organization(ada, [field("about", about, "Ours.")], NOW).changed == ("about",)
    # A page that an editor opened before that says the former text, which is no change of theirs.
    assert edit_organization(editor, [field("about", about, about)], NOW).changed == ()


def test_a_variant_that_is_gone_is_named_so(people: dict[Kind, Person]) -> None:
    ada = people[Kind.ADMINISTRATOR]
    with pytest.raises(NoSuchVariant):
        service.change_variant(ada, "gone", [], NOW)
    with pytest.raises(NoSuchVariant):
        service.lock_text(ada, "gone", NOW)


def test_racing_editors_lose_no_variant(seeded_app: Flask, people: dict[Kind, Person]) -> None:
    editor = people[Kind.HR_EDITOR]

    def add(number: int) -> None:
        a_variant(editor, name=f"Text {number}")

    at_once(seeded_app, add, 6)
    assert {v.name for v in the_organization().variants} == {f"Text {n}" for n in range(6)}


def test_a_new_posting_takes_the_variant_and_a_director_may_not_change_it(
    people: dict[Kind, Person],
) -> None:
    ada, director = people[Kind.ADMINISTRATOR], people[Kind.HIRING_DIRECTOR]
    service.lock_text(ada, a_variant(ada).id, NOW)
    tab = a_posting(director)
    assert tab.posting.equal_opportunity == OREGON["text"]
    saved = tab.save(
        to_eo(tab.posting, "Mine."),
        tab.retitle("Intake Lead"),
        Hide(part=Part.EQUAL_OPPORTUNITY, before=False, after=True),
    )
    assert saved.outcome.refused == ((0, ADA), (2, ADA))
    assert (tab.posting.title, tab.posting.equal_opportunity) == ("Intake Lead", OREGON["text"])
    assert tab.posting.hidden_parts == ()
    theirs = Tab(ada, tab.posting_id, "other")
    assert theirs.save(to_eo(tab.posting, "Ours.")).outcome.refused == ()
    assert tab.save(to_eo(tab.posting, "Mine.")).outcome.refused == ()


@pytest.mark.parametrize("kind", [Kind.HR_EDITOR, Kind.HIRING_DIRECTOR])
def test_locked_benefits_stay_as_they_are(people: dict[Kind, Person], kind: Kind) -> None:
    service.lock_text(people[Kind.ADMINISTRATOR], "benefits", NOW)
    tab = a_posting(people[kind])
    first, second = tab.posting.section(Section.BENEFITS)
    saved = tab.save(
        SetLine(line=first.id, before=first.text, after="Less"),
        RemoveLine(line=second.id, before=second.text),
        AddLine(line="mine", section=Section.BENEFITS, text="A dog"),
    )
    assert saved.outcome.refused == ((0, ADA), (1, ADA))
    texts = [line.text for line in tab.posting.section(Section.BENEFITS)]
    assert texts == [first.text, second.text, "A dog"]


def lock_duty(actor: Person, slug: str, origin: str) -> None:
    """Lock a line of a role, as the editor of role templates does."""
    duties = [
        duty | {"locked": True} if duty["id"] == origin else duty
        for duty in body_of_role(actor, slug)["duties"]
    ]
    edit(actor, slug, duties=duties)


def test_a_locked_line_changes_with_the_level_and_not_by_a_person(
    people: dict[Kind, Person],
) -> None:
    director = people[Kind.HIRING_DIRECTOR]
    tab = a_posting(director)
    sheet = open_sheet(director, tab.posting_id, Level.LEAD)
    reworded = [row for row in sheet.rebasing.differences if row.key.startswith("reworded:")]
    origin = reworded[0].key.removeprefix("reworded:")
    lock_duty(people[Kind.ADMINISTRATOR], "case-manager", origin)
    line = next(line for line in tab.posting.lines if line.origin == origin)
    gone = RemoveLine(line=line.id, before=line.text)
    other = SetLine(line=line.id, before=line.text, after="Do less.")
    assert tab.save(gone, other).outcome.refused == ((0, ROLE), (1, ROLE))
    sheet = open_sheet(director, tab.posting_id, Level.LEAD)
    keys = [row.key for row in sheet.rebasing.differences if row.ticked]
    choice = Choice(keys, sheet.counter, sheet.rebasing.after.base)
    assert change_level(director, tab.posting_id, Level.LEAD, choice, NOW).refused == ()
    assert next(x for x in tab.posting.lines if x.origin == origin).text == reworded[0].after


def test_another_place_is_offered_its_text_which_takes_it(people: dict[Kind, Person]) -> None:
    ada, director = people[Kind.ADMINISTRATOR], people[Kind.HIRING_DIRECTOR]
    tab = a_posting(director)
    idaho = a_variant(ada, name="Idaho", text="In Idaho we hire.", states=["Idaho"])
    service.lock_text(ada, FAIR, NOW)
    assert dict(read_standing(director, tab.posting).others) == {}
    place = tab.posting.places[0].id
    tab.save(SetField(target=f"place:{place}.state", before="OR", after="ID"))
    before = tab.posting.equal_opportunity
    assert FAIR not in read_standing(director, tab.posting).others
    assert FAIR in read_standing(ada, tab.posting).others
    service.lock_text(ada, idaho.id, NOW)
    other = read_standing(director, tab.posting).others[FAIR]
    assert other.words == "Your organization has another text for Idaho."
    assert tab.posting.equal_opportunity == before
    assert tab.save(*other.changes).outcome.refused == ()
    assert tab.posting.equal_opportunity == idaho.text
    assert tab.save(to_eo(tab.posting, "Mine.")).outcome.refused == ((0, ADA),)


def test_the_former_wording_of_a_locked_text_is_locked_and_the_newer_one_may_be_taken(
    people: dict[Kind, Person],
) -> None:
    ada, director = people[Kind.ADMINISTRATOR], people[Kind.HIRING_DIRECTOR]
    variant = a_variant(ada)
    service.lock_text(ada, variant.id, NOW)
    service.lock_text(ada, "benefits", NOW)
    tab = a_posting(director)
    first = tab.posting.section(Section.BENEFITS)[0]
    given = the_organization().benefits
    service.change_variant(ada, variant.id, [field("text", OREGON["text"], "Oregon hires.")], NOW)
    edit_organization(ada, [field("benefits", given, ("More", *given[1:]))], NOW)
    less = SetLine(line=first.id, before=first.text, after="Less")
    assert tab.save(to_eo(tab.posting, "Mine."), less).outcome.refused == ((0, ADA), (1, ADA))
    more = SetLine(line=first.id, before=first.text, after="More")
    newer = to_eo(tab.posting, "Oregon hires.")
    assert tab.save(newer, more).outcome.refused == ()
    assert tab.save(to_eo(tab.posting, OREGON["text"])).outcome.refused == ((0, ADA),)
    service.unlock_text(ada, variant.id, NOW)
    assert tab.save(to_eo(tab.posting, OREGON["text"])).outcome.refused == ()


def test_a_form_without_a_script_keeps_the_rest_too(people: dict[Kind, Person]) -> None:
    ada, director = people[Kind.ADMINISTRATOR], people[Kind.HIRING_DIRECTOR]
    service.lock_text(ada, a_variant(ada).id, NOW)
    tab = a_posting(director)
    changes = (to_eo(tab.posting, "Mine."), tab.retitle("Lead"))
    applied = save_changes(director, tab.posting_id, changes, NOW)
    assert [refusal.message for refusal in applied.refused] == [ADA]
    assert read_posting(director, tab.posting_id).posting.title == "Lead"
