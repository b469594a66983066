"""Every screen in its main states: three installations, and what leads to each state."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from jobdesc.app import create_app
from jobdesc.extensions import db
from jobdesc.people.person import OPERATOR, Kind, Person
from jobdesc.postings.band_edits import BandEdit, band_mark
from jobdesc.postings.bands import PayBand
from jobdesc.postings.changes import AddLine, SetField
from jobdesc.postings.sections import Section
from jobdesc.postings.variants import StatementKind
from jobdesc.roles.levels import Level
from jobdesc.services import bulk
from jobdesc.services.access_links import invite, new_password_link
from jobdesc.services.documents import Press
from jobdesc.services.exports import KEPT_FOR
from jobdesc.services.listing import Selection
from jobdesc.services.pay_bands import save_bands
from jobdesc.services.postings import read_posting, save_changes, start_posting
from jobdesc.services.publishing import publish_posting
from jobdesc.services.saved_views import save_view
from jobdesc.services.statements import create_variant, lock_text, remove_variant
from jobdesc.services.wage_import_work import make_next_import
from jobdesc.services.wage_imports import begin_import
from jobdesc.store.export_tables import ExportRow
from jobdesc.store.exports import Chosen, LeftOut, add_export
from jobdesc.store.transactions import writing
from jobdesc.workers.errors import RenderCrashed
from jobdesc.workers.files import ResultFiles
from jobdesc.workers.pool import RenderPool
from tests.accounts import add_person, new_link_token, set_up
from tests.checked import CheckedClient
from tests.databases import Templates, make_settings
from tests.desk import furnish
from tests.quick import warm
from tests.services.publishing import QuickPool
from tests.wages.builders import a_csv

LONG_TITLE = (
    "Registered Nurse Case Manager for Transitions of Care, Behavioral Health and Home Visits"
)
OVERLONG = "Unbreakable" * 1_000
MESSY = 2
"""The number of the posting with much in it that is long or wrong."""
ARCHIVED = 3


@dataclass(frozen=True)
class Screen:
    """A page in one state: typed into by control's name, and a button pressed as name=value."""

    name: str
    house: str
    who: str
    path: str
    typed: Mapping[str, str] = field(default_factory=dict)
    button: str = ""


