"""What pages say of the market's pay."""

from decimal import Decimal

from jobdesc.postings.money import write_amount
from jobdesc.roles.pay import HOURS_A_YEAR
from jobdesc.wages.figures import Area, AreaKind
from jobdesc.wages.levels import MarketPay, Point

WITH_ARTICLE = ("District of Columbia", "Virgin Islands", "U.S. Virgin Islands")


def area_label(area: Area) -> str:
    """'National', 'Oregon': short, as beside a bar."""
    return "National" if area.kind is AreaKind.NATION else area.title


def in_area(area: Area) -> str:
    """'nationally', 'in Oregon', as it stands in a sentence."""
    if area.kind is AreaKind.NATION:
        return "nationally"
    return f"in {'the ' if area.title in WITH_ARTICLE else ''}{area.title}"


def point_words(point: Point) -> str:
    """'$54,000', '$25.96', 'at least $239,200'."""
    return ("at least " if point.at_least else "") + write_amount(Decimal(point.cents) / 100)


def market_sentence(market: MarketPay) -> str:
    """The figures of a level's market in words, by the year and by the hour."""
    pays = "this occupation pays" if len(market.occupations) == 1 else "these occupations pay"
    low, *_, high = market.yearly
    hourly_low, *_, hourly_high = market.hourly
    where = in_area(market.area)
    return (
        f"{where[0].upper()}{where[1:]} {pays} {point_words(low)} to {point_words(high)} a year, "
        f"from the 10th to the 90th percentile, and {point_words(market.yearly[2])} in the middle. "
        f"By the hour this is {point_words(hourly_low)} to {point_words(hourly_high)}, and "
        f"{point_words(market.hourly[2])}, for {HOURS_A_YEAR:,} hours a year."
    )
