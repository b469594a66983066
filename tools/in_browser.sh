#!/bin/sh
# Runs a command that drives a browser, with the browser's path in JOBDESC_CHROMIUM.
set -eu
cd "$(dirname "$0")/.."
. tools/system.sh
if [ -z "${JOBDESC_CHROMIUM:-}" ]; then
    JOBDESC_CHROMIUM=$(find_browser) || stop "No Chromium was found. Set JOBDESC_CHROMIUM to its path."
    export JOBDESC_CHROMIUM
fi
exec "$@"
