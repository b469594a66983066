"""Codes of areas as the survey writes them, and the states that they are in."""

import re

from jobdesc.wages.figures import AreaKind

KINDS = {
    "1": AreaKind.NATION,
    "2": AreaKind.STATE,
    "3": AreaKind.TERRITORY,
    "4": AreaKind.METRO,
    "6": AreaKind.NONMETRO,
}
"""AREA_TYPE of the survey's files."""
WIDTHS = {
    AreaKind.NATION: 2,
    AreaKind.STATE: 2,
    AreaKind.TERRITORY: 2,
    AreaKind.METRO: 5,
    AreaKind.NONMETRO: 7,
}
STATE_OF = {
    "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", "10": "DE",
    "11": "DC", "12": "FL", "13": "GA", "15": "HI", "16": "ID", "17": "IL", "18": "IN", "19": "IA",
    "20": "KS", "21": "KY", "22": "LA", "23": "ME", "24": "MD", "25": "MA", "26": "MI", "27": "MN",
    "28": "MS", "29": "MO", "30": "MT", "31": "NE", "32": "NV", "33": "NH", "34": "NJ", "35": "NM",
    "36": "NY", "37": "NC", "38": "ND", "39": "OH", "40": "OK", "41": "OR", "42": "PA", "44": "RI",
    "45": "SC", "46": "SD", "47": "TN", "48": "TX", "49": "UT", "50": "VT", "51": "VA", "53": "WA",
    "54": "WV", "55": "WI", "56": "WY", "60": "AS", "66": "GU", "69": "MP", "72": "PR", "78": "VI",
}  # fmt: skip
"""Postal codes by the two digits of a state in Federal Information Processing Standard 5-2."""
_STATES = re.compile(r",\s*([A-Z]{2}(?:-[A-Z]{2})*)\s*$")


def area_code(text: str, kind: AreaKind) -> str | None:
    """The code as wide as codes of its kind are; None where it is none.

    Spreadsheets drop the zeros at its start, and other files of the survey add some.
    """
    digits = text.removesuffix(".0").lstrip("0")
    if not digits.isascii() or not digits.isdecimal() or len(digits) > WIDTHS[kind]:
        return None
    return digits.zfill(WIDTHS[kind])


def states_in(title: str) -> tuple[str, ...]:
    """The states at the end of a metropolitan area's title: 'Portland-Vancouver, OR-WA'."""
    found = _STATES.search(title)
    return tuple(found[1].split("-")) if found else ()


def primary_state(given: str, code: str, title: str, kind: AreaKind) -> str:
    """The postal code of the area's first state; files before 2020 do not give it."""
    if given:
        return given
    if kind is AreaKind.NATION:
        return "US"
    if kind in (AreaKind.STATE, AreaKind.TERRITORY):
        return STATE_OF.get(code, "")
    if kind is AreaKind.NONMETRO:
        return STATE_OF.get(code[:2], "")
    return next(iter(states_in(title)), "")
