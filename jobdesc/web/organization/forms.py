"""The profile as a form. It checks size; the parser checks meaning."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    ColorField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired

from jobdesc.postings.accent import read_color
from jobdesc.postings.values import LINE, LONG, PLACES, SHORT, clean, say_too_long
from jobdesc.postings.variants import BENEFITS
from jobdesc.web.organization.time_zones import time_zone_choices
from jobdesc.web.postings.forms import AtMost

PAPERS = [
    SelectChoice("letter", "US Letter (8.5 by 11 in)"),
    SelectChoice("a4", "A4 (210 by 297 mm)"),
]

AGES = [SelectChoice(age, f"{age} months") for age in ("6", "12", "18", "24", "36")]


class FewLines:
    """One item a line: not too many, and none too long."""

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        lines = benefit_lines(field.data or "")
        if len(lines) > BENEFITS:
            raise ValidationError(f"This is {len(lines)} benefits. Keep up to {BENEFITS}.")
        for number, line in enumerate(lines, 1):
            if message := say_too_long(line, LINE):
                raise ValidationError(f"Benefit {number}: {message}")


class Color:
    """A color as six digits or three."""

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        if field.data.strip() and read_color(field.data) is None:
            raise ValidationError("Enter the color as # and six digits, like #0f5f66.")


def benefit_lines(text: str) -> tuple[str, ...]:
    """The items of a text with one a line; bullets that were pasted along drop."""
    lines = (clean(line).lstrip("-*\u2022\u00b7 \t") for line in text.splitlines())
    return tuple(line for line in lines if line)


def _short(label: str, **attributes: str) -> StringField:
    return StringField(label, [AtMost(SHORT)], render_kw=attributes)


def _long(label: str, rows: int) -> TextAreaField:
    return TextAreaField(label, [AtMost(LONG)], render_kw={"rows": rows})


class PlaceForm(Form):  # type: ignore[misc]
    """One place of work."""

    id = HiddenField()
    street = _short("Street")
    city = _short("City")
    state = _short("State")
    postal_code = _short("ZIP code")
    country = _short("Country")


class OrganizationForm(FlaskForm):  # type: ignore[misc]
    """Every field of the profile, by its name; the accent has a second control to pick it by."""

    name = StringField(
        "Organization name",
        [InputRequired("Enter the name of your organization."), AtMost(SHORT)],
        render_kw={"autocomplete": "organization"},
    )
    logo = FileField("Logo", render_kw={"accept": "image/png,image/jpeg"})
    about = _long("About the organization", 5)
    places = FieldList(FormField(PlaceForm), max_entries=PLACES)
    schedule = _short("Schedule")
    paper = SelectField("Paper", choices=PAPERS, validate_choice=False)
    time_zone = SelectField("Time zone", choices=time_zone_choices, validate_choice=False)
    pay_age = SelectField("Pay ranges are old after", choices=AGES, validate_choice=False)
    benefits = TextAreaField("Benefits, one a line", [FewLines()], render_kw={"rows": 6})
    equal_opportunity = _long("Equal opportunity", 5)
    accommodation = _long("Accommodation", 4)
    how_to_apply = _long("How to apply", 4)
    accent_picked = ColorField("Pick a color")
    accent = StringField(
        "Accent color", [Color()], render_kw={"spellcheck": "false", "maxlength": "20"}
    )
