"""What must hold of a role beyond its shape, each fault at its place with its remedy."""

from collections.abc import Iterator

from jobdesc.roles.check_bodies import check_bodies
from jobdesc.roles.check_credentials import check_credentials
from jobdesc.roles.check_pay import check_pay
from jobdesc.roles.check_sources import LINES, check_sources
from jobdesc.roles.lacks import CountAtLevel, Missing, NoneAtLevel, TooFew
from jobdesc.roles.levels import LEVELS
from jobdesc.roles.library import References
from jobdesc.roles.lines import Cell, at_level
from jobdesc.roles.parse import Problem
from jobdesc.roles.template import RoleTemplate

DUTIES, SKILLS = 10, 7
ESSENTIAL = range(5, 10)
LEAST = {
    "synonyms": 3,
    "occupations": 1,
    "flsa_source": 1,
    "education": 1,
    "experience": 1,
    "conditions": 3,
}
LEAST_OF_GUIDE = {
    "what": 1,
    "where": 3,
    "day": 5,
    "good": 4,
    "education": 1,
    "studies": 3,
    "certification": 1,
    "experience": 1,
    "pay": 1,
    "pay_factors": 3,
    "similar": 3,
    "questions": 4,
}
"""What shipped content has at least; a draft may have less."""
OWN, INHERITED = ("pay", "caseload"), ("reports_to", "flsa", "summary", "supervision")


def check_role(
    role: RoleTemplate, references: References, *, shipped: bool = True
) -> list[Problem]:
    """Every fault of `role` that its models do not see; the pay of a `shipped` one has a rule."""
    return [
        *_check_levels(role),
        *check_ids(role),
        *_check_least(role),
        *_check_counts(role),
        *check_sources(role, references),
        *_check_years(role),
        *check_credentials(role, references),
        *check_bodies(role, references),
        *check_pay(role, references, by_rule=shipped),
    ]


def _check_levels(role: RoleTemplate) -> Iterator[Problem]:
    for name in OWN + INHERITED:
        given = getattr(role, name)
        for level in role.levels if name in OWN else role.levels[:1]:
            if level not in given:
                yield NoneAtLevel.of(name, level)
        for level in given:
            if level not in role.titles:
                yield Problem((name, level), "has no title at this level. Add it to titles.")


def check_ids(role: RoleTemplate) -> Iterator[Problem]:
    """Ids that two lines of a role have: postings could not tell the lines apart."""
    seen: set[str] = set()
    for name in (*LINES, "credentials"):
        for index, line in enumerate(getattr(role, name)):
            if line.id in seen:
                yield Problem((name, index, "id"), f"{line.id} is used twice. Choose another id.")
            seen.add(line.id)


def _check_least(role: RoleTemplate) -> Iterator[Problem]:
    if not role.tagline:
        yield Missing.of(("tagline",), "Write one.")
    for thing, place, counts in ((role, (), LEAST), (role.guide, ("guide",), LEAST_OF_GUIDE)):
        for name, least in counts.items():
            if (count := len(getattr(thing, name))) < least:
                yield TooFew.of((*place, name), count, least)
    for index, question in enumerate(role.guide.questions):
        if not question.answer:
            yield TooFew.of(("guide", "questions", index, "answer"), 0, 1)
    for level, pay in role.pay.items():
        for name in ("occupations", "percentiles"):
            if not getattr(pay, name):
                yield Missing.of(("pay", level, name), "Add what the figures rest on.")


def _check_counts(role: RoleTemplate) -> Iterator[Problem]:
    for level in role.levels:
        duties = [cell for line in role.duties if (cell := at_level(line.levels, level))]
        skills = sum(1 for line in role.skills if at_level(line.levels, level))
        essential = sum(cell.essential for cell in duties)
        faults = (
            ("duties", len(duties) >= DUTIES, f"{len(duties)} duties. Give at least {DUTIES}."),
            (
                "duties",
                essential in ESSENTIAL,
                f"{essential} essential duties. Mark {ESSENTIAL[0]} to {ESSENTIAL[-1]}.",
            ),
            ("skills", skills >= SKILLS, f"{skills} skills. Give at least {SKILLS}."),
        )
        for part, enough, fault in faults:
            if not enough:
                yield CountAtLevel.of(part, level, fault)


def _check_years(role: RoleTemplate) -> Iterator[Problem]:
    for index, line in enumerate(role.experience):
        most = 0.0
        for level in LEVELS:
            cell = line.levels.get(level)
            if not isinstance(cell, Cell):
                continue
            place = ("experience", index, "levels", level)
            asked = cell.need == "required" and line.kind != "internship"
            if cell.years is None and asked:
                yield Problem(place, "has no years. Add years, the least that is asked for.")
            elif cell.years is not None and cell.years < most:
                yield Problem(place, f"asks for less than the level below. Give at least {most:g}.")
            most = max(most, cell.years or 0)
