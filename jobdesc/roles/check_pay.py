"""Pay rises with the level, and follows from the wage table by the stated rule."""

from collections.abc import Iterator

from jobdesc.roles.library import References
from jobdesc.roles.parse import Problem
from jobdesc.roles.pay import reference_ranges
from jobdesc.roles.template import RoleTemplate


def check_pay(
    role: RoleTemplate, references: References, *, by_rule: bool = True
) -> Iterator[Problem]:
    """Faults of a role's pay; an organization's own need not follow from the wage table."""
    known = references.wages.by_code()
    named = {occupation.code for occupation in role.occupations}
    codes_known = True
    for index, occupation in enumerate(role.occupations):
        if occupation.code not in known:
            codes_known = False
            message = f"{occupation.code} is not in content/wages.yaml. Correct or add it."
            yield Problem(("occupations", index, "code"), message)
    for level, pay in role.pay.items():
        for code in pay.occupations:
            if code not in named:
                message = f"{code} is not one of the role's occupations. Add it there, with why."
                yield Problem(("pay", level, "occupations"), message)
            codes_known = codes_known and code in known
    yield from _check_rising(role)
    if codes_known and by_rule:
        yield from _check_rule(role, references)


def _check_rising(role: RoleTemplate) -> Iterator[Problem]:
    low = high = 0
    for level in role.levels:
        pay = role.pay.get(level)
        if pay is None:
            continue
        if pay.high < pay.low:
            yield Problem(("pay", level, "high"), f"must be at least the low end, {pay.low:,}.")
        if pay.low < low or pay.high < high:
            message = f"earns less than the level below. Give at least {low:,} to {high:,}."
            yield Problem(("pay", level), message)
        if pay.low <= pay.high:  # one that is told of itself is no measure for those above it
            low, high = max(low, pay.low), max(high, pay.high)


def _check_rule(role: RoleTemplate, references: References) -> Iterator[Problem]:
    for level, (low, high) in reference_ranges(role.pay, references.wages).items():
        pay = role.pay[level]
        if (pay.low, pay.high) != (low, high):
            given, right = f"{pay.low:,} to {pay.high:,}", f"{low:,} to {high:,}"
            message = f"is {given}; the wage table gives {right}. Write it."
            yield Problem(("pay", level), message)