SCREENS = (
    Screen("not set up", "unset", "nobody", "/"),
    Screen("set-up", "unset", "nobody", "/set-up/<token>"),
    Screen("set-up with errors", "unset", "nobody", "/set-up/<token>", {"email": "x"}, "="),
    Screen("set-up link gone", "unset", "nobody", "/set-up/gone"),
    Screen("home, new", "new", "administrator", "/"),
    Screen("posting, fresh", "new", "administrator", "/postings/1"),
    Screen("posting, location unclear", "new", "administrator", "/postings/1",
           {"location": "Nowhere"}, "action=save"),
    Screen("postings, empty", "new", "recruiter", "/postings"),
    Screen("organization, new", "new", "administrator", "/settings/organization"),
    Screen("sign-in", "harbor", "nobody", "/sign-in"),
    Screen("sign-in, failed", "harbor", "nobody", "/sign-in",
           {"email": "ada@lakecounty.gov", "password": "wrong"}, "="),
    Screen("sign-in, empty", "harbor", "nobody", "/sign-in", {"email": ""}, "="),
    Screen("home", "harbor", "administrator", "/"),
    Screen("home of a recruiter", "harbor", "recruiter", "/"),
    Screen("home, one family", "harbor", "administrator", "/?family=nursing"),
    Screen("search, results", "harbor", "administrator", "/?q=case"),
    Screen("search, another word", "harbor", "recruiter", "/?q=discharge+planing"),
    Screen("search, a license", "harbor", "administrator", "/?q=lcsw"),
    Screen("search, none", "harbor", "administrator", "/?q=zebra+quartz"),
    Screen("guide", "harbor", "administrator", "/roles/rn-case-manager"),
    Screen("guide at a level", "harbor", "recruiter", "/roles/legal-case-manager?level=director"),
    Screen("posting", "harbor", "administrator", "/postings/1"),
    Screen("posting, long", "harbor", "administrator", f"/postings/{MESSY}"),
    Screen("posting, with errors", "harbor", "administrator", f"/postings/{MESSY}",
           {"title": OVERLONG, "pay_low": "much", "closing_date": "next week"}, "action=save"),
    Screen("another level", "harbor", "administrator", "/postings/1/levels/senior"),
    Screen("another level, long", "harbor", "administrator", f"/postings/{MESSY}/levels/director"),
    Screen("the same level", "harbor", "administrator", "/postings/1/levels/mid"),
    Screen("changes not published", "harbor", "administrator", "/postings/1/difference"),
    Screen("publish, with details missing", "new", "administrator", "/postings/1/publish"),
    Screen("close a posting", "harbor", "administrator", "/postings/1/close"),
    Screen("versions", "harbor", "administrator", "/postings/1/history?before=2&after=4"),
    Screen("published on a day", "harbor", "recruiter", "/postings/published"),
    Screen("posting to read", "harbor", "recruiter", "/postings/1"),
    Screen("posting to read, long", "harbor", "recruiter", f"/postings/{MESSY}"),
    Screen("postings", "harbor", "administrator", "/postings"),
    Screen("postings, filtered", "harbor", "administrator",
           "/postings?q=case&level=mid&owner=mine&sort=title"),
    Screen("postings, none found", "harbor", "recruiter", "/postings?q=zebra&status=closed"),
    Screen("postings, a saved view", "harbor", "administrator", "/postings?level=lead"),
    Screen("postings, nothing archived", "new", "recruiter", "/postings?archived=yes"),
    Screen("postings, archived", "harbor", "administrator", "/postings?archived=yes"),
    Screen("posting, archived", "harbor", "administrator", f"/postings/{ARCHIVED}"),
    Screen("clone a posting", "harbor", "administrator", f"/postings/{MESSY}/clone"),
    Screen("clone a posting, with errors", "harbor", "administrator", f"/postings/{MESSY}/clone",
           {"location": "Nowhere"}, "="),
    Screen("owner of a posting", "harbor", "administrator", f"/postings/{MESSY}/owner"),
    Screen("exports, none", "new", "recruiter", "/exports"),
    Screen("exports", "harbor", "administrator", "/exports"),
    Screen("export, in progress", "harbor", "administrator", "/exports/1"),
    Screen("export, ready in part", "harbor", "administrator", "/exports/2"),
    Screen("export, failed", "harbor", "administrator", "/exports/3"),
    Screen("export, canceled", "harbor", "administrator", "/exports/4"),
    Screen("organization", "harbor", "administrator", "/settings/organization"),
    Screen("organization, with errors", "harbor", "administrator", "/settings/organization",
           {"name": "", "accent": "red", "about": OVERLONG}, "act=save:all"),
    Screen("standing texts", "harbor", "administrator",
           "/settings/statements?state=OR&level=mid&department=Intake"),
    Screen("standing texts, new", "new", "administrator", "/settings/statements"),
    Screen("standing text, with errors", "harbor", "administrator",
           "/settings/statements/equal_opportunity/new",
           {"name": "", "text": OVERLONG, "states": "Atlantis"}, "="),
    Screen("standing text", "harbor", "administrator", "/settings/statements/benefits/new"),
    Screen("pay ranges", "harbor", "administrator", "/settings/pay"),
    Screen("pay ranges of a role, with errors", "harbor", "administrator",
           "/settings/pay/case-manager",
           {"band:0:mid:low": "much", "band:0:mid:note": OVERLONG}, "act=save"),
    Screen("pay chart", "harbor", "recruiter", "/roles/case-manager/pay?state=OR&city=Portland"),
    Screen("wage figures, with errors", "harbor", "administrator", "/settings/wages",
           {"year": "25"}, "="),
    Screen("wage figures, an answer", "harbor", "administrator", "/settings/wages/3"),
    Screen("people", "harbor", "administrator", "/settings/people"),
    Screen("people, with errors", "harbor", "administrator", "/settings/people",
           {"email": "x", "name": "N" * 300}, "="),
    Screen("a person", "harbor", "administrator", "/settings/people/2"),
    Screen("rights", "harbor", "administrator", "/settings/rights"),
    Screen("role templates", "harbor", "administrator", "/settings/roles"),
    Screen("version read", "harbor", "administrator", "/postings/1/history?read=2"),
    Screen("role, extending", "harbor", "administrator", "/roles/hospice-case-manager/edit/duties"),
    Screen("role, own pay with errors", "harbor", "administrator",
           "/roles/veterans-case-manager/edit/pay",
           {"pay:mid:low": "much", "pay:lead:occupations": OVERLONG}, "act=save"),
    Screen("role, level without a title", "harbor", "administrator",
           "/roles/rn-case-manager/edit/basics", {"titles:lead": ""}, "act=save"),
    Screen("role, new", "harbor", "administrator", "/settings/roles/new"),
    Screen("role, manage", "harbor", "administrator", "/roles/rn-case-manager/manage"),
    Screen("role, experience", "harbor", "administrator",
           "/roles/rn-case-manager/edit/experience"),
    Screen("role, basics with errors", "harbor", "administrator",
           "/roles/rn-case-manager/edit/basics",
           {"name": "", "titles:lead": OVERLONG, "summary:mid": OVERLONG}, "act=save"),
    Screen("role, history", "harbor", "administrator",
           "/roles/rn-case-manager/history?before=1&after=1"),
    Screen("role, levels", "harbor", "administrator", "/roles/rn-case-manager/levels"),
    Screen("two roles", "harbor", "administrator",
           "/compare?left=immigration-case-manager"
           "&right=vocational-rehabilitation-case-manager&level=lead"),
    Screen("two roles, one missing", "harbor", "recruiter", "/compare?left=case-manager&right=no"),
    Screen("credentials", "harbor", "recruiter", "/credentials?kind=license"),
    Screen("a credential", "harbor", "administrator", "/credentials/ccm"),
    Screen("credential, with errors", "harbor", "administrator", "/credentials/ccm/edit",
           {"name": "", "min_months": "two", "note": OVERLONG, "source-0": "A book"}, "="),
    Screen("credential, new", "harbor", "administrator", "/credentials/new"),
    Screen("sources", "harbor", "administrator", "/sources"),
    Screen("a source", "harbor", "administrator", "/sources/nursing-boards"),
    Screen("source, with errors", "harbor", "administrator", "/sources/new",
           {"name": "", "read": "soon", "note": OVERLONG}, "="),
    Screen("source, edited", "harbor", "administrator", "/sources/nursing-boards/edit"),
    Screen("account", "harbor", "recruiter", "/account"),
    Screen("invitation gone", "harbor", "nobody", "/join/gone"),
    Screen("invitation", "harbor", "nobody", "/join/<invitation>"),
    Screen("invitation, with errors", "harbor", "nobody", "/join/<invitation>",
           {"name": "", "password": "short"}, "="),
    Screen("new password", "harbor", "nobody", "/new-password/<password>"),
    Screen("not found", "harbor", "administrator", "/nowhere"),
    Screen("not allowed", "harbor", "recruiter", "/settings/organization"),
    Screen("message", "harbor", "administrator", "/postings/1/download.pdf"),
)  # fmt: skip


