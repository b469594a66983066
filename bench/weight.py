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
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+\.js)["']""")


def gzipped(body: bytes) -> int:
    """Bytes on the wire; what the server compressed already is taken as it is."""
    return len(body if body[:2] == b"\x1f\x8b" else gzip.compress(body, 6))


def plain(body: bytes) -> str:
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


def loaded(browser: Browser, page: str) -> dict[str, bytes]:
    """All that a page links, and the modules that its modules import, by address."""
    found: dict[str, bytes] = {}
    wanted = [link.replace("&amp;", "&") for link in LINKED.findall(page) if link.startswith("/")]
    while wanted:
        address = wanted.pop()
        if address in found:
            continue
        found[address] = browser.get(address)[1]
        if address.endswith(".js"):
            imports = IMPORTED.findall(plain(found[address]))
            wanted += [urljoin(address, other) for other in imports]
    return found


def weigh(browser: Browser, what: str, path: str, whole: int = 0, with_fonts: int = 0) -> None:
    """One page with everything that it loads."""
    page = browser.get(path)[1]
    sizes = {"html": gzipped(page), "css": 0, "js": 0, "woff2": 0, "svg": 0}
    for address, body in loaded(browser, plain(page)).items():
        ending = address.partition("?")[0].rpartition(".")[2]
        sizes[ending] += len(body) if ending == "woff2" else gzipped(body)
    rest = sizes["html"] + sizes["css"] + sizes["js"] + sizes["svg"]
    print(f"-- {what}: HTML alone {sizes['html'] / 1000:.1f} KB")
    if whole:
        show_size("without fonts", rest, whole)
        show_size("with fonts", rest + sizes["woff2"], with_fonts)
    show_size("styles", sizes["css"], STYLES)
    show_size("scripts", sizes["js"], SCRIPTS)


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
