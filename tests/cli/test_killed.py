"""A server that is killed in the middle of saves: what it acknowledged is there afterwards."""

import json
import sqlite3
import threading
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

import pytest

from jobdesc.app import create_app
from jobdesc.extensions import db
from jobdesc.people.person import Person
from jobdesc.roles.levels import Level
from jobdesc.services.postings import keep_posting, start_posting
from jobdesc.services.sessions import begin_session
from jobdesc.store.transactions import writing
from jobdesc.web.clock import now
from jobdesc.web.session_cookie import NAME
from tests.accounts import quick_hashes, set_up
from tests.cli.test_run import free_port, started
from tests.conftest import Soak
from tests.databases import Templates, make_settings

__all__ = ["quick_hashes"]

WRITERS = 3
CHOICES = {"arrangement": "on-site", "employment_type": "full-time", "flsa": "", "pay_unit": "year"}


class KeepAnswer(urllib.request.HTTPRedirectHandler):
    """Does not follow: the redirect is the server's word that it saved."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class Writer:
    """Somebody who saves one number after another into a posting of theirs."""

    posting_id: int
    cookie: str
    acknowledged: list[str] = field(default_factory=list)

    def work(self, url: str, saved: threading.Semaphore) -> None:
        """Save until the server is gone; every acknowledged save is noted, then told."""
        opener = urllib.request.build_opener(KeepAnswer, urllib.request.HTTPCookieProcessor())
        opener.addheaders = [("Cookie", f"{NAME}={self.cookie}")]
        page = f"{url}/postings/{self.posting_id}"
        before = self.acknowledged[-1] if self.acknowledged else ""
        try:
            with opener.open(page) as answer:
                token = answer.read().decode().partition('name="csrf_token" value="')[2]
                own = answer.headers["Set-Cookie"].partition(";")[0]
            opener.addheaders = [("Cookie", f"{NAME}={self.cookie}; {own}")]
            fields = {**CHOICES, "csrf_token": token.partition('"')[0]}
            while True:
                before = self._save(opener, page, fields, before)
                saved.release()
        except (OSError, HTTPException):
            return

    def _save(
        self, opener: urllib.request.OpenerDirector, page: str, fields: dict[str, str], before: str
    ) -> str:
        after = str(int(before or 0) + 1)
        form = fields | {"requisition": after, "requisition.before": before}
        try:
            opener.open(page, urllib.parse.urlencode(form).encode())
        except urllib.error.HTTPError as answer:
            answer.close()
            assert answer.code == 303, answer.code  # noqa: PT017
        self.acknowledged.append(after)
        return after


def one_round(data: Path, writers: list[Writer], saves: int) -> None:
    """Serve, let everybody save, and kill the server when `saves` were acknowledged."""
    saved, port = threading.Semaphore(0), free_port()
    with started(data, port) as server:
        url = f"http://127.0.0.1:{port}"
        threads = [threading.Thread(target=w.work, args=(url, saved)) for w in writers]
        for thread in threads:
            thread.start()
        for _ in range(saves):
            assert saved.acquire(timeout=30), "no save was acknowledged"
        server.kill()
        for thread in threads:
            thread.join(30)


def check(data: Path, writers: list[Writer]) -> None:
    """The database is whole, and holds every acknowledged save; goes on from what it holds."""
    with closing(sqlite3.connect(data / "jobdesc.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for writer in writers:
            query = "SELECT changes FROM change_list WHERE posting_id = ? ORDER BY counter"
            rows = connection.execute(query, (writer.posting_id,)).fetchall()
            kept = [json.loads(row[0])[0]["after"] for row in rows]
            query = "SELECT body FROM posting WHERE id = ?"
            body = connection.execute(query, (writer.posting_id,)).fetchone()[0]
            assert json.loads(body)["requisition"] == (kept[-1] if kept else "")
            assert set(writer.acknowledged) <= set(kept)
            assert len(kept) == len(set(kept))
            writer.acknowledged = kept


def begin(data: Path, actor: Person, level: Level) -> Writer:
    started_now = start_posting(actor, "case-manager", level, now())
    keep_posting(actor, started_now)
    with writing() as session:
        begun = begin_session(session, actor, keep=False, now=now())
    return Writer(started_now, begun.token)


@pytest.mark.soak
def test_every_acknowledged_save_outlives_a_killed_server(
    tmp_path: Path, templates: Templates, soak: Soak
) -> None:
    app = create_app(make_settings(tmp_path, templates.clone("sqlite", tmp_path, seeded=True)))
    actor = set_up(app)
    with app.app_context():
        writers = [begin(tmp_path, actor, level) for level in [*Level][:WRITERS]]
        db.session.remove()
        db.engine.dispose()
    for _ in soak.rounds(2):
        one_round(tmp_path, writers, soak.random.randint(1, 40))
        check(tmp_path, writers)
    assert all(writer.acknowledged for writer in writers)
