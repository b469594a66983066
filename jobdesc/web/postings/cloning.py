"""A posting for another place or level, made from one that is there."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectChoice, SelectField, StringField

from jobdesc.people.rights import Action
from jobdesc.postings.places import Place, read_place, say_no_state
from jobdesc.postings.values import SHORT, clean, say_too_long
from jobdesc.services.cloning import Original, clone_posting, open_original
from jobdesc.web.access import current_actor, needs
from jobdesc.web.accounts.forms import show_problems
from jobdesc.web.clock import now

bp = Blueprint("cloning", __name__, url_prefix="/postings/<int:posting_id>/clone")

MADE = "This is a copy of {title}, a draft of yours. Requisition number and closing date are empty."
NO_LEVEL = "Choose one of the levels."
NO_PLACE = "Choose one of the places, or type another one."
ABROAD = "Abroad, write city, region and country, like Toronto, Ontario, Canada."
NOT_READ = "Enter the location as city and state, like Portland, OR."

Answer = str | tuple[str, int] | Response


class CloneForm(FlaskForm):  # type: ignore[misc]
    """Where and at which level the copy is; a location that is typed counts before the choice."""

    place = SelectField("Place", validate_choice=False)
    location = StringField(
        "Or another place", render_kw={"placeholder": "Salem, OR", "autocomplete": "off"}
    )
    level = SelectField("Level", validate_choice=False)

    def offer(self, original: Original) -> None:
        """The places of the organization, and the levels of the role."""
        same = "; ".join(place.short for place in original.posting.places if place.short)
        self.place.choices = [
            SelectChoice("", f"The same: {same}" if same else "The same: not set"),
            *(SelectChoice(place.id, place.full or place.short) for place in original.places),
        ]
        self.level.choices = [
            SelectChoice(level.value, f"{level.label} (the same)" if same_level else level.label)
            for level in original.levels
            for same_level in [level is original.posting.level]
        ]
        if not self.is_submitted():
            self.level.data = original.posting.level.value

    def chosen_place(self, original: Original) -> Place | None:
        """The other place, None for the same; what is wrong stands at its field."""
        if location := clean(self.location.data or ""):
            place = None if len(location) > SHORT else read_place(location, "place")
            if wrong := _fault_of(location, place):
                show_problems(self, {"location": wrong})
            return place
        found = next((one for one in original.places if one.id == self.place.data), None)
        if self.place.data and found is None:
            show_problems(self, {"place": NO_PLACE})
        return found


def _fault_of(location: str, place: Place | None) -> str:
    if place is None:
        return say_too_long(location, SHORT) or NOT_READ
    return say_no_state(place, ABROAD)


@bp.get("")
@needs(Action.START_POSTING)
def ask(posting_id: int) -> Answer:
    """What the copy is for."""
    return _page(posting_id, open_original(current_actor(), posting_id), CloneForm(formdata=None))


@bp.post("")
@needs(Action.START_POSTING)
def make(posting_id: int) -> Answer:
    """Make the copy; one for another level goes on to what differs there."""
    original, form = open_original(current_actor(), posting_id), CloneForm()
    place, level = form.chosen_place(original), form.level.data or original.posting.level.value
    if level not in original.levels:
        show_problems(form, {"level": NO_LEVEL})
    if form.errors:
        return _page(posting_id, original, form), 422
    number = clone_posting(current_actor(), posting_id, place, now())
    flash(MADE.format(title=original.posting.title or "Untitled posting"), "green")
    if level != original.posting.level:
        return redirect(url_for("levels.show", posting_id=number, level=level), 303)
    return redirect(url_for("postings.show", posting_id=number), 303)


def _page(posting_id: int, original: Original, form: CloneForm) -> str:
    form.offer(original)
    return render_template(
        "postings/clone.html", posting_id=posting_id, original=original.posting, form=form
    )
