"""The pages of wage figures: a file given, followed, answered and taken back."""

import io
import re
import time
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from lxml import html

from jobdesc.services import wage_imports
from jobdesc.services.wage_import_work import make_next_import
from jobdesc.web.clock import now
from jobdesc.web.wages import views
from tests.accounts import post, quick_hashes, set_up, sign_in
from tests.checked import words
from tests.marks import on_sqlite
from tests.wages.builders import PORTLAND, a_csv, an_xlsx

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

PATH = "/settings/wages"
CODES = ("21-1093", "21-1099", "21-1021")


@pytest.fixture
def client(seeded_app: Flask) -> FlaskClient:
    """The administrator's browser; imports are read when a test says so."""
    set_up(seeded_app)
    seeded_app.extensions["wage_importer"].stop()
    client = seeded_app.test_client()
    assert sign_in(client).status_code == 303
    return client


def give(client: FlaskClient, body: bytes, name: str = "state_M2025_dl.csv", year: str = ""):
    return post(client, PATH, upload=(io.BytesIO(body), name), year=year)


def give_large(client: FlaskClient, path: str):
    """A file of 11 MB, sent without the files that a test client keeps open."""
    with client.session_transaction() as session:
        session["csrf_token"] = "raw"
    key = client.application.secret_key or ""
    token = URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps("raw")
    name = b'Content-Disposition: form-data; name="upload"; filename="state_M2025_dl.csv"'
    body = a_csv({"OCC_CODE": "11-9999"}) + b"\n" * 11_000_000
    return client.post(
        path,
        data=b"\r\n".join([b"--x", name, b"", body, b"--x--", b""]),
        content_type="multipart/form-data; boundary=x",
        headers={"X-CSRFToken": str(token)},
    )


def read(client: FlaskClient) -> None:
    app = client.application
    with app.app_context():
        assert make_next_import(app.extensions["wage_files"], now)


def said(client: FlaskClient, path: str) -> str:
    return words(html.fromstring(client.get(path).text))


def test_a_file_is_given_followed_and_used_by_guides(client: FlaskClient) -> None:
    assert "Oregon" in said(client, "/roles/case-manager?state=OR")
    rows = [{**PORTLAND, "OCC_CODE": code} for code in CODES]
    answer = give(client, an_xlsx(*rows, sheet="MSA_M2025_dl"), "MSA_M2025_dl.xlsx")
    assert answer.status_code == 303
    page = answer.location
    assert "Waiting to begin" in said(client, page)
    assert client.get(f"{page}/state").json == {
        "words": "Waiting to begin", "done": 0, "total": 1000, "over": False,
    }  # fmt: skip
    assert "MSA_M2025_dl.xlsx: Waiting to begin" in said(client, PATH)
    read(client)
    assert "3 figures in use" in said(client, page)
    assert client.get(f"{page}/state").json["over"]
    assert "May 2025: metropolitan areas" in said(client, PATH)
    assert post(client, f"{page}/remove").location == PATH
    assert "MSA_M2025_dl.xlsx" not in said(client, PATH)
    assert "Removed. Its figures are not in use any more" in said(client, page)


def test_rows_that_could_not_be_read_are_listed_and_handed_out(client: FlaskClient) -> None:
    page = give(client, a_csv({"OCC_CODE": "11-9999"}, {"A_MEDIAN": "=1+1"})).location
    read(client)
    text = said(client, page)
    assert "1 row could not be read" in text
    assert "3A_MEDIAN=1+1The figure is no amount" in text
    table = client.get(f"{page}/faults.csv")
    assert table.text.splitlines()[1] == "3,A_MEDIAN,'=1+1,The figure is no amount"
    assert table.headers["Content-Disposition"].startswith("attachment")


