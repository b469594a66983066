"""What is asked of a person's entry: name, email, password; problems named by field."""

import re
import unicodedata

from jobdesc.people.passwords import password_problem

LONGEST_NAME = 120
LONGEST = 1_000
"""No entry of a person is longer, whatever its form."""
LONGEST_EMAIL = 254
EMAIL_HINT = "Enter your email, like pat@county.gov"
OTHERS_EMAIL_HINT = "Enter an email, like pat@county.gov"
"""For who enters the email of somebody else."""
NO_OWNER = "Choose an active person who may edit postings"

_LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"]+")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of what stands behind them, also past the end of a name."""
_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+|localhost")


class NotAccepted(Exception):
    """An entry that cannot be kept; `problems` says for each field what to do."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(". ".join(problems.values()))
        self.problems = problems


def tidy(text: str) -> str:
    """One line: white space collapsed, one form for accented letters.

    What is too long for any field stays unformed: it is refused, and forming it takes time that
    grows with the square of its length.
    """
    formed = unicodedata.normalize("NFC", text) if len(text) <= LONGEST else text
    return " ".join(formed.split())


def email_key(email: str) -> str:
    """What two spellings of one address have in common; unique among people."""
    plain = tidy(email)
    formed = unicodedata.normalize("NFKC", plain) if len(plain) <= LONGEST else plain
    return formed.casefold()


def person_problems(
    name: str, email: str, password: str, email_hint: str = EMAIL_HINT
) -> dict[str, str | None]:
    """For each field of a new person's entry what is wrong with it; names and emails are tidy."""
    return {
        "name": name_problem(name, "Enter a name, like Pat Garcia"),
        "email": email_problem(email, email_hint),
        "password": password_problem(password, name, email),
    }


def refuse(**problems: str | None) -> None:
    """Raise NotAccepted where there is a problem on any field."""
    found = {field: text for field, text in problems.items() if text}
    if found:
        raise NotAccepted(found)


def name_problem(name: str, missing: str) -> str | None:
    """What is wrong with a name, or None; `missing` asks for it where it is empty."""
    if not name:
        return missing
    if len(name) > LONGEST_NAME:
        return f"This name has {len(name):,} characters. Use at most {LONGEST_NAME}"
    if not _is_writable(name):
        return "This name has a sign that cannot be printed. Type it again"
    return None


def email_problem(email: str, missing: str = EMAIL_HINT) -> str | None:
    """What is wrong with an email address, or None; `missing` asks for it."""
    if len(email) > LONGEST_EMAIL:
        return f"This email has {len(email):,} characters. Use at most {LONGEST_EMAIL}"
    local, _, domain = email.rpartition("@")
    right = _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain) and _is_writable(email)
    return None if right and len(email_key(email)) <= LONGEST else missing


def _is_writable(text: str) -> bool:
    return not any(
        sign in _TURNING or unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") for sign in text
    )
