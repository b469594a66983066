"""Pay bands for tests."""

from datetime import date
from typing import Any

from jobdesc.postings.bands import PayBand
from jobdesc.roles.parse import parse

TODAY = date(2026, 11, 23)


def a_band(**changes: Any) -> PayBand:
    """$66,000 to $84,000 a year for level II of a case manager in any place."""
    return parse(
        PayBand,
        {
            "role": "case-manager",
            "level": "mid",
            "low": 6_600_000,
            "high": 8_400_000,
            "as_of": date(2026, 7, 1),
            **changes,
        },
    )
