"""The organization's bands in postings: new ones take them, drafts are offered them."""

import pytest
from flask import Flask

from jobdesc.people.person import Person
from jobdesc.postings.changes import SetField
from jobdesc.postings.own_pay import pay_fields, pay_words
from jobdesc.postings.places import Place
from jobdesc.postings.posting import Posting
from jobdesc.roles.levels import Level
from jobdesc.services.cloning import clone_posting
from jobdesc.services.levels import Choice, SheetOutdated, change_level, open_sheet
from jobdesc.services.locks import read_standing
from jobdesc.services.pay_bands import read_pay_facts
from jobdesc.services.postings import read_posting, save_changes, start_posting
from tests.accounts import NOW
from tests.marks import on_sqlite
from tests.postings.bands import a_band
from tests.services.exporting import actor, app, clock, quick_hashes
from tests.services.test_pay_bands import SLUG, save

__all__ = ["actor", "app", "clock", "quick_hashes"]

pytestmark = on_sqlite

PORTLAND = a_band(state="OR", city="Portland", low=7_000_000, high=9_000_000)
SENIOR = a_band(level="senior", low=8_000_000, high=9_900_000)
SEATTLE = a_band(state="WA", low=8_500_000, high=9_500_000)


def start(actor: Person) -> int:
    return start_posting(actor, SLUG, Level.MID, NOW)


def posting(actor: Person, number: int) -> Posting:
    return read_posting(actor, number).posting


def pay(actor: Person, number: int) -> str:
    return pay_words(pay_fields(posting(actor, number)))


def offered(actor: Person, number: int) -> str:
    other = read_standing(actor, posting(actor, number)).others.get("pay")
    return other.words if other else ""


def test_a_new_posting_takes_the_band_of_its_first_place(app: Flask, actor: Person) -> None:
    with app.app_context():
        save(actor, (None, a_band()), (None, PORTLAND), (None, SEATTLE))
        assert pay(actor, start(actor)) == pay_words(PORTLAND.fields)
        lead = start_posting(actor, SLUG, Level.LEAD, NOW)
        assert pay(actor, lead) != ""
        assert offered(actor, lead) == ""


def test_an_untouched_draft_takes_it_anew_and_a_touched_one_is_only_offered_it(
    app: Flask, actor: Person
) -> None:
    with app.app_context():
        number = start(actor)
        save(actor, (None, PORTLAND))
        assert start(actor) == number
        assert pay(actor, number) == pay_words(PORTLAND.fields)
        title = SetField(target="title", before=posting(actor, number).title, after="Mine")
        save_changes(actor, number, (title,), NOW)
        higher = a_band(state="OR", city="Portland", low=7_000_000, high=9_300_000)
        save(actor, (PORTLAND, higher))
        assert pay(actor, number) == pay_words(PORTLAND.fields)
        assert offered(actor, number) == (
            "Your organization's range for level II in Portland, OR is $70,000 to $93,000 a year."
        )
        others = read_standing(actor, posting(actor, number)).others
        save_changes(actor, number, others["pay"].changes, NOW)
        assert pay(actor, number) == pay_words(higher.fields)
        assert offered(actor, number) == ""
        assert read_pay_facts(actor, posting(actor, number), NOW).band == higher


def test_a_change_of_level_shows_the_band_of_that_level(app: Flask, actor: Person) -> None:
    with app.app_context():
        save(actor, (None, PORTLAND), (None, SENIOR))
        number = start(actor)
        sheet = open_sheet(actor, number, Level.SENIOR)
        [found] = [one for one in sheet.rebasing.differences if one.key == "field:pay"]
        assert found.ticked and found.after == pay_words(SENIOR.fields)
        outdated = Choice({found.key}, sheet.counter, sheet.mark)
        higher = a_band(level="senior", low=8_000_000, high=9_950_000)
        save(actor, (SENIOR, higher))
        with pytest.raises(SheetOutdated):
            change_level(actor, number, Level.SENIOR, outdated, NOW)
        sheet = open_sheet(actor, number, Level.SENIOR)
        change_level(
            actor, number, Level.SENIOR, Choice({found.key}, sheet.counter, sheet.mark), NOW
        )
        assert pay(actor, number) == pay_words(higher.fields)


def test_a_copy_for_another_place_takes_the_band_there(app: Flask, actor: Person) -> None:
    seattle = Place(id="x", city="Seattle", state="WA")
    with app.app_context():
        save(actor, (None, PORTLAND), (None, SEATTLE))
        number = start(actor)
        copied = clone_posting(actor, number, seattle, NOW)
        assert pay(actor, copied) == pay_words(SEATTLE.fields)
        same = clone_posting(actor, number, None, NOW)
        assert pay(actor, same) == pay_words(PORTLAND.fields)
        change = SetField(target="pay_low", before="70,000", after="71,000")
        save_changes(actor, number, (change,), NOW)
        own = clone_posting(actor, number, seattle, NOW)
        assert pay(actor, own) == "$71,000 \u2013 $90,000 a year"
        assert "Washington is $85,000 to $95,000" in offered(actor, own)
