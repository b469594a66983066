"""How failed sign-ins slow the next try down: per account, per address and in all."""

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


ACCOUNT = Limit(free=5, forgive=timedelta(hours=1), longest=timedelta(minutes=15))
ADDRESS = Limit(free=20, forgive=timedelta(minutes=1), longest=timedelta(minutes=15))
OVERALL = Limit(free=100, forgive=timedelta(seconds=1), longest=timedelta(seconds=30))
"""Offices share an address, so it has more tries; all together wait briefly, or one attacker
could keep everybody out."""


def limits_for(email: str, address: str) -> dict[str, Limit]:
    """The counters that a try belongs to. Whether the account exists makes no difference."""
    account = hashlib.sha256(email_key(email).encode("utf-8", "replace")).hexdigest()
    return {
        f"account:{account}": ACCOUNT,
        f"address:{_network(address)}": ADDRESS,
        "overall": OVERALL,
    }


def _network(address: str) -> str:
    """The address, or for IPv6 the network of 64 bits that one household or office has."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.IPv6Network((int(ip), 64), strict=False))
    return str(ip)
