"""The columns of the survey's files (OEWS of the Bureau of Labor Statistics, 2019 and later).

They are known by their names, in any order and case; a row becomes figures, a reason to pass over
it, or a fault at its place.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from jobdesc.roles.pay import LEAST, MOST
from jobdesc.wages.areas import KINDS, area_code, primary_state
from jobdesc.wages.figures import Amounts, Area, Mark, WageFigures

HOURLY = ("H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90")
ANNUAL = ("A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90")
NEEDED = (
    "AREA", "AREA_TITLE", "AREA_TYPE", "NAICS", "OCC_CODE", "OCC_TITLE", "O_GROUP", "TOT_EMP",
    *HOURLY, *ANNUAL,
)  # fmt: skip
OPTIONAL = ("PRIM_STATE", "I_GROUP", "OWN_CODE")
"""Columns that say more where a file has them."""
ALL_OWNERS = "1235"
TOPS = ((2022, 11_500, 23_920_000), (0, 10_000, 20_800_000))
"""From a year on, the hour's and the year's wage in cents that `#` says to be reached."""
HOURS, YEARS = (1, 1_000_000), (LEAST * 100, MOST * 100)
"""No figure of the survey is near these cents; a column that holds less or more is another one."""
LONGEST_TITLE = 200
_CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_CODE = re.compile(r"(\d\d-\d{4})(?:\.00)?", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")
_ARCHIVE = re.compile(r"oesm(\d\d)", re.IGNORECASE)


class Passed(StrEnum):
    """Why a row is passed over: it says what no figure of ours is."""

    ROLLUP = "rollup"
    INDUSTRY = "industry"
    OWNERS = "owners"


class Why(StrEnum):
    """What is wrong with a row."""

    AREA = "area"
    AREA_TYPE = "area_type"
    OCCUPATION = "occupation"
    TITLE = "title"
    FIGURE = "figure"
    SMALL = "small"
    LARGE = "large"
    FALLING = "falling"


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be read: what stands in its column, and what is wrong with that."""

    row: int
    column: str
    text: str
    why: Why


