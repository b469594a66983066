"""The list read page by page: every row once, in order, whatever comes and goes meanwhile."""

import random
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import delete, event
from sqlalchemy.orm import Session

from jobdesc.roles.levels import LEVELS, Level
from jobdesc.store import list_walk, listing
from jobdesc.store.list_walk import Order, Sort, Spot, Wanted
from jobdesc.store.listing import Count, ListedPosting
from jobdesc.store.postings import postings_of, recent_postings
from jobdesc.store.roles import library_mark
from jobdesc.store.search_keeping import put_changed
from jobdesc.store.tables import PostingRow
from jobdesc.store.transactions import reading, writing
from tests.accounts import NOW
from tests.marks import on_sqlite
from tests.store.rows import ADA, PAT, a_person, on_base, stored

CITIES = (("Portland", "OR"), ("salem", "OR"), ("Ålborg", "WA"), ("", ""))
TITLES = ("Case Manager", "case manager", "Éducateur", "Nurse")
PAY = (
    ("", "", "year"),
    ("61,000", "72,000", "year"),
    ("30.50", "", "hour"),
    ("DOE", "70k", "year"),
)
ORDERS = [Order(sort, falls) for sort in Sort for falls in (False, True)]
KEYS: dict[Sort, Callable[[ListedPosting], object]] = {
    Sort.TITLE: lambda row: row.title.casefold().replace("é", "e"),
    Sort.SPECIALTY: lambda row: row.role,
    Sort.LEVEL: lambda row: Level(row.level).rank,
    Sort.PLACE: lambda row: row.place.casefold().replace("å", "a"),
    Sort.STATUS: lambda row: row.status,
    Sort.OWNER: lambda row: row.owner.lower(),
    Sort.PAY: lambda row: (
        (row.pay_low_cents or row.pay_high_cents or 0) * (2080 if row.pay_unit == "hour" else 1)
    ),
    Sort.CHANGED: lambda row: row.changed_at,
}


