"""Our scripts at /scripts/<version>/, joined and minified: one version for all of them.

A script that no other imports is sent with all that it imports in one (linking.py), so that a page
asks for one file; the modules can be asked for by themselves too. All are read once, when the
application starts: what is sent under a version never differs from it, also while newer files are
being copied over these. Where there is no minifier for the machine, comments are left out and
nothing else is changed.
"""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from jobdesc.web.access import always
from jobdesc.web.linking import imported, link

try:
    import minify
except ModuleNotFoundError:
    minify = None

FOREVER = "public, max-age=31536000, immutable"

_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*(?:(?!\*/)[\s\S])*\*/[ \t]*)$", re.MULTILINE)


@dataclass(frozen=True)
class Scripts:
    """The scripts by their path in the folder, and the version that they are together."""

    version: str
    bodies: dict[str, bytes]


def init_app(app: Flask) -> None:
    """Serve static/js, and give the templates the addresses: `script`."""
    scripts = read_scripts(Path(app.static_folder or "") / "js")

    def address(name: str) -> str:
        if name not in scripts.bodies:
            raise LookupError(f"There is no script {name}")
        return url_for("scripts", version=scripts.version, name=name)

    @app.get("/scripts/<version>/<path:name>", endpoint="scripts")
    @always
    def send(version: str, name: str) -> BaseResponse:
        """A script to keep for good; what an older page asks for is sent on to the present one."""
        if name not in scripts.bodies:
            abort(404)
        if version != scripts.version:
            return redirect(address(name))
        return _response(scripts, name)

    app.jinja_env.globals["script"] = address


def read_scripts(folder: Path) -> Scripts:
    """Every .js file under `folder` as it is sent, and a hash over their names and bytes."""
    sources = {
        path.relative_to(folder).as_posix(): without_comments(path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.js"))
    }
    parts = imported(sources)
    bodies = {
        name: _minified(text if name in parts else link(name, sources)).encode()
        for name, text in sources.items()
    }
    digest = sha256()
    for name, body in bodies.items():
        digest.update(f"{name}\0{len(body)}\0".encode() + body)
    return Scripts(digest.hexdigest()[:12], bodies)


def without_comments(text: str) -> str:
    """`text` with the lines left empty that are comment and nothing else, so that numbers stay."""
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)


@cache
def _minified(text: str) -> str:
    return str(minify.string("text/javascript", text)) if minify else text


def _response(scripts: Scripts, name: str) -> BaseResponse:
    response = Response(scripts.bodies[name], content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = FOREVER
    response.set_etag(f"{scripts.version}/{name}")
    return response.make_conditional(request)
