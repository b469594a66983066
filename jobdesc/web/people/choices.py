"""People to choose from, each told from the others."""

from collections import Counter
from collections.abc import Sequence

from wtforms.fields.choices import SelectChoice

from jobdesc.people.person import Person


def offer_people(people: Sequence[Person]) -> list[SelectChoice]:
    """Each with name and kind, and with the email where a name is that of several."""
    names = Counter(person.name.casefold() for person in people)
    return [
        SelectChoice(str(person.id), _label(person, names[person.name.casefold()] > 1))
        for person in people
    ]


def _label(person: Person, shared: bool) -> str:
    email = f", {person.email}" if shared else ""
    return f"{person.name}{email} ({person.kind.label})"