def test_a_file_that_was_not_read_has_its_reason_and_no_account_of_no_rows(
    client: FlaskClient,
) -> None:
    path = give(client, b"%PDF-1.7").location
    read(client)
    page = said(client, path)
    assert "This is a PDF" in page
    assert "What became of the rows" not in page
    path = give(client, a_csv({"O_GROUP": "broad"})).location
    read(client)
    page = said(client, path)
    assert "No row of this file is about an occupation" in page
    assert "2 rows read, 0 figures taken." in page
    assert "could not be read" not in page


def test_a_file_that_was_not_imported_leaves_the_list_by_one_press(client: FlaskClient) -> None:
    path = give(client, b"%PDF-1.7", "wrong.csv").location
    read(client)
    assert client.post(f"{path}/remove").status_code == 400, "without the token of the form"
    [form] = html.fromstring(client.get(PATH).text).xpath("//td[@data-label='State']/form")
    assert (words(form.find("button")), form.action) == ("Remove wrong.csv", f"{path}/remove")
    assert post(client, form.action).location == PATH
    assert "The file was removed." in (page := said(client, PATH))
    assert "wrong.csv" not in page
    assert post(client, f"{path}/remove").status_code == 303
    assert "This file was removed already." in said(client, PATH)


def test_figures_that_differ_wait_for_an_answer(client: FlaskClient) -> None:
    page = give(client, a_csv({"A_MEDIAN": "61000"}, {"OCC_CODE": "11-9999"})).location
    read(client)
    assert "OregonChild, Family, and School Social Workers$64,130$61,000" in said(client, page)
    second = give(client, a_csv({}))
    assert second.status_code == 422
    assert "waits for an answer" in words(html.fromstring(second.text))
    assert post(client, f"{page}/answer", take="new").location == page
    assert "1 figure in use" in said(client, page)
    post(client, f"{page}/answer", take="all")
    assert "was answered or canceled already" in said(client, page)


def test_a_refusal_is_said_at_the_field_and_keeps_the_year(client: FlaskClient) -> None:
    answer = post(client, PATH, year="2024")
    assert answer.status_code == 422
    tree = html.fromstring(answer.text)
    assert "Choose a file to import." in words(tree)
    assert tree.get_element_by_id("year").value == "2024"
    assert "Enter the year as four digits" in give(client, a_csv({}), year="25\0").text
    page = give(client, b"%PDF-1.7", "wages\0.xlsx").location
    read(client)
    assert "This is a PDF, whatever its name says." in said(client, page)
    assert "wages.xlsx" in said(client, PATH)


def test_an_import_is_canceled(client: FlaskClient) -> None:
    page = give(client, a_csv({})).location
    assert post(client, f"{page}/cancel").location == PATH
    assert "state_M2025_dl.csv" not in said(client, PATH)
    assert give(client, a_csv({})).status_code == 303


def test_only_this_page_takes_large_files_and_none_over_its_limit(
    client: FlaskClient, seeded_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert give_large(client, PATH).status_code == 303
    assert give_large(client, "/settings/people").status_code == 413
    access = seeded_app.view_functions["wages.begin"].access  # type: ignore[attr-defined]
    assert access.upload_bytes == wage_imports.MOST_BYTES + views.FORM_BYTES
    little = replace(access, upload_bytes=500_000)
    monkeypatch.setitem(seeded_app.view_functions["wages.begin"].__dict__, "access", little)
    over = give_large(client, PATH)
    assert over.status_code == 413
    assert "This file is over 100 MB" in over.text
    stranger = seeded_app.test_client()
    assert give_large(stranger, PATH).status_code in (401, 413)


def test_the_background_reads_what_is_given(seeded_app: Flask) -> None:
    set_up(seeded_app)
    client = seeded_app.test_client()
    sign_in(client)
    page = give(client, a_csv({"OCC_CODE": "11-9999"})).location
    for _ in range(300):
        if client.get(f"{page}/state").json["over"]:
            break
        time.sleep(0.1)
    assert re.search("1 figure in use", said(client, page))
