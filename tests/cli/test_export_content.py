"""`flask export-content` writes the library as the YAML that the other commands read."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from flask import Flask

from jobdesc.app import ROOT, create_app
from jobdesc.extensions import db
from jobdesc.services.catalog import load_library
from jobdesc.services.content import read_folder, seed
from tests.databases import SEED_TIME, Templates, make_settings


def exported(app: Flask, folder: Path) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["export-content", str(folder)])
    assert "Traceback" not in result.output
    return result.exit_code, result.output.strip()


SHIPPED = len(list((ROOT / "content" / "roles").glob("*.yaml")))


def files_of(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_what_is_exported_is_the_library_and_right(seeded_app: Flask, tmp_path: Path) -> None:
    code, said = exported(seeded_app, tmp_path / "out")
    assert (code, said) == (
        0,
        f"Wrote {SHIPPED} roles and what they point to to {tmp_path / 'out'}.",
    )
    kept = {name for name in files_of(ROOT / "content") if not name.startswith("wages/")}
    assert files_of(tmp_path / "out").keys() == kept, "all but the survey's own figures"
    shipped, read = read_folder(ROOT / "content"), read_folder(tmp_path / "out")
    assert (read.roles, read.references) == (shipped.roles, shipped.references)
    settings = replace(make_settings(tmp_path / "data"), content=tmp_path / "out")
    result = create_app(settings).test_cli_runner().invoke(args=["check-content"])
    assert result.exit_code == 0, result.output


def test_an_export_loaded_elsewhere_and_exported_again_is_the_same_bytes(
    seeded_app: Flask, templates: Templates, tmp_path: Path
) -> None:
    exported(seeded_app, tmp_path / "one")
    (tmp_path / "other").mkdir()
    url = templates.clone("sqlite", tmp_path / "other", seeded=False)
    other = create_app(make_settings(tmp_path / "other", url))
    with other.app_context():
        assert len(seed(read_folder(tmp_path / "one"), SEED_TIME).loaded) == SHIPPED
    exported(other, tmp_path / "two")
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")
    with seeded_app.app_context():
        here = load_library().roles
    with other.app_context():
        assert load_library().roles == here
        db.session.remove()
        db.engine.dispose()


def test_loading_an_export_changes_nothing(seeded_app: Flask, tmp_path: Path) -> None:
    exported(seeded_app, tmp_path / "out")
    with seeded_app.app_context():
        assert seed(read_folder(tmp_path / "out"), SEED_TIME + timedelta(days=1)).loaded == []


def test_an_export_takes_the_place_of_a_former_one(seeded_app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    exported(seeded_app, folder)
    before = files_of(folder)
    (folder / "roles" / "case-manager.yaml").write_text("old")
    assert exported(seeded_app, folder)[0] == 0
    assert files_of(folder) == before


def test_roles_of_others_in_the_folder_stop_it(seeded_app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / "roles").mkdir(parents=True)
    (folder / "roles" / "plumber.yaml").write_text("schema: 1")
    code, said = exported(seeded_app, folder)
    assert code == 1
    assert "has roles that the library does not have: plumber. Remove their files" in said
    assert len(files_of(folder)) == 1


def test_a_folder_that_cannot_be_written_is_named(seeded_app: Flask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, said = exported(seeded_app, tmp_path / "file" / "out")
    assert code == 1
    assert "cannot be written" in said


def test_an_installation_without_a_library_says_so(app: Flask, tmp_path: Path) -> None:
    code, said = exported(app, tmp_path / "out")
    assert (code, said) == (1, "Error: The library is not loaded. Type .venv/bin/flask seed.")
