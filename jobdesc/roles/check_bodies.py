"""A body that gives a credential is not named as if it were the credential itself."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from jobdesc.roles.credential import Credential
from jobdesc.roles.library import References
from jobdesc.roles.parse import Place, Problem
from jobdesc.roles.template import RoleTemplate

BODY = re.compile(
    r"(?:^|\bthe )(?P<full>[A-Z][\w'&-]*(?: (?:[A-Z][\w'&-]*|for|of|and|in|the))+) "
    r"\((?P<short>[A-Z][A-Z&]{2,9})\)"
)
"""An issuer by its full name and letters; 'state board of nursing' is none."""
AS_CREDENTIAL = (
    r"\b{0}(?:[- ]certified\b(?! [A-Z])|[- ]?(?: certifications?| credentials?| licen[sc]e)\b"
    r"| (?:is )?(?:required|preferred)\b)"
    r"|\b(?i:hold|holds|holding|held|earn|earns|earned|obtain|obtains|possess|possesses) "
    r"(?:an? |the )?{0}(?=$|[,.;)]| (?:or|and|within|before|by|at|in)\b)"
)
"""'CCMC certification', 'CCMC required', 'holds the CCMC': what is said of a credential."""
LICENSE = re.compile(r"\blicen[sc](?:e|ed|ure)\b", re.IGNORECASE)


def check_bodies(role: RoleTemplate, references: References) -> Iterator[Problem]:
    """Texts of a role that ask for a body where they mean its credential."""
    bodies = bodies_of(references.credentials)
    if not bodies:
        return
    found = _pattern(tuple(bodies))
    for place, text in _texts(role.model_dump(), ()):
        for match in found.finditer(text):
            name = next(body for body in bodies if body in match[0])
            yield Problem(place, say_body(name, bodies[name]))


def check_credential(credential: Credential, others: Iterable[Credential]) -> Iterator[Problem]:
    """What is worth a second look in one credential, beside who can hold it."""
    bodies = bodies_of({one.id: one for one in (*others, credential)})
    if credential.name in bodies or credential.abbreviation in bodies:
        name = credential.name if credential.name in bodies else credential.abbreviation
        there = [one for one in bodies[name] if one != credential.short_name]
        yield Problem(("name",), say_body(name, there))
    elif credential.name.casefold() == credential.issuer.casefold():
        yield Problem(("name",), say_body(credential.name, ()))
    if credential.kind == "certification" and LICENSE.search(credential.name):
        message = "is called a license in its name. A license is permission by law, and a "
        yield Problem(("kind",), message + "certification is voluntary. Choose which it is.")


def say_body(name: str, credentials: Iterable[str]) -> str:
    """What to say of a body that stands where a credential should."""
    example = next(iter(credentials), "")
    like = f", like {example}" if example else ""
    return f"names {name}, which is who issues it, not the credential. Name the credential{like}."


def bodies_of(credentials: Mapping[str, Credential]) -> dict[str, tuple[str, ...]]:
    """Bodies by full name and by letters, each with the certifications that it gives."""
    found: dict[str, tuple[str, ...]] = {}
    for credential in credentials.values():
        match = BODY.search(credential.issuer)
        if match is None or credential.kind != "certification":
            continue
        for name in (match["full"], match["short"]):
            found[name] = (*found.get(name, ()), credential.short_name)
    return found


@lru_cache(maxsize=8)
def _pattern(bodies: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(bodies, key=len, reverse=True)
    names = f"(?:{'|'.join(map(re.escape, longest_first))})"
    return re.compile(AS_CREDENTIAL.replace("{0}", names))


def _texts(node: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(node, str):
        yield place, node
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in ("source", "flsa_source", "occupations"):
                yield from _texts(value, (*place, str(key)))
    elif isinstance(node, tuple):
        for index, value in enumerate(node):
            yield from _texts(value, (*place, index))