def add(session: Session, person: int, number: int, touched: bool = True) -> int:
    """A posting of which several others have each value."""
    (city, state), (low, high, unit) = CITIES[number % 4], PAY[number // 2 % 4]
    posting = on_base(
        session, title=TITLES[number // 3 % 4], level=LEVELS[number % 5],
        role=("case-manager", "rn-case-manager")[number % 2],
        places=[{"id": "p", "city": city, "state": state}],
        pay_low=low, pay_high=high, pay_unit=unit,
    )  # fmt: skip
    added = stored(session, posting, person, NOW + timedelta(minutes=number // 4))
    row = session.get_one(PostingRow, added)
    row.touched, row.status = touched, ("draft", "published")[number // 5 % 2]
    return added


def fill(session: Session, count: int = 43) -> tuple[int, int]:
    """Two people with postings of theirs by turns."""
    people = a_person(session), a_person(session, PAT)
    for number in range(count):
        add(session, people[number % 3 == 0], number)
    return people


def walk(
    session: Session, person: int, order: Order, wanted: Wanted, between: Callable[[], None]
) -> list[ListedPosting]:
    """All rows, from the first page to the last."""
    found: list[ListedPosting] = []
    spot: Spot | None = None
    while True:
        page = listing.postings_page(session, person, wanted, order, after=spot, size=7)
        found += page.postings
        if page.after is None:
            return found
        spot = page.after
        between()


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: f"{o.sort}{'-' * o.descending}")
def test_pages_visit_every_row_once_in_order_while_rows_come(app: Flask, order: Order) -> None:
    numbers = iter(range(1_000, 2_000))
    with app.app_context(), writing() as session:
        ada, pat = fill(session)
        before = listing.count_postings(session, ada, Wanted()).total
        were = {row.id for row in walk(session, ada, order, Wanted(), lambda: None)}

        def come() -> None:
            for _ in range(2):
                add(session, pat, next(numbers))
            session.flush()

        rows = walk(session, ada, order, Wanted(), come)
        ids = [row.id for row in rows]
        assert len(were) == before == 43
        assert len(set(ids)) == len(ids)
        assert were <= set(ids)
        keys = [(KEYS[order.sort](row), row.id) for row in rows]
        assert keys == sorted(keys, reverse=order.descending)  # type: ignore[type-var]


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: f"{o.sort}{'-' * o.descending}")
def test_going_back_shows_the_same_pages(app: Flask, order: Order) -> None:
    with app.app_context(), writing() as session:
        ada, _ = fill(session)
        pages, spot = [], None
        while True:
            page = listing.postings_page(session, ada, Wanted(), order, after=spot, size=7)
            pages.append(page)
            if page.after is None:
                break
            spot = page.after
        assert pages[0].before is None
        for former, page in pairwise(pages):
            assert page.before
            back = listing.postings_page(session, ada, Wanted(), order, before=page.before, size=7)
            assert back.postings == former.postings
            assert (back.before is None) == (former is pages[0])


def test_a_row_that_is_gone_leaves_its_spot_where_it_was(app: Flask) -> None:
    with app.app_context(), writing() as session:
        ada, _ = fill(session)
        order = Order(Sort.TITLE, False)
        first = listing.postings_page(session, ada, Wanted(), order, size=7)
        following = listing.postings_page(session, ada, Wanted(), order, after=first.after, size=7)
        last = first.postings[-1].id
        session.execute(delete(PostingRow).where(PostingRow.id == last))
        again = listing.postings_page(session, ada, Wanted(), order, after=first.after, size=7)
        assert again.postings == following.postings


def test_a_spot_behind_the_last_row_leads_back(app: Flask) -> None:
    with app.app_context(), writing() as session:
        ada, _ = fill(session, 5)
        order = Order(Sort.TITLE, False)
        end = Spot("zzz", 1)
        page = listing.postings_page(session, ada, Wanted(), order, after=end, size=7)
        assert page.postings == ()
        back = listing.postings_page(session, ada, Wanted(), order, before=page.before, size=7)
        assert len(back.postings) == 5
        nothing = Wanted(words=("zebra",))
        assert listing.postings_page(session, ada, nothing, order, after=end).before is None


def test_filters_keep_what_passes_all_of_them(app: Flask) -> None:
    with app.app_context(), writing() as session:
        ada, pat = fill(session)
        put_changed(session)
        rows = walk(session, ada, Order(), Wanted(), lambda: None)
        passes: list[tuple[Wanted, Callable[[ListedPosting], bool]]] = [
            (Wanted(status="published"), lambda row: row.status == "published"),
            (Wanted(level=Level.LEAD), lambda row: row.level == "lead"),
            (Wanted(role="rn-case-manager"), lambda row: row.role == "rn-case-manager"),
            (Wanted(state="OR"), lambda row: row.place.endswith("OR")),
            (Wanted(words=("EDUCATEUR",)), lambda row: row.title == "Éducateur"),
            (Wanted(words=("manager", "portland")), lambda row: "Portland" in row.place),
            (Wanted(state="nowhere"), lambda row: False),
            (Wanted(level=Level.ENTRY, role="case-manager", state="OR", status="draft"),
             lambda row: (row.level, row.role, row.status) == ("entry", "case-manager", "draft")
             and row.place.endswith("OR")),
        ]  # fmt: skip
        for wanted, is_right in passes:
            expected = [row.id for row in rows if is_right(row)]
            if wanted.words == ("manager", "portland"):
                expected = [n for n in expected if n in ids_of(session, ada, ("manager",))]
            assert ids_of(session, ada, wanted) == expected, wanted
            assert listing.count_postings(session, ada, wanted).total == len(expected)
        theirs = ids_of(session, ada, Wanted(owner_id=pat))
        owned = session.query(PostingRow.id).filter_by(owner_id=pat)
        assert sorted(theirs) == sorted(row.id for row in owned)


def ids_of(session: Session, person: int, wanted: Wanted | tuple[str, ...]) -> list[int]:
    if isinstance(wanted, tuple):
        wanted = Wanted(words=wanted)
    return [row.id for row in walk(session, person, Order(), wanted, lambda: None)]


def both_ways(
    session: Session, person: int, order: Order, wanted: Wanted, count: Count
) -> list[int]:
    """The ids on all pages; each page but the first one is also reached going back."""
    pages, spot = [], None
    while True:
        page = listing.postings_page(session, person, wanted, order, spot, size=5, count=count)
        pages.append(page)
        if page.after is None:
            break
        spot = page.after
    for former, page in pairwise(pages):
        back = listing.postings_page(
            session, person, wanted, order, before=page.before, size=5, count=count
        )
        assert back.postings == former.postings
    return [row.id for page in pages for row in page.postings]


@pytest.mark.parametrize("near", [500, 12], ids="near {}".format)
@pytest.mark.parametrize(
    ("words", "found"),
    [(("case",), 43), (("case", "man", "-nurse"), 34), (("-nurse",), 34), (("zebra",), 0)],
)
def test_what_many_postings_answer_is_the_same_list_walked_in_its_order(
    app: Flask, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], found: int, near: int
) -> None:
    monkeypatch.setattr(list_walk, "NEAR", near)
    wanted, many = Wanted(words=words), Count(listing.COUNTED, is_more=True)
    with app.app_context():
        with writing() as session:
            ada, _ = fill(session)
        with reading() as session:
            count = listing.count_postings(session, ada, wanted)
            assert count.total == len(count.ids or ()) == found
            for order in ORDERS[::7]:  # three, each of them another value and direction
                few = both_ways(session, ada, order, wanted, count)
                assert both_ways(session, ada, order, wanted, many) == few
                assert sorted(few) == sorted(count.ids or ())
            titles = listing.wanted_titles(session, ada, wanted, 50)
            assert listing.wanted_titles(session, ada, wanted, 50, many) == titles
            assert len(titles) == found


def test_postings_that_have_words_are_counted_up_to_a_number(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        with writing() as session:
            ada, _ = fill(session)
        with reading() as session:
            monkeypatch.setattr(listing, "COUNTED", 43)
            assert listing.count_postings(session, ada, Wanted(words=("case",))).total == 43
            monkeypatch.setattr(listing, "COUNTED", 9)
            for word in ("case", "-nurse"):
                count = listing.count_postings(session, ada, Wanted(words=(word,)))
                assert count == Count(9, is_more=True)
            assert listing.count_postings(session, ada, Wanted()) == Count(43)


def plans_of(session: Session, *acts: Callable[[], object]) -> list[str]:
    """How SQLite finds the rows of each query that is made by these."""
    connection, asked = session.connection(), list[str]()
    event.listen(connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
    for act in acts:
        act()
    explained = [(f"EXPLAIN QUERY PLAN {query}", ("x",) * query.count("?")) for query in [*asked]]
    return [
        "; ".join(step[3] for step in connection.exec_driver_sql(query, values))
        for query, values in explained
    ]


@on_sqlite
def test_no_body_is_read_to_count_postings_and_to_know_the_library_unchanged(app: Flask) -> None:
    with app.app_context(), writing() as session:
        ada = a_person(session)
        plans = plans_of(
            session,
            lambda: listing.count_postings(session, ada, Wanted(words=("case",))),
            lambda: listing.count_postings(session, ada, Wanted()),
            lambda: library_mark(session),
        )
        assert len(plans) == 4
        assert [plan for plan in plans if "COVERING INDEX" not in plan] == []


@on_sqlite
def test_a_few_postings_are_looked_up_without_passing_the_others(app: Flask) -> None:
    with app.app_context(), writing() as session:
        ada = a_person(session)
        by_id, of_one = plans_of(
            session,
            lambda: postings_of(session, range(1, 21), ada),
            lambda: recent_postings(session, ada, 3),
        )
        assert "posting USING INTEGER PRIMARY KEY" in by_id
        assert "posting USING INDEX ix_posting_owner_id_changed_at" in of_one


def test_untouched_drafts_of_others_are_neither_listed_counted_nor_chosen(app: Flask) -> None:
    with app.app_context(), writing() as session:
        ada, pat = a_person(session, ADA), a_person(session, PAT)
        mine, theirs = add(session, ada, 0, touched=False), add(session, pat, 1, touched=False)
        session.flush()
        assert ids_of(session, ada, Wanted()) == [mine]
        assert listing.count_postings(session, ada, Wanted()) == Count(1)
        assert listing.wanted_titles(session, ada, Wanted(), 9) == [(mine, "Case Manager")]
        assert listing.titles_of(session, ada, [theirs, mine, mine]) == [(mine, "Case Manager")]
        assert ids_of(session, ada, Wanted(owner_id=pat)) == []


def test_what_the_list_can_be_narrowed_to_is_what_there_is(app: Flask) -> None:
    with app.app_context(), writing() as session:
        ada, _ = a_person(session), a_person(session, PAT)
        for number in range(9):
            add(session, ada, number)
        session.flush()
        assert listing.states_in_use(session) == ["OR", "WA"]
        assert listing.owners_in_use(session) == [(ada, "Ada Lake")]


def test_random_walks_agree_with_sorting_everything(app: Flask) -> None:
    chance = random.Random(20261124)
    with app.app_context():
        with writing() as session:
            ada, _ = fill(session)
        with reading() as session:
            everything = walk(session, ada, Order(), Wanted(), lambda: None)
            for _ in range(40):
                order, size = chance.choice(ORDERS), chance.randint(1, 12)
                rows = sorted(
                    everything,
                    key=lambda row: (KEYS[order.sort](row), row.id),
                    reverse=order.descending,
                )
                at = chance.randrange(len(rows) - 1)
                to_there = listing.postings_page(session, ada, Wanted(), order, size=at + 1)
                page = listing.postings_page(
                    session, ada, Wanted(), order, after=to_there.after, size=size
                )
                assert list(page.postings) == rows[at + 1 : at + 1 + size]
