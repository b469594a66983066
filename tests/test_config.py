"""Settings are checked at the start, and a wrong one is named in a sentence."""

from pathlib import Path

import pytest

from jobdesc.config import ConfigError, Settings, read_settings


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
