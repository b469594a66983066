"""Where a posting's pay stands, in bars and in words."""

from dataclasses import replace

import pytest

from jobdesc.roles.levels import Level
from jobdesc.web.postings.pay_drawing import PayDrawing, draw_pay
from tests.postings.bands import a_band
from tests.postings.builders import a_posting, held_at
from tests.roles.builders import some_references


def drawn(low: str, high: str, unit: str = "year", level: Level = Level.MID) -> PayDrawing | None:
    posting = a_posting(pay_low=low, pay_high=high, pay_unit=unit, level=level)
    return draw_pay(posting, held_at(level), some_references())


def remark(low: str, high: str, unit: str = "year") -> str:
    drawing = drawn(low, high, unit)
    assert drawing
    return drawing.remark


def test_a_posting_within_its_level_is_drawn_on_the_scale_of_the_market() -> None:
    drawing = drawn("52,000", "$58k")
    assert drawing
    assert [(bar.kind, bar.x, bar.width) for bar in drawing.bars] == [
        ("own", 30, 15), ("level", 25, 25), ("market", 0, 100),
    ]  # fmt: skip
    assert [bar.label for bar in drawing.bars] == ["This posting", "Level II", "National"]
    assert [bar.y for bar in drawing.bars] == [0, 2.5, 5]
    assert drawing.remark == ""


def test_the_sentence_says_every_figure_that_is_drawn() -> None:
    drawing = drawn("52,000", "58,000")
    assert drawing
    assert drawing.sentence == (
        "This posting pays $52,000 to $58,000 a year. The range of level II is $50,000 to $60,000. "
        "Nationally this occupation pays $40,000 to $80,000, from the 10th to the 90th percentile."
    )
    for bar in drawing.bars:
        assert bar.figures.replace(" \u2013 ", " to ") in drawing.sentence
    assert (drawing.source.id, drawing.role) == ("survey", "case-manager")


def test_pay_by_the_hour_is_compared_by_the_hour() -> None:
    drawing = drawn("25", "28.50", "hour")
    assert drawing
    assert drawing.sentence == (
        "This posting pays $25 to $28.50 an hour. The range of level II is $24.04 to $28.85. "
        "Nationally this occupation pays $19.23 to $38.46, from the 10th to the 90th percentile. "
        "A year is counted as 2,080 hours."
    )
    assert drawing.remark == ""


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("45,000", "55,000", "$45,000 is below"),
        ("55,000", "70,000", "$70,000 is above"),
        ("40,000", "70,000", "$40,000 is below and $70,000 above"),
        ("30,000", "40,000", "$30,000 to $40,000 is below"),
        ("30,000", "30,000", "$30,000 is below"),
        ("61,000", "70,000", "$61,000 to $70,000 is above"),
    ],
)
def test_pay_that_leaves_its_level_is_remarked_on_with_figures(
    low: str, high: str, words: str
) -> None:
    assert remark(low, high) == f"{words} this level's range, $50,000 to $60,000"


def test_the_ends_of_the_range_belong_to_it() -> None:
    assert remark("50,000", "60,000") == ""
    assert remark("24.04", "28.85", "hour") == ""
    assert remark("24.03", "28.85", "hour").startswith("$24.03 is below")


def test_one_amount_is_a_bar_that_can_be_seen() -> None:
    drawing = drawn("80,000", "80,000")
    assert drawing
    own = drawing.bars[0]
    assert (own.figures, own.x, own.width) == ("$80,000", 99, 1)


def test_bars_stay_within_the_drawing() -> None:
    for low, high in (("1,000", "2,000,000"), ("1,000", "1,000"), ("2,000,000", "2,000,000")):
        drawing = drawn(low, high)
        assert drawing
        assert all(bar.x >= 0 and bar.x + bar.width <= 100 for bar in drawing.bars)


@pytest.mark.parametrize(
    ("low", "high", "unit"),
    [
        ("", "", "year"), ("52,000", "", "year"), ("", "58,000", "year"),
        ("much", "58,000", "year"), ("60,000", "50,000", "year"), ("52,000", "58,000", "hour"),
        ("25", "30", "year"),
    ],
)  # fmt: skip
def test_nothing_is_drawn_of_pay_that_cannot_be_read(low: str, high: str, unit: str) -> None:
    assert drawn(low, high, unit) is None


def test_nothing_is_drawn_where_the_role_is_gone() -> None:
    posting = a_posting(pay_low="52,000", pay_high="58,000")
    assert draw_pay(posting, None, some_references()) is None


def test_every_range_of_one_drawing_is_counted_by_the_same_hours() -> None:
    posting = a_posting(pay_low="25", pay_high="28.50", pay_unit="hour", hours="30 hours a week")
    drawing = draw_pay(posting, held_at(), some_references(), band=a_band(low=5_000_000))
    assert drawing
    lows = {bar.kind: bar.figures.split()[0] for bar in drawing.bars}
    assert (lows["level"], lows["band"]) == ("$24.04", "$24.03")
    assert drawing.sentence.endswith("A year is counted as 2,080 hours.")
    yearly = a_posting(pay_low="50,000", pay_high="60,000", hours="30 hours a week")
    drawing = draw_pay(yearly, held_at(), some_references())
    assert drawing
    assert drawing.sentence.endswith(
        "Ranges are for a year of 2,080 hours; this posting's year has 1,560 hours."
    )


def test_an_hourly_range_beside_yearly_pay_is_counted_by_the_hours_of_the_posting() -> None:
    band = a_band(unit="hour", low=3_000, high=4_000)
    yearly = a_posting(pay_low="58,500", pay_high="78,000", hours="37.5 hours a week")
    drawing = draw_pay(yearly, held_at(), some_references(), band=band)
    assert drawing
    assert drawing.bars[1].figures == "$58,500 \u2013 $78,000"
    assert drawing.remark == ""
    assert "Your organization's range is $58,500 to $78,000, counted" in drawing.sentence
    assert drawing.sentence.endswith(
        "The other ranges are for a year of 2,080 hours; this posting's year has 1,950 hours."
    )
    alone = draw_pay(yearly, None, some_references(), band=band)
    assert alone
    assert alone.sentence.endswith("for this posting's 1,950 hours a year.")
    usual = draw_pay(yearly.model_copy(update={"hours": "40"}), None, some_references(), band=band)
    assert usual
    assert usual.sentence.endswith("$62,400 to $83,200. A year is counted as 2,080 hours.")


def test_a_role_without_pay_is_held_against_the_organizations_range() -> None:
    posting = a_posting(pay_low="52,000", pay_high="58,000")
    held = replace(held_at(), pay=None)
    assert draw_pay(posting, held, some_references()) is None
    drawing = draw_pay(posting, held, some_references(), band=a_band())
    assert drawing
    assert [bar.kind for bar in drawing.bars] == ["own", "band"]
    assert drawing.sentence == (
        "This posting pays $52,000 to $58,000 a year. "
        "Your organization's range is $66,000 to $84,000."
    )
    assert drawing.remark.startswith("$52,000 to $58,000 is below your organization's range")
    assert drawing.source is None
