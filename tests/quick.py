"""Many applications in one process, each made and warmed at little cost; none acts otherwise.

A server makes one application and keeps it. Here nearly every test has one of its own, so what
depends on the source alone is worked out once: the builders of addresses, the scripts, the
compiled templates and the SQL of statements. Processes that make PDFs know no application, and
take a second to start: they serve one application after another.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from werkzeug.routing import Rule

from jobdesc.app import ROOT
from jobdesc.services.documents import Press
from jobdesc.web import scripts
from jobdesc.workers.pool import RenderPool

Builder = Callable[..., tuple[str, str]]

SHIPPED = ROOT / "static" / "js"
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3

_builders: dict[tuple[object, ...], Builder] = {}
_statements: dict[Any, Any] = {}
_pools: dict[str, RenderPool] = {}


class KeptRule(Rule):
    """A rule that takes its builders of addresses from an equal one: they cost 1 ms a rule."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        key = (self.rule, self.subdomain, str(self.defaults), append_unknown)
        if key not in _builders:
            _builders[key] = super()._compile_builder(append_unknown)
        return _builders[key]


class CompiledOnce(BytecodeCache):
    """The compiled templates of this process."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (kept := self._kept.get(bucket.key + bucket.checksum)) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


COMPILED = CompiledOnce()


def keep_what_is_equal() -> None:
    """Once a process, before the first application."""
    Flask.url_rule_class = KeptRule
    scripts.read_scripts = partial(_read_scripts, cache(scripts.read_scripts))
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):  # part of the key of a statement
        dialect.__eq__ = _of_one_kind  # type: ignore[assignment]
        dialect.__hash__ = _kind  # type: ignore[assignment]


def folders_in_memory() -> None:
    """Let the folders of tests be where waiting for the disk takes no time, if there is room."""
    with suppress(OSError):
        if shutil.disk_usage(MEMORY).free > ROOM and os.access(MEMORY, os.W_OK):
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def warm(app: Flask, engine: Engine) -> None:
    """Give an application what others before it have worked out."""
    app.jinja_env.bytecode_cache = COMPILED
    press: Press = app.extensions["press"]
    kept = _pools.setdefault("press", press.pool)
    if kept is not press.pool:
        press.pool.close()
        app.extensions["press"] = replace(press, pool=kept)
    engine.update_execution_options(compiled_cache=_statements)


def _read_scripts(kept: Any, folder: Path) -> scripts.Scripts:
    """Ours do not change while tests run; those of a test do."""
    read: Callable[[Path], scripts.Scripts] = kept if folder == SHIPPED else kept.__wrapped__
    return read(folder)


def _of_one_kind(one: object, other: object) -> bool:
    return type(one) is type(other)


def _kind(dialect: object) -> int:
    return hash(type(dialect))
