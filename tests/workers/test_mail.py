"""Mail goes out by a real connection, and what goes wrong is said."""

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from jobdesc.workers import mail
from jobdesc.workers.mail import MailFailed, mail_server, send_mail
from tests.smtp import mail_box

needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not here")


def test_a_message_arrives_with_its_words() -> None:
    with mail_box() as (url, messages):
        send_mail(mail_server(url, "jobs@lake.gov"), "sam@lake.gov", "Hello", "Žofie, come in\n.\n")
    [(to, text)] = messages
    assert to == "sam@lake.gov"
    assert "Subject: Hello" in text
    assert "From: jobs@lake.gov" in text


def test_a_server_that_refuses_or_is_not_there_is_told_apart_from_success() -> None:
    with mail_box(refuse=True) as (url, messages):
        server = mail_server(url, "jobs@lake.gov")
        with pytest.raises(MailFailed, match="nobody here"):
            send_mail(server, "sam@lake.gov", "Hello", "x")
    assert messages == []
    with pytest.raises(MailFailed):
        send_mail(server, "sam@lake.gov", "Hello", "x")


def test_a_line_break_in_a_subject_adds_no_header() -> None:
    with mail_box() as (url, messages):
        server = mail_server(url, "jobs@lake.gov")
        with pytest.raises(MailFailed):
            send_mail(server, "sam@lake.gov", "Hello\nBcc: all@lake.gov", "x")
    assert messages == []


def test_a_password_is_not_sent_in_the_clear_to_another_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mail, "LOCAL", ())
    with mail_box() as (url, messages):
        far = url.replace("//", "//pat:secret@")
        with pytest.raises(MailFailed, match="no encryption for the password"):
            send_mail(mail_server(far, "jobs@lake.gov"), "sam@lake.gov", "Hello", "x")
    assert messages == []


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    """Encryption as a mail server offers it that nobody configured."""
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=x"
    )
    made = [*command.split(), "-keyout", key, "-out", certificate]
    subprocess.run(made, check=True, capture_output=True)
    encryption = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    encryption.load_cert_chain(certificate, key)
    return encryption


@needs_openssl
def test_a_server_on_this_machine_may_have_signed_its_own_certificate(
    self_signed: ssl.SSLContext,
) -> None:
    with mail_box(encryption=self_signed) as (url, messages):
        for place in (url, url.replace("127.0.0.1", "localhost")):
            send_mail(mail_server(place, "jobs@lake.gov"), "sam@lake.gov", "Hello", "x")
    assert len(messages) == 2


@needs_openssl
def test_a_server_elsewhere_may_not(
    self_signed: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "LOCAL", ())
    with (
        mail_box(encryption=self_signed) as (url, messages),
        pytest.raises(MailFailed, match="certificate"),
    ):
        send_mail(mail_server(url, "jobs@lake.gov"), "sam@lake.gov", "Hello", "x")
    assert messages == []


@pytest.mark.parametrize(
    ("url", "port", "encrypted"),
    [("smtp://mail.lake.gov", 587, False), ("smtps://mail.lake.gov", 465, True)],
)
def test_the_usual_ports_are_known(url: str, port: int, encrypted: bool) -> None:
    server = mail_server(url, "jobs@lake.gov")
    assert (server.port, server.encrypted) == (port, encrypted)


def test_signs_in_a_password_are_written_as_in_addresses() -> None:
    server = mail_server("smtp://pat%40lake.gov:a%2Fb@mail.lake.gov:25", "jobs@lake.gov")
    assert (server.user, server.password, server.port) == ("pat@lake.gov", "a/b", 25)


@pytest.mark.parametrize("url", ["mail.lake.gov", "http://mail.lake.gov", "smtp://"])
def test_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="smtp"):
        mail_server(url, "jobs@lake.gov")
