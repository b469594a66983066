"""`flask check-content` names file, line, field and remedy; `flask seed` keeps what was edited."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from jobdesc.app import ROOT, create_app
from jobdesc.extensions import db
from jobdesc.services.catalog import load_library
from jobdesc.services.content import Content, read_folder, seed
from jobdesc.store.transactions import reading, writing
from tests.databases import SEED_TIME, make_settings
from tests.marks import on_sqlite

ROLE = "roles/case-manager.yaml"
FEW = {
    "case-manager", "legal-case-manager", "mental-health-case-manager", "rn-case-manager",
    "social-work-case-manager",
}  # fmt: skip
LATER = SEED_TIME + timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped content with a few roles, none of which extends ROLE."""
    copy = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    for file in (copy / "roles").iterdir():
        if file.stem not in FEW:
            file.unlink()
    changed(copy, "roles/social-work-case-manager.yaml", "role: child-welfare-case-manager, ", "")
    return copy


def checked(folder: Path) -> tuple[int, list[str]]:
    """Exit code and lines of `flask check-content` over a folder."""
    settings = replace(make_settings(folder.parent / "data"), content=folder)
    result = create_app(settings).test_cli_runner().invoke(args=["check-content"])
    assert "Traceback" not in result.output
    return result.exit_code, result.stderr.splitlines()


def changed(folder: Path, name: str, old: str, new: str, after: str = "") -> int:
    """Put `new` for the first `old` that follows `after`; returns the line, from 1."""
    file = folder / name
    whole = file.read_text(encoding="utf-8")
    place = whole.index(old, whole.index(after) + len(after))
    file.write_text(whole[:place] + new + whole[place + len(old) :], encoding="utf-8")
    return whole.count("\n", 0, place) + 1


def test_the_shipped_content_is_right(tmp_path: Path) -> None:
    whole = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    assert checked(whole) == (0, [])


