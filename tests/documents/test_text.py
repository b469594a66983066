"""People's text made fit for print."""

import pytest

from jobdesc.documents.text import breakable, clean, direction, paragraphs


def test_control_characters_and_lone_surrogates_are_dropped() -> None:
    assert clean("a\x00b\x07c\x1bd\x7fe\x9ff\ud83cg\uffffh\ufeffi") == "abcdefghi"


def test_every_kind_of_line_end_becomes_one_kind() -> None:
    assert clean("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h") == "a\nb\nc\nd\ne\nf\ng\n\nh"


def test_ordinary_text_of_any_script_stays_as_it_is() -> None:
    text = "Crème, 40–60 %, 註冊護士, אחות, 🎉, 👩\u200d⚕️"
    assert clean(text) == text


def test_blank_lines_part_paragraphs_and_single_ones_part_lines() -> None:
    assert paragraphs("\n one \ntwo\n \n\nthree\n") == [["one", "two"], ["three"]]
    assert paragraphs(" \n ") == []


@pytest.mark.parametrize(
    ("text", "side"),
    [("Nurse", "auto"), ("3 שנות", "rtl"), ("ممرضة RN", "rtl"), ("40–60", "auto"), ("", "auto")],
)
def test_the_first_letter_gives_the_direction(text: str, side: str) -> None:
    assert direction(text) == side


def test_only_endless_words_are_made_breakable() -> None:
    address = "https://jobs.harbor.example/" + "x" * 150
    assert breakable(address) == address
    assert breakable("w" * 10_000).replace("\u200b", "") == "w" * 10_000
    assert max(map(len, breakable("w" * 10_000).split("\u200b"))) == 20
