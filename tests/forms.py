"""Forms as a browser without scripts reads and sends them."""

import html5lib
from lxml import etree

UNSENT = ("submit", "button", "reset", "image", "file")


def parsed(html: str) -> etree._Element:
    """A page as a browser reads it."""
    tree = html5lib.parse(html, treebuilder="lxml", namespaceHTMLElements=False)
    return tree.getroot()


def form_values(root: etree._Element, action: str) -> dict[str, str]:
    """What the form with this action would send, but for the button that is pressed."""
    form = next(form for form in root.iter("form") if form.get("action") == action)
    values: dict[str, str] = {}
    for control in form.iter("input", "select", "textarea"):
        name = control.get("name")
        if name and (value := _value(control)) is not None:
            assert name not in values, name
            values[name] = value
    return values


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