@on_sqlite
def test_a_library_without_minimum_wages_is_one_of_an_older_version(
    seeded_app: Flask, tmp_path: Path
) -> None:
    whole = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    (whole / "law" / "minimum_wage.yaml").unlink()
    assert read_folder(whole).references.minimum_wages.federal == ()
    with seeded_app.app_context():
        assert load_library().references.minimum_wages.federal
        with writing() as session:
            session.execute(text("DELETE FROM reference WHERE name = 'law/minimum_wage'"))
        assert load_library().references.minimum_wages.federal == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "after", "said"),
    [
        ("law/minimum_wage.yaml", "hourly: 14.00", "hourly: much", "AK:",
         "states.AK.rates.0.hourly: "),
        ("law/minimum_wage.yaml", '"2027-07-01"', '"2026-07-01"', "AK:",
         "states.AK.rates.1.from: is not after 2026-07-01. Put the rows in the order"),
        ("law/minimum_wage.yaml", "source: ", "source: nowhere # ", "",
         "source: nowhere is not in content/sources.yaml. Add or correct it."),
        (ROLE, "tagline:", "tagLine:", "", "tagLine: is not a known key. Did you mean tagline?"),
        (ROLE, "id: degree", "ident: degree", "education:",
         "education.0.ident: is not a known key. Did you mean"),
        (ROLE, "source: ", "source: nowhere # ", "education:",
         "education.0.source: nowhere is not in content/sources.yaml. Add or correct it."),
        (ROLE, "    source: ", "    # ", "education:",
         "education.0: states a fact without a source. Add source."),
        (ROLE, ", source: bls-oews-2025}", "}", "mid: {low",
         "pay.mid: states a figure without a source. Add source."),
        (ROLE, "senior: {low: ", "senior: {low: 1", "pay:", "must be at least the low end"),
        (ROLE, "low: ", "low: 1 #", "senior: {", "expected ',' or '}'"),
        (ROLE, "- code: ", "- code: 99-9999 # ", "occupations:",
         "occupations.0.code: 99-9999 is not in content/wages.yaml. Correct or add it."),
        (ROLE, "code: ", "code: nurse # ", "occupations:", "occupations.0.code: is 'nurse', which"),
        (ROLE, "credential: ", "credential: zzz # ", "credentials:",
         "credentials.0.credential: zzz is not in content/credentials.yaml. Add or correct it."),
        (ROLE, "slug: case-manager", "slug: caseworker", "",
         "slug: differs from the file's name. Write case-manager."),
        (ROLE, "\nname: ", "\nslug: again\nname: ", "", "slug is there twice. Keep one of them."),
        (ROLE, "family: ", "family: zoo # ", "", "family: is 'zoo'. Use one of"),
        (ROLE, "updated: ", "updated: soon # ", "", "updated: "),
        ("sources.yaml", "verified: true", "verified: perhaps", "", "0.verified: "),
        ("sources.yaml", "  as_of: ", "  as_off: ", "", "0.as_off: is not a known key. Did"),
        ("credentials.yaml", "  issuer: ", "  # ", "", "0.issuer: is missing. Add it."),
        ("sources.yaml", "verified: true", "verified: perhaps", "",
         "0.verified: is 'perhaps'. Write true or false."),
        ("sources.yaml", "id: bls-entry-education", "id: bls-oews-2025", "",
         "1.id: bls-oews-2025 is there twice. Keep one of them, or correct it."),
        ("credentials.yaml", "id: lbsw", "id: rn-license", "", "1.id: rn-license is there twice."),
        ("credentials.yaml", "source: ", "source: nowhere # ", "id: lmsw",
         "2.source: nowhere is not in content/sources.yaml. Add or correct it."),
        ("wages.yaml", "source: ", "source: nowhere # ", "",
         "source: nowhere is not in content/sources.yaml. Add or correct it."),
        ("wages.yaml", "code: 11-9151", "code: 11-9111", "",
         "occupations.1.code: 11-9111 is there twice."),
        ("statements.yaml", "equal-opportunity:", "equal-opportunities:", "",
         "equal-opportunity: is missing. Add it."),
        (ROLE, "synonyms:", "synonyms: Caseworker\nsynonym:", "",
         "synonyms: must be a list. Write one item a line, each after a hyphen."),
        ("wages.yaml", "p10: ", "p10: low # ", "", "expected ',' or '}'"),
        ("wages.yaml", "p10: 73390", "p10: low", "", "occupations.0.p10: is 'low'. Write a whole"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_file_line_field_and_remedy(
    folder: Path, name: str, old: str, new: str, after: str, said: str
) -> None:
    line = changed(folder, name, old, new, after) + new.startswith("\n")
    code, faults = checked(folder)
    assert code == 1
    named = [fault for fault in faults if said in fault]
    assert named, faults
    places = {int(fault.removeprefix(f"{folder / name}:").partition(":")[0]) for fault in named}
    assert places & {*range(line - 3, line + 2)}, (line, named)  # or where its item begins
    assert all(fault.startswith(f"{folder}/") for fault in faults)
    assert all(fault.endswith(".") for fault in faults)


def test_a_level_that_earns_less_than_the_one_below_is_named(folder: Path) -> None:
    body = (folder / ROLE).read_text(encoding="utf-8")
    senior = next(row for row in body.splitlines() if row.startswith("  senior: {low"))
    low = senior.partition("low: ")[2].partition(",")[0]
    line = changed(folder, ROLE, f"low: {low}", "low: 20000", "  senior: {")
    code, faults = checked(folder)
    assert code == 1
    earns = [fault for fault in faults if "pay.senior: earns less than the level below" in fault]
    assert earns[0].startswith(f"{folder / ROLE}:{line}: ")
    assert "Give at least" in earns[0]


def test_each_statement_that_postings_print_must_be_there(folder: Path) -> None:
    changed(folder, "statements.yaml", "accommodation:", "accomodation:")
    said = f"{folder / 'statements.yaml'}:2: accommodation: is missing. Add it."
    assert checked(folder) == (1, [said])


def test_text_that_is_not_utf_8_is_named_with_its_line(folder: Path) -> None:
    body = (folder / ROLE).read_bytes().replace(b"family:", b"# caf\xe9\nfamily:", 1)
    (folder / ROLE).write_bytes(body)
    line = body[: body.index(b"\xe9")].count(b"\n") + 1
    code, faults = checked(folder)
    assert code == 1
    assert f"{folder / ROLE}:{line}: is not UTF-8 text. Save it as UTF-8." in faults


def test_every_fault_is_told_at_once(folder: Path) -> None:
    changed(folder, ROLE, "tagline:", "tagLine:")
    changed(folder, "roles/rn-case-manager.yaml", "slug: ", "slug: other # ")
    code, faults = checked(folder)
    assert code == 1
    assert {Path(fault.partition(":")[0]).name for fault in faults} >= {
        "case-manager.yaml", "rn-case-manager.yaml",
    }  # fmt: skip


def test_a_role_with_a_fault_is_not_said_to_be_missing_elsewhere(folder: Path) -> None:
    changed(folder, ROLE, "tagline:", "tagLine:")
    assert {fault.partition(":")[0] for fault in checked(folder)[1]} == {str(folder / ROLE)}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "wages.yaml").unlink(), "wages.yaml: cannot be read"),
        (lambda folder: shutil.rmtree(folder / "roles"), "roles: has no role. Add one file"),
        (lambda folder: (folder / ROLE).write_text(""), "case-manager.yaml:1: the file is empty."),
        (lambda folder: (folder / ROLE).write_text("- a\n"), "case-manager.yaml:1: "),
        (lambda folder: (folder / "sources.yaml").write_text("a: 1\n"), "sources.yaml:1: "),
    ],
)
def test_a_file_that_is_missing_or_something_else_is_named(
    folder: Path, spoil: Callable[[Path], object], said: str
) -> None:
    spoil(folder)
    code, faults = checked(folder)
    assert code == 1
    assert any(said in fault for fault in faults), faults


