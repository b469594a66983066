"""Roles and references for tests: small, right, and changed where a test needs it."""

from datetime import date
from typing import Any

from jobdesc.roles.library import Library, References, references_from
from jobdesc.roles.parse import parse
from jobdesc.roles.template import RoleTemplate

LEVELS = ("entry", "mid", "senior", "lead", "director")
TITLES = ("CM I", "CM II", "CM III", "Lead CM", "Director")
WAGES = {"p10": 40_000, "p25": 50_000, "p50": 60_000, "p75": 70_000, "p90": 80_000}
HIGH_WAGES = {"p10": 60_000, "p25": 70_000, "p50": 90_000, "p75": 120_000, "p90": 160_000}


def reference_bodies() -> dict[str, Any]:
    """The four references as plain values."""
    return {
        "sources": [
            {"id": "survey", "name": "A survey", "as_of": "May 2025", "verified": True},
            {"id": "memory", "name": "Common practice", "as_of": "2026", "verified": False},
        ],
        "credentials": [
            {
                "id": "ccm", "name": "Certified Case Manager", "abbreviation": "CCM",
                "issuer": "the Commission", "kind": "certification", "requires": "Work.",
                "min_months": 24, "source": "survey",
            },
            {
                "id": "rn", "name": "Registered Nurse license", "abbreviation": "RN",
                "issuer": "state board", "kind": "license", "requires": "School.",
                "source": "memory",
            },
        ],
        "wages": {
            "source": "survey",
            "place": "United States",
            "occupations": [
                {"code": "21-1093", "title": "Assistants", **WAGES},
                {"code": "11-9151", "title": "Managers", **HIGH_WAGES},
            ],
        },
        "statements": {"equal-opportunity": "We hire fairly.", "accommodation": "Tell us."},
    }  # fmt: skip


def some_references() -> References:
    """The references as models."""
    return references_from(reference_bodies())


def role_body(**changes: Any) -> dict[str, Any]:
    """A right role as plain values, with `changes` to its top keys."""
    return {
        "schema": 1,
        "slug": "case-manager",
        "name": "Case Manager",
        "family": "social-services",
        "tagline": "Links people with services.",
        "updated": date(2026, 11, 23),
        "synonyms": ["Caseworker", "Social Service Assistant", "Care Coordinator"],
        "occupations": [
            {"code": "21-1093", "why": "The work is near."},
            {"code": "11-9151", "why": "Directors manage."},
        ],
        "titles": dict(zip(LEVELS, TITLES, strict=True)),
        "reports_to": {"entry": "Supervisor", "lead": "Director"},
        "summary": {level: f"You help people as {level}." for level in LEVELS},
        "caseload": dict.fromkeys(LEVELS, "A caseload."),
        "supervision": dict.fromkeys(LEVELS, "Supervised."),
        "flsa": {"entry": "nonexempt", "lead": "exempt"},
        "flsa_source": "memory",
        "duties": [_duty(number) for number in range(1, 12)],
        "skills": [{"id": f"skill-{n}", "levels": {"entry": f"Skill {w}."}} for n, w in _words(7)],
        "education": [_line("degree", "A bachelor's degree.")],
        "credentials": [
            {"id": "ccm-line", "credential": "ccm", "levels": {"mid": "preferred"}},
        ],
        "experience": [
            _line("years", {"entry": _years(0), "mid": _years(2)}, kind="case-management"),
        ],
        "conditions": [
            _line("setting", "An office.", kind="setting"),
            _line("travel", "Some travel.", kind="travel"),
            _line("physical", "Mostly sitting.", kind="physical"),
        ],
        "pay": _pay(),
        "guide": _guide(),
    } | changes  # fmt: skip


def a_role(**changes: Any) -> RoleTemplate:
    """A right role."""
    return parse(RoleTemplate, role_body(**changes))


def a_library(*roles: RoleTemplate) -> Library:
    """A library of `roles`, by default of one."""
    return Library({role.slug: role for role in roles or (a_role(),)}, some_references())


def _words(count: int) -> list[tuple[int, str]]:
    return list(enumerate("one two three four five six seven eight".split()[:count], 1))


def _duty(number: int) -> dict[str, Any]:
    essential = number <= 6
    first = {"text": f"Do the work {chr(96 + number)}.", "essential": essential}
    later = {"text": f"Lead the work {chr(96 + number)}.", "essential": essential}
    return {"id": f"duty-{number}", "levels": {"entry": first, "lead": later}}


def _line(line_id: str, levels: Any, kind: str | None = None) -> dict[str, Any]:
    cells = levels if isinstance(levels, dict) else {"entry": levels}
    return {"id": line_id, "kind": kind, "levels": cells, "source": "memory"}


def _years(years: int) -> dict[str, Any]:
    return {"text": f"{years} years of case management.", "years": years}


def _pay() -> dict[str, dict[str, Any]]:
    bands = ((10, 25), (25, 50), (50, 75), (75, 90))
    figures = ((40_000, 50_000), (50_000, 60_000), (60_000, 70_000), (70_000, 80_000))
    pay = {
        level: _range(low, high, "21-1093", band)
        for level, band, (low, high) in zip(LEVELS, bands, figures, strict=False)
    }
    return pay | {"director": _range(90_000, 144_000, "11-9151", (50, 90))}


def _range(low: int, high: int, code: str, band: tuple[int, int]) -> dict[str, Any]:
    return {"low": low, "high": high, "occupations": [code], "percentiles": band,
            "source": "survey"}  # fmt: skip


def _guide() -> dict[str, Any]:
    return {
        "what": ["It helps people."],
        "where": ["An agency.", "A county.", "A clinic."],
        "day": [{"when": f"{hour}:00 AM", "what": "Work."} for hour in range(7, 12)],
        "good": [{"quality": f"Trait {w}", "shows": "It shows."} for _, w in _words(4)],
        "education": ["A degree."],
        "studies": [{"study": w, "leads_to": "Work."} for _, w in _words(3)],
        "certification": ["The CCM."],
        "experience": ["Some."],
        "pay": [{"text": "It pays $40,000.", "source": "survey"}],
        "pay_factors": ["Place.", "Size.", "License."],
        "similar": [{"name": f"Role {w}", "difference": "Other work."} for _, w in _words(3)],
        "questions": [{"question": f"What {w}?", "answer": ["This."]} for _, w in _words(4)],
    }
