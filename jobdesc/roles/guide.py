"""The guide of a role: what a person who knows the work would tell one who hires for it."""

from pydantic import Field

from jobdesc.roles.values import Id, Passage, Passages, Short, Sources, Text, Value

MOST = 60


class Moment(Value):
    """A part of a typical day."""

    when: Short
    what: Text


class Quality(Value):
    """What makes a good one, and how it shows."""

    quality: Short
    shows: Text


class Study(Value):
    """A field or program of study and where it leads."""

    study: Short
    leads_to: Text
    source: Sources = ()


class Similar(Value):
    """A neighboring role and how it differs; `role` where the library holds it."""

    name: Short
    difference: Text
    role: Id | None = None


class Question(Value):
    """A question that people ask, and its answer."""

    question: Short
    answer: Passages = Field(default=(), max_length=MOST)


class Guide(Value):
    """The sections of a guide page, in the order of the page."""

    what: Passages = Field(default=(), max_length=MOST)
    where: Passages = Field(default=(), max_length=MOST)
    day: tuple[Moment, ...] = Field(default=(), max_length=MOST)
    good: tuple[Quality, ...] = Field(default=(), max_length=MOST)
    education: Passages = Field(default=(), max_length=MOST)
    studies: tuple[Study, ...] = Field(default=(), max_length=MOST)
    certification: Passages = Field(default=(), max_length=MOST)
    experience: Passages = Field(default=(), max_length=MOST)
    pay: Passages = Field(default=(), max_length=MOST)
    pay_factors: Passages = Field(default=(), max_length=MOST)
    similar: tuple[Similar, ...] = Field(default=(), max_length=MOST)
    questions: tuple[Question, ...] = Field(default=(), max_length=MOST)


__all__ = ["Guide", "Moment", "Passage", "Quality", "Question", "Similar", "Study"]
