"""The fields of a posting as a form. It checks size; what a draft lacks is said, not refused."""

from flask_wtf import FlaskForm
from wtforms import Field, SelectChoice, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import StopValidation

from jobdesc.postings.places import read_place
from jobdesc.postings.values import LINE, LONG, SHORT, clean, say_too_long

ARRANGEMENTS = [
    SelectChoice("on-site", "On site"),
    SelectChoice("hybrid", "Hybrid"),
    SelectChoice("remote", "Remote"),
    SelectChoice("", "Not said"),
]
EMPLOYMENT = [
    SelectChoice("full-time", "Full time"),
    SelectChoice("part-time", "Part time"),
    SelectChoice("temporary", "Temporary"),
    SelectChoice("per-diem", "Per diem"),
    SelectChoice("intern", "Internship"),
    SelectChoice("", "Not said"),
]
FLSA = [
    SelectChoice("nonexempt", "Nonexempt"),
    SelectChoice("exempt", "Exempt"),
    SelectChoice("", "Not said"),
]
UNITS = [SelectChoice("year", "a year"), SelectChoice("hour", "an hour")]


class AtMost:
    """Refuse a text longer than `limit`, saying both lengths."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        if message := say_too_long(clean(field.data or ""), self.limit):
            raise StopValidation(message)


class Choice(SelectField):  # type: ignore[misc]
    """One of a list; what is none of it is refused in our own words."""

    def pre_validate(self, form: FlaskForm) -> None:
        """Whether one of the choices was sent."""
        try:
            super().pre_validate(form)
        except ValidationError as error:
            raise ValidationError("Choose one of the list.") from error


def _short(label: str, **attributes: str) -> StringField:
    return StringField(label, [AtMost(SHORT)], render_kw=attributes)


def _long(label: str, rows: int) -> TextAreaField:
    return TextAreaField(label, [AtMost(LONG)], render_kw={"rows": rows})


class PostingForm(FlaskForm):  # type: ignore[misc]
    """Every field of a posting, by its name, and the location as one line."""

    title = _short("Job title")
    department = _short("Department")
    requisition = _short("Requisition number")
    openings = _short("Openings", inputmode="numeric")
    reports_to = _short("Reports to")
    location = _short("Location", placeholder="Portland, OR", autocomplete="off")
    arrangement = Choice("Where the work is done", choices=ARRANGEMENTS)
    arrangement_detail = _short("Details (like 3 days on site)")
    employment_type = Choice("Employment type", choices=EMPLOYMENT)
    schedule = _short("Schedule")
    hours = _short("Hours (like 40 hours a week)")
    flsa = Choice("Overtime status (FLSA)", choices=FLSA)
    closing_date = _short("Closing date")
    summary = _long("About the role", 5)
    pay_low = _short("Lowest pay", inputmode="decimal")
    pay_high = _short("Highest pay", inputmode="decimal")
    pay_unit = Choice("Per", choices=UNITS)
    other_pay = TextAreaField("Other compensation", [AtMost(LINE)], render_kw={"rows": 2})
    about_us = _long("About us", 4)
    how_to_apply = _long("How to apply", 3)
    contact = _short("Contact")
    equal_opportunity = _long("Equal opportunity", 5)
    accommodation = _long("Accommodation", 3)

    def validate_location(self, field: Field) -> None:
        """A line that names no city with a state cannot be kept as a place."""
        if field.data and read_place(field.data, "place") is None:
            raise ValidationError("Enter the location as city and state, like Portland, OR.")


HINTS: dict[str, str] = {
    "schedule": "Days and times, like Monday to Friday, 8 AM to 4:30 PM.",
    "closing_date": "Like 12/15/2026: what is published closes at the end of that day. "
    "Empty: no date is printed.",
    "summary": "Two or three sentences: who they help, and what changes because of this job.",
    "how_to_apply": "An address, a link or an email, and what to send.",
    "contact": "Name, phone or email for questions.",
    "flsa": "Nonexempt: overtime is paid. Confirm with counsel.",
    "other_pay": "Like differentials, bonuses or a sign-on payment.",
}
"""The words under a label, by field."""
