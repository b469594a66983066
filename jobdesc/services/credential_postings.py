"""The postings that name a credential: exactly, or by a line of a role that asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from jobdesc.roles.credential import Credential
from jobdesc.roles.levels import Level
from jobdesc.roles.library import Library
from jobdesc.roles.lines import at_level
from jobdesc.roles.query import read_query
from jobdesc.store.postings import PostingListItem, bodies_of, found_by, postings_of
from jobdesc.store.search_index import COUNTED, postings_made_at, postings_that_say

MOST_POSTINGS = 20
LOOKED_AT = 200
"""So many postings are looked at whose role asks for it and which do not say its name."""

Asked = Mapping[tuple[str, Level], frozenset[str]]
"""By role and level, the lines with which it asks for the credential."""


@dataclass(frozen=True)
class NamingPostings:
    """Those changed last, how many there are, and whether there are more than were counted.

    `reworded` are the ids of those that say it in other words.
    """

    items: tuple[PostingListItem, ...]
    count: int
    more: bool
    reworded: frozenset[int]


def phrase_of(credential: Credential) -> str:
    """What a posting is searched for that names the credential."""
    return '"{}"'.format(credential.name.replace('"', " "))


def postings_naming(
    session: Session, credential: Credential, library: Library, person_id: int
) -> NamingPostings:
    """The postings that this person may see."""
    query, asked = read_query(phrase_of(credential)), _asked(library, credential.id)
    ids, count = postings_that_say(session, query, found_by(person_id), MOST_POSTINGS)
    others = postings_made_at(session, asked, query, LOOKED_AT + 1)
    bodies = bodies_of(session, others[:LOOKED_AT])
    reworded = [number for number, body in bodies.items() if _has_line(body, asked)]
    items = postings_of(session, [*ids, *reworded], person_id)
    also = frozenset(item.id for item in items if item.id not in ids)
    return NamingPostings(
        items=tuple(sorted(items, key=lambda item: item.changed_at, reverse=True)[:MOST_POSTINGS]),
        count=min(count, COUNTED) + len(also),
        more=count > COUNTED or len(others) > LOOKED_AT,
        reworded=also,
    )


def _asked(library: Library, key: str) -> Asked:
    """Also by roles that are retired: postings still rest on them."""
    found: dict[tuple[str, Level], frozenset[str]] = {}
    for role in (*library.roles.values(), *library.retired.values()):
        lines = [line for line in role.credentials if line.credential == key]
        for level in role.levels:
            if held := frozenset(line.id for line in lines if at_level(line.levels, level)):
                found[role.slug, level] = held
    return found


def _has_line(body: Mapping[str, object], asked: Asked) -> bool:
    here = str(body.get("role")), str(body.get("level"))
    held = next((lines for (slug, level), lines in asked.items() if here == (slug, level)), ())
    lines = body.get("lines")
    return isinstance(lines, list) and any(line.get("origin") in held for line in lines)
