"""One merge for every change from outside: another level, or newer text of the role.

Three texts are compared: the base that the posting was made from, what the person made of it, and
what the role says now. Only what the role changed is a difference, and nothing is applied that the
person did not see; what a person wrote, moved, added or removed stands unless they say otherwise.
"""

from collections.abc import Collection, Iterator

from jobdesc.postings.base import Base
from jobdesc.postings.changes import ChangeLevel, LevelBase, SetField
from jobdesc.postings.differences import (
    CHANGED,
    CHANGED_FIGURES,
    GROUPS,
    REMOVED,
    Difference,
    Group,
    Rebasing,
)
from jobdesc.postings.headings import FIELD_HEADINGS
from jobdesc.postings.own_pay import NO_OWN_PAY, OwnPay, pay_changes, pay_fields, pay_words
from jobdesc.postings.posting import Posting
from jobdesc.postings.rebase_lines import line_differences
from jobdesc.roles.levels import Level

FIELD_GROUPS: dict[str, Group] = {
    "flsa": "numbers",
    "title": "reworded",
    "reports_to": "reworded",
    "summary": "reworded",
}


def rebase(
    posting: Posting, base: Base, onto: Base, level: Level, own: OwnPay = NO_OWN_PAY
) -> Rebasing:
    """What changes where `posting`, made from `base`, is to be as made from `onto` at `level`.

    The organization's `own` pay stands in place of the role's.
    """
    found = [
        *_pay_difference(posting, base, onto, own),
        *_field_differences(posting, base, onto),
        *line_differences(posting, base, onto),
    ]
    return Rebasing(
        before=LevelBase(level=posting.level, base=posting.base),
        after=LevelBase(level=level, base=onto.digest),
        differences=tuple(sorted(found, key=lambda row: GROUPS.index(row.group))),
    )


def take(rebasing: Rebasing, keys: Collection[str]) -> ChangeLevel:
    """The one change that makes the differences of these keys so."""
    return ChangeLevel(
        before=rebasing.before,
        after=rebasing.after,
        changes=tuple(
            change for row in rebasing.differences if row.key in keys for change in row.changes
        ),
    )


def _field_differences(posting: Posting, base: Base, onto: Base) -> Iterator[Difference]:
    for name, group in FIELD_GROUPS.items():
        now, was, then = str(getattr(posting, name)), base.fields.get(name), onto.fields[name]
        if then in (was, now):
            continue
        yield Difference(
            key=f"field:{name}",
            group=group,
            kind="reworded",
            heading=FIELD_HEADINGS[name],
            before=_words(name, now),
            after=_words(name, then),
            why=_why(now, was, CHANGED),
            changes=(SetField(target=name, before=now, after=then),),
        )


def _words(name: str, text: str) -> str:
    return text.capitalize() if name == "flsa" else text


def _why(now: str, was: str | None, changed: str) -> str:
    """Why a field is left as it is; nothing where it says what the role said."""
    if now == was:
        return ""
    return changed if now else REMOVED


def _pay_difference(posting: Posting, base: Base, onto: Base, own: OwnPay) -> Iterator[Difference]:
    """Both figures and their unit are one difference; 78500 is no other figure than 78,500.

    Pay that says what the role or the organization said is as nobody changed it.
    """
    after = own.after or onto.fields
    now, of_role = pay_words(pay_fields(posting)), pay_words(base.fields)
    was, then = pay_words(own.before) if own.before else of_role, pay_words(after)
    if then in (was, now):
        return
    yield Difference(
        key="field:pay",
        group="numbers",
        kind="reworded",
        heading=FIELD_HEADINGS["pay"],
        before=now,
        after=then,
        why="" if now == was else _why(now, of_role, CHANGED_FIGURES),
        changes=pay_changes(posting, after),
    )
