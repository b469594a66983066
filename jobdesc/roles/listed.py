"""Several words as a sentence lists them."""

from collections.abc import Iterable


def listed(words: Iterable[str], last: str = "and", most: int = 0, rest: str = "more") -> str:
    """'Pay', 'Pay and Duties', 'Pay, Duties and Skills'; '' for none.

    Over `most` words, if it is given, are `most` in all: 'Pay, Duties and 3 more'.
    """
    names = list(words)
    if most and len(names) > most:
        names[most - 1 :] = [f"{len(names) - most + 1} {rest}"]
    return f" {last} ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
