"""The name of a view, and whether it is for everybody."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField

from jobdesc.services.saved_views import LONGEST_NAME
from jobdesc.web.postings.listing import View, view_of_query


class ViewForm(FlaskForm):  # type: ignore[misc]
    """`view` is the query of the list that gets the name. The service says what is wrong."""

    name = StringField("Name of this view", render_kw={"maxlength": str(LONGEST_NAME)})
    shared = BooleanField("For everybody")
    view = HiddenField()

    @property
    def list_view(self) -> View:
        """The list that is on the page."""
        return view_of_query(self.view.data or "")
