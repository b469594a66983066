"""Pay bands kept: saved, met by another's save, removed, brought back, and in files."""

import threading
from datetime import timedelta

import pytest
from flask import Flask

from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Forbidden
from jobdesc.postings.band_edits import BandEdit, MergedBands, band_mark
from jobdesc.postings.band_limits import MOST_PLACES
from jobdesc.postings.bands import PayBand
from jobdesc.services import band_files as files
from jobdesc.services import pay_bands as service
from jobdesc.services.catalog import NoSuchRole
from jobdesc.services.pay_bands import NoSuchBand, RoleBands, TooManyBands
from tests.accounts import NOW, add_person
from tests.marks import on_sqlite
from tests.postings.bands import a_band
from tests.services.exporting import actor, app, clock, quick_hashes

__all__ = ["actor", "app", "clock", "quick_hashes"]

SLUG = "case-manager"
LATER = NOW + timedelta(hours=1)


def save(
    actor: Person, *edits: tuple[PayBand | None, PayBand | None], slug: str = SLUG
) -> MergedBands:
    """Each from what the page showed to what was typed."""
    made = [BandEdit((after or before).key, band_mark(before), after)  # type: ignore[union-attr]
            for before, after in edits]  # fmt: skip
    return service.save_bands(actor, slug, made, NOW)


def read(actor: Person) -> RoleBands:
    return service.read_role_bands(actor, SLUG, LATER)


@on_sqlite
def test_a_place_too_many_is_neither_saved_nor_brought_back(app: Flask, actor: Person) -> None:
    cities = [a_band(state="OR", city=f"City {n}") for n in range(MOST_PLACES)]
    with app.app_context():
        with pytest.raises(TooManyBands):
            save(actor, *((None, band) for band in cities))
        assert read(actor).bands == ()
        save(actor, *((None, band) for band in cities[1:]))
        save(actor, (cities[1], None))
        save(actor, (None, cities[0]))
        with pytest.raises(TooManyBands):
            service.bring_back_band(actor, SLUG, read(actor).removed[0].id, NOW)
        assert len(read(actor).bands) == MOST_PLACES - 1


def test_bands_are_saved_and_every_act_is_remembered(app: Flask, actor: Person) -> None:
    oregon, higher = a_band(state="OR", city="Portland"), a_band(high=9_000_000)
    with app.app_context():
        save(actor, (None, a_band()), (None, oregon))
        save(actor, (a_band(), higher), (oregon, oregon))
        save(actor, (oregon, None))
        page = read(actor)
        assert page.bands == (higher,)
        [gone] = page.removed
        assert gone.band == oregon
        assert service.bring_back_band(actor, SLUG, gone.id, LATER) == oregon
        page = read(actor)
        assert (page.bands, page.removed) == ((higher, oregon), ())
        assert [(one.act, one.before, one.after) for one in page.records] == [
            ("brought back", None, oregon), ("removed", oregon, None),
            ("changed", a_band(), higher), ("added", None, oregon), ("added", None, a_band()),
        ]  # fmt: skip
        assert {one.person for one in page.records} == {"Ada Lake"}
        assert page.records[0].made_at == LATER


def test_a_band_set_anew_where_one_was_removed_takes_its_place(app: Flask, actor: Person) -> None:
    other = a_band(state="OR", city="PORTLAND", low=7_000_000)
    with app.app_context():
        save(actor, (None, a_band(state="OR", city="Portland")))
        save(actor, (a_band(state="OR", city="Portland"), None))
        save(actor, (None, other))
        page = read(actor)
        assert (page.bands, page.removed) == ((other,), ())
        assert page.records[0].act == "brought back"


def test_a_save_from_what_no_longer_stands_changes_nothing_there(app: Flask, actor: Person) -> None:
    theirs, mine = a_band(high=9_000_000), a_band(high=8_800_000)
    with app.app_context():
        save(actor, (None, a_band()))
        save(actor, (a_band(), theirs))
        merged = save(actor, (a_band(), mine), (None, a_band(state="OR")))
        assert [(one.mine, one.theirs) for one in merged.conflicts] == [(mine, theirs)]
        assert read(actor).bands == (theirs, a_band(state="OR"))


