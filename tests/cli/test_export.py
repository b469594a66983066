"""`flask export` writes a file, or says in a sentence why it cannot."""

import re
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from jobdesc.app import ROOT, create_app
from jobdesc.cli.export import FILE_KEYS
from jobdesc.documents.html import render_html
from jobdesc.documents.pdf import page_count
from jobdesc.postings.variants import Variant
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import parse
from jobdesc.services.documents import Press, posting_document
from jobdesc.services.postings import read_posting, start_posting
from jobdesc.workers.files import ResultFiles
from jobdesc.workers.pool import RenderPool
from tests.accounts import NOW, quick_hashes, set_up
from tests.databases import make_settings
from tests.desk import HARBOR, furnish
from tests.documents.reading import lines, opened, rules_failed
from tests.marks import on_sqlite
from tests.postings.bands import a_band
from tests.services.test_pay_bands import save

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

DOCUMENTATION = (ROOT / "docs" / "organization-file.md").read_text(encoding="utf-8")
ROLE = ("rn-case-manager", "senior")


def export(app: Flask, *arguments: str | Path) -> Result:
    result = app.test_cli_runner().invoke(args=["export", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def organization_file(folder: Path, text: str) -> Path:
    file = folder / "organization.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def example() -> str:
    """The file that the documentation shows."""
    found = re.search(r"```yaml\n(.*?)```", DOCUMENTATION, re.DOTALL)
    assert found
    return found[1]


def test_a_pdf_for_an_organization_in_a_file_is_written(seeded_app: Flask, tmp_path: Path) -> None:
    file = organization_file(tmp_path, example() + "\n")
    output = tmp_path / "posting.pdf"
    result = export(seeded_app, *ROLE, "--output", output, "--organization", file)
    assert (result.exit_code, result.stderr) == (0, "")
    pdf = output.read_bytes()
    assert result.stdout == f"Wrote {output}: {len(pdf):,} bytes.\n"
    assert rules_failed(pdf) == []
    assert page_count(pdf) >= 1
    assert "Harbor County Health Services" in lines(pdf)
    with opened(pdf) as document:
        assert float(document.pages[0].mediabox[2]) == 612


def test_html_is_written_for_the_stored_organization(seeded_app: Flask, tmp_path: Path) -> None:
    output = tmp_path / "posting.html"
    assert export(seeded_app, *ROLE, "--format", "html", "--output", output).exit_code == 0
    assert output.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_it_says_what_a_fresh_draft_says_with_standing_texts_and_own_pay(
    seeded_app: Flask, tmp_path: Path
) -> None:
    output, actor = tmp_path / "posting.html", set_up(seeded_app)
    fair = {"kind": "equal_opportunity", "text": "In Oregon we hire.", "states": ["OR"]}
    variant = parse(Variant, {"id": "fair", "name": "Oregon", **fair})
    furnish(seeded_app, HARBOR.model_copy(update={"variants": (variant,)}))
    with seeded_app.app_context():
        save(actor, (None, a_band(state="OR", city="Portland")))
        draft = start_posting(actor, "case-manager", Level.MID, NOW)
        page = render_html(posting_document(read_posting(actor, draft)))
    command = ("case-manager", "mid", "--format", "html", "--output", output)
    assert export(seeded_app, *command).exit_code == 0
    assert output.read_bytes().partition(b"<article")[2] == page.partition(b"<article")[2]
    assert all(words in page for words in (b"$66,000", b"$84,000", b"In Oregon we hire."))
    file = organization_file(tmp_path, "name: Lake\nplaces: [{city: Portland, state: OR}]\n")
    assert export(seeded_app, *command, "--organization", file).exit_code == 0
    assert b"$66,000" in output.read_bytes()


def test_the_documentation_names_every_key_and_the_help_names_it(seeded_app: Flask) -> None:
    assert "docs/organization-file.md" in export(seeded_app, "--help").stdout
    keys = re.findall(r"^\| `(\w+)`", DOCUMENTATION, re.MULTILINE)
    assert keys == list(FILE_KEYS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: Lake\nadress: x\n", ":2: adress: is not a known key. Correct or remove it."),
        ("about: We help.\n", ":1: name: is missing. Add it."),
        ("name: Lake\npaper: legal\n", ":2: paper: is 'legal'. Use one of"),
        ("name: Lake\n\ntime_zone: Moon/Sea\n", ":3: time_zone: is 'Moon/Sea'. Use a name such as"),
        ("name: Lake\naccent: green\n", ":2: accent: is 'green', which does not have the form"),
        (
            "name: Lake\nplaces:\n  - {city: A}\n  - {town: B}\n",
            ":4: places.1.town: is not a known",
        ),
        ("name: Lake\nplaces: [Portland]\n", ":2: places.0: "),
        ("name: Lake\nname: Sea\n", ":2: name is there twice. Keep one of them."),
        ("name: [\n", ":2: "),
        ("- Lake\n", ":1: "),
        ("", ":1: the file is empty. Remove it or fill it."),
    ],
)
def test_a_fault_in_the_file_is_named_with_its_line(
    seeded_app: Flask, tmp_path: Path, text: str, said: str
) -> None:
    file, output = organization_file(tmp_path, text), tmp_path / "out.html"
    result = export(seeded_app, *ROLE, "--output", output, "--organization", file)
    assert result.exit_code == 1
    assert f"{file}{said}" in result.stderr
    assert not output.exists()


def test_a_file_that_is_not_there_is_named(seeded_app: Flask, tmp_path: Path) -> None:
    missing = tmp_path / "none.yaml"
    result = export(seeded_app, *ROLE, "--output", tmp_path / "x", "--organization", missing)
    assert result.exit_code == 1
    assert f"{missing}: cannot be read" in result.stderr


@pytest.mark.parametrize(
    ("role", "level", "said"),
    [
        (
            "nurse",
            "mid",
            "There is no role nurse. Roles: case-manager, child-welfare-case-manager,",
        ),
        ("rn-case-manager", "III", "III is not a level. Use one of entry, mid, senior, lead, dir"),
        ("../content", "mid", "There is no role ../content."),
    ],
)
def test_an_unknown_role_or_level_is_answered_with_those_that_are(
    seeded_app: Flask, tmp_path: Path, role: str, level: str, said: str
) -> None:
    result = export(seeded_app, role, level, "--output", tmp_path / "x.pdf")
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("where", ["none/x.html", "file/x.html"])
def test_an_output_that_cannot_be_written_is_named(
    seeded_app: Flask, tmp_path: Path, where: str
) -> None:
    (tmp_path / "file").write_text("")
    output = tmp_path / where
    result = export(seeded_app, *ROLE, "--format", "html", "--output", output)
    assert result.exit_code == 1
    assert f"{output} cannot be written" in result.stderr
    assert "Choose another --output." in result.stderr


@pytest.mark.parametrize(
    ("entry", "warm"),
    [("lack_a_library_later", ""), ("echo", "tests.workers.entries:lack_a_library")],
)
def test_where_the_pdf_library_is_missing_one_sentence_says_so(
    seeded_app: Flask, tmp_path: Path, entry: str, warm: str
) -> None:
    pool = RenderPool(f"tests.workers.entries:{entry}", warm=warm, size=1)
    seeded_app.extensions["press"] = Press(pool, ResultFiles(tmp_path / "made"))
    with closing(pool):
        result = export(seeded_app, *ROLE, "--output", tmp_path / "x.pdf")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: PDF needs a system library that is not installed. Follow 'PDF' in the README, "
        "or use --format html.\n"
    )


@pytest.mark.parametrize("line", ["export case-manager mid --output x.html", "seed"])
def test_a_database_without_tables_is_told_in_a_sentence(
    tmp_path: Path, database: str, line: str
) -> None:
    app = create_app(make_settings(tmp_path))
    result = app.test_cli_runner().invoke(args=line.split())
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: The database has no tables yet. Type make run once, or .venv/bin/flask db "
        "upgrade.\n"
    )


def test_a_library_that_is_not_loaded_is_told_in_a_sentence(app: Flask, tmp_path: Path) -> None:
    output = str(tmp_path / "x.html")
    result = app.test_cli_runner().invoke(
        args=["export", "case-manager", "mid", "--format", "html", "--output", output]
    )
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: The library is not loaded. Type .venv/bin/flask seed.\n",
    )
