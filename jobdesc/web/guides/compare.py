"""Any two roles of the library side by side, for whoever is not sure which one it is."""

from flask import Blueprint, render_template, request

from jobdesc.people.rights import Action
from jobdesc.roles.side_by_side import side_by_side
from jobdesc.services.comparing import Comparison, compare_roles
from jobdesc.web.access import current_actor, needs

bp = Blueprint("compare", __name__)


@bp.get("/compare")
@needs(Action.READ_LIBRARY)
def compare() -> tuple[str, int]:
    """`left` and `right` at `level`; a form to choose them where one is not known or both are one.

    `differences` leaves out what they say alike.
    """
    one, other, level = (request.args.get(name, "") for name in ("left", "right", "level"))
    pair = compare_roles(current_actor(), one, other, level)
    only = bool(request.args.get("differences"))
    left, right = pair.left.held, pair.right.held
    faults = _faults(pair)
    page = render_template(
        "guides/compare.html",
        pair=pair,
        sides=(pair.left, pair.right),
        topics=side_by_side(left, right, only) if left and right and not faults else (),
        only=only,
        faults=faults,
    )
    return page, 404 if any(
        side.slug and not side.held for side in (pair.left, pair.right)
    ) else 200


def _faults(pair: Comparison) -> dict[str, str]:
    """What is wrong with either choice, by its field; nothing is wrong with an open one."""
    sides = {"left": pair.left, "right": pair.right}
    faults = {
        name: "This role is not in the library. Choose another one"
        for name, side in sides.items()
        if side.slug and not side.held
    }
    if pair.left.slug and pair.left.slug == pair.right.slug and not faults:
        faults["right"] = "This is the same role. Choose another one to compare it with"
    return faults
