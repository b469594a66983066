"""Forms as a browser without scripts reads and sends them."""

from collections.abc import Iterator
from functools import lru_cache

import html5lib
from lxml import etree

UNSENT = ("submit", "button", "reset", "image", "file")
UNKNOWN_TAG = 801
"""What libxml says of the tags that came after HTML 4."""
Shape = tuple[str, str, tuple[str, ...]]

_good: set[Shape] = set()
"""What a strict reader has seen in this process and found nothing to mind in."""


@lru_cache(maxsize=8)
def read_html(html: str) -> tuple[etree._Element, tuple[str, ...]]:
    """A page as a browser reads it, and what a strict reader minds.

    html5lib is strict and takes a third of a second for a page of the builder; libxml takes a
    hundredth of that. So html5lib reads what libxml minds, and whatever holds an element, with its
    attributes and in its parent, that it has not read yet.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(html.encode("utf-8", "surrogatepass"), parser)
    for area in root.iter("textarea"):  # whose first newline is none of its text
        area.text = (area.text or "").removeprefix("\n")
    shapes = set(_shapes(root))
    if shapes <= _good and all(error.type == UNKNOWN_TAG for error in parser.error_log):
        return root, ()
    strict = html5lib.HTMLParser()
    strict.parse(html)
    if not strict.errors:
        _good.update(shapes)
    return root, tuple(f"line {place[0]}: {code}" for place, code, _ in strict.errors)


def _shapes(root: etree._Element) -> Iterator[Shape]:
    for element in root.iter(etree.Element):
        parent = element.getparent()
        yield "" if parent is None else parent.tag, element.tag, tuple(sorted(element.attrib))


def parsed(html: str) -> etree._Element:
    """A page as a browser reads it."""
    return read_html(html)[0]


def form_values(root: etree._Element, action: str) -> dict[str, str]:
    """What the form with this action would send, but for the button that is pressed."""
    values: dict[str, str] = {}
    for name, value in form_pairs(root, action):
        assert name not in values, name
        values[name] = value
    return values


def form_pairs(root: etree._Element, action: str) -> list[tuple[str, str]]:
    """The same, for a form in which controls share a name."""
    form = next(form for form in root.iter("form") if form.get("action") == action)
    controls = [one for one in form.iter("input", "select", "textarea") if one.get("name")]
    read = ((str(one.get("name")), _value(one)) for one in controls)
    return [(name, value) for name, value in read if value is not None]


def _value(control: etree._Element) -> str | None:
    if control.tag == "textarea":
        return "".join(control.itertext())
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        return str((chosen or options)[0].get("value"))
    if control.get("type") in UNSENT:
        return None
    if control.get("type") in ("checkbox", "radio") and control.get("checked") is None:
        return None
    return str(control.get("value", ""))
