"""People who save over the wire until what they talk to is killed, and what is there afterwards."""

import json
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from jobdesc.app import create_app
from jobdesc.extensions import db
from jobdesc.people.person import Person
from jobdesc.roles.levels import Level
from jobdesc.services.postings import keep_posting, start_posting
from jobdesc.services.sessions import begin_session
from jobdesc.store.transactions import writing
from jobdesc.web.clock import now
from jobdesc.web.session_cookie import NAME
from tests.accounts import set_up
from tests.cli.test_run import free_port, started
from tests.databases import make_settings

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
    refusals: list[int] = field(default_factory=list)

    def work(self, url: str, saved: threading.Semaphore) -> None:
        """Save until the server or its database is gone; every acknowledged save is noted."""
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
        except urllib.error.HTTPError as answer:
            answer.close()
            self.refusals.append(answer.code)
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
            if answer.code != 303:
                raise
            answer.close()
        self.acknowledged.append(after)
        return after


def begin(data: Path, url: str) -> list[Writer]:
    """An installation that is set up, with a posting for each writer."""
    app = create_app(make_settings(data, url))
    actor = set_up(app)
    with app.app_context():
        writers = [_begin(actor, level) for level in [*Level][:WRITERS]]
        db.session.remove()
        db.engine.dispose()
    return writers


def _begin(actor: Person, level: Level) -> Writer:
    started_now = start_posting(actor, "case-manager", level, now())
    keep_posting(actor, started_now)
    with writing() as session:
        begun = begin_session(session, actor, keep=False, now=now())
    return Writer(started_now, begun.token)


def one_round(
    data: Path, url: str, writers: list[Writer], saves: int, kill: Callable[[], None] | None = None
) -> None:
    """Serve, let everybody save, and kill when `saves` were acknowledged, by default the server."""
    saved, port = threading.Semaphore(0), free_port()
    with started(data, port, JOBDESC_DATABASE_URL=url) as server:
        address = f"http://127.0.0.1:{port}"
        threads = [threading.Thread(target=w.work, args=(address, saved)) for w in writers]
        for thread in threads:
            thread.start()
        for _ in range(saves):
            assert saved.acquire(timeout=30), "no save was acknowledged"
        (kill or server.kill)()
        for thread in threads:
            thread.join(30)
            assert not thread.is_alive()
        server.kill()
        _, log = server.communicate()
    assert {code for writer in writers for code in writer.refusals} <= {503}, log


def check(url: str, writers: list[Writer]) -> int:
    """The database is whole and holds every acknowledged save; goes on from what it holds.

    Returns how many saves were acknowledged.
    """
    engine = create_engine(url, poolclass=NullPool)
    acknowledged = sum(len(writer.acknowledged) for writer in writers)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA integrity_check")).all() == [("ok",)]
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        else:
            check_postgres(connection)
        for writer in writers:
            of = {"of": writer.posting_id}
            query = "SELECT changes FROM change_list WHERE posting_id = :of ORDER BY counter"
            found = [_plain(changes) for changes in connection.scalars(text(query), of)]
            kept = [changes[0]["after"] for changes in found]
            query = "SELECT body FROM posting WHERE id = :of"
            body = _plain(connection.scalar(text(query), of))
            assert body["requisition"] == (kept[-1] if kept else "")
            assert set(writer.acknowledged) <= set(kept)
            assert len(kept) == len(set(kept))
            writer.acknowledged = kept
    return acknowledged


def check_postgres(connection: object) -> None:
    """Every page of every table and index is read, and each index agrees with its table."""
    run = connection.execute  # type: ignore[attr-defined]
    run(text("SET enable_indexscan = off"))
    run(text("CREATE EXTENSION IF NOT EXISTS amcheck"))
    checked = run(text(
        "SELECT bt_index_check(index => c.oid, heapallindexed => true) FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE a.amname = 'btree' AND n.nspname = 'public'"
    )).all()  # fmt: skip
    assert checked
    tables = run(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars()
    for table in tables.all():
        faults = run(text(f"SELECT * FROM verify_heapam('public.\"{table}\"')"))  # noqa: S608
        assert faults.all() == [], table


def _plain(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value
