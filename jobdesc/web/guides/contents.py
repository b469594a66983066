"""The sections of a guide page that have something to say, by id with their headings."""

from collections.abc import Iterator

from jobdesc.services.library import GuidePage


def contents(page: GuidePage) -> dict[str, str]:
    """The sections of the page, in order."""
    return {name: heading for name, heading, filled in _sections(page) if filled}


def _sections(page: GuidePage) -> Iterator[tuple[str, str, object]]:
    role, guide, held = page.role, page.role.guide, page.at[page.level]
    yield "work", "What the role does", guide.what
    yield "where", "Where it works", guide.where
    yield "day", "A typical day", guide.day
    yield "good", "What makes a good one", guide.good
    yield "duties", "Duties", True
    yield "skills", "Skills", held.skills
    yield "conditions", "Working conditions", held.supervision or held.caseload or held.conditions
    yield "titles", "Titles and reporting", True
    yield "education", "Education", guide.education or guide.studies or role.education
    yield "credentials", "Licenses and certification", guide.certification or role.credentials
    yield "experience", "Experience", guide.experience or role.experience
    yield "pay", "Pay", guide.pay or guide.pay_factors or role.pay_span
    yield "similar", "Similar roles", guide.similar
    yield "questions", "Questions", guide.questions
    yield "sources", "Sources", True
