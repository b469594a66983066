"""16 people at once, 10 and 50 of 100 requests being saves: errors, and how long they take.

bench/clients.py [sqlite] [postgresql]    on these databases, by default both
"""

import random
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException

from bench.rig import installation, p95, served, show
from bench.rig.databases import empty_database
from bench.rig.window import Failed, Window
from jobdesc.people.person import OPERATOR, Kind
from jobdesc.roles.levels import Level
from jobdesc.services.accounts import create_person
from jobdesc.services.postings import keep_posting, start_posting
from jobdesc.services.sessions import begin_session
from jobdesc.store.transactions import writing
from jobdesc.web.session_cookie import NAME

PEOPLE, SEED = 16, 20261124
SHARES = (0.1, 0.5)
PACES = {"a second between two requests": (1.0, 12.0), "without a pause": (0.0, 8.0)}
"""The mean pause and how long it goes on, in seconds."""
BUDGETS = {"view": 0.15, "list": 0.15, "save": 0.25}


@dataclass
class Figures:
    """What many threads noted."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)

    def note(self, what: str, seconds: float) -> None:
        """One answer."""
        self.seconds[what].append(seconds)


def work(window: Window, chance: random.Random, share: float, pause: float, until: float,
         figures: Figures) -> None:  # fmt: skip
    """Read, list and save until the time is over."""
    while time.monotonic() < until:
        time.sleep(chance.uniform(0, 2 * pause))
        what = "save" if chance.random() < share else chance.choice(("view", "list"))
        try:
            if what == "save":
                figures.note(what, window.save())
            else:
                figures.note(what, window.view() if what == "view" else window.get("/postings"))
        except (OSError, HTTPException, Failed) as error:
            figures.errors.append(f"{what}: {error!r}")
            return


def people() -> list[tuple[str, int]]:
    """A cookie and a posting for each."""
    now = datetime.now(UTC)
    made = []
    for number in range(PEOPLE):
        email = f"p{number}@lake.gov"
        person = create_person(
            OPERATOR, f"Pat {number}", email, Kind.HR_EDITOR, "walnut ferry lantern seven", now
        )
        posting = start_posting(person, "case-manager", [*Level][number % 5], now)
        keep_posting(person, posting)
        with writing() as session:
            made.append((f"{NAME}={begin_session(session, person, True, now).token}", posting))
    return made


def run(port: int, who: Sequence[tuple[str, int]], share: float, pace: str, turn: int) -> Figures:
    """Everybody at once."""
    pause, length = PACES[pace]
    figures, until = Figures(), time.monotonic() + length
    windows = [Window(port, cookie, posting, f"t{turn}") for cookie, posting in who]
    threads = [
        threading.Thread(
            target=work, args=(window, random.Random(SEED + n), share, pause, until, figures)
        )
        for n, window in enumerate(windows)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for window in windows:
        window.close()
    return figures


def tell(figures: Figures, length: float, budgeted: bool) -> None:
    """Print the figures."""
    count = sum(len(seconds) for seconds in figures.seconds.values())
    print(f"{count} requests, {count / length:.0f} a second, {len(figures.errors)} errors")
    for error in figures.errors[:5]:
        print(f"  {error}")
    for what, budget in BUDGETS.items():
        if budgeted:
            show(what, figures.seconds[what], budget)
        else:
            print(f"{what:44} p95    {1000 * p95(figures.seconds[what]):7.1f} ms")


def main(kinds: Sequence[str]) -> int:
    errors = turn = 0
    for kind in kinds:
        with empty_database(kind) as url, installation(url) as place:
            who = people()
            with served(place) as browser:
                for pace, (pause, length) in PACES.items():
                    for share in SHARES:
                        turn += 1
                        print(f"-- {kind}, {PEOPLE} clients, {share:.0%} saves, {pace}")
                        figures = run(browser.port, who, share, pace, turn)
                        tell(figures, length, pause > 0)
                        errors += len(figures.errors)
    return errors


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:] or ["sqlite", "postgresql"]) else 0)
