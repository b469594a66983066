"""The levels of a role side by side, for everybody who reads the library."""

from flask import Blueprint, render_template, request

from jobdesc.people.rights import Action
from jobdesc.roles.levels import Level
from jobdesc.services.roles import open_role
from jobdesc.web.access import current_actor, needs
from jobdesc.web.roles.level_table import level_table

bp = Blueprint("role_levels", __name__, url_prefix="/roles")


@bp.get("/<slug>/levels")
@needs(Action.READ_LIBRARY)
def levels(slug: str) -> str:
    """All levels; `left` and `right` are the two that a narrow screen shows."""
    draft = open_role(current_actor(), slug)
    only = bool(request.args.get("differences"))
    pair = _pair(draft.role.levels, request.args.get("left", ""), request.args.get("right", ""))
    return render_template(
        "roles/levels.html",
        draft=draft,
        role=draft.role,
        topics=level_table(draft.role, draft.references.credentials, only),
        only=only,
        pair=pair,
        order={level: index for index, level in enumerate(draft.role.levels)},
    )


def _pair(levels: tuple[Level, ...], left: str, right: str) -> tuple[str, str]:
    """The two levels asked for; else the usual one and the next."""
    second = 1 if len(levels) > 1 else 0
    one = left if left in levels else levels[0]
    other = right if right in levels else levels[second]
    return one, other
