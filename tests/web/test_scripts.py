"""The scripts are served as one version: kept for good, whole, small, and nothing besides."""

import re
from pathlib import Path
from platform import machine
from posixpath import dirname, normpath
from shutil import copytree, ignore_patterns

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from jobdesc.app import ROOT
from jobdesc.web import scripts
from jobdesc.web.scripts import FOREVER, read_scripts
from tests.accounts import post, quick_hashes, set_up, sign_in
from tests.deno import deno
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

FOLDER = ROOT / "static" / "js"
SCRIPTS = read_scripts(FOLDER)
IMPORTED = re.compile(r'(?:\}\s*from|\bimport\()\s*"([^"]+)"')
CORE = ROOT / "tests" / "browser" / "core"
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
    assert b'document.addEventListener("keydown",' in answer.data
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
        write(tmp_path / "1", a="f(1)", b="f(2)"),
        write(tmp_path / "2", a="f(1)", b="f(3)"),
        write(tmp_path / "3", a="f(1)", c="f(2)"),
        write(tmp_path / "4", a="f(1)"),
        write(tmp_path / "5", a="", b="f(12)"),
    ]
    assert len({read_scripts(folder).version for folder in folders}) == len(folders)
    same = write(tmp_path / "6", b="f(2)", a="f(1)")
    (same / "a" / "types.d.ts").write_text("export type A = string;")
    assert read_scripts(same) == read_scripts(folders[0])


def test_what_is_sent_stays_what_it_was_at_the_start(tmp_path: Path) -> None:
    folder = write(tmp_path, a="f(1);")
    bodies = read_scripts(folder).bodies
    (folder / "a" / "main.js").write_text("f(2);")
    assert b"f(1)" in bodies["a/main.js"]


def test_a_page_asks_for_one_file_and_modules_can_be_asked_for_by_themselves() -> None:
    builder = SCRIPTS.bodies["builder/main.js"].decode()
    assert not re.search(r'\}\s*from\s*"|^export\b', builder, re.MULTILINE)
    assert "Some changes wait for your choice" in builder
    assert b"export" in SCRIPTS.bodies["builder/patch.js"]


def test_every_import_is_relative_and_leads_to_a_script() -> None:
    for name, body in SCRIPTS.bodies.items():
        for other in IMPORTED.findall(body.decode()):
            assert other.startswith(("./", "../")), f"{name} imports {other}"
            assert normpath(f"{dirname(name) or '.'}/{other}") in set(SCRIPTS.bodies), (name, other)


def test_scripts_are_minified_where_there_is_a_minifier_for_the_machine() -> None:
    assert (scripts.minify is not None) == (machine() in ("x86_64", "AMD64", "aarch64"))
    if scripts.minify:
        written = sum(path.stat().st_size for path in (FOLDER / "builder").glob("*.js"))
        assert len(SCRIPTS.bodies["builder/main.js"]) < written / 2


@pytest.mark.parametrize("text", ["const = 1;", 'import "./other.js";'])
def test_a_script_that_cannot_be_read_or_joined_stops_the_start(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (the minifier's own, or ours)
        read_scripts(write(tmp_path, a=text))


def test_minified_modules_pass_the_tests_of_the_core(tmp_path: Path) -> None:
    for name, body in SCRIPTS.bodies.items():
        path = tmp_path / "static" / "js" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    copytree(CORE, tmp_path / "tests" / "browser" / "core", ignore=ignore_patterns("*.py", "__*"))
    environment = {"JOBDESC_DESK_RUNS": "10", "JOBDESC_DESK_SEED": "1"}
    assert "ok | " in deno("test", "--allow-env", tmp_path / "tests", **environment)


def test_without_a_minifier_comments_are_not_sent_and_the_rest_stays_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts, "minify", None)
    source = (
        "// What this is for.\n"
        "/**\n * @param {string} a\n */\n"
        'const f = (a) => "// " + a; // why\n'
        "  /** @type {Node} */ (f).g();\n"
        "let h = 1;\n"
        "  /* one */\n"
        "h /= 2;\n"
    )
    sent = read_scripts(write(tmp_path, a=source)).bodies["a/main.js"].decode()
    assert [line for line in sent.split("\n") if line][2:-2] == [
        'const f = (a) => "// " + a; // why',
        "  /** @type {Node} */ (f).g();",
        "let h = 1;",
        "h /= 2;",
    ]


def test_nothing_that_looks_like_a_comment_stands_within_a_text_of_several_lines() -> None:
    for path in FOLDER.rglob("*.js"):
        inside = False
        source = path.read_text(encoding="utf-8")
        kept = scripts.without_comments(source)
        for written, sent in zip(source.split("\n"), kept.split("\n"), strict=True):
            assert not (inside and written != sent), f"{path}: {written}"
            inside ^= re.sub(r"(?<!:)//.*", "", sent).count("`") % 2 == 1


@on_sqlite
def test_templates_name_scripts(app: Flask) -> None:
    with app.test_request_context():
        address = render_template_string("{{ script('keys.js') }}")
        with pytest.raises(LookupError):
            render_template_string("{{ script('missing.js') }}")
    assert address == f"/scripts/{SCRIPTS.version}/keys.js"


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
