"""Days in words."""

from datetime import date

import pytest

from jobdesc.roles.days import short_date, write_days


def test_a_day_is_written_with_its_month_in_three_letters() -> None:
    assert short_date(date(2026, 11, 3)) == "Nov 3, 2026"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-11-23", "Nov 23, 2026"),
        ("2006-11-27 and 2025, read 2026-11-28", "Nov 27, 2006 and 2025, read Nov 28, 2026"),
        ("2022-32 projections", "2022-32 projections"),
        ("2026-02-30", "2026-02-30"),
        ("May 2025", "May 2025"),
    ],
)
def test_the_days_in_a_text_are_written_out(text: str, written: str) -> None:
    assert write_days(text) == written
