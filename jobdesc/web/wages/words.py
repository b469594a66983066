"""What pages say of a file of wage figures."""

from jobdesc.roles.listed import listed
from jobdesc.store.wage_imports import Release
from jobdesc.store.wage_tables import State
from jobdesc.wages.layout import Passed, Why

STATES = {
    State.WAITING: "Waiting",
    State.READING: "In progress",
    State.ASKING: "Waits for an answer",
    State.READY: "In use",
    State.FAILED: "Not imported",
    State.CANCELED: "Canceled",
    State.REMOVED: "Removed",
}
AREAS = {
    "nation": "nation",
    "state": "states",
    "territory": "territories",
    "nonmetro": "nonmetropolitan areas",
    "metro": "metropolitan areas",
}
PASSED = {
    Passed.ROLLUP.value: "are totals and groups of occupations",
    Passed.INDUSTRY.value: "are about one industry",
    Passed.OWNERS.value: "are about one kind of owner",
    "twice": "are about an area's occupation that came before in the file",
}
FAULTS = {
    Why.AREA.value: "The code of the area is no number of the survey",
    Why.AREA_TYPE.value: "The kind of area is none of 1, 2, 3, 4 and 6",
    Why.OCCUPATION.value: "The occupation is no code like 21-1021",
    Why.TITLE.value: "The title is empty",
    Why.FIGURE.value: "The figure is no amount",
    Why.SMALL.value: "The figure is smaller than any wage",
    Why.LARGE.value: "The figure is larger than any wage",
    Why.FALLING.value: "The figure is lower than the percentile before it",
}


def progress_words(release: Release) -> str:
    """'120,000 of about 400,000 rows', and how it ended."""
    match release.state:
        case State.WAITING:
            return "Waiting to begin"
        case State.READING if release.total:
            return f"{release.read:,} of about {max(release.total, release.read):,} rows"
        case State.READING:
            return "Reading the first rows"
        case State.ASKING:
            return f"{rows(release.count('differ'), 'figure')} would change what is shown"
        case State.READY:
            return f"{rows(release.taken, 'figure')} in use"
        case State.FAILED:
            return "Nothing was imported"
        case State.REMOVED:
            return "Removed. Its figures are not in use any more"
        case _:
            return "Canceled. Nothing was imported"


def has_account(release: Release) -> bool:
    """Whether there is something to say of its rows: of a failed one, that some were read."""
    if release.shipped or release.state in (State.WAITING, State.READING):
        return False
    if release.state is State.FAILED:
        return bool(release.count("passed") or release.count("fault"))
    return release.state in (State.ASKING, State.READY)


def rows(count: int, noun: str = "row") -> str:
    """'1 row', '4,000 rows'."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def what_of(release: Release) -> str:
    """'May 2025: states and territories'."""
    year = f"May {release.year}" if release.year else ""
    areas = listed(AREAS[kind] for kind in release.areas)
    return ": ".join(part for part in (year, areas) if part)


def passed_over(release: Release) -> list[str]:
    """'186,000 rows are totals and groups of occupations'."""
    return [
        f"{rows(release.counts[f'passed:{why}'])} {words}"
        for why, words in PASSED.items()
        if f"passed:{why}" in release.counts
    ]


def faults_by_reason(release: Release) -> list[tuple[str, int]]:
    """What was wrong, and in how many rows."""
    return [
        (words, release.counts[f"fault:{why}"])
        for why, words in FAULTS.items()
        if f"fault:{why}" in release.counts
    ]


def dollars(cents: int | None) -> str:
    """'$54,000', or that there is no figure."""
    return "no figure" if cents is None else f"${cents / 100:,.0f}"
