"""How failed sign-ins slow the next try down.

Whoever guesses at an account is slowed where they are, and the person is not: an account has one
counter for each network that tries it, and a browser in which its person signed in before has one
of its own, which nobody reaches without its cookie. What gets past by coming from many networks is
bounded by the counter of the account as a whole, which one network alone never fills, by that of
the network over all accounts, and by that of all together. None of these three holds a known
browser: it has few tries anyway, and others could fill them.

Whoever is signed in and asked for the password again is counted by session: no stranger has it.
"""

import hashlib
import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobdesc.people.entries import email_key

FIRST_WAIT = timedelta(seconds=5)
MOST_DOUBLINGS = 20


@dataclass(frozen=True)
class Limit:
    """`free` tries cost nothing; one is forgiven every `forgive`; no wait exceeds `longest`."""

    free: int
    forgive: timedelta
    longest: timedelta

    def left(self, tries: float, last_at: datetime, now: datetime) -> float:
        """The tries that still count at `now`."""
        return max(0.0, tries - max(timedelta(0), now - last_at) / self.forgive)

    def wait(self, tries: float) -> timedelta:
        """How long the next try waits after so many: doubling from the last free one."""
        over = math.ceil(tries) - self.free
        if over < 0:
            return timedelta(0)
        doublings = min(over, MOST_DOUBLINGS)
        return min(FIRST_WAIT * (1 << doublings), self.longest)


HERE = Limit(free=5, forgive=timedelta(hours=1), longest=timedelta(minutes=15))
"""One account from one network, from a known browser, or in one session."""
ACCOUNT = Limit(free=50, forgive=timedelta(minutes=10), longest=timedelta(minutes=1))
"""Forgives faster than HERE lets one network try, and never waits long: a person in a new place
has a chance also while many networks guess."""
ADDRESS = Limit(free=20, forgive=timedelta(minutes=1), longest=timedelta(minutes=15))
OVERALL = Limit(free=100, forgive=timedelta(seconds=1), longest=timedelta(seconds=30))
"""Offices share an address, so it has more tries; all together wait briefly, or one attacker
could keep everybody out."""


def limits_for(email: str, address: str, known: str = "") -> dict[str, Limit]:
    """The counters that a try belongs to. Whether the account exists makes no difference.

    `known` names the browser where this account signed in with it before.
    """
    if known:
        return {f"browser:{known}": HERE}
    network = _network(address)
    return {
        f"here:{_hashed(f'{network} {email_key(email)}')}": HERE,
        f"account:{account_mark(email)}": ACCOUNT,
        f"address:{network}": ADDRESS,
        "overall": OVERALL,
    }


def limits_in_session(name: str) -> dict[str, Limit]:
    """The counter of a password that is asked of somebody who is signed in."""
    return {f"session:{name}": HERE}


def account_mark(email: str) -> str:
    """What stands for an account where its email is not to be read."""
    return _hashed(email_key(email))


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _network(address: str) -> str:
    """The address, or for IPv6 the network of 64 bits that one household or office has."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.IPv6Network((int(ip), 64), strict=False))
    return str(ip)
