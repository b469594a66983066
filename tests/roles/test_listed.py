"""Words in a sentence."""

import pytest

from jobdesc.roles.listed import listed


@pytest.mark.parametrize(
    ("words", "text"),
    [("", ""), ("a", "a"), ("ab", "a and b"), ("abc", "a, b and c"), ("abcd", "a, b, c and d")],
)
def test_words_are_listed(words: str, text: str) -> None:
    assert listed(words) == text
    assert listed(words, "or") == text.replace("and", "or")


def test_over_the_most_are_counted() -> None:
    assert listed("abc", most=3) == "a, b and c"
    assert listed("abcd", most=3) == "a, b and 2 more"
    assert listed("abcde", most=3, rest="others") == "a, b and 3 others"
