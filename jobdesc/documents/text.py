"""People's text made fit for any format: no control characters, lines and paragraphs told apart."""

import re
import unicodedata

from jobdesc.postings.placeholders import GAP

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028]")
_UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    + "".join(f"{chr(end)}{chr(end + 1)}" for end in range(0x1FFFE, 0x110000, 0x10000))
    + "]"
)
_ENDLESS_WORD = re.compile("[!-\u052f]{200,}")
_BLANK_LINES = re.compile(r"\n[ \n]*\n")


def clean(text: str) -> str:
    """`text` without control characters, lone surrogates and noncharacters; line ends are \\n."""
    if text.isascii() and text.isprintable():
        return text
    lines = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n").replace("\t", " ")
    return _UNFIT.sub("", lines)


def paragraphs(text: str) -> list[list[str]]:
    """The lines of each paragraph of `text`; a blank line parts paragraphs, empty ones drop out."""
    parts = _BLANK_LINES.split(clean(text).strip())
    return [[line.strip() for line in part.split("\n")] for part in parts if part.strip()]


def breakable(text: str) -> str:
    """`text` where words of over 200 letters may break, so that laying them out stays quick."""
    return _ENDLESS_WORD.sub(lambda word: "\u200b".join(re.findall(".{1,20}", word[0])), text)


def direction(text: str) -> str:
    """The dir of a block: `rtl` where its first letter reads so, else `auto`.

    Browsers come to the same by dir=auto; styles and WeasyPrint need it written out.
    """
    for char in text:
        side = unicodedata.bidirectional(char)
        if side in ("L", "R", "AL"):
            return "auto" if side == "L" else "rtl"
    return "auto"


def mark_gaps(text: str) -> list[tuple[bool, str]]:
    """`text` in pieces, each with whether it is a gap that a placeholder left."""
    found, at = [], 0
    for gap in GAP.finditer(text):
        found += [(False, text[at : gap.start()]), (True, gap[0])]
        at = gap.end()
    return [piece for piece in (*found, (False, text[at:])) if piece[1]]