class CrashingPool(RenderPool):
    """PDF processes that crash."""

    def render(self, request: bytes, key: str = "") -> bytes:
        """Crash."""
        raise RenderCrashed("signal 9")


@dataclass(frozen=True)
class House:
    """An installation with its people by name, and the token of its set-up link if it has one."""

    app: Flask
    people: Mapping[str, Person]
    token: str = ""
    links: Mapping[str, str] = field(default_factory=dict)

    def path(self, screen: Screen) -> str:
        """Where the screen is."""
        path = screen.path.replace("<token>", self.token)
        for purpose, token in self.links.items():
            path = path.replace(f"<{purpose}>", token)
        return path


@contextmanager
def house(name: str, templates: Templates, folder: Path) -> Iterator[House]:
    """The installation of this name: not set up, set up a moment ago, or long in use."""
    folder.mkdir()
    app = create_app(make_settings(folder, templates.clone("sqlite", folder, seeded=True)))
    with app.app_context():
        warm(app, db.engine)
    app.testing, app.test_client_class = True, CheckedClient
    press: Press = app.extensions["press"]
    app.extensions["press"] = Press(CrashingPool("no.such:entry"), press.files)
    if name == "unset":
        yield House(app, {}, new_link_token(app))
    else:
        people = _people(app, name)
        yield House(app, people, links=_links(app, people))
    app.extensions["exporter"].stop()
    app.extensions["wage_importer"].stop()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _people(app: Flask, name: str) -> dict[str, Person]:
    now = datetime.now(UTC)
    administrator = set_up(app, now)
    people = {"administrator": administrator, "recruiter": add_person(app, Kind.RECRUITER, now=now)}
    if name == "harbor":
        furnish(app, now=now)
    with app.app_context():
        start_posting(administrator, "case-manager", Level.MID, now)
        if name == "harbor":
            _write_postings(administrator, now)
            _publish(administrator, now)
            _arrange_list(administrator, now)
            _write_exports(administrator, now)
            _write_texts(administrator, now)
            _write_pay(administrator, now)
            _import_wages(app, now)
    return people


def _links(app: Flask, people: Mapping[str, Person]) -> dict[str, str]:
    """Links that somebody was given and has not opened yet."""
    actor, now = people["administrator"], datetime.now(UTC)
    with app.app_context():
        return {
            "invitation": invite(actor, "", "new@lakecounty.gov", Kind.HR_EDITOR, now).token,
            "password": new_password_link(actor, people["recruiter"].id, now).token,
        }


