"""`flask import-content` takes another organization's exported library: all of it or nothing."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from jobdesc.app import create_app
from jobdesc.extensions import db
from jobdesc.people.person import Person
from jobdesc.services.catalog import load_library
from jobdesc.services.content import BadContent, read_folder
from jobdesc.services.content_export import export_content
from jobdesc.services.content_import import check_import, import_content
from jobdesc.services.role_history import role_history
from jobdesc.services.roles import bring_back_role, create_role, open_role, retire_role, save_role
from jobdesc.store.roles import NOT_OFFERED, all_roles, role_marks
from jobdesc.store.transactions import reading
from tests.accounts import NOW, quick_hashes
from tests.cli.test_export_content import exported, files_of
from tests.databases import Templates, make_settings
from tests.marks import on_sqlite
from tests.services.roles import SLUG, administrator, body_of_role, edit, reworded

__all__ = ["quick_hashes"]


def imported(app: Flask, folder: Path) -> tuple[int, list[str]]:
    result = app.test_cli_runner().invoke(args=["import-content", str(folder)])
    assert "Traceback" not in result.output
    return result.exit_code, (result.stdout or result.stderr).splitlines()


@pytest.fixture
def actor(seeded_app: Flask) -> Person:
    """The administrator of an installation with the shipped roles."""
    return administrator(seeded_app)


@pytest.fixture
def theirs(seeded_app: Flask, actor: Person, tmp_path: Path) -> Path:
    """What an organization exported: roles edited, sparse, extending, retired and not offered."""
    with seeded_app.app_context():
        edit(actor, **reworded(body_of_role(actor), "closure", "mid", "Close it well."))
        child = create_role(actor, "Hospital", None, SLUG, NOW)
        mine = reworded(child.body, "closure", "senior", "On the ward.")
        mine["duties"] = [mine["duties"][3], *mine["duties"][:3], *mine["duties"][5:]]
        save_role(actor, "hospital", mine, child.started, NOW)
        create_role(actor, "Sparse", None, None, NOW, "legal")
        create_role(actor, "Ward", None, "hospital", NOW)
        bring_back_role(actor, "sparse", NOW)
        retire_role(actor, "sparse", NOW)
        export_content(actor, tmp_path / "theirs")
    return tmp_path / "theirs"


def other_app(templates: Templates, folder: Path) -> Flask:
    """Another installation with the shipped roles."""
    folder.mkdir()
    return create_app(make_settings(folder, templates.clone("sqlite", folder, seeded=True)))


def test_an_export_that_others_import_and_export_is_the_same_bytes(
    seeded_app: Flask, theirs: Path, templates: Templates, tmp_path: Path
) -> None:
    other = other_app(templates, tmp_path / "other")
    code, said = imported(other, theirs)
    assert (code, said) == (0, [
        "Changed: case-manager. Duties: 1 reworded at II", "New: hospital.", "New: sparse.",
        "New: ward.",
    ])  # fmt: skip
    assert imported(other, theirs) == (0, ["Nothing differs from the library."])
    assert exported(other, tmp_path / "again")[0] == 0
    assert files_of(tmp_path / "again") == files_of(theirs)
    with seeded_app.app_context():
        here = load_library()
    with other.app_context():
        assert load_library().roles == here.roles
        assert load_library().retired == here.retired
        db.session.remove()
        db.engine.dispose()


def test_each_imported_role_is_a_revision_that_can_be_gone_back_from(
    seeded_app: Flask, theirs: Path, actor: Person
) -> None:
    with seeded_app.app_context():
        edit(actor, **reworded(body_of_role(actor), "closure", "mid", "Ours."))
        assert [role.slug for role in import_content(actor, theirs, NOW).roles] == [SLUG]
        newest, ours, *_ = role_history(actor, SLUG)
        assert (newest.reason, newest.words, ours.reason) == (
            "imported", "Duties: 1 reworded at II", "edited",
        )  # fmt: skip
        assert open_role(actor, SLUG).edited


def test_one_wrong_line_stops_it_all_and_is_named(
    seeded_app: Flask, theirs: Path, actor: Person
) -> None:
    with seeded_app.app_context():
        edit(actor, tagline="Ours.")
        with reading() as session:
            before = all_roles(session)
    role = theirs / "roles" / "hospital.yaml"
    text = role.read_text(encoding="utf-8")
    role.write_text(text.replace("levels:", "levls:", 1), encoding="utf-8")
    line = text[: text.index("levels:")].count("\n") + 2  # where its value begins
    code, said = imported(seeded_app, theirs)
    assert code == 1
    assert said == [
        f"{role}:{line}: duties.1.levls: is not a known key. Did you mean levels? Correct or remove"
        " it."
    ]
    with seeded_app.app_context(), reading() as session:
        assert all_roles(session) == before


def test_an_export_is_imported_whatever_became_of_a_parent(
    seeded_app: Flask, actor: Person, templates: Templates, tmp_path: Path
) -> None:
    folder = tmp_path / "edited"
    with seeded_app.app_context():
        parent = create_role(actor, "Ground", None, SLUG, NOW)
        child = create_role(actor, "Floor", None, parent.slug, NOW)
        bring_back_role(actor, parent.slug, NOW)
        child = bring_back_role(actor, child.slug, NOW)
        mine = reworded(child.body, "closure", "mid", "On the floor.")
        mine["duties"] = [*mine["duties"][1:3], mine["duties"][0], *mine["duties"][3:]]
        save_role(actor, child.slug, mine, child.started, NOW)
        shortened = open_role(actor, parent.slug).body
        kept = [duty for duty in shortened["duties"][3:] if duty["id"] != "closure"]
        edit(actor, parent.slug, duties=kept)
        retire_role(actor, parent.slug, NOW)
        assert open_role(actor, child.slug).warnings
        here = load_library()
        export_content(actor, folder)
    with pytest.raises(BadContent) as shipped:
        read_folder(folder, check_import)
    assert "ground is retired. Extend another role" in str(shipped.value)
    other = other_app(templates, tmp_path / "other")
    assert imported(other, folder) == (0, ["New: floor.", "New: ground."])
    with other.app_context():
        assert (load_library().roles, load_library().retired) == (here.roles, here.retired)
        db.session.remove()
        db.engine.dispose()


@on_sqlite
def test_roles_of_a_folder_are_judged_together(
    seeded_app: Flask, actor: Person, tmp_path: Path
) -> None:
    tides = {"id": "tides", "levels": {"mid": {"text": "Reads the tides."}}}
    with seeded_app.app_context():
        create_role(actor, "Harbor", None, SLUG, NOW)
        parents, childs = body_of_role(actor)["duties"], body_of_role(actor, "harbor")["skills"]
        edit(actor, duties=[*parents, tides])
        export_content(actor, tmp_path / "moved")
        edit(actor, duties=parents)
        edit(actor, "harbor", skills=[*childs, tides])
        taken = import_content(actor, tmp_path / "moved", NOW)
        assert {role.slug: role.words for role in taken.roles} == {
            SLUG: "Duties: 1 added", "harbor": "Duties: 1 added; Skills: 1 removed",
        }  # fmt: skip
        body = body_of_role(actor, "harbor")
        assert (body["duties"][-1]["id"], body["skills"]) == ("tides", childs)


@on_sqlite
def test_a_role_of_ours_that_would_not_hold_is_told_at_the_one_that_it_extends(
    seeded_app: Flask, theirs: Path, actor: Person
) -> None:
    with seeded_app.app_context():
        create_role(actor, "Pier", None, "hospital", NOW)
        skills = body_of_role(actor, "pier")["skills"]
        tides = {"id": "tides", "levels": {"mid": {"text": "Reads the tides."}}}
        edit(actor, "pier", skills=[*skills, tides])
    role = theirs / "roles" / "hospital.yaml"
    lines = "duties:\n- {id: tides, levels: {mid: Reads the tides.}}\n"
    role.write_text(role.read_text(encoding="utf-8").replace("duties:\n", lines), encoding="utf-8")
    code, said = imported(seeded_app, theirs)
    assert code == 1
    assert said[0].startswith(f"{role}: Pier, which extends this role, would not hold. ")


@on_sqlite
def test_a_role_that_is_not_offered_yet_is_so_after_an_import(
    seeded_app: Flask, theirs: Path, templates: Templates, tmp_path: Path
) -> None:
    assert "offered: false\n" in (theirs / "roles" / "ward.yaml").read_text(encoding="utf-8")
    assert "retired: true\n" in (theirs / "roles" / "sparse.yaml").read_text(encoding="utf-8")
    other = other_app(templates, tmp_path / "other")
    assert imported(other, theirs)[0] == 0
    with other.app_context():
        with reading() as session:
            marks = role_marks(session)
        assert marks["ward"].retired_at == NOT_OFFERED
        assert not marks["ward"].retired
        assert marks["sparse"].retired
        db.session.remove()
        db.engine.dispose()


@on_sqlite
def test_a_folder_that_is_none_is_named(seeded_app: Flask, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, said = imported(seeded_app, tmp_path / "empty")
    assert code == 1
    assert "sources.yaml: cannot be read" in said[0]
    assert imported(seeded_app, tmp_path / "nowhere")[0] == 2


@on_sqlite
def test_sources_and_credentials_that_only_they_have_come_along(
    seeded_app: Flask, theirs: Path, actor: Person
) -> None:
    for name, row in (
        ("sources", '{id: theirs, name: Their survey, as_of: "2026", verified: true}'),
        ("credentials", "{id: their-card, name: Card, issuer: them, kind: training, "
         "requires: A day., source: theirs}"),
    ):  # fmt: skip
        file = theirs / f"{name}.yaml"
        file.write_text(file.read_text(encoding="utf-8") + f"- {row}\n", encoding="utf-8")
    role = theirs / "roles" / "sparse.yaml"
    added = "credentials:\n- {id: card, credential: their-card, levels: {mid: preferred}}\n"
    role.write_text(role.read_text(encoding="utf-8") + added, encoding="utf-8")
    assert imported(seeded_app, theirs)[0] == 0
    with seeded_app.app_context():
        references = load_library().references
        assert "theirs" in references.sources
        assert references.credentials["their-card"].name == "Card"
    role.write_text(role.read_text("utf-8").replace("their-card", "nobodys-card"), "utf-8")
    code, said = imported(seeded_app, theirs)
    assert code == 1
    assert "nobodys-card is not in content/credentials.yaml. Add or correct it." in said[0]


@on_sqlite
def test_an_import_that_would_make_a_circle_here_is_refused(
    seeded_app: Flask, theirs: Path, actor: Person, tmp_path: Path
) -> None:
    shutil.copytree(theirs, tmp_path / "before")
    text = (theirs / "roles" / f"{SLUG}.yaml").read_text(encoding="utf-8")
    ward = text.replace(f"slug: {SLUG}", "slug: ward", 1)
    (theirs / "roles" / "ward.yaml").write_text(ward, encoding="utf-8")
    for slug, parent in (("hospital", None), (SLUG, "ward")):
        file = theirs / "roles" / f"{slug}.yaml"
        file.unlink()
        if parent:
            head = (tmp_path / "before" / "roles" / "ward.yaml").read_text(encoding="utf-8")
            file.write_text(
                head.replace("slug: ward", f"slug: {slug}").replace(
                    "extends: hospital", f"extends: {parent}"
                ),
                encoding="utf-8",
            )
    assert imported(seeded_app, theirs)[0] == 0  # the ward extends nobody there, nor here now
    (theirs / "roles" / "ward.yaml").unlink()
    shutil.copy(tmp_path / "before" / "roles" / "ward.yaml", theirs / "roles" / "ward.yaml")
    shutil.copy(tmp_path / "before" / "roles" / "hospital.yaml", theirs / "roles")
    code, said = imported(seeded_app, theirs)
    assert code == 1
    assert "makes a circle" in said[0]
