"""Where the organization has another text for a posting than the one that stands in it.

A text is never replaced unasked: what is found here is offered, with the changes that take it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from jobdesc.postings.changes import AddLine, PlainChange, RemoveLine, SetField
from jobdesc.postings.organization import Organization
from jobdesc.postings.posting import Posting, PostingLine
from jobdesc.postings.sections import Section
from jobdesc.postings.statements import (
    Chosen,
    Shipped,
    facts_of,
    known_marks,
    list_mark,
    list_text,
    say_fit,
    spaced,
    statement_for,
    text_mark,
)
from jobdesc.postings.variants import KIND_OF_FIELD, StatementKind

BENEFITS = StatementKind.BENEFITS


@dataclass(frozen=True)
class OtherText:
    """A text that the organization has for this posting, in words, and what takes it.

    `locked` says whether only administrators can change it afterwards. Pay is of no `kind`.
    """

    kind: StatementKind | None
    words: str
    text: str
    locked: bool
    changes: tuple[PlainChange, ...]


def other_texts(
    posting: Posting,
    organization: Organization,
    shipped: Shipped,
    roles: Mapping[str, str],
    new_id: Callable[[], str],
) -> dict[str, OtherText]:
    """By field or list, each text that would stand there in a posting assembled now.

    Words that a person wrote themselves are met only by a text that was made for such a posting, or
    that is locked.
    `roles` are the names of specialties by slug.
    """
    facts, known = facts_of(posting), known_marks(organization, shipped)
    found: dict[str, OtherText] = {}
    for name, kind in KIND_OF_FIELD.items():
        chosen = statement_for(organization, kind, facts, shipped)
        changes = _take_text(posting, name, chosen, known)
        if changes:
            found[name] = _offer(posting, chosen, roles, changes)
    chosen = statement_for(organization, BENEFITS, facts, shipped)
    if taken := tuple(_take_items(posting, chosen, known, new_id)):
        found[Section.BENEFITS] = _offer(posting, chosen, roles, taken)
    return found


def _offer(
    posting: Posting, chosen: Chosen, roles: Mapping[str, str], changes: tuple[PlainChange, ...]
) -> OtherText:
    text = chosen.text or list_text(chosen.items)
    words = _words(posting, chosen, roles)
    return OtherText(chosen.kind, words, text, chosen.lock is not None, changes)


def _words(posting: Posting, chosen: Chosen, roles: Mapping[str, str]) -> str:
    what = "other benefits" if chosen.kind is BENEFITS else "another text"
    if chosen.variant is None:
        return f"Your organization has {what} for this posting."
    fit = say_fit(chosen.variant, facts_of(posting), roles) or "this posting"
    return f"Your organization has {what} for {fit}."


def _take_text(
    posting: Posting, name: str, chosen: Chosen, known: frozenset[str]
) -> tuple[PlainChange, ...]:
    now: str = getattr(posting, name)
    if not chosen.text or spaced(now) == spaced(chosen.text):
        return ()
    meant = chosen.variant is not None or chosen.lock is not None
    if now and not meant and text_mark(now) not in known:
        return ()
    return (SetField(target=name, before=now, after=chosen.text),)


def _take_items(
    posting: Posting, chosen: Chosen, known: frozenset[str], new_id: Callable[[], str]
) -> Iterator[PlainChange]:
    """Items of other lists out, those of this list in; a person's own stay.

    A list from which a person only took something away is theirs, and is left alone.
    """
    lines = posting.section(Section.BENEFITS)
    wanted = {spaced(item) for item in chosen.items}
    stale = [line for line in lines if _is_stale(line, wanted, known)]
    here = {spaced(line.text) for line in lines}
    missing = [item for item in chosen.items if spaced(item) not in here]
    whole = list_mark([line.text for line in lines])
    if not (stale or (missing and (not lines or whole in known))):
        return
    for item in missing:
        yield AddLine(line=new_id(), section=Section.BENEFITS, text=item)
    for line in stale:
        yield RemoveLine(line=line.id, before=line.text)


def _is_stale(line: PostingLine, wanted: set[str], known: frozenset[str]) -> bool:
    return spaced(line.text) not in wanted and text_mark(line.text) in known
