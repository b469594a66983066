"""The page that edits a role, as a browser without scripts reads and sends it."""

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.forms import UNSENT, parsed

Form = MultiDict[str, str]


def read_form(html: str) -> Form:
    """What the form of the part would send, but for the button that is pressed."""
    form = next(form for form in parsed(html).iter("form") if form.get("data-role") is not None)
    sent: Form = MultiDict()
    for control in form.iter("input", "select", "textarea"):
        name, kind = control.get("name"), control.get("type")
        ticks = kind in ("checkbox", "radio")
        if not name or kind in UNSENT or (ticks and control.get("checked") is None):
            continue
        if control.tag == "textarea":
            # The parser leaves the first line end of a text in a table, which browsers drop.
            sent.add(name, "".join(control.itertext()).removeprefix("\n"))
        elif control.tag == "select":
            options = list(control.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None]
            sent.add(name, str((chosen or options)[0].get("value")))
        else:
            sent.add(name, str(control.get("value", "")))
    return sent


def open_part(client: FlaskClient, slug: str, part: str) -> Form:
    """The form of a part as its page shows it."""
    page = client.get(f"/roles/{slug}/edit/{part}")
    assert page.status_code == 200, page.status
    return read_form(page.text)


def send_part(
    client: FlaskClient, slug: str, part: str, form: Form, act: str = "save"
) -> TestResponse:
    """Send the form with this button."""
    sent = MultiDict([*form.items(multi=True), ("act", act)])
    return client.post(f"/roles/{slug}/edit/{part}", data=sent)
