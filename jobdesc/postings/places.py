"""Places of work, and reading one from a line such as 'Portland, OR'."""

import re
from difflib import get_close_matches

from jobdesc.postings.values import ShortText, Value

STATES: dict[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "PR": "Puerto Rico", "GU": "Guam", "VI": "U.S. Virgin Islands", "AS": "American Samoa",
    "MP": "Northern Mariana Islands",
}  # fmt: skip
"""Postal codes and names of the states, the District of Columbia and the territories."""

CODES = {name.lower(): code for code, name in STATES.items()}
ZIP_CODE = re.compile(r"\d{5}(?:-\d{4})?", re.ASCII)
POSTAL = re.compile(rf"({ZIP_CODE.pattern})$", re.ASCII)


MILITARY = ("AA", "AE", "AP")
"""What stands for the state of a military post office, which has no pay rules of its own."""
PLACE_PARTS = ("street", "city", "state", "postal_code", "country")
"""What a person fills in of a place, in the order of an address."""


UNITED_STATES = frozenset(
    {"", "us", "usa", "u.s.", "u.s.a.", "united states", "united states of america"}
)
"""How the country of a place in a state is written; a place without a country is there."""


class Place(Value):
    """A place of work. `state` is a postal code such as OR, or as typed."""

    id: ShortText
    street: ShortText = ""
    city: ShortText = ""
    state: ShortText = ""
    postal_code: ShortText = ""
    country: ShortText = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in."""
        return not (self.street or self.city or self.state or self.postal_code or self.country)

    @property
    def in_states(self) -> bool:
        """Whether it is in the United States, as a place that names no country is."""
        return self.country.strip().lower() in UNITED_STATES

    @property
    def short(self) -> str:
        """City and state, as in 'Portland, OR'."""
        return ", ".join(part for part in (self.city, self.state) if part)

    @property
    def full(self) -> str:
        """The address on one line, the state's name written out."""
        return self._on_one_line(STATES.get(self.state.upper(), self.state))

    @property
    def as_typed(self) -> str:
        """The address on one line, the state as it was typed."""
        return self._on_one_line(self.state)

    def _on_one_line(self, state: str) -> str:
        area = " ".join(part for part in (state, self.postal_code) if part)
        return ", ".join(part for part in (self.street, self.city, area, self.country) if part)


def state_of(text: str) -> str:
    """The postal code of a state as somebody wrote it, also 'N.Y.'; '' where it is none."""
    plain = text.replace(".", "").strip()
    return plain.upper() if plain.upper() in STATES else CODES.get(plain.lower(), "")


def read_place(text: str, place_id: str) -> Place | None:
    """A place from one line; None where it names no region beside the city.

    In 'Street, City, ST 97204' the state may be a postal code or a name. What ends in no state,
    as 'Toronto, Ontario, Canada', is read as city, region and country.
    """
    rest, postal_code, country = text.strip(), "", ""
    head, comma, tail = rest.rpartition(",")
    if comma and tail.strip() and tail.strip().lower() in UNITED_STATES:
        rest, country = head.rstrip(), tail.strip()
    if found := POSTAL.search(rest):
        rest, postal_code = rest[: found.start()].rstrip(" ,"), found[1]
    *before, last = [part.strip() for part in rest.split(",")]
    if not before or not before[-1] or not last:
        return None
    state = state_of(last)
    if not (state or postal_code or country):
        return _abroad(before, last, place_id)
    street, city = ", ".join(before[:-1]), before[-1]
    return Place(
        id=place_id,
        street=street,
        city=city,
        state=state or last,
        postal_code=postal_code,
        country=country,
    )


COUNTRY = "Abroad, fill in the country."


def say_no_state(place: Place, abroad: str = COUNTRY) -> str:
    """What is wrong where a place in the United States names a state that is none; else ''.

    `abroad` says how a place elsewhere is written there.
    """
    typed = place.state.strip()
    if not typed or not place.in_states:
        return ""
    if state_of(typed) or typed.upper() in MILITARY:
        return ""
    if near := _nearest(typed.replace(".", "").lower()):
        return f"{typed} is not a state. Did you mean {STATES[CODES[near]]}?"
    unknown = f"{typed} is not a state that we know"
    return f"{unknown}. Enter one like OR, as pay rules depend on it. {abroad}"


def say_no_zip_code(place: Place) -> str:
    """What is wrong where a place in the United States has a postal code that is none; else ''."""
    typed = place.postal_code.strip()
    if not typed or not place.in_states or ZIP_CODE.fullmatch(typed):
        return ""
    return f"Enter the ZIP code as five digits, like 97204. {COUNTRY}"


def _nearest(typed: str) -> str:
    """The state that is alike, or the only one that begins so, as with 'mass'."""
    begun = [name for name in CODES if name.startswith(typed)] if len(typed) > 2 else []
    alike = begun if len(begun) == 1 else get_close_matches(typed, CODES, 1, 0.82)
    return alike[0] if alike else ""


def _abroad(before: list[str], last: str, place_id: str) -> Place:
    if len(before) == 1:
        return Place(id=place_id, city=before[0], state=last)
    *street, city, region = before
    return Place(id=place_id, street=", ".join(street), city=city, state=region, country=last)
