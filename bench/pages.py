"""How long pages take to be answered, with 20 postings and with 5,000."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from bench.rig import Browser, Installation, installation, served, show
from jobdesc.roles.levels import Level
from jobdesc.services.postings import read_posting, start_posting
from jobdesc.store.postings import add_posting
from jobdesc.store.tables import PostingRow
from jobdesc.store.transactions import writing

TIMES = 40
PAGE, SEARCH = 0.1, 0.15
CITIES = ("Portland", "Salem", "Eugene", "Bend", "Medford")


def add_postings(place: Installation, number: int) -> int:
    """Keep so many postings; returns the id of one."""
    now = datetime.now(UTC)
    first = start_posting(place.person, "case-manager", Level.MID, now)
    posting = read_posting(place.person, first).posting
    with writing() as session:
        for n in range(number):
            city = posting.places[0].model_copy(update={"city": CITIES[n % len(CITIES)]})
            changes = {"title": f"Case Manager {n}", "requisition": f"R-{n}", "places": (city,)}
            moment = now - timedelta(minutes=n)
            add_posting(session, posting.model_copy(update=changes), place.person.id, moment)
        session.execute(update(PostingRow).values(touched=True))
    return first


def measure(browser: Browser, what: str, path: str, budget: float = PAGE) -> None:
    browser.get(path)
    show(what, [browser.get(path)[0] for _ in range(TIMES)], budget)


def main() -> None:
    for number in (20, 5_000):
        with installation() as place:
            posting = add_postings(place, number)
            with served(place) as browser:
                print(f"-- {number:,} postings")
                measure(browser, "home", "/")
                measure(browser, "guide", "/roles/rn-case-manager?level=senior")
                measure(browser, "posting", f"/postings/{posting}")
                measure(browser, "postings", "/postings")
                measure(browser, "postings, searched", "/postings?q=eugene+manager")
                measure(browser, "postings, sorted by pay", "/postings?sort=-pay")
                measure(browser, "search, page", "/?q=discharge+planning")
                measure(browser, "search while typing", "/?q=LCS&part=results", SEARCH)
                measure(browser, "organization", "/settings/organization")


if __name__ == "__main__":
    main()
