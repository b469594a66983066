"""Postings as files, also where no PDF can be made."""

import re

import pytest
from flask import Flask

from jobdesc.documents.errors import PdfUnavailable
from jobdesc.people.person import Kind
from jobdesc.services import documents
from jobdesc.services.documents import Press
from jobdesc.web.security_headers import DOWNLOAD_POLICY
from jobdesc.workers.errors import (
    EntryFailed,
    PoolBusy,
    PoolClosed,
    RenderCrashed,
    RenderTimedOut,
    WorkerError,
)
from jobdesc.workers.pool import RenderPool
from tests.accounts import Clock, quick_hashes, set_up
from tests.checked import words
from tests.desk import Desk, colleague, furnish
from tests.forms import parsed
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

FILE = "case-manager-ii_portland_2026-11-23"


class BrokenPool(RenderPool):
    """Processes that fail in one way."""

    def __init__(self, fault: WorkerError) -> None:
        super().__init__("no.such:entry")
        self.fault = fault

    def render(self, request: bytes, key: str = "") -> bytes:
        raise self.fault


@pytest.fixture
def desk(seeded_app: Flask) -> Desk:
    Clock(seeded_app)
    administrator = set_up(seeded_app)
    furnish(seeded_app)
    return Desk(seeded_app, administrator)


def break_press(app: Flask, fault: WorkerError) -> None:
    press: Press = app.extensions["press"]
    app.extensions["press"] = Press(BrokenPool(fault), press.files)


def test_a_pdf_is_named_shut_in_and_known_again(desk: Desk) -> None:
    path = f"/postings/{desk.start()}/download.pdf"
    answer = desk.get(path)
    assert answer.data.startswith(b"%PDF-")
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{FILE}.pdf"'
    assert answer.headers["Content-Security-Policy"] == DOWNLOAD_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    etag = answer.headers["ETag"]
    assert re.fullmatch(r'"[0-9a-zA-Z._-]{16,}"', etag)
    again = desk.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_html_is_one_file_with_the_words_as_text(desk: Desk) -> None:
    number = desk.start()
    desk.send(number, {"title": "<script>alert(1)</script> مدير 🦊"})
    answer = desk.get(f"/postings/{number}/download.html")
    page = parsed(answer.text)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{FILE}.html"'
    assert answer.headers["Content-Security-Policy"] == DOWNLOAD_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content_type == "text/html; charset=utf-8"
    assert words(page.xpath("//h1")[0]) == "<script>alert(1)</script> مدير 🦊"
    assert page.xpath("//script | //img | //link/@href") == []


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_a_changed_posting_is_another_file(desk: Desk, form: str) -> None:
    number = desk.start()
    path = f"/postings/{number}/download.{form}"
    former = desk.get(path)
    desk.send(number, {"title": "Night Case Manager"})
    newer = desk.get(path, headers={"If-None-Match": former.headers["ETag"]})
    assert newer.status_code == 200
    assert newer.data != former.data


def test_the_main_button_saves_and_then_downloads(desk: Desk) -> None:
    number = desk.start()
    for form in ("pdf", "html"):
        answer = desk.send(number, {"title": f"Guide {form}"}, action=f"download-{form}")
        assert answer.location == f"/postings/{number}?download={form}"
        page = desk.root(answer.location)
        [refresh] = page.xpath("//meta[@http-equiv='refresh']/@content")
        assert refresh == f"0; url=/postings/{number}/download.{form}"
        assert desk.posting(number).title == f"Guide {form}"


@on_sqlite
@pytest.mark.parametrize("form", ["exe", "//evil.example", "pdf'%20onload='x", ""])
def test_an_address_that_asks_for_another_download_begins_none(desk: Desk, form: str) -> None:
    page = desk.root(f"/postings/{desk.start()}?download={form}")
    assert page.xpath("//meta[@http-equiv='refresh']") == []


@on_sqlite
def test_everybody_who_reads_postings_downloads_them(desk: Desk) -> None:
    number = desk.start()
    desk.send(number, {"title": "Night Case Manager"})
    for kind in Kind:
        person = colleague(desk.app, kind, f"{kind.value}@b.gov")
        for form in ("pdf", "html"):
            assert person.get(f"/postings/{number}/download.{form}").status_code == 200


@on_sqlite
@pytest.mark.parametrize(
    ("fault", "status", "message"),
    [
        (EntryFailed("PdfUnavailable", "no pango"), 503, "needs a system library"),
        (PoolBusy("32 tasks are waiting"), 503, "Many PDFs are being made right now"),
        (PoolClosed("closed"), 503, "Many PDFs are being made right now"),
        (RenderCrashed("signal 9"), 500, "This PDF could not be made"),
        (RenderTimedOut("15 s"), 500, "This PDF could not be made"),
        (EntryFailed("ValueError", "a secret of the server"), 500, "This PDF could not be made"),
    ],
)
def test_without_a_pdf_the_page_says_what_to_do_and_html_works(
    desk: Desk, fault: WorkerError, status: int, message: str
) -> None:
    number = desk.start()
    break_press(desk.app, fault)
    answer = desk.get(f"/postings/{number}/download.pdf")
    page = parsed(answer.text)
    assert answer.status_code == status
    assert message in words(page.xpath("//h1")[0])
    assert str(fault) not in answer.text
    [html] = page.xpath("//a[starts-with(., 'Download HTML')]/@href")
    assert desk.get(html).status_code == 200
    assert (answer.headers.get("Retry-After") == "5") == (message.startswith("Many"))
    assert ("Reference: " in answer.text) == (status == 500)


@on_sqlite
def test_without_the_library_for_pdf_html_works(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> str:
        raise PdfUnavailable("cannot load library 'libpango-1.0-0'")

    number, key = desk.start(), documents.document_key
    monkeypatch.setattr(
        documents, "document_key", lambda o, f: missing() if f == "pdf" else key(o, f)
    )
    answer = desk.get(f"/postings/{number}/download.pdf")
    assert answer.status_code == 503
    assert "Ask whoever runs this server" in answer.text
    assert "HTML download works now" in answer.text
    assert desk.get(f"/postings/{number}/download.html").status_code == 200


@on_sqlite
def test_an_internal_description_that_can_not_be_made_offers_what_works(desk: Desk) -> None:
    break_press(desk.app, RenderCrashed("signal 9"))
    path = "/roles/case-manager/mid/description.pdf"
    page = desk.root(path)
    links = set(page.xpath("//main//a/@href")) - {path}  # to try again
    assert links
    for link in links:
        assert desk.get(link).status_code == 200, link
