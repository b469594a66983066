#!/bin/sh
# Makes this machine ready for a verb of the Makefile and does nothing where all is there:
#   prepare.sh run    Python environment, libraries and fonts for PDF, fonts for the browser
#   prepare.sh check  the same environment with the tools that check and test
#   prepare.sh test   all of that, and a browser
# What cannot be installed here is named together with what to type. Only Python and its packages
# are indispensable; without the rest the server still runs.
set -eu
verb=${1:-run}
cd "$(dirname "$0")/.."
. tools/system.sh

python_fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && python_fits "$name"; then
            echo "$name"
            return
        fi
    done
    if [ "$(uname)" = Darwin ]; then
        stop "Python 3.11 or newer was not found. Type: brew install python@3.13"
    fi
    stop "Python 3.11 or newer was not found. Install python3 from your system's packages, or set PYTHON to where it is."
}

make_environment() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        case $python in
            python3.*) package=$python-venv ;;
            *) package=python3-venv ;;
        esac
        install_packages "$package=makes the Python environment in .venv" ||
            stop "$package is needed to make the Python environment. Type: $type_this"
    fi
    say "Making the Python environment in .venv"
    "$python" -m venv --clear .venv || stop "The Python environment could not be made in .venv. Check that this folder can be written."
}

install_pins() { # file
    stamp=.venv/installed-$1
    if cmp -s "$1" "$stamp"; then
        return
    fi
    say "Installing the Python packages of $1"
    .venv/bin/python -m pip install --quiet --no-compile --use-pep517 --disable-pip-version-check \
        --require-hashes -r "$1" ||
        stop "The Python packages of $1 could not be installed. Check the network, and above whether one is not made for this system, then try again."
    cp "$1" "$stamp"
}

build_fonts() {
    built=.venv/built-fonts
    [ -d static/fonts ] && cat requirements.txt tools/build_fonts.py | cmp -s - "$built" && return
    say "Cutting the fonts for the browser"
    .venv/bin/python tools/build_fonts.py || stop "The fonts for the browser could not be made. Remove static/fonts and try again."
    cat requirements.txt tools/build_fonts.py > "$built"
}

[ -x .venv/bin/python ] || make_environment
install_system_libraries
install_pins requirements.txt
[ "$verb" = run ] || install_pins requirements-test.txt
[ "$verb" = test ] && install_browser
build_fonts
