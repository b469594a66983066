"""A window of the live builder that reads, lists and saves over one connection."""

import http.client
import json
import time
from typing import Any


class Failed(Exception):
    """An answer that is no 200."""


class Window:
    """Somebody's browser with one posting open."""

    def __init__(self, port: int, cookie: str, posting: int, name: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Cookie": cookie}
        self._path, self._name, self._saves = f"/postings/{posting}", name, 0
        body, answer = self._send("GET", f"{self._path}/state")
        own = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        self._headers = {"Cookie": f"{cookie}; {own}"}
        self._state: dict[str, Any] = json.loads(body)

    def view(self) -> float:
        """Open the posting; seconds until all is there."""
        return self.get(self._path)

    def get(self, path: str) -> float:
        """Open a page; seconds until all is there."""
        begin = time.perf_counter()
        self._send("GET", path)
        return time.perf_counter() - begin

    def save(self) -> float:
        """Change the title; seconds until it is acknowledged."""
        self._saves += 1
        before = self._state["posting"]["title"]
        after = f"Case Manager {self._name} {self._saves}"
        change = {"do": "set", "target": "title", "before": before, "after": after}
        number, counter = f"{self._name}-{self._saves}", self._state["counter"]
        sent = json.dumps({"save": number, "counter": counter, "changes": [change]})
        begin = time.perf_counter()
        body, _ = self._send("POST", f"{self._path}/changes", sent)
        seconds = time.perf_counter() - begin
        self._state = json.loads(body)
        if self._state["posting"]["title"] != after or self._state["conflicts"]:
            raise Failed(f"{number} was acknowledged and not kept")
        return seconds

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _send(
        self, method: str, path: str, sent: str | None = None
    ) -> tuple[bytes, http.client.HTTPResponse]:
        more = {"Content-Type": "application/json", "X-CSRFToken": self._token()} if sent else {}
        self._connection.request(method, path, sent, self._headers | more)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise Failed(f"{method} {path}: {answer.status}")
        return body, answer

    def _token(self) -> str:
        return str(self._state["csrf"])
