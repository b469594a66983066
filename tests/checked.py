"""The checked client: looks at every page that a test fetches."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

from tests.forms import read_html

CONTROLS = "//input[not(@type='hidden')] | //select | //textarea"
NAMED_BY_TEXT = "//button | //a[@href] | //summary | //label | //legend | //h1 | //h2 | //h3"
LOADS = "//link/@href | //script/@src | //img/@src | //form/@action | //*/@formaction"
POINTERS = ("aria-describedby", "aria-labelledby", "aria-controls", "for", "form", "list")
ELSEWHERE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


class CheckedClient(FlaskClient):
    """A client that refuses a page with a fault, whatever its test is about."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; an answer that is a page of ours is checked."""
        response = super().open(*args, **kwargs)
        if is_page(response):
            faults = page_faults(response.text)
            assert faults == [], f"{response.request.path} ({response.status})"
        return response


def is_page(response: TestResponse) -> bool:
    """Whether people see this answer as a page: no redirect, no download, no bare text."""
    download = "sandbox" in response.headers.get("Content-Security-Policy", "")
    hands_on = 300 <= response.status_code < 400
    return response.mimetype == "text/html" and not (hands_on or download) and "<" in response.text


def page_faults(html: str) -> list[str]:
    """Everything that is wrong with a page, or with the part of one that a script fetches."""
    whole = html.lstrip().lower().startswith("<!doctype html>")
    root, errors = read_html(html if whole else f"<!doctype html><title>part</title>{html}")
    faults = [*errors]
    checks = [_names, _ids, _forms, _inline, _hosts]
    for check in [_page, *checks] if whole else checks:
        faults += check(root)
    return faults


def words(element: etree._Element) -> str:
    """The text of an element, blanks made one."""
    return " ".join("".join(element.itertext()).split())


def _page(root: etree._Element) -> Iterator[str]:
    headings = [words(heading) for heading in root.iter("h1")]
    title = " ".join((root.findtext(".//title") or "").split()).removeprefix("Error: ")
    if len(headings) != 1:
        yield f"{len(headings)} h1"
    elif not title.startswith(headings[0]):
        yield f"the title {title!r} does not start with the h1 {headings[0]!r}"
    if not root.get("lang"):
        yield "no language"
    if len(root.findall(".//main")) != 1:
        yield "not one main"


def _names(root: etree._Element) -> Iterator[str]:
    labeled = {label.get("for") for label in root.iter("label")}
    for control in root.xpath(CONTROLS):
        named = control.get("aria-label") or control.get("aria-labelledby")
        wrapped = any(ancestor.tag == "label" for ancestor in control.iterancestors())
        if not (named or wrapped or (control.get("id") and control.get("id") in labeled)):
            yield f"no label: {_tag(control)}"
    for element in root.xpath(NAMED_BY_TEXT):
        if not (words(element) or element.get("aria-label")):
            yield f"no words: {_tag(element)}"
    for picture in root.iter("img"):
        if picture.get("alt") is None:
            yield f"no alt: {_tag(picture)}"


def _ids(root: etree._Element) -> Iterator[str]:
    ids = Counter(root.xpath("//@id"))
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for attribute in POINTERS:
        for value in root.xpath(f"//@{attribute}"):
            yield from (f"{attribute} to no {name!r}" for name in value.split() if name not in ids)
    for target in root.xpath("//a/@href[starts-with(., '#')]"):
        if target[1:] not in ids:
            yield f"a link to no {target!r}"


def _forms(root: etree._Element) -> Iterator[str]:
    for form in root.iter("form"):
        tokens = form.xpath(".//input[@name='csrf_token']/@value")
        posts = form.get("method", "get").lower() == "post"
        if posts and (len(tokens) != 1 or not tokens[0]):
            yield f"a form without its token: {form.get('action')}"
        if not posts and tokens:
            yield f"a token in an address: {form.get('action')}"


def _inline(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        runs = element.tag == "script" and element.get("type") != "application/json"
        if element.tag == "style" or (runs and not element.get("src")):
            yield f"inline <{element.tag}>"
        for name in element.attrib:
            if name == "style" or name.startswith("on"):
                yield f"inline {name}: {_tag(element)}"
    yield from (f"script in a link: {href}" for href in root.xpath("//@href") if _runs(href))


def _runs(address: str) -> bool:
    return address.strip().lower().startswith(("javascript:", "data:", "vbscript:"))


def _hosts(root: etree._Element) -> Iterator[str]:
    loads = [str(address) for address in root.xpath(LOADS)]
    yield from (f"asks another host: {address}" for address in loads if ELSEWHERE.match(address))


def _tag(element: etree._Element) -> str:
    given = "".join(f' {name}="{value[:40]}"' for name, value in element.attrib.items())
    return f"<{element.tag}{given}>"
