"""How many bands a role can have, by file and by form: what is over is refused and never cut."""

from werkzeug.datastructures import MultiDict

from jobdesc.postings.band_file import COLUMNS, RoleNames, read_bands
from jobdesc.postings.band_limits import MOST_BANDS, MOST_PLACES, over_limits
from jobdesc.postings.bands import PayBand
from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.parse import parse
from jobdesc.roles.template import RoleTemplate
from jobdesc.services.pay_bands import RoleBands
from jobdesc.web.pay.cards import show_bands
from jobdesc.web.pay.sheet import FULL, read_sheet
from tests.postings.bands import TODAY, a_band
from tests.roles.builders import role_body

ROLES = {"case-manager": RoleNames("case-manager", "Case Manager", LEVELS)}


def cities(count: int) -> tuple[PayBand, ...]:
    each = (f"City {n:03}" for n in range(count))
    return tuple(a_band(level="entry", state="OR", city=city) for city in each)


def faulty_lines(count: int, stored: tuple[PayBand, ...] = (), levels: int = 1) -> list[int]:
    lines = [f"case-manager,{level},OR,City {n:03},66000,84000,year,2026-07-01,"
             for n in range(count) for level in LEVELS[:levels]]  # fmt: skip
    read = read_bands("\n".join([",".join(COLUMNS), *lines]), ROLES, TODAY)
    assert read.faults == ()
    return [one.line for one in over_limits([band.key for band in stored], read)]


def test_a_file_that_gives_a_role_too_many_places_is_refused_at_the_first_that_is_over() -> None:
    assert faulty_lines(MOST_PLACES - 1) == []
    assert faulty_lines(120) == [MOST_PLACES + 1]
    elsewhere = (a_band(state="WA"),)
    assert faulty_lines(MOST_PLACES - 1, elsewhere) == [MOST_PLACES]
    assert faulty_lines(120, cities(120)) == []


def test_a_file_with_as_many_ranges_as_the_form_can_hold_is_taken() -> None:
    assert faulty_lines(MOST_PLACES - 1, levels=5) == []
    assert len(LEVELS) * MOST_PLACES <= MOST_BANDS


def stored_bands(*bands: PayBand) -> RoleBands:
    role = parse(RoleTemplate, role_body())
    return RoleBands(role, bands, (), (), (), 12, TODAY)


def sent(stored: RoleBands) -> MultiDict[str, str]:
    form: MultiDict[str, str] = MultiDict()
    for card in show_bands(stored).cards:
        for _, box in card.boxes:
            form[box.name] = box.text
        for row in card.rows:
            form[f"band:{card.number}:{row.level}:seen"] = row.seen
    return form


def test_what_is_typed_beyond_the_last_place_is_saved_where_the_place_is_kept_already() -> None:
    stored = stored_bands(*cities(120))
    form = sent(stored)
    form["band:115:entry:high"] = "91,000"
    sheet = read_sheet(form, stored)
    assert sheet.wrong == ()
    changed = [one.after for one in sheet.edits if one.after and one.after.high == 9_100_000]
    assert [band.city for band in changed] == ["City 114"]


def test_a_place_beyond_the_last_one_is_refused_at_its_state() -> None:
    stored = stored_bands(*cities(MOST_PLACES - 1))
    form = sent(stored)
    assert read_sheet(form, stored).wrong == ()
    form |= {"place:100:new": "1", "place:100:state": "WA", "place:100:city": ""}
    for name, text in (("low", "66,000"), ("high", "84,000"), ("per", "year")):
        form[f"band:100:{Level.MID}:{name}"] = text
    assert [text.partition(": ")[2] for _, text in read_sheet(form, stored).wrong] == [FULL]