class MissingColumns(Exception):
    """A header that lacks columns; `missing` are their names."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class _Bad(Exception):
    def __init__(self, column: str, text: str, why: Why) -> None:
        super().__init__(column)
        self.column, self.text, self.why = column, text, why


class Layout:
    """Where each column stands in the rows of one sheet, and the year of its figures."""

    def __init__(self, header: Sequence[str | None], year: int) -> None:
        """Raises MissingColumns."""
        names = [(name or "").lstrip("\ufeff").strip().upper() for name in header]
        at = {name: place for place, name in reversed(list(enumerate(names)))}
        missing = tuple(name for name in NEEDED if name not in at)
        if missing:
            raise MissingColumns(missing)
        self.absent = tuple(name for name in OPTIONAL if name not in at)
        self._at: Mapping[str, int] = at
        self._order = [at[name] for name in ("TOT_EMP", *HOURLY, *ANNUAL)]
        self._year = year
        self._tops = next((hour, a_year) for since, hour, a_year in TOPS if year >= since)
        self._areas: dict[tuple[str, ...], Area] = {}

    def read(self, number: int, row: Sequence[str | None]) -> WageFigures | Passed | Fault:
        """What the row says; `number` is its place in the file, for a fault."""
        try:
            return self._passed(row) or self._figures(row)
        except _Bad as bad:
            return Fault(number, bad.column, _plain(bad.text)[:80], bad.why)

    def _text(self, row: Sequence[str | None], name: str) -> str:
        at = self._at.get(name)
        return _plain((row[at] if at is not None and at < len(row) else None) or "").strip()

    def _passed(self, row: Sequence[str | None]) -> Passed | None:
        industry = self._text(row, "I_GROUP").lower() or "cross-industry"
        if industry != "cross-industry" or self._text(row, "NAICS").removesuffix(".0").strip("0"):
            return Passed.INDUSTRY
        if self._text(row, "OWN_CODE").removesuffix(".0") not in ("", ALL_OWNERS):
            return Passed.OWNERS
        return None if self._text(row, "O_GROUP").lower() == "detailed" else Passed.ROLLUP

    def _figures(self, row: Sequence[str | None]) -> WageFigures:
        code = self._text(row, "OCC_CODE")
        if not (found := _CODE.fullmatch(code)):
            raise _Bad("OCC_CODE", code, Why.OCCUPATION)
        cells = [(row[at] if at < len(row) else None) or "" for at in self._order]
        employment, mark = _employment(cells[0].strip())
        hour, hour_marks = self._amounts(HOURLY, cells[1:6], self._tops[0], HOURS)
        year, year_marks = self._amounts(ANNUAL, cells[6:], self._tops[1], YEARS)
        return WageFigures(
            area=self._area(row),
            occupation=found[1],
            title=_title(self._text(row, "OCC_TITLE"), "OCC_TITLE"),
            year=self._year,
            employment=employment,
            hourly=hour,
            annual=year,
            marks=mark + hour_marks + year_marks,
        )

    def _area(self, row: Sequence[str | None]) -> Area:
        said = tuple(self._text(row, n) for n in ("AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE"))
        if said not in self._areas:
            code, title, sort, state = said
            kind = KINDS.get(sort.removesuffix(".0"))
            if kind is None:
                raise _Bad("AREA_TYPE", sort, Why.AREA_TYPE)
            whole = area_code(code, kind)
            if whole is None:
                raise _Bad("AREA", code, Why.AREA)
            title = _title(title, "AREA_TITLE")
            first = primary_state(state[:2].upper(), whole, title, kind)
            self._areas[said] = Area(whole, title, kind, first)
        return self._areas[said]

    @staticmethod
    def _amounts(
        names: Sequence[str], cells: Sequence[str], top: int, limits: tuple[int, int]
    ) -> tuple[Amounts, str]:
        read = [_amount(cell.strip(), top) for cell in cells]
        last = 0
        for name, cell, (cents, _) in zip(names, cells, read, strict=True):
            if cents is None:
                continue
            if cents < 0:
                raise _Bad(name, cell, Why.FIGURE)
            if cents < limits[0]:
                raise _Bad(name, cell, Why.SMALL)
            if cents > limits[1]:
                raise _Bad(name, cell, Why.LARGE)
            if cents < last:
                raise _Bad(name, cell, Why.FALLING)
            last = cents
        first, second, third, fourth, fifth = (cents for cents, _ in read)
        return (first, second, third, fourth, fifth), "".join(mark for _, mark in read)


def year_in(*names: str) -> int | None:
    """The year that a file, its folder or its sheet is named for: 'state_M2025_dl', 'oesm25st'."""
    for name in names:
        if found := _YEAR.search(name.replace("_", " ").replace("M20", "M 20")):
            return int(found[1])
    for name in names:
        if found := _ARCHIVE.search(name):
            return 2000 + int(found[1])
    return None


@lru_cache(maxsize=100_000)
def _amount(text: str, top: int) -> tuple[int | None, str]:
    """Cents and their mark; below zero where it is no amount."""
    if not text:
        return None, Mark.NOT_CAPTURED.value
    if text == "#":
        return top, Mark.TOP.value
    if text in ("*", "**", "~"):
        return None, Mark.WITHHELD.value
    plain = text.replace(",", "").removeprefix("$")
    if not _NUMBER.fullmatch(plain):
        return -1, Mark.KNOWN.value
    exact = float(plain) * 100
    cents = round(exact)
    return (cents if abs(exact - cents) < 0.02 and cents else -1), Mark.KNOWN.value


def _employment(text: str) -> tuple[int | None, str]:
    if not text:
        return None, Mark.NOT_CAPTURED.value
    if text in ("*", "**", "~"):
        return None, Mark.WITHHELD.value
    plain = text.replace(",", "")
    if not _NUMBER.fullmatch(plain):
        raise _Bad("TOT_EMP", text, Why.FIGURE)
    if (count := round(float(plain))) >= 2**31:
        raise _Bad("TOT_EMP", text, Why.LARGE)
    return count, Mark.KNOWN.value


def _plain(text: str) -> str:
    """The text without what no database takes, and other signs that control a terminal."""
    return text if text.isprintable() else _CONTROL.sub("", text)


def _title(text: str, column: str) -> str:
    if not text:
        raise _Bad(column, text, Why.TITLE)
    return text[:LONGEST_TITLE]
