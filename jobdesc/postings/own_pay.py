"""Where the organization's own band comes into a posting's pay, and where it is only offered.

A new posting takes the band. What a posting says already is changed only by whoever asks for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jobdesc.postings.bands import PayBand, say_band
from jobdesc.postings.changes import PlainChange, SetField
from jobdesc.postings.money import write_pay
from jobdesc.postings.other_texts import OtherText
from jobdesc.postings.posting import Posting

PAY = ("pay_low", "pay_high", "pay_unit")
CONTROL = "pay"
"""The name under which the band is offered."""

Fields = Mapping[str, str]


@dataclass(frozen=True)
class OwnPay:
    """The band's pay for a posting as it stands, and as it would stand; None for no band."""

    before: Fields | None = None
    after: Fields | None = None


NO_OWN_PAY = OwnPay()


def own_pay(before: PayBand | None, after: PayBand | None) -> OwnPay:
    """The same of two bands."""
    return OwnPay(before.fields if before else None, after.fields if after else None)


def pay_words(fields: Fields) -> str:
    """Pay as it is written; 78500 is no other pay than 78,500."""
    return write_pay(fields["pay_low"], fields["pay_high"], fields["pay_unit"])


def pay_fields(posting: Posting) -> dict[str, str]:
    """The pay of a posting as typed."""
    return {name: str(getattr(posting, name)) for name in PAY}


def pay_changes(posting: Posting, after: Fields) -> tuple[PlainChange, ...]:
    """What makes the posting say this pay."""
    here = pay_fields(posting)
    return tuple(
        SetField(target=name, before=here[name], after=after[name])
        for name in PAY
        if here[name] != after[name]
    )


def pay_elsewhere(
    posting: Posting, own: OwnPay, role_pay: Fields, known: Iterable[Fields]
) -> Fields | None:
    """The pay of a copy for another place; None where it stays.

    Figures that a person wrote stay: `known` are those that no person did.
    """
    now = pay_words(pay_fields(posting))
    untouched = {pay_words(fields) for fields in known} | {""}
    if own.before:
        untouched.add(pay_words(own.before))
    if now not in untouched:
        return None
    if own.after:
        return own.after
    return role_pay if own.before and now == pay_words(own.before) else None


def offer_band(posting: Posting, band: PayBand | None) -> OtherText | None:
    """The band, where the posting says another pay, with the changes that take it."""
    if band is None or pay_words(pay_fields(posting)) == pay_words(band.fields):
        return None
    return OtherText(
        kind=None,
        words=say_band(band),
        text=pay_words(band.fields),
        locked=False,
        changes=pay_changes(posting, band.fields),
    )
