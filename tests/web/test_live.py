"""What the live builder asks: the state and saves; every fault is JSON in words."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from jobdesc.people.person import Kind
from jobdesc.services import saves
from jobdesc.store.faults import Reason
from jobdesc.store.transactions import StoreBusy
from tests.accounts import Clock, quick_hashes, set_up
from tests.desk import Desk, colleague, furnish
from tests.live import Live
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

ASKED = ("changes", "preview", "pages")
LONG = "x" * 10_007


@pytest.fixture
def desk(seeded_app: Flask) -> Desk:
    """The administrator of an organization with a filled profile."""
    Clock(seeded_app)
    administrator = set_up(seeded_app)
    furnish(seeded_app)
    return Desk(seeded_app, administrator)


@pytest.fixture
def live(desk: Desk) -> Live:
    """A posting that everybody sees, open in the builder."""
    number = desk.start()
    desk.send(number, {"department": "Intake"})
    return Live(desk, number)


def message(answer: TestResponse, status: int) -> str:
    """What a fault says; it says nothing else."""
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/json"
    assert list(answer.json or {}) == ["message"]
    return str((answer.json or {})["message"])


def add_line(name: str, text: str = "Do it.", **more: Any) -> dict[str, Any]:
    line = {"do": "add-line", "line": name, "section": "duties", "text": text}
    return line | {"after": None, "origin": None} | more


def test_the_state_is_the_stored_posting_with_what_a_save_needs(live: Live) -> None:
    stored = live.desk.posting(live.number)
    assert live.posting == json.loads(stored.model_dump_json(by_alias=True))
    assert live.state.keys() == {"posting", "counter", "template", "csrf", "others", "person"}
    assert (live.posting["schema"], live.state["counter"]) == (2, 2)
    lines = {line["origin"]: line["text"] for line in live.posting["lines"] if line["origin"]}
    assert lines.items() <= live.state["template"].items()


def test_a_save_of_an_archived_posting_is_refused_with_who_archived_it_and_what_to_do(
    live: Live,
) -> None:
    save = live.numbered(live.retitle("Typed"))
    archive = {"csrf_token": live.desk.token()}
    live.desk.client.post(f"{live.path}/archive", data=archive)
    kept = "Reload to bring it back: your changes are kept on this device."
    said = f"Ada Lake archived this posting. {kept}"
    assert message(live.post("changes", save), 409) == said
    assert message(live.get("levels/senior?part=sheet"), 409) == said
    live.desk.client.post(f"{live.path}/bring-back", data=archive)
    assert live.post("changes", save).status_code == 200
    assert live.desk.posting(live.number).title == "Typed"


def test_a_counter_that_no_posting_has_is_no_fault_of_either_database(live: Live) -> None:
    for counter, status in ((2**31 - 1, 200), (2**31, 422), (2**63 - 1, 422)):
        assert live.get(f"state?since={counter}").status_code == status
        sent = {"save": "tab-1", "counter": counter, "changes": []}
        assert live.post("changes", sent).status_code == status


def test_the_state_is_given_once(live: Live) -> None:
    answer = live.get(f"state?since={live.state['counter']}&tab=tab")
    assert (answer.status_code, answer.data) == (204, b"")
    other = Live(live.desk, live.number, "other")
    other.save(other.retitle("Newer"))
    newer = live.get(f"state?since={live.state['counter']}&tab=tab").json
    assert newer and newer["posting"]["title"] == "Newer"
    assert newer["others"] == [{"who": "You", "parts": ["Basics"]}]
    own = other.get(f"state?since={live.state['counter']}&tab=other").json
    assert own and own["others"] == []


@on_sqlite
@pytest.mark.parametrize("since", ["x", "-1", "1.5", "9" * 30, "²", ""])
def test_a_counter_that_is_none_is_refused(live: Live, since: str) -> None:
    answer = live.get(f"state?since={since}")
    assert message(answer, 422) == "Send since as a whole number."


def test_a_save_answers_by_index(live: Live) -> None:
    done = live.save(
        live.retitle("Intake Lead"),
        {"do": "set", "target": "schedule", "before": "Nights", "after": "Days"},
        {"do": "set", "target": "summary", "before": live.posting["summary"], "after": LONG},
        {"do": "set", "target": "nothing", "before": "", "after": "x"},
        add_line("new"),
        {"do": "add-place", "place": {"id": "p2", "city": "c" * 301}, "first": False},
    )
    assert done["conflicts"] == [1]
    assert done["refused"] == [
        {"index": 2, "message": "This is 10,007 characters. It can have up to 6,000."},
        {
            "index": 3,
            "message": "This page is out of date. Reload it, then make this change again.",
        },
        {"index": 5, "message": "This is 301 characters. It can have up to 300."},
    ]
    assert (done["counter"], done["others"]) == (3, [])
    stored = live.desk.posting(live.number)
    assert done["posting"] == json.loads(stored.model_dump_json(by_alias=True))
    assert stored.title == "Intake Lead"
    assert "new" in {line.id for line in stored.lines}


def test_a_save_sent_twice_is_kept_once_and_answered_alike(live: Live) -> None:
    save = live.numbered(add_line("new"), live.retitle("Mine"), add_line("long", LONG))
    first, again = (live.post("changes", save).json for _ in range(2))
    assert first and again
    assert first | {"csrf": ""} == again | {"csrf": ""}  # a token tells its second
    assert first["refused"][0]["index"] == 2
    assert first["counter"] == 3


def test_a_colleague_is_told_by_name(live: Live, seeded_app: Flask) -> None:
    theirs = Live(colleague(seeded_app), live.number)
    theirs.save(theirs.retitle("Theirs"), add_line("theirs"))
    done = live.save(live.retitle("Mine"))
    assert done["conflicts"] == [0]
    assert done["others"] == [{"who": "Sam Rivera", "parts": ["Basics", "What you will do"]}]
    assert done["posting"]["title"] == "Theirs"


def test_the_whole_of_a_large_posting_can_be_sent_in_any_script(live: Live) -> None:
    text = "🦊" * 2_000
    duties = [add_line(f"n{count}", text) for count in range(150)]
    done = live.save(*duties)
    assert (done["conflicts"], done["refused"]) == ([], [])
    escaped = json.dumps(live.numbered(*({**line, "line": f"m{line['line']}"} for line in duties)))
    assert len(escaped) > 3_000_000
    answer = live.desk.client.post(
        f"{live.path}/changes",
        data=escaped,
        content_type="application/json",
        headers={"X-CSRFToken": live.state["csrf"]},
    )
    assert answer.status_code == 200
    assert {line["message"] for line in (answer.json or {})["refused"]} == {
        "A posting can have up to 200 items. Remove some, then add this again."
    }
    assert live.post("preview", {"posting": live.posting}).status_code == 200


MALFORMED: dict[str, Callable[[Live], Any]] = {
    "no object": lambda _: [],
    "a number": lambda _: 7,
    "nothing": lambda _: None,
    "empty": lambda _: {},
    "an unknown key": lambda live: live.numbered() | {"more": 1},
    "no number": lambda live: live.numbered() | {"save": 7},
    "a strange number": lambda live: live.numbered() | {"save": "tab"},
    "a long number": lambda live: live.numbered() | {"save": "t" * 50 + "-1"},
    "a counter in words": lambda live: live.numbered() | {"counter": "2"},
    "a counter that is true": lambda live: live.numbered() | {"counter": True},
    "a negative counter": lambda live: live.numbered() | {"counter": -1},
    "changes by name": lambda live: live.numbered() | {"changes": {"a": 1}},
    "too many": lambda live: live.numbered(*[add_line(f"n{n}") for n in range(2_001)]),
    "too many within": lambda live: live.numbered(
        *[level_change(*[add_line(f"{m}-{n}") for n in range(999)]) for m in range(3)]
    ),
}
UNREADABLE: dict[str, Callable[[Live], Any]] = {
    "a change that is text": lambda live: live.numbered("set"),  # type: ignore[arg-type]
    "no verb": lambda live: live.numbered({}),
    "an unknown verb": lambda live: live.numbered({"do": "erase"}),
    "an unknown key in a change": lambda live: live.numbered(add_line("new", more=1)),
    "a missing key": lambda live: live.numbered({"do": "set", "target": "title", "after": "x"}),
    "a wrong type": lambda live: live.numbered(add_line("new", text=["x"])),
    "a wrong section": lambda live: live.numbered(add_line("new", section="none")),
    "an empty id": lambda live: live.numbered(add_line("")),
    "half an order": lambda live: live.numbered(
        {"do": "arrange", "before": ["duties"], "after": ["duties"]}
    ),
    "a level within a level": lambda live: live.numbered(level_change(level_change())),
    "a level that is none": lambda live: live.numbered(
        level_change() | {"after": {"level": "boss", "base": "b"}}
    ),
}


def level_change(*changes: dict[str, Any]) -> dict[str, Any]:
    pair = {"level": "mid", "base": "b"}
    return {"do": "change-level", "before": pair, "after": pair, "changes": list(changes)}


@on_sqlite
@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_save_is_refused_in_words_and_nothing_is_saved(live: Live, name: str) -> None:
    save = MALFORMED[name](live)
    if isinstance(save, dict) and isinstance(save.get("changes"), tuple):
        save["changes"] = [live.retitle("Mine"), *save["changes"]]
    assert message(live.post("changes", save), 422).endswith(".")
    assert live.desk.posting(live.number).title != "Mine"


@on_sqlite
@pytest.mark.parametrize("name", UNREADABLE)
def test_a_change_that_cannot_be_read_is_refused_alone(live: Live, name: str) -> None:
    save = UNREADABLE[name](live)
    save["changes"] = [live.retitle("Mine"), *save["changes"]]
    answer = live.post("changes", save)
    assert answer.status_code == 200
    assert [one["index"] for one in (answer.json or {})["refused"]] == [1]
    assert live.desk.posting(live.number).title == "Mine"


BODIES: dict[str, tuple[bytes, str, int]] = {
    "no JSON": (b"{", "application/json", 422),
    "a form": (b"save=tab-1", "application/x-www-form-urlencoded", 422),
    "text": (b'{"save": "tab-1"}', "text/plain", 422),
    "empty": (b"", "application/json", 422),
    "not UTF-8": (b'{"save": "\xff"}', "application/json", 422),
    "nested deeply": (b"[" * 90_000, "application/json", 400),
    "nested": (b'{"posting": ' + b"[" * 60 + b"]" * 60 + b"}", "application/json", 400),
    "a NUL": (b'{"save": "\\u0000"}', "application/json", 400),
    "half a pair": (b'{"save": "\\ud800"}', "application/json", 400),
    "a huge number": (b'{"counter": 1' + b"0" * 30 + b"}", "application/json", 400),
    "a number beyond reading": (b"1" * 5_000, "application/json", 422),
    "too large": (b'"' + b"x" * 10_000_001 + b'"', "application/json", 413),
}


@on_sqlite
@pytest.mark.parametrize("what", ASKED)
@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_cannot_be_read_is_told_as_json(live: Live, what: str, name: str) -> None:
    body, content_type, status = BODIES[name]
    answer = live.desk.client.post(
        f"{live.path}/{what}",
        data=body,
        content_type=content_type,
        headers={"X-CSRFToken": live.state["csrf"]},
    )
    assert message(answer, status)
    assert live.desk.posting(live.number).department == "Intake"


@on_sqlite
@pytest.mark.parametrize("what", ASKED)
def test_a_request_without_its_token_is_refused(live: Live, what: str) -> None:
    for token in ("", "forged", live.state["csrf"] + "x"):
        answer = live.post(what, live.numbered(live.retitle("Mine")), **{"X-CSRFToken": token})
        assert "open too long" in message(answer, 400)
    assert live.desk.posting(live.number).title != "Mine"


@on_sqlite
def test_who_is_signed_out_is_told_and_led_nowhere(live: Live) -> None:
    live.desk.client.delete_cookie("jobdesc_session")
    answers = [live.post(what, {}) for what in ASKED]
    answers += [live.get(what) for what in ("state", "library", "levels/senior?part=sheet")]
    for answer in (*answers, live.desk.get(f"{live.path}/state")):
        assert message(answer, 401) == "You are signed out. Sign in again, then go on here."
    assert live.desk.get(f"{live.path}/levels/senior").status_code == 303


@on_sqlite
def test_who_may_only_read_gets_the_state_and_nothing_else(live: Live, seeded_app: Flask) -> None:
    reader = Live(colleague(seeded_app, Kind.RECRUITER), live.number)
    assert reader.posting == live.posting
    answers = [reader.post("changes", reader.numbered(reader.retitle("Mine")))]
    answers += [reader.post(what, {"posting": reader.posting}) for what in ("preview", "pages")]
    answers += [reader.get("library"), reader.get("levels/senior?part=sheet")]
    for answer in answers:
        assert message(answer, 403).startswith("Your account does not allow this. To edit a post")
    assert live.desk.posting(live.number).title != "Mine"


@on_sqlite
def test_a_posting_that_is_gone_is_told(live: Live) -> None:
    save, draft = live.numbered(live.retitle("Mine")), {"posting": live.posting}
    live.path = "/postings/999"
    sent = {"changes": save, "preview": draft, "pages": draft}
    answers = [live.post(what, body) for what, body in sent.items()]
    answers += [live.get(what) for what in ("state", "library", "levels/senior?part=sheet")]
    for answer in answers:
        assert message(answer, 404).startswith("This posting is not here.")


@on_sqlite
@pytest.mark.parametrize(
    ("reason", "retry", "words"),
    [
        (Reason.BUSY, "5", "The database is busy."),
        (Reason.FULL, None, "The disk of this server is full."),
        (Reason.UNREACHABLE, None, "The database cannot be reached."),
    ],
)
def test_a_database_that_does_not_answer_is_told(
    live: Live, monkeypatch: pytest.MonkeyPatch, reason: Reason, retry: str | None, words: str
) -> None:
    @contextmanager
    def failing() -> Iterator[None]:
        raise StoreBusy("words of the driver", reason)
        yield

    monkeypatch.setattr(saves, "writing", failing)
    answer = live.post("changes", live.numbered(live.retitle("Mine")))
    assert message(answer, 503) == words
    assert answer.headers.get("Retry-After") == retry


@on_sqlite
def test_a_fault_gives_its_reference(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    live.desk.app.testing = False
    monkeypatch.setattr(saves, "found_or_gone", lambda *_: 1 // 0)
    said = message(live.post("changes", live.numbered()), 500)
    assert said.startswith("Something went wrong here. Reference: ")


@on_sqlite
def test_before_set_up_a_script_is_told_too(app: Flask) -> None:
    answer = app.test_client().get("/postings/1/state")
    assert message(answer, 503) == "jobdesc is not set up yet."


@on_sqlite
def test_no_answer_to_a_script_is_kept(live: Live) -> None:
    for answer in (live.get("state"), live.post("changes", live.numbered()), live.get("library")):
        assert answer.headers["Cache-Control"] == "no-store"
