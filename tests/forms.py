"""Forms as a browser without scripts reads and sends them."""

from functools import lru_cache

import html5lib
from lxml import etree

UNSENT = ("submit", "button", "reset", "image", "file")


@lru_cache(maxsize=8)
def read_html(html: str) -> tuple[etree._Element, tuple[str, ...]]:
    """A page as a browser reads it, and what a strict reader minds."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    root = parser.parse(html).getroot()
    return root, tuple(f"line {place[0]}: {code}" for place, code, _ in parser.errors)


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
