"""Publishing, saving and closing at the same moment, and a process that is killed in between."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from jobdesc.postings.lifecycle import NotAllowed
from jobdesc.services.postings import read_posting
from jobdesc.services.published import publications_of, published_posting
from jobdesc.services.publishing import (
    ChangedMeanwhile,
    NothingToPublish,
    close_posting,
    close_what_is_due,
    standing_of,
)
from tests.accounts import NOW, quick_hashes
from tests.services.publishing import Bench, a_bench
from tests.services.test_closing import MIDNIGHT

__all__ = ["quick_hashes"]

ROUNDS = 6


@pytest.fixture
def bench(seeded_app: Flask, tmp_path: Path) -> Iterator[Bench]:
    bench = a_bench(seeded_app, tmp_path)
    with seeded_app.app_context():
        yield bench


def at_once(bench: Bench, *acts: Callable[[], object]) -> list[str]:
    """What became of each act, all begun together: 'done' or the name of its refusal."""
    begin, ends = threading.Barrier(len(acts)), ["" for _ in acts]

    def run(number: int) -> None:
        begin.wait(30)
        with bench.app.app_context():
            try:
                acts[number]()
                ends[number] = "done"
            except (ChangedMeanwhile, NothingToPublish, NotAllowed) as refusal:
                ends[number] = type(refusal).__name__

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(ends), "an act ended with something else"
    return ends


def test_of_people_who_publish_at_once_one_does(bench: Bench) -> None:
    for turn in range(ROUNDS):
        bench.set("title", f"Guide {turn}")
        ends = Counter(at_once(bench, *[bench.publish] * 4))
        assert ends == {"done": 1, "NothingToPublish": 3}
    made = publications_of(bench.person, bench.number)
    assert [one.number for one in made] == [*range(ROUNDS, 0, -1)]
    assert [one.title for one in made] == [f"Guide {turn}" for turn in reversed(range(ROUNDS))]
    assert [one.stands for one in made] == [True] + [False] * (ROUNDS - 1)


def test_what_is_published_is_what_was_seen_however_somebody_saves(bench: Bench) -> None:
    count = 0  # of those that were published
    for turn in range(ROUNDS):
        bench.set("title", f"Seen {turn}")
        seen = read_posting(bench.person, bench.number).counter

        ended = threading.Event()

        def publish(seen: int = seen, ended: threading.Event = ended) -> None:
            try:
                bench.publish(counter=seen)
            finally:
                ended.set()

        def save(turn: int = turn, ended: threading.Event = ended) -> None:
            ended.wait(30 if turn == ROUNDS - 1 else turn * 0.05)  # the last save comes too late
            bench.set("title", f"Unseen {turn}")

        published, saved = at_once(bench, publish, save)
        assert saved == "done"
        assert read_posting(bench.person, bench.number).posting.title == f"Unseen {turn}"
        if published == "done":
            count += 1
            assert published_posting(bench.person, bench.number).posting.title == f"Seen {turn}"
        titles = [one.title for one in publications_of(bench.person, bench.number)]
        assert not any(title.startswith("Unseen") for title in titles)
    assert count >= 1


def test_closing_and_publishing_changes_leave_one_state(bench: Bench) -> None:
    bench.publish()
    for turn in range(ROUNDS):
        bench.set("title", f"Guide {turn}")
        if standing_of(bench.person, bench.number).published is None:
            bench.publish()
            bench.set("title", f"Guide {turn}, later")

        def close() -> None:
            close_posting(bench.person, bench.number, NOW)

        assert at_once(bench, bench.publish, close) == ["done", "done"]
        standing = [one.stands for one in publications_of(bench.person, bench.number)]
        assert not any(standing[1:])
        assert bench.status == ("published" if standing[0] else "closed")


def test_at_midnight_it_is_closed_once_whoever_looks(bench: Bench) -> None:
    bench.set("closing_date", "11/23/2026")
    bench.publish()
    bench.set("closing_date", "12/31/2026")

    def look() -> None:
        close_what_is_due(MIDNIGHT)

    def publish() -> None:
        bench.publish(MIDNIGHT)

    assert at_once(bench, look, look, look, publish) == ["done"] * 4
    second, first = publications_of(bench.person, bench.number)
    assert (first.closed_at, first.closed_why) == (MIDNIGHT, "date")
    assert second.stands and bench.status == "published"


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.orm import Session
from jobdesc.app import create_app
from jobdesc.people.person import Kind, Person
from jobdesc.services.documents import Press
from jobdesc.services.publishing import publish_posting
from jobdesc.store.publication_tables import PublicationRow
from jobdesc.workers.files import ResultFiles
from tests.databases import make_settings
from tests.services.publishing import QuickPool

folder, url, actor, number, when, now = sys.argv[1:]
app = create_app(make_settings(Path(folder), url))

def kill(session, *_):
    if session.get(PublicationRow, 1):
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(Session, when, kill)
with app.app_context():
    ada = Person(int(actor), "Ada Lake", "ada@lakecounty.gov", Kind.ADMINISTRATOR)
    press = Press(QuickPool(), ResultFiles(Path(folder) / "made"))
    publish_posting(ada, int(number), press, datetime.fromisoformat(now))
"""


@pytest.mark.parametrize("when", ["after_flush_postexec", "before_commit"])
def test_a_process_killed_while_it_publishes_leaves_nothing_by_half(
    bench: Bench, seeded_database_url: str, tmp_path: Path, when: str
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    person, number = str(bench.person.id), str(bench.number)
    words = [str(folder), seeded_database_url, person, number, when, NOW.isoformat()]
    command = [sys.executable, "-c", KILLED, *words]
    killed = subprocess.run(command, check=False, env={**os.environ, "PYTHONPATH": "."})
    assert killed.returncode == -signal.SIGKILL
    assert (bench.status, bench.rows, bench.files) == ("draft", 0, 0)
    assert bench.publish().number == 1
    assert (bench.status, bench.rows, bench.files) == ("published", 1, 2)
