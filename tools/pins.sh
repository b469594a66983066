#!/bin/sh
# Compiles the ranges in pyproject.toml to pins: requirements.txt to run, requirements-test.txt to
# test and develop. Give --upgrade to take the newest versions that the ranges allow.
set -eu
cd "$(dirname "$0")/.."

compile() {
    CUSTOM_COMPILE_COMMAND="make pins" PIP_TOOLS_CACHE_DIR=.venv/pip-tools \
        .venv/bin/pip-compile --quiet --strip-extras --no-annotate --no-emit-index-url \
        --no-emit-trusted-host --no-emit-find-links --no-emit-options --generate-hashes --allow-unsafe "$@"
}

compile "$@" --extra postgresql --output-file requirements.txt pyproject.toml

# Groups are not known to pip-compile, so they are handed to it as a list.
groups=$(mktemp)
trap 'rm -f "$groups"' EXIT
.venv/bin/python - > "$groups" <<'PY'
import tomllib
from pathlib import Path

groups = tomllib.loads(Path("pyproject.toml").read_text())["dependency-groups"]
print("-c " + str(Path("requirements.txt").resolve()))
print("\n".join(sorted({need for group in groups.values() for need in group})))
PY
compile "$@" --output-file requirements-test.txt - < "$groups"
