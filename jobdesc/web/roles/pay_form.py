"""Pay by level beside what the wage table gives, and the occupations that it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.parse import Problems, parse
from jobdesc.roles.pay import PayRange, Percentile, WageTable, reference_ranges
from jobdesc.web.roles.boxes import (
    Body,
    Box,
    Form,
    Look,
    SourceBoxes,
    number,
    source_box,
    source_ids,
    words,
)

ENDS = tuple((str(at), f"{at}th") for at in get_args(Percentile))
"""The percentiles that an end of a range can rest on."""


@dataclass(frozen=True)
class LevelPay:
    """The pay of a level; `reference` is low and high by the rule, None where it gives none."""

    level: Level
    low: Box
    high: Box
    occupations: Box
    low_at: Box
    high_at: Box
    source: SourceBoxes
    remark: Box
    reference: tuple[int, int] | None


@dataclass(frozen=True)
class OccupationRow:
    """An occupation of the role and why."""

    code: Box
    why: Box
    title: str


@dataclass(frozen=True)
class Pay:
    """Everything on the page of pay."""

    levels: tuple[LevelPay, ...]
    occupations: tuple[OccupationRow, ...]
    wages: WageTable
    remark: Box
    ends: tuple[tuple[str, str], ...] = ENDS


def read_pay(form: Form, before: Body, levels: tuple[Level, ...]) -> dict[str, Any]:
    """Pay and occupations of a form; a level or row without a word is left out."""
    pay: dict[str, Any] = {}
    for level in LEVELS:
        if level not in levels or f"pay:{level}:low" not in form:
            if level in before.get("pay", {}):
                pay[level.value] = before["pay"][level]
        elif given := _read_level(form, f"pay:{level}"):
            pay[level.value] = given
    return {"pay": pay, "occupations": list(_read_occupations(form))}


def _read_level(form: Form, spot: str) -> dict[str, Any]:
    low, high = words(form, f"{spot}:low"), words(form, f"{spot}:high")
    codes = source_ids(words(form, f"{spot}:occupations"))
    source = source_ids(words(form, f"{spot}:source"))
    if not (low or high or codes or source):
        return {}
    ends = {key: number(text) for key, text in (("low", low), ("high", high)) if text}
    at = [number(words(form, f"{spot}:{end}")) for end in ("low_at", "high_at")]
    return {**ends, "occupations": codes, "percentiles": at, "source": source}


def _read_occupations(form: Form) -> Iterator[dict[str, str]]:
    for row in dict.fromkeys(form.getlist("occupation")):
        code = words(form, f"occupation:{row}:code")
        why = words(form, f"occupation:{row}:why")
        if code or why:
            yield {key: text for key, text in (("code", code), ("why", why)) if text}


def view_pay(body: Body, levels: tuple[Level, ...], wages: WageTable, look: Look) -> Pay:
    """The controls of the pay, with an empty row for one more occupation."""
    pay, titles = body.get("pay", {}), {row.code: row.title for row in wages.occupations}
    given = references(pay, wages)
    rows = [*body.get("occupations", ()), {}]
    return Pay(
        levels=tuple(_view_level(level, pay.get(level, {}), given, look) for level in levels),
        occupations=tuple(
            OccupationRow(
                look.box(f"occupation:{n}:code", row.get("code"), "occupations", n, "code"),
                look.box(f"occupation:{n}:why", row.get("why"), "occupations", n),
                titles.get(str(row.get("code", "")), ""),
            )
            for n, row in enumerate(rows)
        ),
        wages=wages,
        remark=look.box("pay", "", "pay"),
    )


def _view_level(
    level: Level, pay: Body, given: dict[Level, tuple[int, int]], look: Look
) -> LevelPay:
    place, spot = ("pay", level.value), f"pay:{level}"
    at = [*pay.get("percentiles", (25, 75))][:2]
    ends = {end: look.box(f"{spot}:{end}", pay.get(end), *place, end) for end in ("low", "high")}
    codes = ", ".join(pay.get("occupations", ()))
    return LevelPay(
        level,
        **ends,
        occupations=look.box(f"{spot}:occupations", codes, *place, "occupations"),
        low_at=look.box(f"{spot}:low_at", at[0], *place, "percentiles"),
        high_at=look.box(f"{spot}:high_at", at[-1], *place, "percentiles"),
        source=source_box(look, spot, pay, *place),
        remark=look.box(spot, "", *place),
        reference=given.get(level),
    )


def references(pay: Body, wages: WageTable) -> dict[Level, tuple[int, int]]:
    """What the rule gives for those levels whose occupations the wage table holds."""
    known = wages.by_code().keys()
    basis: dict[Level, PayRange] = {}
    for level in LEVELS:
        rests_on = {key: pay.get(level, {}).get(key) for key in ("occupations", "percentiles")}
        try:
            read = parse(PayRange, {"low": 1, "high": 1, "source": [], **rests_on})
        except Problems:
            continue
        if read.occupations and known >= set(read.occupations):
            basis[level] = read
    return reference_ranges(basis, wages)
