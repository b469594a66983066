"""Postings of the shipped roles, for tests that need real text at all levels."""

from functools import cache
from pathlib import Path

from jobdesc.postings.assemble import assemble
from jobdesc.postings.base import Base, base_for
from jobdesc.postings.posting import Posting
from jobdesc.roles.at_level import RoleAtLevel, role_at_level
from jobdesc.roles.levels import Level
from jobdesc.services.content import Content, read_folder
from tests.postings.builders import STATEMENTS, an_organization, counting_ids

CONTENT = Path(__file__).resolve().parents[2] / "content"


@cache
def shipped() -> Content:
    """The content folder, read once."""
    return read_folder(CONTENT)


@cache
def held(slug: str, level: Level) -> RoleAtLevel:
    """A shipped role at a level."""
    content = shipped()
    return role_at_level(content.roles[slug], level, content.references.credentials)


@cache
def base(slug: str, level: Level) -> Base:
    """What a posting of a shipped role is made from."""
    return base_for(held(slug, level))


@cache
def draft(slug: str, level: Level) -> Posting:
    """A fresh posting of a shipped role, with two benefits of the organization."""
    organization = an_organization(benefits=["Health insurance", "Paid leave"])
    return assemble(held(slug, level), organization, STATEMENTS, counting_ids())
