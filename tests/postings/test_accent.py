"""The accent color is used where it can be read, else its nearest darker tone."""

import colorsys

import pytest

from jobdesc.postings.accent import (
    NEEDED,
    contrast_on_white,
    read_color,
    say_accent,
    usable_accent,
)


@pytest.mark.parametrize(
    ("color", "ratio"),
    [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54), ("#777777", 4.48), ("#0f5f66", 7.4)],
)
def test_contrast_is_that_of_wcag(color: str, ratio: float) -> None:
    assert contrast_on_white(color) == pytest.approx(ratio, abs=0.01 if ratio != 7.4 else 0.1)


def test_a_color_that_can_be_read_is_left_alone() -> None:
    assert usable_accent("#0F5F66") == ("#0f5f66", False)
    assert usable_accent("#767676") == ("#767676", False)


PALE = [
    f"#{red:02x}{green:02x}{blue:02x}"
    for red in range(0, 256, 51)
    for green in range(0, 256, 51)
    for blue in range(0, 256, 51)
    if contrast_on_white(f"#{red:02x}{green:02x}{blue:02x}") < NEEDED
]


@pytest.mark.parametrize("color", PALE)
def test_a_pale_color_becomes_its_nearest_darker_tone(color: str) -> None:
    used, changed = usable_accent(color)
    assert changed
    assert NEEDED <= contrast_on_white(used) < NEEDED + 0.15


@pytest.mark.parametrize("color", ["#ff9900", "#00cc66", "#66ccff", "#ff66aa", "#ffe000"])
def test_the_hue_stays(color: str) -> None:
    hues = [
        colorsys.rgb_to_hsv(*(int(tone[i : i + 2], 16) / 255 for i in (1, 3, 5)))[0]
        for tone in (color, usable_accent(color)[0])
    ]
    assert abs(hues[0] - hues[1]) < 0.06


def test_white_becomes_a_gray() -> None:
    used, _ = usable_accent("#ffffff")
    assert len({used[1:3], used[3:5], used[5:7]}) == 1


def test_what_was_changed_is_said_with_both_contrasts() -> None:
    assert say_accent("#d35400") == (
        f"4.1:1 on white is too pale for text. Using {usable_accent('#d35400')[0]}, 4.5:1."
    )
    assert "#0f5f66 has a contrast of 7.3:1" in say_accent("#0f5f66")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("#A03C00", "#a03c00"),
        (" a03c00 ", "#a03c00"),
        ("#abc", "#aabbcc"),
        ("teal", None),
        ("#12345", None),
        ("#12345678", None),
        ("#a03c00;}", None),
        ("#١٢٣٤٥٦", None),
        ("", None),
    ],
)
def test_colors_are_read_as_people_type_them(typed: str, read: str | None) -> None:
    assert read_color(typed) == read
