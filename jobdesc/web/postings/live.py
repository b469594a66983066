"""What the live builder asks, in JSON: the state, saves, the preview and where pages end.

The shapes are those of static/js/builder/types.d.ts.
"""

import re
from datetime import date
from typing import Any

from flask import Blueprint, current_app, get_template_attribute, request, url_for
from flask_wtf.csrf import generate_csrf

from jobdesc.documents.html import render_fragment
from jobdesc.people.rights import Action
from jobdesc.postings.complete import find_faults, missing_details
from jobdesc.postings.lifecycle import local_today
from jobdesc.postings.posting import Posting
from jobdesc.services.documents import lay_out_posting, named_in_pdf, posting_document
from jobdesc.services.postings import as_drafted
from jobdesc.services.preview import Preview, preview_posting
from jobdesc.services.saves import State, newer_state, save_live
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.json_requests import Malformed
from jobdesc.web.postings.beside import beside_values, besides
from jobdesc.web.postings.live_input import Draft, is_counter, read_draft, read_save
from jobdesc.web.postings.pay_drawing import draw_pay
from jobdesc.web.postings.pay_remarks import sourced_remarks

bp = Blueprint("live", __name__, url_prefix="/postings/<int:posting_id>")

COUNTER = re.compile("[0-9]{1,19}")

Answer = dict[str, Any] | tuple[str, int]


@bp.get("/state")
@needs(Action.READ_POSTINGS)
def state(posting_id: int) -> Answer:
    """The posting and what others did to it, where it is newer than `since`."""
    since, tab = request.args.get("since", "0"), request.args.get("tab", "")[:60]
    if not COUNTER.fullmatch(since) or not is_counter(int(since)):
        raise Malformed("Send since as a whole number.")
    found = newer_state(current_actor(), posting_id, int(since), tab)
    return state_values(found) if found else ("", 204)


@bp.post("/changes")
@needs(Action.EDIT_POSTING)
def save(posting_id: int) -> Answer:
    """Save a list of changes; says of which change it was not applied, and why."""
    done = save_live(current_actor(), posting_id, read_save(), now())
    return state_values(done.state) | {
        "conflicts": list(done.outcome.conflicts),
        "refused": [{"index": index, "message": why} for index, why in done.outcome.refused],
    }


@bp.post("/preview")
@needs(Action.EDIT_POSTING)
def preview(posting_id: int) -> Answer:
    """The posting on the screen as it is printed. Nothing is saved."""
    draft = read_draft()
    shown = preview_posting(current_actor(), posting_id, draft.posting, now())
    notes = besides(current_actor(), draft.posting, shown.standing)
    return {
        "fragment": _fragment(shown),
        "missing": [detail.field for detail in missing_details(draft.posting)],
        "faults": _faults(draft, local_today(now(), shown.zone)),
        "pay": _pay(draft.posting, shown),
        **beside_values(notes, shown.standing),
    }


@bp.post("/pages")
@needs(Action.EDIT_POSTING)
def pages(posting_id: int) -> Answer:
    """Where the pages of the posting on the screen begin, from a real layout."""
    stored = as_drafted(current_actor(), posting_id, read_draft().posting)
    outline = posting_document(stored)
    layout = lay_out_posting(outline, current_app.extensions["press"])
    return layout.model_dump(mode="json") | {"named": list(named_in_pdf(outline))}


def state_values(found: State) -> dict[str, Any]:
    """A ServerState, with a token for the saves to come."""
    return {
        "posting": found.stored.posting.model_dump(mode="json", by_alias=True),
        "counter": found.stored.counter,
        "template": dict(found.template),
        "csrf": generate_csrf(),
        "person": current_actor().id,
        "others": [{"who": other.who, "parts": list(other.parts)} for other in found.others],
    }


def _fragment(shown: Preview) -> str:
    source = ""
    if shown.logo_version:
        source = url_for("organization.logo", version=shown.logo_version[:8])
    return render_fragment(shown.outline, heading_level=2, targets=True, logo_source=source)


def _faults(draft: Draft, today: date) -> dict[str, str]:
    faults = find_faults(draft.posting, today)
    return {fault.field: fault.message for fault in faults} | draft.too_long


def _pay(posting: Posting, shown: Preview) -> str:
    drawing = draw_pay(posting, shown.held, shown.references, shown.market, shown.pay.band)
    remarks = sourced_remarks(posting, shown.pay, shown.references)
    of_pay = get_template_attribute("postings/parts/pay_drawing.html", "pay_beside")
    return str(of_pay(drawing, remarks))