def test_two_who_save_at_once_lose_nothing(app: Flask, actor: Person) -> None:
    met: list[int] = []

    def work(number: int) -> None:
        with app.app_context():
            mine = a_band(high=9_000_000 + number)
            own = a_band(state="OR", city=f"City {number}")
            met.append(len(save(actor, (None, mine), (None, own)).conflicts))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with app.app_context():
        assert sorted(met) == [0, 1, 1, 1]
        assert len(read(actor).bands) == 5
        assert len(read(actor).records) == 5


def test_only_editors_set_pay(app: Flask, actor: Person) -> None:
    director, editor = add_person(app, Kind.HIRING_DIRECTOR), add_person(app, Kind.HR_EDITOR)
    with app.app_context():
        for act in (
            lambda: save(director, (None, a_band())),
            lambda: read(director),
            lambda: service.read_all(director, NOW),
            lambda: service.bring_back_band(director, SLUG, 1, NOW),
            lambda: files.export_bands(director),
            lambda: files.plan_import(director, "", NOW),
            lambda: files.take_import(director, "", "", NOW),
        ):
            with pytest.raises(Forbidden):
                act()
        save(editor, (None, a_band()))
        assert service.read_all(editor, NOW).bands == (a_band(),)


def test_what_is_not_there_is_told(app: Flask, actor: Person) -> None:
    with app.app_context():
        with pytest.raises(NoSuchRole):
            save(actor, (None, a_band()), slug="no-such-role")
        save(actor, (None, a_band(role="rn-case-manager")))
        assert service.read_all(actor, NOW).bands == ()
        save(actor, (None, a_band()))
        for slug, number in ((SLUG, 4711), (SLUG, 1), ("rn-case-manager", 1)):
            with pytest.raises(NoSuchBand):
                service.bring_back_band(actor, slug, number, NOW)


def test_a_file_is_planned_taken_once_and_changes_nothing_again(app: Flask, actor: Person) -> None:
    gone, changed = a_band(state="ID"), a_band(high=9_000_000)
    with app.app_context():
        save(actor, (None, a_band()), (None, gone), (None, a_band(state="WA")))
        save(actor, (gone, None))
        text = files.write_bands([changed, gone, a_band(level="lead")])
        found = files.plan_import(actor, text, NOW)
        kinds = {one.kind for one in found.plan.planned}
        assert kinds == {"brought back", "changed", "new"}
        assert read(actor).bands == (a_band(), a_band(state="WA"))
        files.take_import(actor, text, found.plan.mark, NOW)
        assert set(read(actor).bands) == {
            changed, gone, a_band(level="lead"), a_band(state="WA"),
        }  # fmt: skip
        records = read(actor).records
        assert {one.from_file for one in records[:3]} == {True}
        again = files.plan_import(actor, text, NOW)
        assert (again.plan.planned, again.plan.same) == ((), 3)
        files.take_import(actor, text, again.plan.mark, NOW)
        assert read(actor).records == records
        whole = files.export_bands(actor)
        assert files.plan_import(actor, whole, NOW).plan.planned == ()


def test_a_file_with_a_bad_line_or_another_plan_changes_nothing(app: Flask, actor: Person) -> None:
    with app.app_context():
        text = files.write_bands([a_band(), a_band(level="lead")])
        shown = files.plan_import(actor, text, NOW).plan.mark
        bad = text.replace("lead", "chief")
        assert [one.line for one in files.plan_import(actor, bad, NOW).faults] == [3]
        save(actor, (None, a_band(high=9_000_000)))
        for sent in (text, bad):
            with pytest.raises(files.PlanOutdated):
                files.take_import(actor, sent, shown, NOW)
        assert read(actor).bands == (a_band(high=9_000_000),)
