"""Views with names: one's own, those for everybody, and who may change which."""

import threading

import pytest
from flask import Flask

from jobdesc.people.entries import NotAccepted
from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Forbidden
from jobdesc.services import saved_views as service
from jobdesc.services.saved_views import NoSuchView
from tests.accounts import NOW, add_person
from tests.services.exporting import actor, app, clock, quick_hashes

__all__ = ["actor", "app", "clock", "quick_hashes"]

OREGON = "state=OR"


def save(person: Person, name: str, shared: bool = False, query: str = OREGON) -> int:
    return service.save_view(person, name, query, shared, NOW)


def names(person: Person) -> list[str]:
    return [view.name for view in service.list_views(person)]


def test_views_are_ones_own_unless_they_are_for_everybody(app: Flask, actor: Person) -> None:
    recruiter = add_person(app, Kind.RECRUITER)
    with app.app_context():
        save(actor, "My drafts")
        save(actor, "oregon", shared=True)
        save(recruiter, "Nurses")
        assert names(actor) == ["My drafts", "oregon"]
        assert names(recruiter) == ["Nurses", "oregon"]
        [_, shared] = service.list_views(recruiter)
        assert (shared.person, shared.query, shared.shared) == ("Ada Lake", OREGON, True)
        assert not service.may_change(recruiter, shared)


def test_shared_views_do_not_crowd_out_ones_own(
    app: Flask, actor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    recruiter = add_person(app, Kind.RECRUITER)
    monkeypatch.setattr(service, "LISTED", 2)
    with app.app_context():
        for name in ("A", "B", "C"):
            save(actor, name, shared=True)
        save(recruiter, "Z")
        assert names(recruiter) == ["Z", "A"]


def test_a_name_is_asked_for_and_once_each(app: Flask, actor: Person) -> None:
    other = add_person(app, Kind.HR_EDITOR)
    with app.app_context():
        number = save(actor, "  Oregon \n  drafts ")
        assert names(actor) == ["Oregon drafts"]
        for name, words in {
            "": "Enter a name", " \t": "Enter a name", "x" * 61: "at most 60",
            "x" * 100_000: "at most 60", "a\u202e\x07": "cannot be printed",
            "a\u202eb": "cannot be printed",
            "OREGON DRAFTS": "already",
        }.items():  # fmt: skip
            with pytest.raises(NotAccepted, match=words):
                save(actor, name)
        save(other, "Oregon drafts")
        service.rename_view(actor, number, "OREGON drafts", shared=False)
        assert names(actor) == ["OREGON drafts"]


def test_only_editors_keep_views_for_everybody(app: Flask, actor: Person) -> None:
    recruiter, editor = add_person(app, Kind.RECRUITER), add_person(app, Kind.HR_EDITOR)
    with app.app_context():
        with pytest.raises(Forbidden):
            save(recruiter, "For all", shared=True)
        own, shared = save(recruiter, "Own"), save(actor, "For all", shared=True)
        with pytest.raises(Forbidden):
            service.rename_view(recruiter, own, "Own", shared=True)
        for act in (
            lambda: service.rename_view(recruiter, shared, "Mine now", shared=True),
            lambda: service.remove_view(recruiter, shared),
        ):
            with pytest.raises(Forbidden):
                act()
        service.rename_view(editor, shared, "For everybody", shared=True)
        assert names(recruiter) == ["Own", "For everybody"]
        service.remove_view(editor, shared)
        assert names(recruiter) == ["Own"]


def test_anothers_own_view_is_as_one_that_is_not_there(app: Flask, actor: Person) -> None:
    recruiter = add_person(app, Kind.RECRUITER)
    with app.app_context():
        own = save(recruiter, "Own")
        for number in (own, 4711):
            with pytest.raises(NoSuchView):
                service.remove_view(actor, number)
            with pytest.raises(NoSuchView):
                service.rename_view(actor, number, "x", shared=False)
        assert service.remove_view(recruiter, own).name == "Own"


def test_there_are_so_many_and_no_more(app: Flask, actor: Person) -> None:
    with app.app_context():
        for number in range(service.MOST):
            save(actor, f"View {number}")
        with pytest.raises(NotAccepted, match="Remove one"):
            save(actor, "One more")


def test_two_who_save_one_name_at_once_keep_one(app: Flask, actor: Person) -> None:
    refused: list[NotAccepted] = []

    def work() -> None:
        with app.app_context():
            try:
                save(actor, "Oregon")
            except NotAccepted as refusal:
                refused.append(refusal)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with app.app_context():
        assert names(actor) == ["Oregon"]
    assert len(refused) == 5