def _write_postings(person: Person, now: datetime) -> None:
    _retitle(person, 1, "Case Manager, Intake", now)
    messy = start_posting(person, "rn-case-manager", Level.LEAD, now)
    assert messy == MESSY
    changes = [
        SetField(target="title", before=_title(person, messy), after=LONG_TITLE),
        SetField(target="department", before="", after="مركز الرعاية 🦊 <b>Intake</b>"),
        SetField(target="requisition", before="", after="R" * 300),
    ]
    long = "Coordinates care across hospital, home and community for people with many needs. " * 4
    lines = [(f"long-{count}", long if count % 5 else "Supercalifragilistic" * 12)
             for count in range(25)]  # fmt: skip
    changes += [AddLine(line=key, section=Section.DUTIES, text=text) for key, text in lines]
    assert not save_changes(person, messy, tuple(changes), now).conflicts
    for count in range(55):
        number = start_posting(person, "case-manager", Level.MID, now)
        _retitle(person, number, f"Case Manager {count}", now - timedelta(hours=7 * count + 1))


def _arrange_list(person: Person, now: datetime) -> None:
    """One posting archived, two with one number, and views with names."""
    bulk.archive(person, Selection(ids=(ARCHIVED,)), None, now)
    for number, at in ((1, now), (57, now - timedelta(days=1))):
        change = SetField(target="requisition", before="", after="R-2231")
        assert save_changes(person, number, (change,), at).changes
    save_view(person, "Leads", "level=lead", True, now)
    save_view(person, f"My {LONG_TITLE[:56]}", "q=case&owner=mine", False, now)


def _publish(person: Person, now: datetime) -> None:
    """The first posting, which is changed afterwards."""
    with TemporaryDirectory() as folder:
        press = Press(QuickPool(), ResultFiles(Path(folder)))
        publish_posting(person, 1, press, now)
    _retitle(person, 1, "Case Manager, Intake and " + LONG_TITLE, now)


def _write_texts(person: Person, now: datetime) -> None:
    """A locked text for Oregon, a long one after it, and one that was removed."""
    kind = StatementKind.EQUAL_OPPORTUNITY
    oregon = create_variant(
        person, kind, {"name": "Oregon", "text": "ORS 659A.", "states": ["OR"]}, now
    )
    lock_text(person, oregon.id, now)
    create_variant(person, kind, {"name": "N" * 300, "text": OVERLONG[:6_000]}, now)
    gone = create_variant(person, kind, {"name": "Gone", "text": "{place} {plaec}"}, now)
    remove_variant(person, gone.id, now)


def _write_pay(person: Person, now: datetime) -> None:
    """A range that is old, one in a city, and one that was removed."""
    any_place = PayBand(role="case-manager", level=Level.MID, low=5_000_000, high=6_000_000,
                        as_of=date(2020, 1, 1), note="N" * 300)  # fmt: skip
    city = any_place.model_copy(update={"state": "OR", "city": "Portland", "level": Level.LEAD})
    gone = any_place.model_copy(update={"state": "WA"})
    for started, after in ((None, any_place), (None, city), (None, gone), (gone, None)):
        edit = BandEdit((after or gone).key, band_mark(started), after)
        save_bands(person, "case-manager", [edit], now)


def _import_wages(app: Flask, now: datetime) -> None:
    """A file with faults that waits for an answer."""
    name = f"state_M2025_{'long_' * 30}.csv"
    body = a_csv({"A_MEDIAN": "61000"}, {"A_MEDIAN": "none"}, {"O_GROUP": "broad"})
    files = app.extensions["wage_files"]
    begin_import(OPERATOR, io.BytesIO(body), name, None, files, now)
    make_next_import(files, lambda: now)


def _write_exports(person: Person, now: datetime) -> None:
    """One in every state; the first is being made by another server."""
    for states in ("working", "ready", "failed", "canceled"):
        with writing() as session:
            chosen = [Chosen(number, LONG_TITLE) for number in range(1, 41)]
            left = [LeftOut(one.id, one.title, "gone") for one in chosen[:2]]
            number = add_export(session, person.id, "pdf", chosen, left, now, now + KEPT_FOR)
            row = session.get_one(ExportRow, number)
            row.state, row.lease_until = states, now + timedelta(days=1)
            row.done = 12 if states == "working" else 40
            if states == "ready":
                row.file, row.size = f"{'a' * 32}.zip", 3_400_000


def _retitle(person: Person, number: int, title: str, now: datetime) -> None:
    changes = (SetField(target="title", before=_title(person, number), after=title),)
    assert save_changes(person, number, changes, now).changes


def _title(person: Person, number: int) -> str:
    return read_posting(person, number).posting.title
