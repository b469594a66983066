"""Our scripts at /scripts/<version>/: one version for all of them.

Modules import each other by relative address, so a version of a single file could not reach what
it imports. All are read once, when the application starts: what is sent under a version never
differs from it, also while newer files are being copied over these. Comments stay here: a fifth of
what would be sent is types and reasons, which no browser reads.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from jobdesc.web.access import always

FOREVER = "public, max-age=31536000, immutable"

_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*(?:(?!\*/)[\s\S])*\*/[ \t]*)$", re.MULTILINE)


@dataclass(frozen=True)
class Scripts:
    """The scripts by their path in the folder, and the version that they are together."""

    version: str
    bodies: dict[str, bytes]


def init_app(app: Flask) -> None:
    """Serve static/js, and give the templates the addresses: `script`, `script_preloads`."""
    scripts = read_scripts(Path(app.static_folder or "") / "js")

    def address(name: str) -> str:
        if name not in scripts.bodies:
            raise LookupError(f"There is no script {name}")
        return url_for("scripts", version=scripts.version, name=name)

    def preloads(folder: str) -> list[str]:
        return [address(name) for name in scripts.bodies if name.startswith(f"{folder}/")]

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
    app.jinja_env.globals["script_preloads"] = preloads


def read_scripts(folder: Path) -> Scripts:
    """Every .js file under `folder`, and a hash over their names and bytes."""
    bodies = {
        path.relative_to(folder).as_posix(): _without_comments(path.read_text("utf-8")).encode()
        for path in sorted(folder.rglob("*.js"))
    }
    digest = sha256()
    for name, body in bodies.items():
        digest.update(f"{name}\0{len(body)}\0".encode() + body)
    return Scripts(digest.hexdigest()[:12], bodies)


def _without_comments(text: str) -> str:
    """`text` with the lines left empty that are comment and nothing else, so that numbers stay."""
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)


def _response(scripts: Scripts, name: str) -> BaseResponse:
    response = Response(scripts.bodies[name], content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = FOREVER
    response.set_etag(f"{scripts.version}/{name}")
    return response.make_conditional(request)
