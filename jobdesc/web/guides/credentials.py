"""The credentials of a role as its guide lists them: each once, with who is asked for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from jobdesc.roles.credential import Credential
from jobdesc.roles.levels import Level
from jobdesc.roles.lines import NeedAt
from jobdesc.roles.listed import listed
from jobdesc.services.library import GuidePage


@dataclass(frozen=True)
class AskedCredential:
    """A credential and, in words, the levels at which it is required or preferred."""

    credential: Credential
    asked: tuple[str, ...]


def asked_credentials(page: GuidePage) -> list[AskedCredential]:
    """The credentials of the role, in the order of its file."""
    found: dict[str, tuple[Credential, list[tuple[Level, NeedAt]]]] = {}
    for level, held in page.at.items():
        for line in held.credentials:
            _, levels = found.setdefault(line.origin, (line.credential, []))
            levels.append((level, line.asked))
    order = [line.id for line in page.role.credentials if line.id in found]
    return [AskedCredential(found[name][0], tuple(_in_words(found[name][1]))) for name in order]


def _in_words(levels: list[tuple[Level, NeedAt]]) -> Iterator[str]:
    """'Preferred at II and III, or LPC or the state's equivalent.'"""
    for asked, group in groupby(levels, key=lambda pair: pair[1]):
        some = listed(level.label for level, _ in group)
        yield f"{asked.need.capitalize()} at {some}{_note(asked.words)}"


def _note(note: str) -> str:
    """A note goes on in the sentence, or is one of its own."""
    if not note:
        return "."
    return f". {note}" if note[0].isupper() else f", {note.rstrip('.')}."
