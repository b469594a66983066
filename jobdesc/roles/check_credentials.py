"""No level of a role asks for a credential that a person at that level cannot hold."""

from collections.abc import Iterator

from jobdesc.roles.credential import Credential
from jobdesc.roles.levels import Level
from jobdesc.roles.library import References
from jobdesc.roles.lines import NeedAt, at_level
from jobdesc.roles.parse import Problem
from jobdesc.roles.template import RoleTemplate

YEAR = 12
"""Months."""


def check_credentials(role: RoleTemplate, references: References) -> Iterator[Problem]:
    yield from unknown_credentials(role, references)
    for index, line in enumerate(role.credentials):
        credential = references.credentials.get(line.credential)
        if credential is None:
            continue
        for level in role.levels:
            asked = at_level(line.levels, level)
            if not asked:
                continue
            fault = _impossible(role, level, credential, asked)
            fault = fault or _unsupervised(role, level, credential, asked)
            fault = fault or _wrong_license(role, level, credential, references)
            if fault:
                yield Problem(("credentials", index, "levels", level), fault)


def unknown_credentials(role: RoleTemplate, references: References) -> Iterator[Problem]:
    """Credentials that the role names and nobody knows."""
    for index, line in enumerate(role.credentials):
        if line.credential not in references.credentials:
            message = f"{line.credential} is not in content/credentials.yaml. Add or correct it."
            yield Problem(("credentials", index, "credential"), message)


def _impossible(
    role: RoleTemplate, level: Level, credential: Credential, asked: NeedAt
) -> str | None:
    """What to say of a credential that takes longer than the level's experience."""
    if level is Level.ENTRY and credential.min_months >= YEAR:
        return f"{credential.name} cannot be held at entry. Remove it."
    months = _case_management_months(role, level)
    on_the_job = asked.need == "preferred" or asked.earned_within_months is not None
    if on_the_job or months >= credential.min_months:
        return None
    return (
        f"{credential.name} takes {credential.min_months} months of case management, and the "
        f"level asks for {months:g}. Make it preferred."
    )


def _unsupervised(
    role: RoleTemplate, level: Level, credential: Credential, asked: NeedAt
) -> str | None:
    """What to say of one that takes work under supervision first, where no work is asked for."""
    if not credential.supervision or credential.min_months or _years(role, level):
        return None
    if asked.earned_within_months is not None:
        return None
    if level is not Level.ENTRY and asked.need == "preferred":
        return None
    instead = "Remove it" if level is Level.ENTRY else "Make it preferred"
    return (
        f"{credential.name} takes work under supervision before it is given, and the level asks "
        f"for no experience. {instead}, or ask for the experience."
    )


def _years(role: RoleTemplate, level: Level) -> float:
    """The most years of any experience that the level requires."""
    held = [at_level(line.levels, level) for line in role.experience]
    return max((cell.years or 0 for cell in held if cell and cell.need == "required"), default=0)


def _wrong_license(
    role: RoleTemplate, level: Level, credential: Credential, references: References
) -> str | None:
    """What to say where the only license that is required does not lead to the credential."""
    known = references.credentials
    required = {
        line.credential
        for line in role.credentials
        if (asked := at_level(line.levels, level)) and asked.need == "required"
    }
    licenses = {key for key in required if key in known and known[key].kind == "license"}
    if not licenses or not licenses <= set(credential.not_enough):
        return None
    names = " and ".join(known[key].name for key in sorted(licenses))
    return (
        f"{credential.name} cannot be held on the {names} alone, which is the only license that "
        "this level requires. Remove it, or ask for a license that leads to it."
    )


def _case_management_months(role: RoleTemplate, level: Level) -> float:
    held = [at_level(e.levels, level) for e in role.experience if e.kind == "case-management"]
    return YEAR * max([c.years or 0 for c in held if c and c.need == "required"], default=0)
