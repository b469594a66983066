"""A posting is printed in its own order, without what is hidden."""

from datetime import UTC, datetime
from typing import Any

import pytest

from jobdesc.documents.blocks import Outline
from jobdesc.documents.outline import posting_outline
from jobdesc.postings.sections import PARTS, Part
from tests.postings.builders import a_posting, an_organization

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FULL = {
    "summary": "You help.",
    "about_us": "We help.",
    "how_to_apply": "Write to us.",
    "equal_opportunity": "We hire fairly.",
    "pay_low": "50,000",
    "lines": [
        {"id": section, "section": section, "text": f"Of {section}."}
        for section in ("duties", "education", "preferred", "conditions")
    ],
}


def outlined(**changes: Any) -> Outline:
    return posting_outline(a_posting(**(FULL | changes)), an_organization(), None, NOW, NOW)


def keys(outline: Outline) -> list[str]:
    return [section.key for section in outline.sections]


def test_the_parts_have_an_order_of_their_own() -> None:
    assert keys(outlined()) == list(PARTS)


def test_a_person_can_give_them_another() -> None:
    assert keys(outlined(part_order=PARTS[::-1])) == list(PARTS)[::-1]


@pytest.mark.parametrize("part", PARTS)
def test_what_is_hidden_is_not_printed(part: Part) -> None:
    assert keys(outlined(hidden_parts=[part])) == [other for other in PARTS if other is not part]


def test_an_empty_part_is_left_out() -> None:
    assert keys(outlined(about_us="")) == [part for part in PARTS if part is not Part.ABOUT_US]


def test_pay_is_a_fact_also_where_its_part_is_hidden() -> None:
    facts = {fact.label for fact in outlined(hidden_parts=["pay"]).facts}
    assert "Pay" in facts


def test_a_closing_date_that_is_none_is_not_printed() -> None:
    def apply_by(text: str) -> list[str]:
        return [fact.value for fact in outlined(closing_date=text).facts if "by" in fact.label]

    assert apply_by("12/15/26") == ["December 15, 2026"]
    assert apply_by("13/45/2026") == apply_by("soon") == []
