"""What the bulk download of the list sends."""

from wtforms import RadioField, SelectChoice

from jobdesc.services.exports import FORMATS
from jobdesc.web.postings.selection import SelectionForm


class ExportForm(SelectionForm):
    """The chosen postings, and the formats that the pressed button stands for."""

    formats = RadioField(choices=[SelectChoice(form) for form in FORMATS], default="pdf")
