"""Settings from the environment, checked at start."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile, mkstemp
from urllib.parse import urlsplit

KNOWN_SECRETS = frozenset({"dev", "secret", "changeme", "change-me", "test"})
SHORTEST_SECRET = 16
SERVER_THREADS, FREE_THREADS = 8, 2
"""How many requests are served at once, and how many of the threads never wait for a PDF."""
LOCAL_HOSTS = ("127.0.0.1", "localhost")


class ConfigError(Exception):
    """A setting that cannot work; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between installations."""

    host: str
    port: int
    data: Path
    content: Path
    database_url: str
    secret_key: str
    trusted_hosts: tuple[str, ...]
    proxies: int
    smtp_url: str = ""
    mail_from: str = ""

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite")


def read_settings(environment: Mapping[str, str], root: Path) -> Settings:
    """Read and check the settings; raises ConfigError. Makes the data folder and secret key."""
    data = _data_folder(root / environment.get("JOBDESC_DATA", "instance"))
    host = _host(environment.get("HOST", "127.0.0.1"))
    return Settings(
        host=host,
        port=_port(environment.get("PORT", "8000")),
        data=data,
        content=root / "content",
        database_url=_database_url(environment.get("JOBDESC_DATABASE_URL", ""), data),
        secret_key=_secret_key(environment.get("JOBDESC_SECRET_KEY", ""), data / "secret-key"),
        trusted_hosts=_trusted_hosts(environment.get("JOBDESC_TRUSTED_HOSTS", ""), host),
        proxies=_count(environment.get("JOBDESC_PROXIES", "0"), "JOBDESC_PROXIES"),
        smtp_url=_smtp_url(environment.get("JOBDESC_SMTP_URL", "")),
        mail_from=_mail_from(environment),
    )


def _host(text: str) -> str:
    """A name or an IPv4 address; requests by an IPv6 address cannot be told from forged ones."""
    if ":" in text and text != "::":
        raise ConfigError(f"HOST is {text!r}. Set it to a name or an address like 127.0.0.1.")
    return text


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= 65535:
        raise ConfigError(f"PORT is {text!r}. Set it to a number from 1 to 65535, like 8000.")
    return int(text)


def _count(text: str, name: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) > 5:
        raise ConfigError(f"{name} is {text!r}. Set it to the number of proxies in front, 0 to 5.")
    return int(text)


def _smtp_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("smtp", "smtps") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if url and not good:
        raise ConfigError(
            "JOBDESC_SMTP_URL must be like smtp://user:password@mail.county.gov:587. Leave it "
            "unset where no mail is sent."
        )
    return url


def _mail_from(environment: Mapping[str, str]) -> str:
    sender = environment.get("JOBDESC_MAIL_FROM", "")
    if environment.get("JOBDESC_SMTP_URL") and "@" not in sender:
        raise ConfigError("Set JOBDESC_MAIL_FROM to the address that mail comes from.")
    return sender


def _data_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        TemporaryFile(dir=folder).close()
    except OSError as error:
        raise ConfigError(
            f"The data folder {folder} cannot be written ({error.strerror}). "
            "Set JOBDESC_DATA to a folder that this user may write."
        ) from error
    return folder.resolve()


def _database_url(url: str, data: Path) -> str:
    if not url:
        return f"sqlite:///{data / 'jobdesc.sqlite3'}"
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise ConfigError(
        "JOBDESC_DATABASE_URL must start with sqlite:/// or postgresql://. Leave it unset for "
        "the embedded database."
    )


def _secret_key(given: str, file: Path) -> str:
    if given:
        if given.lower() in KNOWN_SECRETS or len(given) < SHORTEST_SECRET:
            raise ConfigError(
                "JOBDESC_SECRET_KEY is short or well known. Unset it, and a random one is made."
            )
        return given
    try:
        if not file.exists():
            _make_secret_key(file)
        kept = file.read_text(encoding="ascii", errors="ignore").strip()
    except OSError as error:
        raise ConfigError(
            f"The file {file} cannot be used ({error.strerror}). Let this user write and read it, "
            "or set JOBDESC_SECRET_KEY to a long random text."
        ) from error
    if len(kept) < SHORTEST_SECRET:
        raise ConfigError(f"The file {file} holds no whole key. Delete it, and a new one is made.")
    return kept


def _make_secret_key(file: Path) -> None:
    """Keep a new key, unless another start does meanwhile. It is whole when it gets its name."""
    descriptor, name = mkstemp(dir=file.parent, prefix=f"{file.name}.")  # for its user alone
    try:
        with open(descriptor, "w", encoding="ascii") as new:
            new.write(secrets.token_hex(32))
            new.flush()
            os.fsync(new.fileno())
        with suppress(FileExistsError):
            _name_it(name, file)
    finally:
        Path(name).unlink(missing_ok=True)


def _name_it(made: str, file: Path) -> None:
    """Give the key its name, which no other start has given; raises FileExistsError."""
    try:
        os.link(made, file)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, where two first starts at once may differ
        if file.exists():
            raise FileExistsError from None
        Path(made).replace(file)


def _trusted_hosts(text: str, host: str) -> tuple[str, ...]:
    named = tuple(name.strip() for name in text.split(",") if name.strip())
    bound = () if host in ("0.0.0.0", "::") else (host,)  # noqa: S104
    return tuple(dict.fromkeys((*LOCAL_HOSTS, *bound, *named)))
