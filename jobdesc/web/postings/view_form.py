"""The name of a view, and whether it is for everybody."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField

from jobdesc.web.postings.listing import View, view_of_query


class ViewForm(FlaskForm):  # type: ignore[misc]
    """`view` is the query of the list that gets the name. The service says what is wrong,
    also with a name that is too long: a limit of the control would cut it without a word.
    """

    name = StringField("Name of this view")
    shared = BooleanField("For everybody")
    view = HiddenField()

    @property
    def list_view(self) -> View:
        """The list that is on the page."""
        return view_of_query(self.view.data or "")
