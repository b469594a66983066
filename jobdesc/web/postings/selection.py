"""Which postings were ticked in the list: the form that every action on many of them reads."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectMultipleField

from jobdesc.services.listing import Selection
from jobdesc.web.door import LARGEST_ROW
from jobdesc.web.postings.listing import View, view_of_query


class SelectionForm(FlaskForm):  # type: ignore[misc]
    """The ticked rows, or all that the list of `view` has; `view` is the address's query."""

    posting = SelectMultipleField(coerce=int, validate_choice=False)
    all = BooleanField()
    view = HiddenField()

    @property
    def list_view(self) -> View:
        """The list in which the rows were ticked."""
        return view_of_query(self.view.data or "")

    def selection(self, person_id: int) -> Selection:
        """What was chosen."""
        if self.all.data:
            return Selection(all_of=self.list_view.wanted(person_id))
        ids = [number for number in self.posting.data or () if 0 < number <= LARGEST_ROW]
        return Selection(ids=tuple(ids))
