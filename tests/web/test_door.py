"""What no database takes is stopped or cleaned at the door."""

from datetime import UTC, datetime

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from jobdesc.extensions import csrf
from jobdesc.web.access import always
from jobdesc.web.door import LARGEST, LARGEST_ROW, clean, read_moment, read_number
from tests.accounts import quick_hashes, set_up
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite


@pytest.fixture(autouse=True)
def pages(app: Flask) -> None:
    """Pages that give back what came in."""

    @app.get("/rows/<int:number>")
    @always
    def row(number: int) -> str:
        return str(number)

    @app.get("/words/<word>")
    @always
    def word(word: str) -> str:
        return word + request.args.get("q", "")

    @app.post("/form")
    @csrf.exempt
    @always
    def form() -> list[list[str]]:
        return [[name, value] for name, value in request.form.items(multi=True)]

    @app.post("/json")
    @csrf.exempt
    @always
    def json() -> dict[str, object]:
        return {"got": request.get_json()}


def test_ordinary_words_come_through(client: FlaskClient) -> None:
    assert client.get("/words/Niño🦊?q=%F0%9F%A6%8A+x").text == "Niño🦊🦊 x"
    sent = MultiDict([("a", "one"), ("a", "two"), ("b", "line 1\r\nline 2\tend"), ("c", "محمد")])
    assert client.post("/form", data=sent).json == [list(pair) for pair in sent.items(multi=True)]
    value = {"a": [1, 2.5, None, True, "🦊"], "b": {"c": "x"}}
    assert client.post("/json", json=value).json == {"got": value}


@pytest.mark.parametrize("path", ["/words/a%00b", "/words/a?q=%00", "/words/a?%00=1", "/a%00"])
def test_nul_in_an_address_is_refused(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("path", ["/words/a%ED%A0%80b", "/words/a?q=%ED%A0%80", "/words/%FF"])
def test_half_a_pair_in_an_address_never_arrives(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "�" in answer.text or "%ED%A0%80" in answer.text


def test_forms_are_cleaned_and_lose_nothing_else(client: FlaskClient) -> None:
    answer = client.post("/form", data=MultiDict([("na\0me", "a\0b"), ("t", "x"), ("t", "\0")]))
    assert answer.json == [["name", "ab"], ["t", "x"], ["t", ""]]


def test_forms_with_files_are_cleaned(client: FlaskClient) -> None:
    answer = client.post("/form", data={"t": "a\0b"}, content_type="multipart/form-data")
    assert answer.json == [["t", "ab"]]


def test_cleaning_takes_nul_and_half_pairs() -> None:
    assert clean("a\0b\ud800c\udfffd🦊\n") == "abcd🦊\n"


@pytest.mark.parametrize(
    "body",
    [
        '"a\\u0000b"', '{"a\\u0000": 1}', '["\\ud800"]', '{"a": {"b": ["\\udfff"]}}',
        "9223372036854775808", '{"id": -9223372036854775809}', "[" * 60 + "]" * 60,
    ],
)  # fmt: skip
def test_json_that_no_database_takes_is_refused(client: FlaskClient, body: str) -> None:
    answer = client.post("/json", data=body, content_type="application/json")
    assert answer.status_code == 400


def test_json_that_is_none_is_refused_politely(client: FlaskClient) -> None:
    for body in ("{", "", "9" * 5_000, "[" * 50_000):
        answer = client.post("/json", data=body, content_type="application/json")
        assert answer.status_code == 400


@pytest.mark.parametrize(
    ("number", "status"),
    [("7", 200), ("007", 200), (str(LARGEST_ROW), 200), (str(LARGEST_ROW + 1), 404),
     ("9" * 19, 404), ("9" * 100, 404), ("9" * 10_000, 404),
     ("-1", 404), ("٣", 404), ("1_0", 404), ("7 ", 404)],
)  # fmt: skip
def test_a_row_beyond_any_database_is_not_there(
    app: Flask, client: FlaskClient, number: str, status: int
) -> None:
    set_up(app)
    assert client.get(f"/rows/{number}").status_code == status


@pytest.mark.parametrize("name", ["id", "posting_id", "role-id", "counter", "page"])
def test_numbers_that_name_a_row_are_bounded_in_forms_and_queries(
    client: FlaskClient, name: str
) -> None:
    for value in (str(2**63), "9" * 5_000, "-" + "9" * 30, " +9223372036854775808 "):
        assert client.post("/form", data={name: value}).status_code == 400
        assert client.get("/words/a", query_string={name: value}).status_code == 400
    for value in ("7", str(LARGEST), "", "first", "٣", "²"):
        assert client.post("/form", data={name: value}).status_code == 200


def test_long_numbers_that_name_no_row_are_words(client: FlaskClient) -> None:
    sent = {"requisition": "9" * 40, "q": "9" * 40}
    assert dict(client.post("/form", data=sent).json or []) == sent


def test_numbers_of_rows_are_read_within_their_bound() -> None:
    assert [read_number(text) for text in ("7", " 007 ", str(LARGEST_ROW))] == [7, 7, LARGEST_ROW]
    others = (None, "", "-1", "1.5", "\u0663", "\u00b2", str(LARGEST_ROW + 1), "9" * 5_000)
    assert {read_number(text) for text in others} == {0}


def test_moments_are_read_in_utc_and_within_what_every_zone_can_say() -> None:
    assert read_moment("2026-11-23T12:00:00+02:00") == datetime(2026, 11, 23, 10, tzinfo=UTC)
    edges = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-01-01T00:00:00Z")
    assert {read_moment(text) for text in (None, "", "noon", "2026-11-23T12:00", *edges)} == {None}
