"""`flask serve`: starts, answers, stops, and says in a sentence why it cannot."""

import errno
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest

from jobdesc.cli.libraries import LIBRARIES, load_library, missing_libraries
from jobdesc.cli.serve import base_url, check_sqlite, listen, missing_words
from tests.databases import make_settings

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def command(data: Path, port: int, **more: str) -> subprocess.Popen[str]:
    settings = {"JOBDESC_DATA": str(data), "PORT": str(port), "HOST": "127.0.0.1"}
    kept = {key: value for key, value in os.environ.items() if not key.startswith("JOBDESC_")}
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "serve"],
        cwd=ROOT,
        env=kept | settings | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def status_of(url: str) -> int:
    with urllib.request.urlopen(url, timeout=START_SECONDS) as answer:
        return int(answer.status)


@contextmanager
def started(data: Path, port: int, **more: str) -> Iterator[subprocess.Popen[str]]:
    server = command(data, port, **more)
    try:
        deadline = time.monotonic() + START_SECONDS
        while server.poll() is None and time.monotonic() < deadline:
            try:
                status_of(f"http://127.0.0.1:{port}/healthz")
                break
            except OSError:
                time.sleep(0.05)
        yield server
    finally:
        server.kill()
        server.communicate()


def refusal(server: subprocess.Popen[str]) -> str:
    """What a start that fails says: one line, exit code 1, no traceback."""
    output, words = server.communicate(timeout=START_SECONDS)
    assert server.returncode == 1
    assert output == ""
    assert "Traceback" not in words
    assert words.count("\n") == 1
    return words


def test_the_first_start_prints_the_address_and_the_link_for_the_first_administrator(
    tmp_path: Path,
) -> None:
    port = free_port()
    with started(tmp_path, port) as server:
        server.send_signal(signal.SIGTERM)
        output, _ = server.communicate(timeout=START_SECONDS)
    assert server.returncode == 0
    assert f"http://127.0.0.1:{port} " in output
    assert re.search(rf"first administrator: http://127\.0\.0\.1:{port}/\S+", output)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_cleanly(tmp_path: Path, ending: signal.Signals) -> None:
    with started(tmp_path, free_port()) as server:
        server.send_signal(ending)
        output, words = server.communicate(timeout=START_SECONDS)
    assert server.returncode == 0
    assert output.endswith("Stopped.\n")
    assert "Traceback" not in words


def test_a_second_start_finds_what_the_first_one_made(tmp_path: Path) -> None:
    port = free_port()
    for _ in range(2):
        with started(tmp_path, port) as server:
            assert status_of(f"http://127.0.0.1:{port}/healthz") == 200
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=START_SECONDS)


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        words = refusal(command(tmp_path, port))
    assert words == (
        f"Error: http://127.0.0.1:{port} is in use by another program. "
        f"Set PORT to a free one, like PORT={port + 1}.\n"
    )
    assert not (tmp_path / "jobdesc.sqlite3").exists()


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    words = refusal(command(in_the_way, free_port()))
    assert f"The data folder {in_the_way} cannot be written" in words
    assert "Set JOBDESC_DATA" in words


def test_a_database_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "jobdesc.sqlite3").write_text("These are a person's notes, no database." * 50)
    words = refusal(command(tmp_path, free_port()))
    assert "The database cannot be used (file is not a database)" in words


def test_a_database_server_that_is_away_is_named(tmp_path: Path) -> None:
    address = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    server = command(tmp_path, free_port(), JOBDESC_DATABASE_URL=address)
    output, words = server.communicate(timeout=START_SECONDS)
    assert server.returncode == 1
    assert output == ""
    assert "The database cannot be used" in words
    assert "Traceback" not in words


def test_an_unknown_host_is_named() -> None:
    with pytest.raises(click.ClickException, match=r"^HOST is 'no host', which is no known"):
        listen("no host", 8000)


def test_a_port_that_needs_more_rights_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: socket.socket, _address: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(click.ClickException, match=r"may not be used by this user\. Set PORT"):
        listen("127.0.0.1", 80)


def test_an_old_sqlite_is_refused_but_for_postgresql(tmp_path: Path) -> None:
    with pytest.raises(click.ClickException, match=r"has SQLite 3\.37\.2, and 3\.40 or newer"):
        check_sqlite(make_settings(tmp_path), (3, 37, 2))
    check_sqlite(make_settings(tmp_path), (3, 40, 0))
    check_sqlite(make_settings(tmp_path, "postgresql://localhost/jobdesc"), (3, 37, 2))


def test_a_missing_library_is_named_and_stops_nothing_else() -> None:
    def without_pango(file: str) -> object:
        if "pango" in file:
            raise OSError(file)
        return object()

    assert missing_words(without_pango) == (
        "PDF downloads need Pango, Pango's fonts, which this system lacks; all else works. "
        "Type `make run` as a user who may install packages.\n"
    )


def test_where_all_libraries_are_there_nothing_is_said() -> None:
    assert missing_libraries(lambda file: file) == []
    assert missing_words(lambda file: file) == ""


def test_the_names_of_the_libraries_are_those_of_this_system() -> None:
    assert len(LIBRARIES) == 5
    assert missing_libraries(load_library) == []


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("jobs.example", "http://jobs.example:8000"),
    ],
)
def test_the_address_can_be_opened_on_this_machine(host: str, url: str) -> None:
    assert base_url(host, 8000) == url
