"""People at work: signed in at once, with the pages of postings as forms to fill."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

from jobdesc.people.person import Kind, Person
from jobdesc.postings.organization import Organization
from jobdesc.postings.places import Place
from jobdesc.postings.posting import Posting
from jobdesc.services.postings import read_posting
from jobdesc.services.sessions import begin_session
from jobdesc.store.organizations import organization_to_change, save_organization
from jobdesc.store.transactions import writing
from tests.accounts import NOW, add_person
from tests.checked import words
from tests.forms import form_values, parsed

HARBOR = Organization(
    name="Harbor County Health Services",
    about="Harbor County Health Services helps 410,000 people stay well and at home.",
    places=(
        Place(
            id="main", street="1200 SW Water Avenue", city="Portland", state="OR",
            postal_code="97201",
        ),
    ),
    schedule="Monday to Friday, 8 AM to 4:30 PM",
    benefits=("Health, dental and vision insurance from the first day", "12 paid holidays a year"),
    how_to_apply="Send a resume and a short letter to jobs@harborcounty.example.",
    time_zone="America/Los_Angeles",
)  # fmt: skip
"""A profile that leaves no detail of a posting to be asked for."""


def furnish(app: Flask, organization: Organization = HARBOR, now: datetime = NOW) -> None:
    """Fill in the organization's profile."""
    with app.app_context(), writing() as session:
        organization_to_change(session)
        save_organization(session, organization, now)


def session_of(app: Flask, person: Person, now: datetime = NOW) -> str:
    """The token of a new session."""
    with app.app_context(), writing() as session:
        return begin_session(session, person, keep=True, now=now).token


class Desk:
    """A person at a browser without scripts."""

    def __init__(self, app: Flask, person: Person) -> None:
        self.app = app
        self.person = person
        self.client: FlaskClient = app.test_client()
        self.client.set_cookie("jobdesc_session", session_of(app, person))

    def get(self, path: str, **more: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(path, **more)

    def root(self, path: str) -> etree._Element:
        """Open a page and read it."""
        return parsed(self.get(path).text)

    def start(self, role: str = "case-manager", level: str = "mid") -> int:
        """Press a level's button on the library page; the posting's number."""
        answer = self.press_level(role, level)
        assert answer.status_code == 303, answer.status
        return int(answer.location.rpartition("/")[2])

    def press_level(self, role: str, level: str) -> TestResponse:
        """What a level's button leads to."""
        data = {"csrf_token": self.token(), "role": role, "level": level}
        return self.client.post("/postings", data=data)

    def token(self) -> str:
        """What every form carries."""
        return str(self.root("/postings").xpath("//input[@name='csrf_token']/@value")[0])

    def form(self, posting_id: int) -> dict[str, str]:
        """What the page of a posting would send."""
        path = f"/postings/{posting_id}"
        return form_values(self.root(path), path)

    def send(
        self, posting_id: int, changes: dict[str, str] | None = None, action: str = "save"
    ) -> TestResponse:
        """Open the page, type `changes` into it and press a button."""
        return self.send_form(posting_id, self.form(posting_id) | (changes or {}), action)

    def send_form(
        self, posting_id: int, form: dict[str, str], action: str = "save"
    ) -> TestResponse:
        """Send a page that was open before."""
        return self.client.post(f"/postings/{posting_id}", data=form | {"action": action})

    def posting(self, posting_id: int) -> Posting:
        """The posting as it is stored."""
        with self.app.app_context():
            return read_posting(self.person, posting_id).posting

    def texts(self, posting_id: int, section: str = "duties") -> list[str]:
        """The lines of a list as they are stored."""
        lines = self.posting(posting_id).lines
        return [line.text for line in lines if line.section == section]

    def lines(self, posting_id: int, section: str = "duties") -> list[str]:
        """The ids of the lines of a list."""
        return [line.id for line in self.posting(posting_id).lines if line.section == section]


def colleague(app: Flask, kind: Kind = Kind.HR_EDITOR, email: str = "") -> Desk:
    """Somebody else of this kind, at a desk of their own."""
    return Desk(app, add_person(app, kind, email))


def error_at(root: etree._Element, control: str) -> str:
    """The message at a control, which the control itself names; '' where there is none."""
    element = root.xpath("//*[@id=$name]", name=control)[0]
    described = (element.get("aria-describedby") or "").split()
    found = [root.xpath("//*[@id=$name]", name=part)[0] for part in described]
    messages = [words(part) for part in found if "error" in (part.get("class") or "")]
    assert bool(messages) == (element.get("aria-invalid") == "true"), control
    return " ".join(messages)


def summary(root: etree._Element) -> dict[str, str]:
    """The summary of a page's errors: message by the control that it leads to."""
    links = root.xpath("//*[@id='error-summary']//a")
    return {link.get("href")[1:]: words(link) for link in links}


def held_in(root: etree._Element, control: str) -> str:
    """What a control holds."""
    element = root.xpath("//*[@id=$name]", name=control)[0]
    if element.tag == "textarea":
        return "".join(element.itertext())
    if element.tag == "select":
        with suppress(IndexError):
            return str(element.xpath("option[@selected]/@value")[0])
        return ""
    return str(element.get("value"))


def notices(root: etree._Element) -> list[str]:
    """The messages of a page."""
    found = root.xpath(
        "//*[contains(@class, 'notice-text')][not(ancestor::*[@hidden])] | //*[@data-saved]"
    )
    return [words(notice) for notice in found]
