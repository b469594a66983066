# What the operating system has to provide, for tools/prepare.sh, which reads this file.

type_this= # what a person can type where install_packages could not install

say() { printf '%s\n' "$*"; }
stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Each argument is package=what it is for. Fails, with type_this set, where nothing can be installed.
install_packages() {
    names=
    for needed in "$@"; do names="$names ${needed%%=*}"; done
    if command -v apt-get >/dev/null; then
        with_apt "$@"
    elif command -v brew >/dev/null; then
        type_this="brew install$names"
        tell_why "$@"
        brew install --quiet $names
    else
        type_this="the command with which your system installs:$names"
        return 1
    fi
}

with_apt() {
    type_this="sudo apt-get install -y$names"
    if [ "$(id -u)" = 0 ]; then
        as_root="env"
        type_this=${type_this#sudo }
    elif ! command -v sudo >/dev/null; then
        return 1
    elif [ -t 0 ]; then
        as_root="sudo"
    else
        as_root="sudo -n"
    fi
    tell_why "$@"
    log=$(mktemp)
    if install_with_apt >"$log" 2>&1; then
        rm -f "$log"
        return
    fi
    tail -n 2 "$log" >&2
    rm -f "$log"
    return 1
}

# A package list from an older day may name versions that are gone; then it is fetched anew.
install_with_apt() {
    apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=2"
    $apt install --no-install-recommends $names || { $apt update && $apt install --no-install-recommends $names; }
}

tell_why() {
    say "Installing what the system lacks:"
    for needed in "$@"; do say "  ${needed%%=*}: ${needed#*=}"; done
}

# A library is there when the loader knows it. ldconfig is outside the path of ordinary people.
has_library() {
    if [ "$(uname)" = Darwin ]; then
        ls /opt/homebrew/lib/"$1".*dylib /usr/local/lib/"$1".*dylib >/dev/null 2>&1
    else
        case $known_libraries in *"$1.so"*) return 0 ;; esac
        return 1
    fi
}

# Where fonts lie is known for Debian and Ubuntu only; elsewhere nothing is asked for.
has_font() { ! command -v apt-get >/dev/null || [ -e /usr/share/fonts/truetype/"$1" ]; }

install_system_libraries() {
    set --
    if [ "$(uname)" = Darwin ]; then
        has_library libpango-1.0 || set -- "pango=sets the text of PDF files"
    else
        known_libraries=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null || true)
        has_library libpango-1.0 || set -- "$@" "libpango-1.0-0=sets the text of PDF files"
        has_library libpangoft2-1.0 || set -- "$@" "libpangoft2-1.0-0=finds the fonts of PDF files"
        has_library libharfbuzz-subset || set -- "$@" "libharfbuzz-subset0=keeps the fonts in PDF files small"
        command -v fc-list >/dev/null || set -- "$@" "fontconfig=lists the fonts of this machine"
        has_font noto/NotoSans-Regular.ttf || set -- "$@" "fonts-noto-core=names in Arabic, Hebrew, Hindi and many other scripts"
        has_font droid/DroidSansFallbackFull.ttf || set -- "$@" "fonts-droid-fallback=names in Chinese, Japanese and Korean"
    fi
    if [ $# = 0 ] || [ "$*" = "$(cat .venv/not-installed 2>/dev/null)" ]; then
        return # nothing to do, or it did not work before and need not delay every start
    fi
    if install_packages "$@"; then
        rm -f .venv/not-installed
    else
        say "Not everything for PDF files is installed; the rest works. Type: $type_this"
        printf '%s' "$*" > .venv/not-installed
    fi
}

find_browser() {
    for name in chromium-headless-shell chromium chromium-browser google-chrome; do
        command -v "$name" && return
    done
    for app in Chromium "Google Chrome"; do
        if [ -x "/Applications/$app.app/Contents/MacOS/$app" ]; then
            echo "/Applications/$app.app/Contents/MacOS/$app"
            return
        fi
    done
    return 1
}

install_browser() {
    [ -n "${JOBDESC_CHROMIUM:-}" ] || command -v chromium-headless-shell >/dev/null && return
    if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || ! find_browser >/dev/null; }; then
        install_packages "chromium-headless-shell=the browser of the tests, in two thirds of the time" && return
    fi
    find_browser >/dev/null && return
    if [ "$(uname)" = Darwin ]; then
        stop "The tests need Chromium. Type: brew install --cask chromium"
    fi
    install_packages "chromium=the browser of the tests" ||
        stop "The tests need Chromium. Type: $type_this"
}
