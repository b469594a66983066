"""What a person sent from the page of a posting, as a list of changes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from jobdesc.postings.assemble import Offer
from jobdesc.postings.changes import (
    AddLine,
    AddPlace,
    Arrange,
    Change,
    Hide,
    RemoveLine,
    RemovePlace,
    SetField,
    SetLine,
    ShiftLine,
)
from jobdesc.postings.places import PLACE_PARTS, Place, read_place
from jobdesc.postings.posting import FIELD_NAMES, Posting
from jobdesc.postings.sections import SECTIONS, Part, Section
from jobdesc.postings.values import LINE, LINES, SHORT, clean, say_too_long

Form = Mapping[str, str]
Offers = Mapping[str, Offer]
NewId = Callable[[], str]

NAME = 200
"""No control of ours has a longer name, and no button a longer value."""


@dataclass(frozen=True)
class Submission:
    """Changes to make, and what cannot be kept: messages by the name of the control."""

    changes: tuple[Change, ...]
    wrong: dict[str, str]
    action: str = "save"
    typed: dict[str, str] = field(default_factory=dict)


def read_submission(
    form: Form, posting: Posting, wrong_fields: dict[str, str], offers: Offers, new_id: NewId
) -> Submission:
    """The changes of a form; a field named in `wrong_fields` is left out.

    `offers` are the role's lines that the posting lacks, by origin.
    """
    form = {name: text for name, text in form.items() if len(name) <= NAME}
    action = form.get("action", "save")[:NAME]
    rest = _without_removed(form, action)
    wrong = {**wrong_fields, **_too_long(rest)}
    changes = [
        *_field_changes(rest, wrong),
        *_place_changes(rest, posting, wrong, new_id),
        *_line_changes(rest, wrong),
        *_new_lines(rest, wrong, new_id),
        *_action_changes(form, action, offers, new_id),
        *_part_changes(posting, action),
    ]
    return Submission(tuple(changes), wrong, action, dict(form))


def _without_removed(form: Form, action: str) -> Form:
    """The form but for the controls of a line or place that its button removes."""
    verb, _, thing = action.partition(":")
    going = {"remove": f"line:{thing}", "remove-place": f"place:{thing}"}.get(verb)
    if going is None:
        return form
    return {n: text for n, text in form.items() if n != going and not n.startswith(f"{going}.")}


def _texts(form: Form, name: str) -> tuple[str, str]:
    """What the control showed at first, and what it holds now."""
    after = clean(form[name])
    return clean(form.get(f"{name}.before", after)), after


def _too_long(form: Form) -> dict[str, str]:
    """The lines and places that are over their size; the form itself looks at its fields."""
    limits = {"line:": LINE, "place:": SHORT}
    found = {}
    for name, text in form.items():
        limit = next((size for start, size in limits.items() if name.startswith(start)), 0)
        if limit and not name.endswith(".before"):
            found[name] = say_too_long(clean(text), limit)
        elif name.startswith("new:"):
            if text.count("\n") > LINES:
                items = text.count("\n")
                found[name] = f"These are {items:,} items. A posting can have {LINES}."
                continue
            longest = max((clean(line) for line in text.splitlines()), key=len, default="")
            found[name] = say_too_long(longest, LINE)
    return {name: message for name, message in found.items() if message}


def _field_changes(form: Form, wrong: dict[str, str]) -> Iterator[Change]:
    for name in FIELD_NAMES:
        if name in form and name not in wrong:
            before, after = _texts(form, name)
            if before != after:
                yield SetField(target=name, before=before, after=after)


def _place_changes(
    form: Form, posting: Posting, wrong: dict[str, str], new_id: NewId
) -> Iterator[Change]:
    for name in form:
        if name.startswith("place:") and not name.endswith(".before") and name not in wrong:
            before, after = _texts(form, name)
            if before != after and name.rpartition(".")[2] in PLACE_PARTS:
                yield SetField(target=name, before=before, after=after)
    if form.get("location") and "location" not in wrong:
        yield from _located(clean(form["location"]), posting, new_id)


def _located(text: str, posting: Posting, new_id: NewId) -> Iterator[Change]:
    """The changes that put a line such as 'Portland, OR' into the first place.

    The line is asked for while there is no place, so each part starts from nothing.
    """
    read = read_place(text, new_id())
    if read is None:
        return
    if not posting.places:
        yield AddPlace(place=read)
        return
    first = posting.places[0]
    for part in PLACE_PARTS:
        if after := getattr(read, part):
            yield SetField(target=f"place:{first.id}.{part}", before="", after=after)


def _line_changes(form: Form, wrong: dict[str, str]) -> Iterator[Change]:
    """A line that was emptied is removed."""
    for name in form:
        if not name.startswith("line:") or name.endswith(".before") or name in wrong:
            continue
        before, after = _texts(form, name)
        line = name.removeprefix("line:")
        if before == after:
            continue
        if not after:
            yield RemoveLine(line=line, before=before)
        else:
            yield SetLine(line=line, before=before, after=after)


def _new_lines(form: Form, wrong: dict[str, str], new_id: NewId) -> Iterator[Change]:
    """Each line of the box for new items becomes an item."""
    for section in SECTIONS:
        name = f"new:{section}"
        for text in form.get(name, "").splitlines() if name not in wrong else ():
            if text := clean(text):
                yield AddLine(line=new_id(), section=section, text=text)


def _action_changes(form: Form, action: str, offers: Offers, new_id: NewId) -> Iterator[Change]:
    verb, _, thing = action.partition(":")
    match verb:
        case "up" | "down" if f"line:{thing}" in form:
            yield ShiftLine(line=thing, way="up" if verb == "up" else "down")
        case "remove" if f"line:{thing}" in form:
            before, _ = _texts(form, f"line:{thing}")
            yield RemoveLine(line=thing, before=before)
        case "add-origin" if thing in offers:
            offer = offers[thing]
            yield AddLine(line=new_id(), section=offer.section, text=offer.text, origin=thing)
        case "add-place":
            yield AddPlace(place=Place(id=new_id()))
        case "remove-place":
            yield RemovePlace(place=thing, before=_place_seen(form, thing))


def _part_changes(posting: Posting, action: str) -> Iterator[Change]:
    """A section of the document put up or down, hidden or shown."""
    verb, _, key = action.partition(":")
    if not verb.startswith("part-") or key not in set(Part):
        return
    part = Part(key)
    if verb in ("part-hide", "part-show"):
        yield Hide(part=part, before=part in posting.hidden_parts, after=verb == "part-hide")
        return
    order = [*posting.parts]
    place = order.index(part)
    order.insert(max(place - 1, 0) if verb == "part-up" else place + 1, order.pop(place))
    yield Arrange(before=posting.parts, after=tuple(order))


def _place_seen(form: Form, place_id: str) -> str:
    """The place as the page showed it at first, written on one line."""
    parts = {part: form.get(f"place:{place_id}.{part}.before", "") for part in PLACE_PARTS}
    return Place(id=place_id, **{part: text[:SHORT] for part, text in parts.items()}).full


def landing(action: str, posting: Posting, offers: Offers) -> str:
    """The part of the page to show after an action, as the fragment of its address."""
    verb, _, thing = action.partition(":")
    if verb in ("up", "down"):
        return f"line-{thing}"
    if verb == "remove":
        sections = [line.section for line in posting.lines if line.id == thing]
        return str(sections[0]) if sections else ""
    if verb == "add":
        return f"new-{thing}" if thing in set(Section) else ""
    if verb == "add-origin":
        return str(offers[thing].section) if thing in offers else ""
    if verb == "use-text":
        return thing if thing in (*FIELD_NAMES, Section.BENEFITS) else ""
    if verb.startswith("part-"):
        return "arrange"
    return "places" if verb.endswith("-place") else ""
