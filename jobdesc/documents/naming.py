"""Characters that no font can print are named instead: a word in brackets, never an empty box."""

import re
import unicodedata
from collections.abc import Container

from jobdesc.documents.blocks import Block, Outline
from jobdesc.documents.text import clean
from jobdesc.documents.typefaces import coverage

# Joiners and selectors that say how the character before them is drawn, and skin tones.
_DRESSING = re.compile("[\u20e3\ufe00-\ufe0f\U000e0100-\U000e01ef\U000e0020-\U000e007f]")
_EMOJI_PARTS = re.compile("[\u200d\U0001f3fb-\U0001f3ff]+")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


class Namer:
    """Called with each text before it is printed; `named` lists what it had to name, in order."""

    def __init__(self, printable: Container[str]) -> None:
        self._printable = printable
        self.named: list[str] = []

    def __call__(self, text: str) -> str:
        text = clean(text)
        if text.isascii():
            return text
        text = _DRESSING.sub("", unicodedata.normalize("NFC", text))
        missing = {char for char in set(text) if not self._prints(char)}
        return self._name(text, missing) if missing else text

    def _prints(self, char: str) -> bool:
        """Format characters such as direction marks leave no trace on paper and need no glyph."""
        return char.isascii() or unicodedata.category(char) == "Cf" or char in self._printable

    def _name(self, text: str, missing: set[str]) -> str:
        run = re.compile(f"[{re.escape(''.join(sorted(missing)))}\u200d\U0001f3fb-\U0001f3ff]+")
        return run.sub(lambda found: self._words(found[0], missing), text)

    def _words(self, run: str, missing: set[str]) -> str:
        if missing.isdisjoint(run):
            return run
        names = _names(_EMOJI_PARTS.sub("", run)) or _names(run)
        self.named += [name for name in names if name not in self.named]
        return f"[{', '.join(names)}]"


def unprintable(outline: Outline) -> tuple[str, ...]:
    """The names of the characters that a PDF of `outline` will name, such as `party popper`."""
    namer = Namer(coverage())
    _visit(outline, namer)
    return tuple(namer.named)


def _visit(value: object, namer: Namer) -> None:
    if isinstance(value, str):
        namer(value)
    elif isinstance(value, tuple):
        for part in value:
            _visit(part, namer)
    elif isinstance(value, Block):
        for _, part in value:
            _visit(part, namer)


def _names(chars: str) -> list[str]:
    """Names in lower case, once each; letters of one script are one name, and so is a flag."""
    names = [_named(char) for char in _FLAG.sub("", chars)]
    flags = [f"flag {_letter(flag[0])}{_letter(flag[1])}" for flag in _FLAG.findall(chars)]
    return list(dict.fromkeys([*flags, *names]))


def _named(char: str) -> str:
    name = unicodedata.name(char, "").lower()
    if unicodedata.category(char) in ("Lo", "Mn", "Mc"):
        return f"{name.split()[0]} text" if name else "text"
    return name or f"character U+{ord(char):04X}"


def _letter(sign: str) -> str:
    """The letter of a regional indicator, two of which make a flag."""
    return chr(ord(sign) - 0x1F1E6 + ord("A"))
