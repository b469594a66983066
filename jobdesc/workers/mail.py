"""Send a message by the organization's mail server, where there is one."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

SECONDS = 10
LOCAL = ("127.0.0.1", "::1", "localhost")
"""This machine: what is sent there passes nobody."""


class MailFailed(Exception):
    """The mail server did not take the message; the text says why."""


@dataclass(frozen=True)
class MailServer:
    """Where messages are handed over. `encrypted` is from the first byte, as smtps:// asks for."""

    host: str
    port: int
    user: str
    password: str
    encrypted: bool
    sender: str


def mail_server(url: str, sender: str) -> MailServer:
    """Read `smtp://user:password@host:port` or `smtps://...`; raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("starts with smtp:// or smtps:// and names a host")
    encrypted = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname,
        port=parts.port or (465 if encrypted else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        encrypted=encrypted,
        sender=sender,
    )


def send_mail(server: MailServer, to: str, subject: str, text: str) -> None:
    """Hand one message over; raises MailFailed within ten seconds a step.

    An unencrypted connection is encrypted where the server can, and the server shows a certificate
    that holds for its name. A password is never sent over one that is not. To this machine neither
    is asked for: mail servers come with a certificate that they signed themselves.
    """
    try:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = server.sender, to, subject
        message.set_content(text)
        with _connected(server) as connection:
            connection.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise MailFailed(str(error)) from error


def _trust(host: str) -> ssl.SSLContext:
    trust = ssl.create_default_context()
    if host in LOCAL:
        trust.check_hostname = False
        trust.verify_mode = ssl.CERT_NONE
    return trust


def _connected(server: MailServer) -> smtplib.SMTP:
    trust = _trust(server.host)
    connection: smtplib.SMTP
    if server.encrypted:
        connection = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=trust)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        connection.ehlo()
        safe = server.encrypted
        if not safe and connection.has_extn("starttls"):
            connection.starttls(context=trust)
            connection.ehlo()
            safe = True
        if server.user:
            if not safe and server.host not in LOCAL:
                raise MailFailed("the mail server offers no encryption for the password")
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection
