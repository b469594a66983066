"""Fields of which one holds a part of a role's body, however many controls of the page make it up.

They read what was sent and check nothing: the parser says what is wrong (decision 0016).
"""

from typing import Any

from wtforms import Field
from wtforms.utils import unset_value

from jobdesc.postings.values import clean
from jobdesc.web.roles.boxes import Form, source_ids, words


class BodyField(Field):  # type: ignore[misc]
    """`data` is what stands under the field's name in the body: as it was shown, or as sent."""

    data: Any

    def process(
        self, formdata: Form | None, data: Any = unset_value, extra_filters: Any = None
    ) -> None:
        """Take what was shown, then what was sent in its place."""
        super().process(None, data, extra_filters)
        if formdata is not None:
            self.data = self.read(formdata, self.data)

    def read(self, form: Form, before: Any) -> Any:
        """What a form says of it; `before` is what was shown, None for nothing."""
        return words(form, self.name)


class NamesField(BodyField):
    """Short texts, one a line."""

    def read(self, form: Form, before: Any) -> list[str]:
        """Each once, without what is blank."""
        lines = (" ".join(line.split()) for line in words(form, self.name).splitlines())
        return list(dict.fromkeys(filter(None, lines)))


class SourcesField(BodyField):
    """Ids of sources."""

    def read(self, form: Form, before: Any) -> list[str]:
        """What stands in its controls; what is no id, as it was typed."""
        return source_ids(words(form, f"{self.name}:source"))


def one_line(text: str | None) -> str:
    """A text on one line, without what no text may hold."""
    return " ".join(str(clean(text or "")).split())
