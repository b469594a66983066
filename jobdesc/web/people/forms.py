"""The forms of people and accounts; they check shape, the services check meaning."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from jobdesc.people.person import Kind, Person, Theme
from jobdesc.web.accounts.forms import USER_NAME
from jobdesc.web.people.choices import offer_people
from jobdesc.web.words import capitalize_first

KINDS = [SelectChoice(kind.value, capitalize_first(kind.label)) for kind in Kind]
THEMES = [SelectChoice(theme.value, capitalize_first(theme.value)) for theme in Theme]


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Who is invited, and as what."""

    name = StringField("Name", render_kw={"autocomplete": "off"})
    email = StringField("Email", render_kw={**USER_NAME, "autocomplete": "off"})
    kind = SelectField("May work as", choices=KINDS, default=Kind.HIRING_DIRECTOR.value)


class KindForm(FlaskForm):  # type: ignore[misc]
    """What a person may do."""

    kind = SelectField("May work as", choices=KINDS)


class DeactivateForm(FlaskForm):  # type: ignore[misc]
    """Who takes over the postings of a person who leaves."""

    hand_to = SelectField("Hand postings to")

    def offer(self, people: list[Person], preferred: int) -> None:
        """Let the postings go to one of `people`, or stay."""
        nobody = SelectChoice("", "Nobody: leave them in this name")
        self.hand_to.choices = [nobody, *offer_people(people)]
        if not self.is_submitted():
            self.hand_to.data = str(preferred)


class AcceptForm(FlaskForm):  # type: ignore[misc]
    """Name and password of a person who was invited."""

    name = StringField("Your name", render_kw={"autocomplete": "name"})
    password = PasswordField("Password", render_kw={"autocomplete": "new-password"})


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password, chosen by a link."""

    password = PasswordField("New password", render_kw={"autocomplete": "new-password"})


class ChangePasswordForm(FlaskForm):  # type: ignore[misc]
    """The password of who is signed in."""

    current = PasswordField("Current password", render_kw={"autocomplete": "current-password"})
    new = PasswordField("New password", render_kw={"autocomplete": "new-password"})


class SettingsForm(FlaskForm):  # type: ignore[misc]
    """How the pages are for who is signed in."""

    theme = RadioField("Appearance", choices=THEMES)
    letter_keys = BooleanField("Single-letter shortcuts (/, p, ?)")
