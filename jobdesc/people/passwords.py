"""Which passwords are accepted: long enough, and none that is guessed first."""

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

SHORTEST = 8
LONGEST = 1_000
TAIL = 5
"""A common word with up to this many digits and signs around it is still guessed first."""

_LEET = str.maketrans("013457@$!", "oieastasi")
_WORD_FILE = Path(__file__).with_name("common_passwords.txt")


def password_problem(password: str, name: str, email: str) -> str | None:
    """What to tell a person who chose `password`, or None where it is accepted."""
    if not password:
        return f"Enter a password of at least {SHORTEST} characters"
    if len(password) > LONGEST:
        return f"This password has {len(password):,} characters. Use at most {LONGEST:,}"
    if "\0" in password or not password.isprintable():
        return "This password has a sign that cannot be typed. Use letters, digits and signs"
    if len(password) < SHORTEST:
        return f"This password is short. Use at least {SHORTEST} characters"
    if _is_own(password, name, email):
        return "This password is your name or email. Choose one that others would not try"
    if is_common(password):
        return "This password is guessed easily. Choose a longer one, like four unrelated words"
    return None


def is_common(password: str) -> bool:
    """Whether this is a known password, a dressed-up word, a run or a repetition."""
    plain = password.lower()
    return plain in _common() or _is_run(plain) or len(set(plain)) < 4 or _core(plain) in _common()


def same_everywhere(password: str) -> str:
    """One form for what keyboards and systems type in several, so that hashes agree."""
    return unicodedata.normalize("NFC", password)


@cache
def _common() -> frozenset[str]:
    lines = _WORD_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _core(plain: str) -> str:
    """The word inside `plain` where little is added around it, else nothing.

    >>> _core("p4ssw0rd1!")
    'password'
    """
    for word in (plain.strip("0123456789!@#$%^&*._-+?= "), plain.rstrip("0123456789._-+?#*= ")):
        if len(word) >= len(plain) - TAIL and word.translate(_LEET) in _common():
            return word.translate(_LEET)
        if len(word) >= len(plain) - TAIL and word in _common():
            return word
    return ""


def _is_run(plain: str) -> bool:
    steps = {ord(second) - ord(first) for first, second in pairwise(plain)}
    return steps in ({1}, {-1})


def _is_own(password: str, name: str, email: str) -> bool:
    plain = _letters(password)
    own = {_letters(name), _letters(email), _letters(email.partition("@")[0])}
    stem = plain.rstrip("0123456789")
    return any(word and (plain == word or stem == word) for word in own)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()
