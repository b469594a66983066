"""Pay by level beside what the wage table gives, and the occupations that it rests on."""

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
from jobdesc.web.roles.fields import BodyField

ENDS = (("", "None"), *((str(at), f"{at}th") for at in get_args(Percentile)))
"""The percentiles that an end of a range can rest on. Pay of one's own rests on none."""
USUAL = (25, 75)


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


class PayField(BodyField):
    """Pay by level; one without a word is left out, and one that the form lacks stays."""

    def read(self, form: Form, before: Any) -> dict[str, Any]:
        """What a form says of each level."""
        pay: dict[str, Any] = {}
        for level in LEVELS:
            spot = f"{self.name}:{level}"
            is_sent = f"{spot}:low" in form
            given = _read_level(form, spot) if is_sent else (before or {}).get(level)
            if given:
                pay[level.value] = given
        return pay


def _read_level(form: Form, spot: str) -> dict[str, Any]:
    low, high = words(form, f"{spot}:low"), words(form, f"{spot}:high")
    codes = source_ids(words(form, f"{spot}:occupations"))
    source = source_ids(words(form, f"{spot}:source"))
    if not (low or high or codes or source):
        return {}
    ends = {key: number(text) for key, text in (("low", low), ("high", high)) if text}
    at = [number(words(form, f"{spot}:{end}")) for end in ("low_at", "high_at")]
    return {**ends, "occupations": codes, "percentiles": at if any(at) else None, "source": source}


class OccupationsField(BodyField):
    """The occupations of the role; a row without a word is left out."""

    def read(self, form: Form, before: Any) -> list[dict[str, str]]:
        """The rows of a form."""
        rows = dict.fromkeys(form.getlist("occupation"))
        read = [
            {key: text for key in ("code", "why") if (text := words(form, f"occupation:{n}:{key}"))}
            for n in rows
        ]
        return list(filter(None, read))


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
    at = [*(pay.get("percentiles") or (("", "") if pay else USUAL))][:2]
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
