"""What a page weighs, gzipped: itself, its styles and scripts, and its fonts."""

import gzip
import re
from datetime import UTC, datetime
from urllib.parse import urljoin

from bench.rig import Browser, installation, served, show_size
from jobdesc.roles.levels import Level
from jobdesc.services.postings import start_posting

LIBRARY, LIBRARY_WITH_FONTS, STYLES, SCRIPTS = 40, 120, 15, 20
LINKED = re.compile(r'<(?:link|script)[^>]+(?:href|src)="([^"]+)"')
IMPORTED = re.compile(r'\}\s*from\s*"([^"]+)"')
IMPORTED_LATER = re.compile(r'\bimport\(\s*"([^"]+)"')


def gzipped(body: bytes) -> int:
    """Bytes on the wire; what the server compressed already is taken as it is."""
    return len(body if body[:2] == b"\x1f\x8b" else gzip.compress(body, 6))


def plain(body: bytes) -> str:
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


def linked(page: str) -> list[str]:
    """The addresses on this host that a page loads."""
    return [link.replace("&amp;", "&") for link in LINKED.findall(page) if link.startswith("/")]


def loaded(browser: Browser, wanted: list[str], imports: re.Pattern[str]) -> dict[str, bytes]:
    """What is at these addresses, and the scripts that their scripts import so, by address."""
    found: dict[str, bytes] = {}
    while wanted:
        address = wanted.pop()
        if address in found:
            continue
        found[address] = browser.get(address)[1]
        if address.endswith(".js"):
            others = imports.findall(plain(found[address]))
            wanted += [urljoin(address, other) for other in others]
    return found


def weigh(browser: Browser, what: str, path: str, whole: int = 0, with_fonts: int = 0) -> None:
    """One page with everything that it loads."""
    page = browser.get(path)[1]
    sizes = {"html": gzipped(page), "css": 0, "js": 0, "woff2": 0, "svg": 0}
    at_once = loaded(browser, linked(plain(page)), IMPORTED)
    for address, body in at_once.items():
        ending = address.partition("?")[0].rpartition(".")[2]
        sizes[ending] += len(body) if ending == "woff2" else gzipped(body)
    rest = sizes["html"] + sizes["css"] + sizes["js"] + sizes["svg"]
    print(f"-- {what}: HTML alone {sizes['html'] / 1000:.1f} KB")
    if whole:
        show_size("without fonts", rest, whole)
        show_size("with fonts", rest + sizes["woff2"], with_fonts)
    show_size("styles", sizes["css"], STYLES)
    show_size("scripts", sizes["js"], SCRIPTS)
    scripts = [address for address in at_once if address.endswith(".js")]
    later = loaded(browser, scripts, IMPORTED_LATER).keys() - at_once.keys()
    if later:
        size = sum(gzipped(browser.get(address)[1]) for address in later)
        print(f"{'scripts on first use':44} {size / 1000:7.1f} KB")
        print(f"{'scripts in all':44} {(size + sizes['js']) / 1000:7.1f} KB")


def main() -> None:
    with installation() as place:
        posting = start_posting(place.person, "case-manager", Level.MID, datetime.now(UTC))
        with served(place) as browser:
            weigh(browser, "library", "/", LIBRARY, LIBRARY_WITH_FONTS)
            weigh(browser, "guide", "/roles/rn-case-manager")
            weigh(browser, "posting", f"/postings/{posting}")
            weigh(browser, "postings", "/postings")
            weigh(browser, "organization", "/settings/organization")


if __name__ == "__main__":
    main()
