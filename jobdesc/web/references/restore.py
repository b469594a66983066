"""Let a source or a credential say again what it once said, in one press."""

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action
from jobdesc.roles.parse import Problems
from jobdesc.roles.reference_rows import Shelf
from jobdesc.services.references import RowMoved, restore_row
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.door import read_number
from jobdesc.web.references.edit import page_of

bp = Blueprint("reference_restore", __name__)

MOVED = "It was changed after that page was opened. Look at it as it is now."


@bp.post("/credentials/<credential>/restore")
@needs(Action.EDIT_ROLES)
def restore_credential(credential: str) -> Response:
    """A credential as it was in a version."""
    return _restore(Shelf.CREDENTIALS, credential)


@bp.post("/sources/<source>/restore")
@needs(Action.EDIT_ROLES)
def restore_source(source: str) -> Response:
    """A source as it was in a version."""
    return _restore(Shelf.SOURCES, source)


def _restore(shelf: Shelf, key: str) -> Response:
    number, newest = (read_number(request.form.get(name)) for name in ("version", "newest"))
    try:
        restored = restore_row(current_actor(), shelf, key, number, newest, now())
        flash(
            f"Version {number} is restored, as a new version. The former one is kept."
            if restored
            else f"It says what version {number} says already. Nothing was changed."
        )
    except RowMoved:
        flash(f"Version {number} is not restored. {MOVED}", "red")
    except Problems as error:
        said = " ".join(problem.message for problem in error.problems)
        flash(f"Version {number} is not restored. {said}", "red")
    return redirect(page_of(shelf, key), 303)
