"""What lists sort postings by and show of their pay: read from the body once, at each save."""

from jobdesc.postings.money import read_amount
from jobdesc.postings.posting import Posting
from jobdesc.roles.words import fold
from jobdesc.store.tables import PostingRow

KEY = 100
"""The most characters of a text that is sorted by; indexes take no endless ones."""
HOURS_A_YEAR = 2_080
"""So that pay by the hour and by the year can be sorted together."""


def fill_list_columns(row: PostingRow, posting: Posting) -> None:
    """Everything of the row that lists sort by; after title, level and place are filled in."""
    row.title_key, row.place_key = sort_key(row.title), sort_key(row.place)
    row.requisition, row.requisition_key = posting.requisition, sort_key(posting.requisition)
    row.level_rank = posting.level.rank
    row.pay_low_cents, row.pay_high_cents = _cents(posting.pay_low), _cents(posting.pay_high)
    row.pay_unit = posting.pay_unit
    lowest = row.pay_low_cents or row.pay_high_cents or 0
    row.pay_order = lowest * (HOURS_A_YEAR if posting.pay_unit == "hour" else 1)


def sort_key(text: str) -> str:
    """A text as it is sorted: without case and accents, and no longer than an index takes."""
    return fold(text)[:KEY]


def _cents(text: str) -> int | None:
    amount = read_amount(text)
    return None if amount is None else int(amount * 100)
