"""Where the organization's band comes into a posting, and where it is only offered."""

from typing import Any

from jobdesc.postings.assemble import assemble
from jobdesc.postings.base import base_for
from jobdesc.postings.clone import clone
from jobdesc.postings.differences import CHANGED_FIGURES, Difference
from jobdesc.postings.own_pay import (
    NO_OWN_PAY,
    OwnPay,
    offer_band,
    own_pay,
    pay_elsewhere,
    pay_fields,
    pay_words,
)
from jobdesc.postings.rebase import rebase
from jobdesc.roles.levels import Level
from tests.postings.bands import a_band
from tests.postings.builders import STATEMENTS, a_posting, an_organization, counting_ids, held_at

BAND, HIGHER = a_band(), a_band(level="senior", low=8_000_000, high=9_900_000)
BASE, ONTO = base_for(held_at()), base_for(held_at(Level.SENIOR))


def made(**pay: Any) -> dict[str, str]:
    return {"pay_low": "66,000", "pay_high": "84,000", "pay_unit": "year", **pay}


def pay_difference(own: OwnPay, **pay: str) -> Difference | None:
    posting = a_posting(base=BASE.digest, **pay)
    found = rebase(posting, BASE, ONTO, Level.SENIOR, own).differences
    return next((one for one in found if one.key == "field:pay"), None)


def test_a_new_posting_takes_the_band_and_keeps_the_role_as_its_base() -> None:
    posting = assemble(held_at(), an_organization(), STATEMENTS, counting_ids(), BAND.fields)
    assert pay_fields(posting) == BAND.fields
    assert posting.base == BASE.digest
    plain = assemble(held_at(), an_organization(), STATEMENTS, counting_ids())
    assert pay_fields(plain)["pay_low"] == BASE.fields["pay_low"]


def test_a_change_of_level_goes_from_band_to_band() -> None:
    found = pay_difference(own_pay(BAND, HIGHER), **made())
    assert found and found.ticked
    assert (found.before, found.after) == (pay_words(BAND.fields), pay_words(HIGHER.fields))


def test_pay_of_the_role_counts_as_nobodys_own_beside_a_band() -> None:
    reference = {name: BASE.fields[name] for name in ("pay_low", "pay_high", "pay_unit")}
    found = pay_difference(own_pay(BAND, HIGHER), **reference)
    assert found and found.ticked and found.after == pay_words(HIGHER.fields)


def test_figures_that_a_person_wrote_stand_unless_they_say_otherwise() -> None:
    found = pay_difference(own_pay(BAND, HIGHER), **made(pay_low="70,000"))
    assert found and found.why == CHANGED_FIGURES


def test_where_only_one_level_has_a_band_the_role_stands_in_for_the_other() -> None:
    found = pay_difference(own_pay(BAND, None), **made())
    assert found and found.ticked and found.after == pay_words(ONTO.fields)
    reference = {name: BASE.fields[name] for name in ("pay_low", "pay_high", "pay_unit")}
    found = pay_difference(own_pay(None, HIGHER), **reference)
    assert found and found.ticked and found.after == pay_words(HIGHER.fields)


def test_newer_text_of_the_role_does_not_touch_pay_that_is_the_organizations() -> None:
    posting = a_posting(base=BASE.digest, **made())
    found = rebase(posting, BASE, ONTO, Level.MID, own_pay(BAND, BAND)).differences
    assert not [one for one in found if one.key == "field:pay"]


def elsewhere(own: OwnPay, **pay: str) -> str | None:
    fields = pay_elsewhere(a_posting(**made(**pay)), own, BASE.fields, (BASE.fields,))
    return pay_words(fields) if fields else None


def test_a_copy_for_another_place_takes_the_band_of_that_place() -> None:
    there = a_band(state="WA", low=8_000_000, high=9_000_000)
    assert elsewhere(own_pay(BAND, there)) == pay_words(there.fields)
    assert elsewhere(own_pay(None, there), pay_low="", pay_high="") == pay_words(there.fields)
    assert elsewhere(own_pay(None, there)) is None, "a person's own figures"
    assert elsewhere(own_pay(BAND, there), pay_low="70,000") is None
    assert elsewhere(own_pay(BAND, None)) == pay_words(BASE.fields)
    assert elsewhere(NO_OWN_PAY) is None
    posting = clone(a_posting(**made()), counting_ids(), pay=there.fields)
    assert pay_fields(posting) == there.fields


def test_a_draft_that_says_another_pay_is_offered_the_band() -> None:
    offered = offer_band(a_posting(**made(pay_low="60000")), BAND)
    assert offered
    assert offered.words == "Your organization's range for level II is $66,000 to $84,000 a year."
    assert [(one.target, one.before, one.after) for one in offered.changes] == [  # type: ignore[union-attr]
        ("pay_low", "60000", "66,000"),
    ]  # fmt: skip
    assert offer_band(a_posting(**made(pay_low="$66000")), BAND) is None
    assert offer_band(a_posting(**made(pay_low="60000")), None) is None
