"""The live builder's side of the wire, without a browser."""

from itertools import count
from typing import Any

from werkzeug.test import TestResponse

from tests.desk import Desk


class Live:
    """A window in which a posting is open; it asks and saves as the scripts do."""

    def __init__(self, desk: Desk, number: int, tab: str = "tab") -> None:
        self.desk, self.number, self.tab = desk, number, tab
        self.path = f"/postings/{number}"
        self._numbers = count(1)
        self.state: dict[str, Any] = self.get("state").json or {}

    @property
    def posting(self) -> dict[str, Any]:
        """The posting as the server last told it."""
        posting: dict[str, Any] = self.state["posting"]
        return posting

    def get(self, what: str) -> TestResponse:
        """Ask as a script does."""
        return self.desk.get(f"{self.path}/{what}", headers={"Sec-Fetch-Mode": "cors"})

    def post(self, what: str, sent: Any, **headers: str) -> TestResponse:
        """Send JSON with the token that came with the state."""
        token = {"X-CSRFToken": self.state["csrf"]}
        return self.desk.client.post(f"{self.path}/{what}", json=sent, headers=token | headers)

    def numbered(self, *changes: dict[str, Any]) -> dict[str, Any]:
        """The next save, not sent yet."""
        counter = self.state["counter"]
        return {"save": f"{self.tab}-{next(self._numbers)}", "counter": counter, "changes": changes}

    def save(self, *changes: dict[str, Any]) -> dict[str, Any]:
        """Save, and take the answer."""
        answer = self.post("changes", self.numbered(*changes))
        assert answer.status_code == 200, answer.text
        self.state = answer.json or {}
        return self.state

    def preview(self, **changed: Any) -> dict[str, Any]:
        """The preview of the posting with other values."""
        answer = self.post("preview", {"posting": self.posting | changed})
        assert answer.status_code == 200, answer.text
        return answer.json or {}

    def retitle(self, title: str) -> dict[str, Any]:
        """The change to another title."""
        return {"do": "set", "target": "title", "before": self.posting["title"], "after": title}
