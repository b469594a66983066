"""The scripts are served as one version: kept for good, whole, and nothing besides."""

import re
from pathlib import Path
from posixpath import dirname, normpath

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from jobdesc.app import ROOT
from jobdesc.web.scripts import FOREVER, read_scripts
from tests.accounts import post, quick_hashes, set_up, sign_in
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

FOLDER = ROOT / "static" / "js"
SCRIPTS = read_scripts(FOLDER)
IMPORTED = re.compile(
    r"""^(?:import |(?:import|export|\}).* from )"([^"]+)";$|\bimport\("([^"]+)"\)""", re.MULTILINE
)
LOADED = re.compile(r'<script type="module" src="([^"]+)"')


def write(folder: Path, **bodies: str) -> Path:
    """A folder of scripts, each in a folder of its own."""
    for name, body in bodies.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "main.js").write_text(body)
    return folder


@on_sqlite
def test_a_script_is_kept_for_good_by_everybody(client: FlaskClient) -> None:
    answer = client.get(f"/scripts/{SCRIPTS.version}/keys.js")
    assert answer.status_code == 200
    assert answer.data == SCRIPTS.bodies["keys.js"]
    assert b'document.addEventListener("keydown", (event) => {' in answer.data
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == FOREVER
    assert "Set-Cookie" not in answer.headers and "Vary" not in answer.headers


@on_sqlite
def test_a_browser_that_asks_again_is_told_that_nothing_changed(client: FlaskClient) -> None:
    path = f"/scripts/{SCRIPTS.version}/keys.js"
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


@on_sqlite
@pytest.mark.parametrize("version", ["000000000000", SCRIPTS.version.upper() + "x", "%20"])
def test_any_other_version_leads_to_the_present_one(client: FlaskClient, version: str) -> None:
    answer = client.get(f"/scripts/{version}/keys.js")
    assert answer.status_code == 302
    assert answer.location == f"/scripts/{SCRIPTS.version}/keys.js"
    assert answer.headers["Cache-Control"] == "no-store"


@on_sqlite
@pytest.mark.parametrize(
    "name",
    [
        "nothing.js",
        "../app.css",
        "..%2fapp.css",
        "%2e%2e/%2e%2e/wsgi.py",
        "builder/../keys.js",
        "builder/types.d.ts",
        "builder",
        "keys.js/",
        "Keys.js",
        "/etc/passwd",
    ],
)
def test_nothing_but_our_scripts_is_there(app: Flask, name: str) -> None:
    set_up(app)
    path = f"/scripts/{SCRIPTS.version}/{name}"
    assert app.test_client().get(path, follow_redirects=True).status_code == 404


def test_the_version_changes_with_any_name_and_any_byte(tmp_path: Path) -> None:
    folders = [
        write(tmp_path / "1", a="1", b="2"),
        write(tmp_path / "2", a="1", b="3"),
        write(tmp_path / "3", a="1", c="2"),
        write(tmp_path / "4", a="1"),
        write(tmp_path / "5", a="", b="12"),
    ]
    assert len({read_scripts(folder).version for folder in folders}) == len(folders)
    same = write(tmp_path / "6", b="2", a="1")
    (same / "a" / "types.d.ts").write_text("export type A = string;")
    assert read_scripts(same) == read_scripts(folders[0])


def test_comments_are_not_sent_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    source = (
        "// What this is for.\n"
        "/**\n * @param {string} a\n */\n"
        'export const f = (a) => "// " + a; // why\n'
        "  /** @type {Node} */ (f).g();\n"
        "let h = 1;\n"
        "  /* one */\n"
        "h /= 2;\n"
    )
    kept = read_scripts(write(tmp_path, a=source)).bodies["a/main.js"].decode()
    assert kept.split("\n") == [
        "",
        *("", "", ""),
        'export const f = (a) => "// " + a; // why',
        "  /** @type {Node} */ (f).g();",
        "let h = 1;",
        "",
        "h /= 2;",
        "",
    ]


def test_nothing_that_looks_like_a_comment_stands_within_a_text_of_several_lines() -> None:
    for name, body in SCRIPTS.bodies.items():
        inside = False
        source = (FOLDER / name).read_text(encoding="utf-8").split("\n")
        for written, sent in zip(source, body.decode().split("\n"), strict=True):
            assert not (inside and written != sent), f"{name}: {written}"
            inside ^= re.sub(r"(?<!:)//.*", "", sent).count("`") % 2 == 1


def test_what_is_sent_stays_what_it_was_at_the_start(tmp_path: Path) -> None:
    folder = write(tmp_path, a="1")
    scripts = read_scripts(folder)
    (folder / "a" / "main.js").write_text("2")
    assert scripts.bodies == {"a/main.js": b"1"}


@on_sqlite
def test_templates_name_scripts_and_what_to_load_ahead(app: Flask) -> None:
    with app.test_request_context():
        one = render_template_string("{{ script('keys.js') }}")
        some = render_template_string("{{ script_preloads('builder') | join(' ') }}").split()
        with pytest.raises(LookupError):
            render_template_string("{{ script('missing.js') }}")
    assert one == f"/scripts/{SCRIPTS.version}/keys.js"
    expected = [name for name in SCRIPTS.bodies if name.startswith("builder/")]
    assert some == [f"/scripts/{SCRIPTS.version}/{name}" for name in expected]


def test_every_import_is_relative_and_leads_to_a_script() -> None:
    for name, body in SCRIPTS.bodies.items():
        for other in map("".join, IMPORTED.findall(body.decode())):
            assert other.startswith(("./", "../")), f"{name} imports {other}"
            assert normpath(f"{dirname(name) or '.'}/{other}") in set(SCRIPTS.bodies), (name, other)


@on_sqlite
def test_no_page_loads_a_script_by_another_address(seeded_app: Flask) -> None:
    set_up(seeded_app)
    client = seeded_app.test_client()
    pages = [client.get("/sign-in").text]
    sign_in(client)
    posting = post(client, "/postings", role="case-manager", level="mid").location
    pages += [client.get(path).text for path in ("/", "/settings/organization", posting)]
    loaded = {address for page in pages for address in LOADED.findall(page)}
    assert loaded
    assert {address.rpartition("/scripts/")[0] for address in loaded} == {""}
