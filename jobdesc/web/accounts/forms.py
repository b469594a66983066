"""The forms of set-up and sign-in; they check shape, the services check meaning."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired

from jobdesc.people.entries import EMAIL_HINT

USER_NAME = {
    "autocomplete": "username",
    "inputmode": "email",
    "autocapitalize": "none",
    "spellcheck": "false",
}
"""HTML knows user names in fields of text only, so the keyboard is asked for separately."""


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Email, password, and where to go then."""

    email = StringField("Email", [InputRequired(EMAIL_HINT)], render_kw=USER_NAME)
    password = PasswordField(
        "Password",
        [InputRequired("Enter your password")],
        render_kw={"autocomplete": "current-password"},
    )
    keep = BooleanField("Keep me signed in")
    next = HiddenField()


class SetUpForm(FlaskForm):  # type: ignore[misc]
    """The first administrator and the organization. The service says what is missing."""

    name = StringField("Your name", render_kw={"autocomplete": "name"})
    email = StringField("Email", render_kw=USER_NAME)
    password = PasswordField("Password", render_kw={"autocomplete": "new-password"})
    organization = StringField("Organization", render_kw={"autocomplete": "organization"})


def show_problems(form: FlaskForm, problems: dict[str, str]) -> None:
    """Put each problem on the field that it names."""
    for name, text in problems.items():
        field: Field = form[name]
        field.errors = [*field.errors, text]
