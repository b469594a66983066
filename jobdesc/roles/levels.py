"""The five levels of seniority, in order."""

from enum import StrEnum


class Level(StrEnum):
    """Keys as they stand in files, rows and addresses; the order of definition is seniority."""

    ENTRY = "entry"
    MID = "mid"
    SENIOR = "senior"
    LEAD = "lead"
    DIRECTOR = "director"

    @property
    def label(self) -> str:
        """The short name on a button."""
        return LABELS[self]

    @property
    def rank(self) -> int:
        """0 for entry to 4 for director."""
        return LEVELS.index(self)


LEVELS: tuple[Level, ...] = tuple(Level)
LABELS: dict[Level, str] = {
    Level.ENTRY: "I",
    Level.MID: "II",
    Level.SENIOR: "III",
    Level.LEAD: "Lead",
    Level.DIRECTOR: "Director",
}
