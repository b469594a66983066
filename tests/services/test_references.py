"""Sources and credentials are added and changed here, and no newer edition takes that away."""

import copy
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask

from jobdesc.app import ROOT, create_app
from jobdesc.extensions import db
from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Forbidden
from jobdesc.postings.changes import RemoveLine, SetLine
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import Problems
from jobdesc.roles.reference_rows import FieldEdit, Shelf, Twin
from jobdesc.services.catalog import load_library
from jobdesc.services.content import Content, read_folder, seed
from jobdesc.services.content_export import export_content
from jobdesc.services.content_import import import_content
from jobdesc.services.postings import keep_posting, read_posting, save_changes, start_posting
from jobdesc.services.reference_keeping import NoSuchReference
from jobdesc.services.references import (
    RowMoved,
    change_row,
    create_row,
    open_credential,
    open_source,
    restore_row,
)
from jobdesc.services.roles import open_role, save_role
from jobdesc.services.search import search
from jobdesc.store.postings import PostingListItem
from tests.accounts import NOW, add_person, quick_hashes
from tests.databases import Templates, make_settings
from tests.marks import on_sqlite
from tests.services.roles import SLUG, administrator

__all__ = ["quick_hashes"]

BOOK = {"name": "A book", "publisher": "A press", "read": "2026-11-28", "verified": True}
CARD = {
    "name": "Certified Navigator", "abbreviation": "CN", "issuer": "a state",
    "kind": "certification", "requires": "A course.", "min_months": 12, "source": ["ccmc"],
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Content:
    """The shipped library, read once: without its roles, which say nothing here."""
    return replace(read_folder(ROOT / "content"), roles={}, own={})


def ids_of(items: Iterable[PostingListItem]) -> set[int]:
    return {item.id for item in items}


def renewal(before: str, after: str) -> list[FieldEdit]:
    return [FieldEdit("renewal", before, after)]


def of_ccm() -> str:
    return load_library().references.credentials["ccm"].renewal


def test_a_credential_is_changed_with_both_texts_kept_and_found_at_once(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        before = of_ccm()
        edits = [*renewal(before, "Every year."), FieldEdit("abbreviation", "CCM", "CCMX")]
        edited = change_row(actor, Shelf.CREDENTIALS, "ccm", edits, NOW)
        assert edited.conflicts == ()
        page = open_credential(actor, "ccm")
        assert page.credential.renewal == "Every year."
        newest, first = page.revisions
        assert (newest.who, newest.reason, first.who, first.reason) == (
            "Sam Rivera", "edited", None, "shipped",
        )  # fmt: skip
        assert [(one.label, one.before, one.after) for one in newest.found] == [
            ("Abbreviation", "CCM", "CCMX"), ("Renewal", before, "Every year."),
        ]  # fmt: skip
        assert [hit.credential.id for hit in search(actor, "ccmx").credentials] == ["ccm"]


def test_a_former_version_is_restored_as_a_new_one_and_back_again(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        before = of_ccm()
        change_row(actor, Shelf.CREDENTIALS, "ccm", renewal(before, "Every year."), NOW)
        assert restore_row(actor, Shelf.CREDENTIALS, "ccm", 1, 2, NOW)
        assert of_ccm() == before
        assert not restore_row(actor, Shelf.CREDENTIALS, "ccm", 1, 3, NOW)
        assert restore_row(actor, Shelf.CREDENTIALS, "ccm", 2, 3, NOW)
        assert of_ccm() == "Every year."
        reasons = [one.reason for one in open_credential(actor, "ccm").revisions]
        assert reasons == ["restored", "restored", "edited", "shipped"]
        with pytest.raises(RowMoved):
            restore_row(actor, Shelf.CREDENTIALS, "ccm", 1, 2, NOW)
        for key, number in (("ccm", 9), ("ccm", 0), ("cphq", 1), ("none", 1)):
            with pytest.raises(NoSuchReference):
                restore_row(actor, Shelf.CREDENTIALS, key, number, 4, NOW)


@on_sqlite
def test_a_version_whose_name_another_has_by_now_is_not_restored(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        create_row(actor, Shelf.SOURCES, BOOK, NOW)
        edit = FieldEdit("name", "A book", "Another book")
        change_row(actor, Shelf.SOURCES, "a-book", [edit], NOW)
        create_row(actor, Shelf.SOURCES, BOOK | {"id": "the-book"}, NOW)
        with pytest.raises(Problems) as caught:
            restore_row(actor, Shelf.SOURCES, "a-book", 1, 2, NOW)
        assert "There is a source of this name already" in str(caught.value)


def test_nothing_changed_makes_no_revision(seeded_app: Flask, actor: Person) -> None:
    with seeded_app.app_context():
        change_row(actor, Shelf.CREDENTIALS, "ccm", renewal(of_ccm(), of_ccm()), NOW)
        assert open_credential(actor, "ccm").revisions == ()


def test_a_source_and_a_credential_are_added_under_ids_of_their_names(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        assert create_row(actor, Shelf.SOURCES, BOOK, NOW).id == "a-book"
        assert create_row(actor, Shelf.SOURCES, BOOK | {"name": "A book!"}, NOW).id == "a-book-2"
        assert create_row(actor, Shelf.CREDENTIALS, CARD | {"source": ["a-book"]}, NOW).id == "cn"
        page = open_source(actor, "a-book")
        assert [one.id for one in page.use.credentials] == ["cn"]
        assert [one.reason for one in page.revisions] == ["created"]
        assert open_credential(actor, "cn").uses == ()


@on_sqlite
@pytest.mark.parametrize(
    ("shelf", "changes", "said"),
    [
        (Shelf.SOURCES, {"id": "ccmc"}, "id: ccmc is taken. Choose another, or leave it empty."),
        (Shelf.SOURCES, {"id": "Not an id"}, "id: is 'Not an id', which does not have the form"),
        (Shelf.SOURCES, {"id": "new"}, "id: cannot be new."),
        (Shelf.SOURCES, {"url": "javascript:alert(1)"}, "url: must begin with https://"),
        (Shelf.SOURCES, {"name": "x" * 2_000}, "name: is too long."),
        (Shelf.SOURCES, {"note": "x" * 500}, "note: is too long. Use up to 400 characters."),
        (
            Shelf.CREDENTIALS,
            {"source": ["nowhere"]},
            "source: No source is called \u201cnowhere\u201d",
        ),
        (Shelf.CREDENTIALS, {"source": []}, "source: has too few."),
        (Shelf.CREDENTIALS, {"kind": "badge"}, "kind: is 'badge'. Use one of"),
        (Shelf.CREDENTIALS, {"min_months": -1}, "min_months: is -1. Give at least 0."),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    seeded_app: Flask, actor: Person, shelf: Shelf, changes: dict[str, object], said: str
) -> None:
    with seeded_app.app_context():
        before = load_library().references
        with pytest.raises(Problems) as caught:
            create_row(actor, shelf, (BOOK if shelf is Shelf.SOURCES else CARD) | changes, NOW)
        assert said in str(caught.value)
        assert load_library().references is before


@on_sqlite
def test_a_second_source_of_the_same_name_and_date_is_refused(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        create_row(actor, Shelf.SOURCES, BOOK, NOW)
        with pytest.raises(Problems) as caught:
            create_row(actor, Shelf.SOURCES, BOOK | {"name": "a  Book"}, NOW)
        [twin] = caught.value.problems
        title = "\u201cA press, A book, undated, read Nov 28, 2026\u201d"
        assert f"There is a source of this name already: {title}." in twin.message
        assert isinstance(twin, Twin)
        assert twin.other == "a-book"


@on_sqlite
def test_who_may_not_edit_roles_adds_and_changes_nothing(seeded_app: Flask, actor: Person) -> None:
    director = add_person(seeded_app, Kind.HIRING_DIRECTOR)
    with seeded_app.app_context():
        with pytest.raises(Forbidden):
            create_row(director, Shelf.SOURCES, BOOK, NOW)
        with pytest.raises(Forbidden):
            change_row(director, Shelf.CREDENTIALS, "ccm", renewal("", "x"), NOW)
        with pytest.raises(Forbidden):
            restore_row(director, Shelf.CREDENTIALS, "ccm", 1, 1, NOW)
        assert open_credential(director, "ccm").credential.id == "ccm"


@on_sqlite
def test_a_credential_says_which_roles_ask_for_it_too_early(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        assert open_credential(actor, "ccm").warnings == ()
        edits = [FieldEdit("min_months", "24", 200), FieldEdit("name", "Certified Case Manager",
                 "Commission for Case Manager Certification")]  # fmt: skip
        change_row(actor, Shelf.CREDENTIALS, "ccm", edits, NOW)
        named, *held = open_credential(actor, "ccm").warnings
        assert named.message.startswith("It names Commission for")
        assert {one.role.slug for one in held if one.role} >= {"rn-case-manager"}
        assert "Level Director: Commission" in " ".join(one.message for one in held)


def test_postings_that_name_a_credential_are_counted_as_far_as_one_sees_them(
    seeded_app: Flask, actor: Person
) -> None:
    other = add_person(seeded_app, Kind.RECRUITER)
    with seeded_app.app_context():
        kept = start_posting(actor, "rn-case-manager", Level.SENIOR, NOW)
        keep_posting(actor, kept)
        mine = start_posting(actor, "rn-case-manager", Level.LEAD, NOW)
        page = open_credential(actor, "ccm")
        assert ids_of(page.postings.items) == {kept, mine}
        seen = open_credential(other, "ccm").postings
        assert (ids_of(seen.items), seen.count, seen.reworded) == ({kept}, 1, frozenset())
        assert open_credential(actor, "gcdf").postings.count == 0


def test_a_posting_that_names_it_in_other_words_is_counted_until_the_line_is_removed(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        number = start_posting(actor, "rn-case-manager", Level.SENIOR, NOW)
        posting = read_posting(actor, number).posting
        name = load_library().references.credentials["ccm"].name
        [line] = [line for line in posting.lines if name in line.text]
        word = SetLine(line=line.id, before=line.text, after="A certificate of the trade")
        assert not save_changes(actor, number, (word,), NOW).conflicts
        found = open_credential(actor, "ccm").postings
        assert (ids_of(found.items), found.count, found.reworded) == ({number}, 1, {number})
        gone = RemoveLine(line=line.id, before="A certificate of the trade")
        assert not save_changes(actor, number, (gone,), NOW).conflicts
        assert open_credential(actor, "ccm").postings.count == 0


def test_a_newer_edition_keeps_what_was_edited_or_added_and_says_what_differs(
    seeded_app: Flask, actor: Person, shipped: Content
) -> None:
    with seeded_app.app_context():
        before = of_ccm()
        change_row(actor, Shelf.CREDENTIALS, "ccm", renewal(before, "Ours."), NOW)
        create_row(actor, Shelf.CREDENTIALS, CARD, NOW)
        newer = copy.deepcopy(shipped.reference_bodies)
        for row in newer["credentials"]:
            row["note"] = "Newer." if row["id"] in ("ccm", "cphq") else row.get("note", "")
        newer["credentials"].append(CARD | {"id": "cn", "renewal": "Shipped later."})
        seeded = seed(replace(shipped, reference_bodies=newer), NOW).references
        assert [(one.key, one.kept, one.words) for one in seeded] == [
            ("ccm", True, "Renewal and note"), ("cn", True, "Renewal"),
        ]  # fmt: skip
        credentials = load_library().references.credentials
        assert (credentials["ccm"].renewal, credentials["cn"].renewal) == ("Ours.", "")
        assert credentials["cphq"].note == "Newer."
        change_row(actor, Shelf.CREDENTIALS, "cn", renewal("", "Shipped later."), NOW)
        assert [one.key for one in seed(replace(shipped, reference_bodies=newer), NOW).references
                ] == ["ccm"]  # fmt: skip
        newer["credentials"][-1]["renewal"] = "Later still."
        seed(replace(shipped, reference_bodies=newer), NOW)
        assert load_library().references.credentials["cn"].renewal == "Later still."
        reasons = [one.reason for one in open_credential(actor, "cn").revisions]
        assert reasons == ["shipped", "shipped", "edited", "created"]


@on_sqlite
def test_an_export_carries_them_to_another_library_and_back_as_the_same_bytes(
    seeded_app: Flask, actor: Person, templates: Templates, tmp_path: Path
) -> None:
    with seeded_app.app_context():
        change_row(actor, Shelf.CREDENTIALS, "ccm", renewal(of_ccm(), "Ours."), NOW)
        create_row(actor, Shelf.SOURCES, BOOK, NOW)
        export_content(actor, tmp_path / "ours")
        here = load_library().references
    (tmp_path / "other").mkdir()
    url = templates.clone("sqlite", tmp_path / "other", seeded=True)
    other = create_app(make_settings(tmp_path / "other", url))
    there = administrator(other)
    with other.app_context():
        rows = import_content(there, tmp_path / "ours", NOW).rows
        assert [(row.key, row.is_new, row.words) for row in rows] == [
            ("a-book", True, ""), ("ccm", False, "Renewal"),
        ]  # fmt: skip
        assert import_content(there, tmp_path / "ours", NOW).rows == ()
        assert load_library().references == here
        revisions = open_credential(there, "ccm").revisions
        assert [one.reason for one in revisions] == ["imported", "shipped"]
        export_content(there, tmp_path / "again")
        db.session.remove()
        db.engine.dispose()
    for name in ("sources", "credentials"):
        ours, again = (tmp_path / folder / f"{name}.yaml" for folder in ("ours", "again"))
        assert again.read_bytes() == ours.read_bytes()


def test_a_source_is_added_and_named_in_one_save_of_a_role(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        draft = open_role(actor, SLUG)
        body = copy.deepcopy(draft.body)
        body["education"][0]["source"] = ["ccmc", "new"]
        with pytest.raises(Problems) as caught:
            save_role(actor, SLUG, body, draft.started, NOW, BOOK | {"name": ""})
        assert str(caught.value) == "new_source.name: is empty. Fill it."
        body["education"][0]["credential"] = "x"  # no key of such a line
        with pytest.raises(Problems):
            save_role(actor, SLUG, body, draft.started, NOW, BOOK)
        assert "a-book" not in load_library().references.sources
        del body["education"][0]["credential"]
        saved = save_role(actor, SLUG, body, draft.started, NOW, BOOK)
        assert saved.draft.body["education"][0]["source"] == ["ccmc", "a-book"]
        assert [role.slug for role, _ in open_source(actor, "a-book").use.roles][:1] == [SLUG]


@on_sqlite
def test_what_nobody_knows_is_refused_in_words_but_what_stood_there_stays(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        draft = open_role(actor, SLUG)
        body = copy.deepcopy(draft.body)
        body["education"][0]["source"] = ["A title, with a comma"]
        body["credentials"][0]["credential"] = "nobodys"
        with pytest.raises(Problems) as caught:
            save_role(actor, SLUG, body, draft.started, NOW)
        assert [problem.message.partition(".")[0] for problem in caught.value.problems] == [
            "No source is called \u201cA title, with a comma\u201d",
            "No credential is called \u201cnobodys\u201d",
        ]


def test_of_two_who_change_one_field_at_once_one_is_told_and_none_is_lost(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        before = of_ccm()
    start, outcomes = Barrier(2), []

    def change(words: str) -> None:
        with seeded_app.app_context():
            start.wait()
            edited = change_row(actor, Shelf.CREDENTIALS, "ccm", renewal(before, words), NOW)
            outcomes.append([one.mine for one in edited.conflicts])
            db.session.remove()

    threads = [Thread(target=change, args=(words,)) for words in ("One.", "Two.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with seeded_app.app_context():
        assert sorted(outcomes) in ([[], ["One."]], [[], ["Two."]])
        [told] = max(outcomes)
        assert {told, of_ccm()} == {"One.", "Two."}
        assert len(open_credential(actor, "ccm").revisions) == 2
