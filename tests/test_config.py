"""Settings are checked at the start, and a wrong one is named in a sentence."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from jobdesc.config import ConfigError, Settings, read_settings
from tests.small_disks import small_disk


def settings(folder: Path, **environment: str) -> Settings:
    return read_settings(environment, folder)


def test_the_defaults_serve_one_machine_and_nobody_else(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert (found.host, found.port, found.proxies) == ("127.0.0.1", 8000, 0)
    assert found.data == tmp_path / "instance"
    assert found.database_url == f"sqlite:///{tmp_path / 'instance' / 'jobdesc.sqlite3'}"
    assert found.trusted_hosts == ("127.0.0.1", "localhost")
    assert found.is_sqlite


def test_a_secret_key_is_made_once_for_its_user_alone(tmp_path: Path) -> None:
    first, again = settings(tmp_path), settings(tmp_path)
    file = tmp_path / "instance" / "secret-key"
    assert first.secret_key == again.secret_key == file.read_text(encoding="ascii")
    assert len(first.secret_key) == 64
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_of_those_that_start_together_all_get_the_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        for turn in range(25):
            begin = Barrier(4)

            def start(folder: Path = tmp_path / str(turn), begin: Barrier = begin) -> str:
                begin.wait(10)
                return settings(folder).secret_key

            keys = [started.result() for started in [pool.submit(start) for _ in range(4)]]
            assert {len(key) for key in keys} == {64}
            assert len(set(keys)) == 1
            made = [file.name for file in (tmp_path / str(turn) / "instance").iterdir()]
            assert made == ["secret-key"]


def test_a_key_that_finds_no_room_is_said_and_made_by_the_next_start() -> None:
    with small_disk(1) as disk:
        disk.fill()
        with pytest.raises(ConfigError, match=r"secret-key cannot be used \(No space left"):
            settings(disk.folder)
        disk.free()
        assert len(settings(disk.folder).secret_key) == 64


@pytest.mark.parametrize("kept", [b"", b"0123456789\n", b"\xff" * 64], ids=["no", "short", "odd"])
def test_half_a_key_is_not_used(tmp_path: Path, kept: bytes) -> None:
    file = tmp_path / "instance" / "secret-key"
    settings(tmp_path)
    file.write_bytes(kept)
    with pytest.raises(ConfigError, match="secret-key holds no whole key"):
        settings(tmp_path)


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "instance").write_text("")
    with pytest.raises(ConfigError, match=r"instance cannot be written \(File exists\)"):
        settings(tmp_path)


def test_other_names_are_trusted_beside_the_machine_itself(tmp_path: Path) -> None:
    found = settings(tmp_path, HOST="10.1.2.3", JOBDESC_TRUSTED_HOSTS="jobs.county.gov, hr.local")
    assert found.trusted_hosts == (
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "jobs.county.gov",
        "hr.local",
    )


@pytest.mark.parametrize("url", ["postgres://db/jobs", "postgresql://db/jobs"])
def test_postgresql_is_reached_by_its_usual_addresses(tmp_path: Path, url: str) -> None:
    found = settings(tmp_path, JOBDESC_DATABASE_URL=url)
    assert found.database_url == "postgresql+psycopg://db/jobs"
    assert not found.is_sqlite


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "eighty", "PORT is 'eighty'. Set it to a number from 1 to 65535"),
        ("PORT", "70000", "PORT is '70000'."),
        ("PORT", "\u0668\u0660", "PORT is"),
        ("HOST", "::1", "HOST is '::1'. Set it to a name or an address like 127.0.0.1."),
        ("JOBDESC_PROXIES", "many", "JOBDESC_PROXIES is 'many'."),
        ("JOBDESC_SECRET_KEY", "changeme", "JOBDESC_SECRET_KEY is short or well known."),
        ("JOBDESC_SECRET_KEY", "too-short", "Unset it, and a random one is made."),
        ("JOBDESC_DATABASE_URL", "mysql://db", "must start with sqlite:/// or postgresql://"),
    ],
)
def test_a_setting_that_cannot_work_is_named(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        settings(tmp_path, **{name: value})
    assert said in str(refused.value)


def test_a_mail_setting_that_cannot_work_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="JOBDESC_SMTP_URL"):
        settings(tmp_path, JOBDESC_SMTP_URL="mail.lake.gov")
    with pytest.raises(ConfigError, match="JOBDESC_MAIL_FROM"):
        settings(tmp_path, JOBDESC_SMTP_URL="smtp://mail.lake.gov")
