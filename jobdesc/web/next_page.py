"""Where a person goes after signing in: only to a narrow kind of path in this application."""

import re

LONGEST = 1_000

_PART = r"(?!\.{1,2}(?:[/?]|$))[A-Za-z0-9_.~%-]+"
_PATH = re.compile(rf"/(?!%)(?:{_PART}(?:/{_PART})*/?)?(?:\?[A-Za-z0-9_.~%=&+,-]*)?")
_ACCOUNTS = re.compile(r"/(?:sign-in|sign-out|set-up)(?:[/?]|$)")


def safe_next(path: str) -> str | None:
    """`path` where it leads to a page of this application and not back to sign-in, else None.

    The sign behind the first slash must be plain: browsers take //, /\\ and some control
    characters for the start of another host.
    """
    if len(path) > LONGEST or not _PATH.fullmatch(path) or _ACCOUNTS.match(path):
        return None
    return path
