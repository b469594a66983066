"""The guide page of a role."""

from flask import Blueprint, render_template, request

from jobdesc.people.rights import Action
from jobdesc.roles.template import FAMILIES
from jobdesc.services.library import open_guide
from jobdesc.web.access import current_actor, needs
from jobdesc.web.guides.chart import pay_chart
from jobdesc.web.guides.citations import Citations
from jobdesc.web.guides.contents import contents
from jobdesc.web.guides.credentials import asked_credentials
from jobdesc.web.guides.market import market_view
from jobdesc.web.market_words import area_label, in_area, point_words

bp = Blueprint("guides", __name__, url_prefix="/roles")


@bp.get("/<slug>")
@needs(Action.READ_LIBRARY)
def guide(slug: str) -> str:
    """Everything the library knows of a role; `level` is in view, and `state` its market."""
    page = open_guide(current_actor(), slug, request.args.get("level", ""))
    market = market_view(current_actor(), slug, request.args.get("state"))
    return render_template(
        "guides/guide.html",
        page=page,
        role=page.role,
        guide=page.role.guide,
        family=FAMILIES[page.role.family],
        wages=page.references.wages.by_code(),
        held=page.at[page.level],
        credentials=asked_credentials(page),
        chart=pay_chart(page.role, market.levels),
        market=market,
        area_label=area_label,
        in_area=in_area,
        point_words=point_words,
        shown=contents(page),
        cited=Citations({**page.references.sources, **market.sources}),
    )
