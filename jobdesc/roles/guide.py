"""The guide of a role: what a person who knows the work would tell one who hires for it."""

from pydantic import Field

from jobdesc.roles.values import Id, Passage, Passages, Short, Sources, Text, Value


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
    answer: Passages = Field(min_length=1)


class Guide(Value):
    """The sections of a guide page, in the order of the page."""

    what: Passages = Field(min_length=1)
    where: Passages = Field(min_length=3)
    day: tuple[Moment, ...] = Field(min_length=5)
    good: tuple[Quality, ...] = Field(min_length=4)
    education: Passages = Field(min_length=1)
    studies: tuple[Study, ...] = Field(min_length=3)
    certification: Passages = Field(min_length=1)
    experience: Passages = Field(min_length=1)
    pay: Passages = Field(min_length=1)
    pay_factors: Passages = Field(min_length=3)
    similar: tuple[Similar, ...] = Field(min_length=3)
    questions: tuple[Question, ...] = Field(min_length=4)


__all__ = ["Guide", "Moment", "Passage", "Quality", "Question", "Similar", "Study"]
