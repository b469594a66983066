#!/bin/sh
# Starts the server in this process's place, so that a signal to stop reaches it.
set -eu
cd "$(dirname "$0")/.."
if [ "$(uname)" = Darwin ]; then
    # Homebrew's libraries are not where Python looks for them.
    export DYLD_FALLBACK_LIBRARY_PATH="${DYLD_FALLBACK_LIBRARY_PATH:-/opt/homebrew/lib:/usr/local/lib:/usr/lib}"
fi
exec .venv/bin/flask serve
