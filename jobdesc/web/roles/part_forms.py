"""The parts of a role as forms: a field for each key of the role's body that the part edits."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, FormField, HiddenField, SelectMultipleField, StringField

from jobdesc.roles.inherit_levels import LISTS
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import Place, Problem
from jobdesc.roles.reference_rows import RESERVED
from jobdesc.services.role_drafts import RoleDraft, SavedRole
from jobdesc.web.roles.basics import LevelRowField
from jobdesc.web.roles.boxes import SOURCE, Form, source_names, with_source_ids, words
from jobdesc.web.roles.conflicts import put_at, read_path, value_at
from jobdesc.web.roles.fields import BodyField, NamesField, SourcesField
from jobdesc.web.roles.guide_form import GuideField, rearrange_guide
from jobdesc.web.roles.inheriting import give_back
from jobdesc.web.roles.lines_form import (
    LinesField,
    name_new_lines,
    new_line,
    rearrange,
    without_blank,
)
from jobdesc.web.roles.new_source import SPOT, NewSourceForm, placed
from jobdesc.web.roles.parts import Part, levels_of
from jobdesc.web.roles.pay_form import OccupationsField, PayField
from jobdesc.web.roles.remarks import sentence

Ticks = partial(SelectMultipleField, validate_choice=False, default=())
"""The values of those boxes of one name that are ticked."""
LONGEST_START = 200
"""The most signs of what a form carries of the state that it was made from."""


class PartForm(FlaskForm):  # type: ignore[misc]
    """What every part sends beside its own fields.

    `act` is the button that was pressed, `shown` the level that a narrow screen shows, `drop` the
    levels that may go, and `parents` the cells that are given back to the parent.
    """

    started = HiddenField(filters=[lambda text: (text or "")[:LONGEST_START]])
    act = StringField(default="save")
    shown = StringField(default="")
    contested = Ticks(coerce=read_path, filters=[lambda paths: list(filter(None, paths))])
    drop = Ticks()
    parents = Ticks()
    new_source = FormField(NewSourceForm, separator=":")

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Sources are picked by their names and kept by their ids."""

        sources: Mapping[str, str]

        def wrap_formdata(self, form: FlaskForm, sent: Form | None) -> Form | None:
            """What was sent, with ids for names; the line that a new source is for names it."""
            if sent and (name := words(sent, f"{SPOT}:name")):
                self.sources = {**self.sources, RESERVED: name}
                line = sent.get(f"{SPOT}:line")
                sent = MultiDict([*sent.items(multi=True), (f"{line}{SOURCE}", name)])
            return None if sent is None else with_source_ids(sent, self.sources)

    def __init__(
        self, part: Part, draft: RoleDraft, may_lock: bool, today: str, sent: Form | None = None
    ) -> None:
        self.part, self.draft, self.unsaved = part, draft, sent is not None
        self.sent: Form = MultiDict() if sent is None else sent
        self.problems: tuple[Problem, ...] = ()
        self.focus = ""
        first = {"started": draft.started, SPOT: {"read": today}}
        meta = {
            "levels": levels_of(draft.shown),
            "may_lock": may_lock,
            "sources": source_names(draft.references),
        }
        super().__init__(sent, data=draft.shown | first, meta=meta)
        if self.unsaved:
            self.show(give_back(self.body, self.parents.data, part, draft.parent))

    @property
    def body(self) -> dict[str, Any]:
        """The role as it was shown, with this part as the form has it; without what is nothing."""
        body = {**self.draft.shown, **{key: self[key].data for key in self.part.keys}}
        return {key: value for key, value in body.items() if value is not None}

    def show(self, body: Mapping[str, Any]) -> None:
        """Let the form say what `body` says."""
        for key in self.part.keys:
            self[key].data = body.get(key)

    @property
    def dropping(self) -> tuple[Level, ...]:
        """The levels that lose their title, and with it everything; the last one cannot go."""
        left = levels_of(self.body)
        return tuple(level for level in self.meta.levels if left and level not in left)

    def rework(self) -> bool:
        """Do what the pressed button says, which saves nothing. Whether there is such a button."""
        verb, _, thing = self.act.data.partition(":")
        path = read_path(thing)
        if verb not in ("theirs", "mine") or path is None:
            return self.rearrange(verb, thing)
        if verb == "theirs" and path in self.contested.data:
            self.show(put_at(self.body, path, value_at(self.draft.body, path)))
        self.contested.data = [other for other in self.contested.data if other != path]
        return True

    def rearrange(self, verb: str, thing: str) -> bool:
        """Add, move or remove a row. Most parts show an empty one anyway."""
        return verb == "add"

    def settle(self) -> None:
        """Make the form ready to be saved."""

    def contest(self, saved: SavedRole) -> None:
        """Go on from what was saved, with mine where somebody else had changed the same."""
        self.draft = saved.draft
        self.meta.sources = source_names(saved.draft.references)
        self.started.data = saved.draft.started
        self.new_source.process(None, self.new_source.object_data)  # it is saved
        body = saved.draft.body
        for conflict in saved.conflicts:
            body = put_at(body, conflict.path, conflict.mine)
        self.show(body)
        self.contested.data = [conflict.path for conflict in saved.conflicts]

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Put what is wrong on the fields that it is about, with a level in view that has some."""
        self.problems = tuple(map(placed, problems))
        for problem in self.problems:
            said = sentence(problem.message)
            if field := self._field_at(problem.place):
                field.errors = [*field.errors, said]
            else:
                self.form_errors.append(said)
        wrong = [key for problem in self.problems for key in problem.place if key in set(Level)]
        if wrong and self.shown.data not in wrong:
            self.shown.data = str(wrong[0])
        if self.started.errors:  # nobody has shown that: the only way on is from what stands
            self.started.data = self.draft.started

    def _field_at(self, place: Place) -> Field | None:
        form, path = (self.new_source.form, place[1:]) if place[:1] == (SPOT,) else (self, place)
        return form[path[0]] if path and path[0] in form else None


class BasicsForm(PartForm):
    """What the role and its levels are called and stand for."""

    name, family, tagline = BodyField(), BodyField(), BodyField()
    synonyms = NamesField()
    titles, reports_to, flsa = LevelRowField(), LevelRowField(), LevelRowField()
    flsa_source = SourcesField()
    caseload, supervision, summary = LevelRowField(), LevelRowField(), LevelRowField()


class LinesForm(PartForm):
    """A part that is a list of lines, which is its one field."""

    @property
    def lines(self) -> Field:
        """That field."""
        return self[self.part.key]

    def rearrange(self, verb: str, thing: str) -> bool:
        """Put an empty line at the end, or one up, down or out."""
        if verb == "add":
            added = new_line(self.part.key)
            self.lines.data, self.focus = [*self.lines.data, added], added["id"]
        elif verb in ("up", "down", "remove"):
            self.lines.data = rearrange(self.lines.data, verb, thing)
            self.focus = f"{verb}:{thing}"
        else:
            return False
        return True

    def settle(self) -> None:
        """Leave out new lines without a word; the others get ids that no other part has."""
        others = [key for key in LISTS if key != self.part.key]
        bodies = (self.draft.shown, self.draft.body)
        taken = {line["id"] for body in bodies for key in others for line in body.get(key, [])}
        self.lines.data = name_new_lines(without_blank(self.lines.data), frozenset(taken))


class PayForm(PartForm):
    """Pay by level, and the occupations that it rests on."""

    pay = PayField()
    occupations = OccupationsField()


class GuideForm(PartForm):
    """The guide."""

    guide = GuideField()

    def rearrange(self, verb: str, thing: str) -> bool:
        """Put a row up, down or out."""
        if verb not in ("up", "down", "remove"):
            return super().rearrange(verb, thing)
        self.guide.data = rearrange_guide(self.guide.data, verb, thing)
        return True


FORMS: Mapping[str, type[PartForm]] = {
    "basics": BasicsForm,
    **{key: type(f"{key.capitalize()}Form", (LinesForm,), {key: LinesField()}) for key in LISTS},
    "pay": PayForm,
    "guide": GuideForm,
}
"""By the part that it is for."""