def test_faulty_content_is_not_loaded(app: Flask, folder: Path) -> None:
    app.config["JOBDESC"] = replace(app.config["JOBDESC"], content=folder)
    changed(folder, ROLE, "tagline:", "tagLine:")
    result = app.test_cli_runner().invoke(args=["seed"])
    assert result.exit_code == 1
    assert "tagLine: is not a known key" in result.stderr
    with app.app_context(), reading() as session:
        assert session.execute(text("SELECT count(*) FROM role")).scalar_one() == 0


def shipped(**changes: str) -> Content:
    """The shipped content, with other words in the role case-manager."""
    content = read_folder(ROOT / "content")
    role = content.roles["case-manager"].model_copy(update=changes)
    return replace(content, roles=content.roles | {"case-manager": role})


def edit_here(slug: str, tagline: str) -> None:
    """What the role editor of a later issue will do."""
    with writing() as session:
        table = db.metadata.tables["role"]
        body = session.scalar(db.select(table.c.body).where(table.c.slug == slug))
        words = json.loads(json.dumps(body)) | {"tagline": tagline}
        session.execute(
            table.update()
            .where(table.c.slug == slug)
            .values(body=words, body_hash="edited", changed_at=LATER)
        )


def tagline() -> str:
    return load_library().roles["case-manager"].tagline


def test_loading_twice_changes_nothing(seeded_app: Flask) -> None:
    with seeded_app.app_context():
        library = load_library()
        assert seed(shipped(), LATER).loaded == []
        assert load_library() is library


def test_a_shipped_role_that_changed_is_taken_and_seen_at_once(seeded_app: Flask) -> None:
    with seeded_app.app_context():
        before = load_library()
        assert seed(shipped(tagline="Says something new."), LATER).loaded == ["case-manager"]
        assert tagline() == "Says something new."
        assert load_library() is not before


def test_a_role_that_was_edited_here_is_kept(seeded_app: Flask) -> None:
    with seeded_app.app_context():
        edit_here("case-manager", "In our own words.")
        assert tagline() == "In our own words."
        assert seed(shipped(tagline="Says something new."), LATER + timedelta(days=1)).loaded == []
        assert tagline() == "In our own words."


@pytest.mark.parametrize("name", ["sources", "credentials", "wages", "statements"])
def test_a_reference_that_changed_is_seen_at_once(seeded_app: Flask, name: str) -> None:
    with seeded_app.app_context():
        before = load_library()
        content = shipped()
        bodies = json.loads(json.dumps(content.reference_bodies))
        if name == "statements":
            bodies[name]["accommodation"] = "Ask us."
        elif name == "wages":
            bodies[name]["place"] = "Oregon"
        else:
            bodies[name][0]["note"] = "Looked at again."
        seed(replace(content, reference_bodies=bodies), LATER)
        assert load_library() is not before
        assert load_library().references != before.references


def test_a_change_in_the_same_moment_is_seen_too(seeded_app: Flask) -> None:
    with seeded_app.app_context():
        load_library()
        seed(shipped(tagline="First."), LATER)
        assert tagline() == "First."
        seed(shipped(tagline="Second."), LATER)
        assert tagline() == "Second."


@on_sqlite
def test_the_library_of_one_database_is_not_shown_for_another(
    seeded_app: Flask, tmp_path: Path
) -> None:
    shutil.copyfile(tmp_path / "jobdesc.sqlite3", tmp_path / "other.sqlite3")
    other = create_app(make_settings(tmp_path, f"sqlite:///{tmp_path / 'other.sqlite3'}"))
    with other.app_context():
        edit_here("case-manager", "Theirs.")
        assert tagline() == "Theirs."
    with seeded_app.app_context():
        assert tagline() != "Theirs."
    with other.app_context():
        db.session.remove()
        db.engine.dispose()
