"""Where the pages of a PDF begin, from the layout that the file is drawn from."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from jobdesc.documents.blocks import Block, Outline
from jobdesc.documents.pdf import load_engine, page_boxes, render_request

ASKED = b"layout\n"
"""What a request for a layout begins with; one for a file is JSON from its first byte."""


class Break(Block):
    """A page begins before line `line` of the `of` lines of the nth element called `target`.

    `target` is an element's data-target, or `section:<key>` for the heading of that part. Where
    a page begins with a block that has no target, `line` equals `of`: it is the end of the block
    before.
    """

    target: str
    nth: int
    line: int
    of: int


class Layout(Block):
    """How many pages there are, and where each from the second on begins."""

    pages: int
    breaks: tuple[Break, ...]


def lay_out(outline: Outline) -> Layout:
    """The pages of `render_pdf(outline)`. Raises as it does."""
    texts = [box.children[0] for box in page_boxes(outline)]  # what follows is the foot
    names = _names(texts[0].element)
    pages = [list(_lines(text, load_engine().line)) for text in texts]
    return Layout(pages=len(pages), breaks=tuple(_breaks(pages, names)))


def layout_request(outline: Outline) -> bytes:
    """What to ask `answer` for `lay_out(outline)` as JSON."""
    return ASKED + outline.model_dump_json().encode()


def answer(request: bytes) -> bytes:
    """For a worker process: a `layout_request`, or what `render_request` takes."""
    if not request.startswith(ASKED):
        return render_request(request)
    outline = Outline.model_validate_json(request.removeprefix(ASKED))
    return lay_out(outline).model_dump_json().encode()


def _names(root: Any) -> dict[Any, tuple[str, int]]:
    """Target and number of each element that can be pointed at, in the order of the document."""
    targets: dict[Any, str] = {}
    for element in root.iter():
        if key := element.get("data-section"):
            targets[element[0]] = f"section:{key}"
        elif target := element.get("data-target"):
            targets[element] = target
    seen: Counter[str] = Counter()
    names = {}
    for element, target in targets.items():
        names[element] = (target, seen[target])
        seen[target] += 1
    return names


def _lines(box: Any, line: type[Any]) -> Iterator[Any]:
    """The element of each line of text in `box`, from the top; markers of items are left out."""
    if "::" in box.element_tag:
        return
    if isinstance(box, line):
        yield box.element
    for child in getattr(box, "children", ()):
        yield from _lines(child, line)


def _breaks(pages: list[list[Any]], names: dict[Any, tuple[str, int]]) -> Iterator[Break]:
    total = Counter(element for lines in pages for element in lines)
    before: Counter[Any] = Counter()
    end = Break(target="title", nth=0, line=1, of=1)
    for number, lines in enumerate(pages):
        first = lines[0] if lines else None
        if number and first in names:
            yield _point(names[first], before[first], total[first])
        elif number:
            yield end
        before.update(lines)
        for element in lines:
            if element in names:
                end = _point(names[element], total[element], total[element])


def _point(name: tuple[str, int], line: int, of: int) -> Break:
    return Break(target=name[0], nth=name[1], line=line, of=of)
