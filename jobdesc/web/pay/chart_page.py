"""The pay chart of a whole role: all levels at a place, to be read and printed."""

from flask import Blueprint, render_template, request

from jobdesc.people.rights import Action
from jobdesc.postings.band_input import one_line
from jobdesc.postings.bands import ORDER, city_key, say_where
from jobdesc.postings.places import STATES
from jobdesc.postings.values import SHORT
from jobdesc.postings.variants import state_code
from jobdesc.roles.pay import HOURS_A_YEAR
from jobdesc.services.role_pay import RolePay, open_role_pay
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.guides.chart import chart_of_levels
from jobdesc.web.guides.citations import Citations
from jobdesc.web.pay.chart_rows import areas_taken, level_pays, level_spans

bp = Blueprint("pay_chart", __name__, url_prefix="/roles")


@bp.get("/<slug>/pay")
@needs(Action.READ_LIBRARY)
def show(slug: str) -> str:
    """All levels; `state` and `city` choose the place, `per` the unit."""
    unit = "hour" if request.args.get("per") == "hour" else "year"
    typed = one_line(request.args.get("state", ""))[:SHORT]
    state = state_code(typed)
    known = state in STATES
    city = one_line(request.args.get("city", ""))[:SHORT] if known else ""
    found = open_role_pay(current_actor(), slug, state if known else "", city, now())
    levels = level_pays(found, unit)
    sources = {market.source.id: market.source for market in found.markets.values()}
    return render_template(
        "pay/chart.html",
        found=found,
        role=found.role,
        levels=levels,
        chart=chart_of_levels(level_spans(levels, unit), unit, headed=True),
        cited=Citations({**found.references.sources, **sources}),
        market_areas=areas_taken(found),
        unit=unit,
        state=state if known else "",
        unknown=typed if typed and not known else "",
        city=city,
        where=say_where(state if known else "", city),
        suggestions=_suggestions(found),
        states=STATES,
        hours=f"{HOURS_A_YEAR:,}",
        order=ORDER,
    )


def _suggestions(found: RolePay) -> list[tuple[str, str, str]]:
    """Places to choose with one press: where the organization works and where it has ranges.

    State, city and words of each.
    """
    named: dict[tuple[str, str], tuple[str, str]] = {}
    for place in found.places:
        if (code := state_code(place.state.strip())) in STATES:
            named.setdefault((code, city_key(place.city)), (code, place.city.strip()))
    for (code, key), city in found.spots:
        if code:
            named.setdefault((code, key), (code, city))
    places = sorted(named.values())[:12]
    return [("", "", "Any place"), *((code, city, say_where(code, city)) for code, city in places)]
