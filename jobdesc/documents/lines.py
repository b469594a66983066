"""The text of a document as an ordered list of lines: what every format must say alike."""

from jobdesc.documents.blocks import Items, Outline


def outline_lines(outline: Outline) -> list[str]:
    """Every text of `outline` in reading order, one line each, marks before their items."""
    lines = [outline.organization, outline.title, outline.subtitle]
    for fact in outline.facts:
        lines += [fact.label, fact.value]
    for section in outline.sections:
        lines.append(section.heading)
        for block in section.blocks:
            if isinstance(block, Items):
                lines.append(block.lead)
                lines += [f"{item.mark} {item.text}".strip() for item in block.items]
            else:
                lines.append(block.text)
    return [line for line in [*lines, outline.footnote] if line]
