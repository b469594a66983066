"""Makes the pictures of the README, from a throw-away data folder: `make screenshots`."""

import io
import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from jobdesc.app import ROOT, create_app
from jobdesc.cli.serve import make_server
from jobdesc.config import read_settings
from jobdesc.people.person import Person
from jobdesc.postings.changes import SetField
from jobdesc.postings.organization import Organization
from jobdesc.postings.places import Place
from jobdesc.roles.levels import Level
from jobdesc.services.content import read_folder, seed
from jobdesc.services.postings import save_changes, start_posting
from jobdesc.services.setup import create_first_administrator, setup_link
from jobdesc.store.organizations import organization_to_change, save_organization
from jobdesc.store.transactions import writing

FOLDER = ROOT / "docs" / "images"
LARGEST = 200_000
"""Bytes of a picture that a page may carry."""
SIZE = ViewportSize(width=1440, height=900)

HARBOR = Organization(
    name="Harbor County Health Services",
    about="Harbor County Health Services runs six clinics and a home-visit program for 410,000 "
    "people along the lower Willamette. Half of our patients have been with us for ten years.",
    places=(
        Place(
            id="main",
            street="1200 SW Water Avenue",
            city="Portland",
            state="OR",
            postal_code="97201",
        ),
    ),
    schedule="Monday to Friday, 8 AM to 4:30 PM",
    benefits=(
        "Health, dental and vision insurance from the first day",
        "State retirement plan with a 6% match",
        "Three weeks of vacation and 11 paid holidays",
    ),
    how_to_apply="Send a resume and a short letter to jobs@harborcounty.example.",
    time_zone="America/Los_Angeles",
)
DRAFTS = (
    ("social-work-case-manager", Level.SENIOR, "Hospital Discharge", timedelta(days=1, hours=3)),
    ("legal-case-manager", Level.MID, "Family Court Support", timedelta(hours=5)),
    ("rn-case-manager", Level.MID, "Care Transitions", timedelta(minutes=12)),
)


def main() -> None:
    """Make both pictures."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(read_settings({"JOBDESC_DATA": folder}, ROOT))
        token, last = furnish(app, now)
        with serving(app) as url, chromium() as browser:
            context = browser.new_context(viewport=SIZE, color_scheme="light")
            context.add_cookies([{"name": "jobdesc_session", "value": token, "url": url}])
            page = context.new_page()
            take(page, url, "library.png")
            take(page, f"{url}/postings/{last}", "posting.png")


def furnish(app: Flask, now: datetime) -> tuple[str, int]:
    """An installation in use; the token of a session, and the number of the newest posting."""
    with app.app_context():
        upgrade()
        seed(read_folder(ROOT / "content"), now)
        link = setup_link("", now) or ""
        begun = create_first_administrator(
            link.rpartition("/")[2],
            "Dana Whitfield",
            "dana@harborcounty.example",
            os.urandom(16).hex(),
            HARBOR.name,
            now,
        )
        with writing() as session:
            organization_to_change(session)
            save_organization(session, HARBOR, now)
        last = [write(begun.person, *draft, now) for draft in DRAFTS][-1]
    return begun.token, last


def write(
    person: Person, role: str, level: Level, department: str, ago: timedelta, now: datetime
) -> int:
    """A posting that somebody worked on."""
    number = start_posting(person, role, level, now - ago)
    change = SetField(target="department", before="", after=department)
    save_changes(person, number, (change,), now - ago)
    return number


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address of the application while it is served."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = make_server(app, app.config["JOBDESC"], listener)
        threading.Thread(target=server.run, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that `tools/in_browser.sh` found."""
    with sync_playwright() as playwright:
        program = os.environ["JOBDESC_CHROMIUM"]
        flags = ["--no-sandbox", "--hide-scrollbars"]
        with playwright.chromium.launch(executable_path=program, args=flags) as browser:
            yield browser


def take(page: Page, address: str, name: str) -> None:
    """Keep a picture of a page with as few colors as it needs to stay small."""
    page.goto(address)
    page.evaluate("document.fonts.ready")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    path: Path = FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{path} has {size:,} bytes, more than {LARGEST:,}.")
    print(f"{path.relative_to(ROOT)}: {size:,} bytes")


if __name__ == "__main__":
    main()
