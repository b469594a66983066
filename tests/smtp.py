"""A mail server for tests: takes messages over a real connection and keeps them."""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, refuse: bool, encryption: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.refuse = refuse
        self.encryption = encryption
        self.messages: list[tuple[str, str]] = []

    def handle_error(self, *_: object) -> None:
        """A sender that goes away is no fault of this server."""


class _Handler(socketserver.StreamRequestHandler):
    """Speaks as much of RFC 5321 as a sender needs."""

    server: _Server

    def handle(self) -> None:
        self._say("220 here")
        to = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.partition(" ")[0].upper()
            if verb == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                self._say("550 nobody here" if self.server.refuse else "250 ok")
            elif verb == "DATA":
                self._say("354 go on")
                lines = []
                while (text := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                    lines.append(text.removeprefix("."))
                self.server.messages.append((to, "\n".join(lines)))
                self._say("250 kept")
            elif verb == "EHLO" and self.server.encryption:
                self._say("250-here\r\n250 STARTTLS")
            elif verb == "STARTTLS" and self.server.encryption:
                self._say("220 go on")
                self._encrypt(self.server.encryption)
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _encrypt(self, encryption: ssl.SSLContext) -> None:
        self.request = encryption.wrap_socket(self.request, server_side=True)
        self.setup()

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_box(
    *, refuse: bool = False, encryption: ssl.SSLContext | None = None
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The address of a server, and what it was given: receiver and text of each message.

    With `encryption` it offers STARTTLS.
    """
    with _Server(refuse, encryption) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}", server.messages
        server.shutdown()
