"""`flask seed` says role by role what it took and what it left as it was edited here."""

from dataclasses import replace
from pathlib import Path

from flask import Flask

from jobdesc.cli.content import say
from jobdesc.services.roles import retire_role
from jobdesc.services.seeding import Outcome, SeededRole
from tests.accounts import NOW, quick_hashes
from tests.marks import on_sqlite
from tests.services.extending import with_child
from tests.services.roles import SLUG, administrator, edit

__all__ = ["quick_hashes"]


def seeded(app: Flask, folder: Path) -> list[str]:
    app.config["JOBDESC"] = replace(app.config["JOBDESC"], content=folder)
    result = app.test_cli_runner().invoke(args=["seed"])
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def reworded(folder: Path, slug: str, old: str, new: str) -> None:
    file = folder / "roles" / f"{slug}.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_each_role_that_is_not_as_it_was_is_named(seeded_app: Flask, tmp_path: Path) -> None:
    folder = with_child(tmp_path / "content")
    actor = administrator(seeded_app)
    assert seeded(seeded_app, folder) == ["New: seafarer-case-manager."]
    assert seeded(seeded_app, folder) == ["The library is up to date."]
    with seeded_app.app_context():
        edit(actor, tagline="Ours.")
        retire_role(actor, "legal-case-manager", NOW)
    reworded(folder, "legal-case-manager", "\nfamily: legal", "\nfamily: medical")
    reworded(folder, "rn-case-manager", "  mid: RN Case Manager", "  mid: Nurse Case Manager")
    assert seeded(seeded_app, folder) == [
        f"Kept as edited here: {SLUG}. The shipped edition differs: Basics: tagline.",
        "Updated: legal-case-manager. Basics: family. It is retired, and stays so.",
        "Updated: rn-case-manager. Basics: title at II.",
    ]
    assert seeded(seeded_app, folder) == [
        f"Kept as edited here: {SLUG}. The shipped edition differs: Basics: tagline.",
        "The library is up to date.",
    ]


def test_an_edition_that_does_not_fit_is_not_said_to_be_edited_here() -> None:
    role = SeededRole(SLUG, "Case Manager", Outcome.UNFIT, "Ward would not hold")
    assert say(role) == f"Not taken, as it does not fit here: {SLUG}. Ward would not hold."


@on_sqlite
def test_facts_are_counted_with_how_many_were_checked(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["content-facts"])
    assert result.exit_code == 0
    head, sources, credentials, *roles = (line.split() for line in result.output.splitlines())
    assert head == ["Facts", "Checked"]
    assert sources[0] == "Sources"
    assert credentials[:3] == ["Licenses", "and", "certifications"]
    assert len(roles) == 22
    for *_, total, checked in (sources, credentials, *roles):
        assert 0 < int(checked) < int(total)
