"""The form that gives a file of wage figures."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import StringField, ValidationError

from jobdesc.services.wage_imports import FIRST_YEAR, LAST_YEAR
from jobdesc.web.door import clean


class ImportForm(FlaskForm):  # type: ignore[misc]
    """A file, and the year of its figures where no name in it says so."""

    upload = FileField("File")
    year = StringField("Year of the survey")

    def validate_upload(self, field: FileField) -> None:
        """A file was chosen."""
        if not field.data or not field.data.filename:
            raise ValidationError("Choose a file to import.")

    def validate_year(self, field: StringField) -> None:
        """A year of the survey, or nothing."""
        text = field.data = clean(field.data or "").strip()
        if text and not (
            text.isascii() and text.isdecimal() and FIRST_YEAR <= int(text[:9]) <= LAST_YEAR
        ):
            raise ValidationError(f"Enter the year as four digits from {FIRST_YEAR} on, or none.")

    @property
    def year_given(self) -> int | None:
        """The year, where one was entered."""
        return int(self.year.data) if self.year.data else None
