"""Hashes of passwords: how they are made, compared, and renewed when the settings change."""

from werkzeug.security import check_password_hash, generate_password_hash

from jobdesc.people.passwords import LONGEST, same_everywhere

METHOD = "scrypt:32768:8:3"
"""The smallest memory that OWASP's password storage guide accepts for scrypt (2026): 32 MiB."""

NOBODY = f"{METHOD}$nobody-has-this-salt$" + "0" * 128
"""The right shape and the right cost, and no password has it: for accounts that do not exist."""


def hash_password(password: str) -> str:
    """The hash to keep for a password."""
    return generate_password_hash(same_everywhere(password), METHOD)


def is_password(kept: str, password: str) -> bool:
    """Whether `password` is the one whose hash was kept. Takes the same time for every answer."""
    return check_password_hash(kept, same_everywhere(password[: LONGEST + 1]))


def is_dated(kept: str) -> bool:
    """Whether the hash was made with other settings than those of today."""
    return not kept.startswith(METHOD + "$")
