"""50,000 postings, 500 roles and 100 people beside 1,000 postings: list, search, open, save.

bench/scale.py [postgresql] [NUMBER]    by default on SQLite, with 50,000
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from bench.rig import Installation, installation, p95, served, show
from bench.rig.databases import empty_database
from bench.rig.window import Window
from jobdesc.people.person import Kind
from jobdesc.postings.posting import Posting
from jobdesc.roles.levels import Level
from jobdesc.services.postings import read_posting, start_posting
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.postings import fill_row
from jobdesc.store.tables import PostingRow, RevisionRow, RoleRow
from jobdesc.store.transactions import writing

FEW, MANY, ROLES, PEOPLE = 1_000, 50_000, 500, 100
TIMES, AT_ONCE = 200, 500
BUDGET, RATIO = 0.2, 1.5
UNEQUAL = "list, by two words, 21 or 50 rows"
"""What few have: the page is longer where there are more postings, so no ratio is asked."""
SLUGS = (
    "case-manager",
    "legal-case-manager",
    "mental-health-case-manager",
    "rn-case-manager",
    "social-work-case-manager",
)
CITIES = ("Portland", "Salem", "Eugene", "Bend", "Medford", "Astoria", "Corvallis", "Ashland")
TEAMS = ("Discharge planning", "Housing", "Veterans", "Pediatrics", "Legal aid", "Intake")


def plain(row: Any) -> dict[str, Any]:
    """The values of a row, without an id that the database gives."""
    names = [column.name for column in row.__table__.columns if column.name != "id"]
    return {name: getattr(row, name) for name in names if getattr(row, name) is not None}


def add_people() -> list[int]:
    """Colleagues of all kinds; the ids of all."""
    now = datetime.now(UTC)
    with writing() as session:
        rows = [
            {"name": f"Pat {n}", "email": f"p{n}@lake.gov", "email_key": f"p{n}@lake.gov",
             "kind": [*Kind][n % 4].value, "password_hash": "x", "active": True, "created_at": now}
            for n in range(PEOPLE - 1)
        ]  # fmt: skip
        session.execute(insert(PersonRow), rows)
        return list(session.scalars(select(PersonRow.id)))


def add_roles() -> None:
    """The shipped roles again and again, under other names."""
    with writing() as session:
        shipped = list(session.scalars(select(RoleRow)))
        rows = []
        for n in range(ROLES - len(shipped)):
            row = plain(shipped[n % len(shipped)])
            slug, name = f"{row['slug']}-{n}", f"{row['name']} {n}"
            body = row["body"] | {"slug": slug, "name": name}
            rows.append(row | {"slug": slug, "name": name, "body": body})
        session.execute(insert(RoleRow), rows)


def assembled(place: Installation) -> list[Posting]:
    """A real posting for each shipped role and level."""
    now = datetime.now(UTC)
    started = [start_posting(place.person, slug, level, now) for slug in SLUGS for level in Level]
    return [read_posting(place.person, number).posting for number in started]


def variations(
    bodies: Sequence[Posting], owners: Sequence[int], number: int
) -> Iterator[dict[str, Any]]:
    """Rows of postings that differ as those of a county do."""
    now, chance = datetime.now(UTC), random.Random(20261124)
    for n in range(number):
        posting, team = bodies[n % len(bodies)], chance.choice(TEAMS)
        city = posting.places[0].model_copy(update={"city": chance.choice(CITIES)})
        changes = {"title": f"{posting.title}, {team}", "requisition": f"R-{n}",
                   "department": team, "places": (city,)}  # fmt: skip
        moment = now - timedelta(minutes=n)
        row = PostingRow(
            owner_id=owners[n % len(owners)], status="draft", touched=True, created_at=moment,
            counter=0,
        )  # fmt: skip
        fill_row(row, posting.model_copy(update=changes), moment)
        yield plain(row)


def add_postings(place: Installation, owners: Sequence[int], number: int) -> int:
    """So many postings, each with a closed revision; the id of one in the middle."""
    bodies, some, first = assembled(place), [], 0
    for row in variations(bodies, owners, number):
        some.append(row)
        if len(some) == AT_ONCE:
            first = keep(some)
            some = []
    return first - number // 2 if not some else keep(some)


def keep(rows: list[dict[str, Any]]) -> int:
    """Insert them; the id of the last one."""
    with writing() as session:
        ids = session.scalars(insert(PostingRow).returning(PostingRow.id), rows).all()
        session.execute(insert(RevisionRow), [
            {"posting_id": number, "number": 1, "person_id": row["owner_id"], "reason": "started",
             "opened_at": row["created_at"], "changed_at": row["changed_at"],
             "closed_at": row["changed_at"], "counter": row["counter"], "level": row["level"],
             "base_hash": row["base_hash"], "body": row["body"]}
            for number, row in zip(ids, rows, strict=True)
        ])  # fmt: skip
        return int(max(ids))


@contextmanager
def filled(kind: str, number: int) -> Iterator[tuple[Installation, int]]:
    """An installation with so many postings, and one of them."""
    with empty_database(kind) as url, installation(url) as place:
        begin = time.monotonic()
        add_roles()
        posting = add_postings(place, add_people(), number)
        place.app.cli.commands["reindex"].main([], standalone_mode=False)
        print(
            f"-- {kind}: {number:,} postings, made in {time.monotonic() - begin:.0f} s", flush=True
        )
        yield place, posting


@contextmanager
def window(place: Installation, posting: int) -> Iterator[Window]:
    """A browser at it."""
    with served(place) as browser:
        yield Window(browser.port, place.cookie, posting, "bench")


def actions(window: Window) -> dict[str, Callable[[], float]]:
    """What is measured."""
    return {
        "list": lambda: window.get("/postings"),
        "list, sorted by title": lambda: window.get("/postings?sort=title"),
        "list, searched, nearly all found": lambda: window.get("/postings?q=manager"),
        "list, searched, an eighth found": lambda: window.get("/postings?q=eugene"),
        "list, searched by two words": lambda: window.get("/postings?q=eugene+manager"),
        UNEQUAL: lambda: window.get("/postings?q=eugene+housing"),
        "list, searched, one found": lambda: window.get("/postings?q=R-777"),
        "list, searched, none found": lambda: window.get("/postings?q=zebra"),
        "library": lambda: window.get("/"),
        "search while typing": lambda: window.get("/?q=discharge&part=results"),
        "open": window.view,
        "save": window.save,
    }


def main(kind: str, many: int) -> None:
    with (
        filled(kind, FEW) as few,
        filled(kind, many) as more,
        window(*few) as small,
        window(*more) as large,
    ):
        both = {FEW: actions(small), many: actions(large)}
        for what in both[FEW]:
            seconds = by_turns({number: act[what] for number, act in both.items()})
            for number, some in seconds.items():
                show(f"{what}, {number:,}", some, BUDGET)
            if what != UNEQUAL:
                ratio = p95(seconds[many]) / p95(seconds[FEW])
                verdict = "" if ratio <= RATIO else "   OVER"
                print(f"{'':44} ratio {ratio:8.2f}   at most {RATIO}{verdict}", flush=True)


def by_turns(acts: Mapping[int, Callable[[], float]]) -> dict[int, list[float]]:
    """The seconds of each, measured in turn, so that a busy moment of the machine meets both."""
    for act in acts.values():
        act()
    seconds: dict[int, list[float]] = {number: [] for number in acts}
    for _ in range(TIMES):
        for number, act in acts.items():
            seconds[number].append(act())
    return seconds


if __name__ == "__main__":
    given = sys.argv[1:]
    numbers = [int(word) for word in given if word.isdecimal()]
    main("postgresql" if "postgresql" in given else "sqlite", numbers[0] if numbers else MANY)
