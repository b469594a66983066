"""Characters without a glyph are named."""

import pytest

from jobdesc.documents.naming import Namer, unprintable
from tests.documents.builders import an_outline

LATIN = frozenset(map(chr, range(0x20, 0x250)))


def named(text: str) -> str:
    return Namer(LATIN)(text)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Join us 🎉", "Join us [party popper]"),
        ("🎉🎉 now", "[party popper] now"),
        ("👩🏽\u200d⚕️ wanted", "[woman, staff of aesculapius] wanted"),
        ("Work in 🇺🇸 or 🇲🇽", "Work in [flag US] or [flag MX]"),
        ("註冊護士 (RN)", "[cjk text] (RN)"),
        ("\ue000", "[character U+E000]"),
        ("e\u0301t\u0301", "é[combining text]".replace("é[", "ét[")),
        ("a\u200eb", "a\u200eb"),
        ("naïve", "naïve"),
    ],
)
def test_what_cannot_be_printed_is_named_in_brackets(text: str, printed: str) -> None:
    assert named(text) == printed


def test_each_name_is_reported_once_and_in_order() -> None:
    namer = Namer(LATIN)
    for text in ("plain", "🎉 and 🏥", "🎉"):
        namer(text)
    assert namer.named == ["party popper", "hospital"]


def test_a_posting_says_what_its_pdf_will_name() -> None:
    assert unprintable(an_outline()) == ()
    assert unprintable(an_outline(title="Nurse \U0010fffd", subtitle="\U0010fffd")) == (
        "character U+10FFFD",
    )
