"""Saves as the live builder sends them, for tests of services."""

from collections.abc import Sequence
from itertools import count

from jobdesc.people.person import Person
from jobdesc.postings.changes import Change, SetField
from jobdesc.postings.outcomes import Refused
from jobdesc.postings.posting import Posting
from jobdesc.services.postings import read_posting
from jobdesc.services.saves import LiveSave, Saved, save_live
from tests.accounts import NOW


class Tab:
    """A window of a person's browser in which a posting is open."""

    def __init__(self, person: Person, posting_id: int, name: str = "tab") -> None:
        self.person, self.posting_id, self.name = person, posting_id, name
        self.counter = read_posting(person, posting_id).counter
        self._numbers = count(1)

    @property
    def posting(self) -> Posting:
        """The posting as it is stored."""
        return read_posting(self.person, self.posting_id).posting

    def numbered(self, changes: Sequence[Change | Refused]) -> LiveSave:
        """The next save, not sent yet."""
        return LiveSave(f"{self.name}-{next(self._numbers)}", self.counter, tuple(changes))

    def send(self, save: LiveSave) -> Saved:
        """Send a save, and take its answer."""
        saved = save_live(self.person, self.posting_id, save, NOW)
        self.counter = saved.state.stored.counter
        return saved

    def save(self, *changes: Change | Refused) -> Saved:
        """Send the next save."""
        return self.send(self.numbered(changes))

    def retitle(self, title: str) -> SetField:
        """Another title, from the one that stands."""
        return SetField(target="title", before=self.posting.title, after=title)
