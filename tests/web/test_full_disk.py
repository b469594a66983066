"""A disk that is full: saves are refused in words, reading goes on, and nothing is damaged."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import event, text

from jobdesc.app import create_app
from jobdesc.extensions import db
from tests.accounts import quick_hashes, set_up
from tests.checked import CheckedClient
from tests.cli.killing import check_postgres
from tests.databases import Templates, make_settings
from tests.desk import Desk, furnish, notices
from tests.forms import parsed
from tests.live import Live
from tests.marks import on_sqlite
from tests.small_disks import small_disk

__all__ = ["quick_hashes"]

FULL = "The disk of this server is full"
KINDS = ("sqlite", "postgresql", "pages")
"""A small disk under either database; and SQLite held to its pages, which works everywhere."""


class Place:
    """An installation, and ways to fill and free the disk of its database."""

    def __init__(self, app: Flask, fill: Callable[[], None], free: Callable[[], None]) -> None:
        self.app, self.fill, self.free = app, fill, free
        self.desk = Desk(app, set_up(app))
        furnish(app)

    def run(self, *words: object) -> Result:
        """A command of the terminal."""
        return self.app.test_cli_runner().invoke(args=[str(word) for word in words])


@contextmanager
def opened(folder: Path, url: str) -> Iterator[Flask]:
    app = create_app(make_settings(folder, url))
    app.testing, app.test_client_class = True, CheckedClient
    try:
        yield app
    finally:
        app.extensions["press"].pool.close()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextmanager
def on_small_sqlite(templates: Templates, folder: Path) -> Iterator[Place]:
    with small_disk(16) as disk:
        url = templates.clone("sqlite", disk.folder, seeded=True)
        with opened(disk.folder, url) as app:
            yield Place(app, disk.fill, disk.free)


@contextmanager
def on_small_postgres(templates: Templates, folder: Path) -> Iterator[Place]:
    """Its tables lie on the small disk, its log elsewhere, as with a volume for each."""
    with small_disk(64) as disk:
        url = templates.clone("postgresql", folder, seeded=True)
        with templates.on_disk(url, disk.folder), opened(folder / "data", url) as app:
            yield Place(app, disk.fill, disk.free)


@contextmanager
def on_few_pages(templates: Templates, folder: Path) -> Iterator[Place]:
    url = templates.clone("sqlite", folder, seeded=True)
    pages = [2**30]

    def hold(connection: object, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages[0]}")  # type: ignore[attr-defined]

    def to(number: int) -> None:
        with app.app_context():
            db.session.remove()
            pages[0] = number
            db.engine.dispose()

    with opened(folder, url) as app:
        with app.app_context():
            event.listen(db.engine, "connect", hold)
        yield Place(app, lambda: to(1), lambda: to(2**30))  # 1 page means those that are there


PLACES = {"sqlite": on_small_sqlite, "postgresql": on_small_postgres, "pages": on_few_pages}


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, templates: Templates, tmp_path: Path) -> Iterator[Place]:
    """An installation on a disk that can be filled."""
    with PLACES[request.param](templates, tmp_path) as place:
        yield place


def typed(turn: int) -> str:
    """A text that needs new room, another one each time."""
    return f"Turn {turn}. " + f"Help people at home, as number {turn} says. " * 60


def check_whole(place: Place) -> None:
    with place.app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        else:
            check_postgres(connection)
            connection.commit()  # keeps the extension that checks, for when there is no room


def test_a_save_is_refused_in_words_with_what_was_typed_and_works_when_there_is_room(
    place: Place,
) -> None:
    desk = place.desk
    posting = desk.start()
    assert desk.send(posting, {"summary": typed(0)}).status_code == 303
    check_whole(place)
    place.fill()
    kept = typed(0)
    for turn in range(1, 200):  # room inside the files is used up first
        answer = desk.send(posting, {"summary": typed(turn)})
        if answer.status_code != 303:
            break
        kept = typed(turn)
    assert answer.status_code == 503
    page = parsed(answer.text)
    assert FULL in " ".join(notices(page))
    assert typed(turn).strip() in answer.text
    for path in (f"/postings/{posting}", "/postings", "/", "/healthz"):
        assert desk.get(path).status_code == 200, path
    assert desk.posting(posting).summary == kept.strip()
    check_whole(place)
    place.free()
    assert desk.send(posting, {"summary": typed(turn)}).status_code == 303
    assert desk.posting(posting).summary == typed(turn).strip()
    check_whole(place)


def test_a_save_of_the_builder_is_refused_and_taken_when_it_is_sent_again(place: Place) -> None:
    live = Live(place.desk, place.desk.start())
    place.fill()
    for turn in range(200):
        sent = live.numbered(live.retitle(f"Title {turn} " + "x" * 100) | {})
        answer = live.post("changes", sent)
        if answer.status_code != 200:
            break
        live.state = answer.json or {}
    assert answer.status_code == 503
    assert FULL in (answer.json or {})["message"]
    assert live.get("state").status_code == 200
    place.free()
    again = live.post("changes", sent)
    assert again.status_code == 200
    assert (again.json or {})["posting"]["title"] == sent["changes"][0]["after"]
    check_whole(place)


@on_sqlite
def test_files_for_which_there_is_no_room_are_refused_in_words_and_leave_nothing(
    seeded_app: Flask, tmp_path: Path
) -> None:
    place = Place(seeded_app, lambda: None, lambda: None)
    with small_disk(1) as disk:
        disk.fill()
        before = sorted(disk.folder.iterdir())
        made = place.run("backup", disk.folder / "copy.backup")
        assert (made.exit_code, "No backup was made" in made.output) == (1, True)
        assert "No space left" in made.output
        posting = disk.folder / "posting.html"
        made = place.run(
            "export", "case-manager", "mid", "--format", "html", "--output", posting
        )  # fmt: skip
        assert (made.exit_code, "No space left" in made.output) == (1, True)
        assert "Traceback" not in made.output
        assert sorted(disk.folder.iterdir()) == before


@on_sqlite
def test_a_backup_that_fills_the_disk_is_refused_and_leaves_nothing(
    seeded_app: Flask, tmp_path: Path, templates: Templates
) -> None:
    """There is room for its beginning, so that it fails while it is written."""
    place = Place(seeded_app, lambda: None, lambda: None)
    with small_disk(1) as disk:
        disk.fill()
        with (disk.folder / "filler").open("r+b") as filler:
            filler.truncate(filler.seek(0, 2) - 32 * 1024)
        made = place.run("backup", disk.folder / "copy.backup")
        assert (made.exit_code, "No space left" in made.output) == (1, True)
        assert [path.name for path in disk.folder.iterdir()] == ["filler"]


def test_a_pdf_comes_though_there_is_no_room_to_keep_it(
    templates: Templates, tmp_path: Path
) -> None:
    with on_small_sqlite(templates, tmp_path) as place:
        posting = place.desk.start()
        assert place.desk.send(posting, {"summary": "Helps."}).status_code == 303
        place.fill()
        for form in ("html", "pdf"):
            answer = place.desk.get(f"/postings/{posting}/download.{form}")
            assert answer.status_code == 200
        folder = place.app.config["JOBDESC"].data / "documents"
        assert [path for path in folder.rglob("*") if path.is_file()] == []


@on_sqlite
def test_a_restore_for_which_there_is_no_room_changes_nothing(
    seeded_app: Flask, templates: Templates, tmp_path: Path
) -> None:
    full = Place(seeded_app, lambda: None, lambda: None)
    for _ in range(40):
        full.desk.send(full.desk.start("rn-case-manager", "lead"), {"summary": typed(1)})
    assert full.run("backup", tmp_path / "copy.backup").exit_code == 0
    (tmp_path / "other").mkdir()
    with on_few_pages(templates, tmp_path / "other") as place:
        place.fill()
        refused = place.run("restore", tmp_path / "copy.backup", "--replace")
        assert (refused.exit_code, "disk of the database is full" in refused.output) == (1, True)
        place.free()
        assert len(place.desk.root("/postings").xpath("//main//tbody/tr")) == 0
        check_whole(place)
