"""How long a zip of 40 PDFs takes, from the press of the button to the file, through the server."""

import io
import re
import time
from datetime import UTC, datetime
from urllib.parse import urlencode
from zipfile import ZipFile

from bench.pages import add_postings
from bench.rig import Browser, installation, served, show

COUNT, BUDGET, AGAIN = 40, 20.0, 5.0
TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')


def begin(browser: Browser) -> str:
    """Press the button; the address of the zip."""
    token = TOKEN.findall(browser.get_plain("/postings"))[0].decode()
    form = {"csrf_token": token, "all": "1", "view": "", "formats": "pdf"}
    return browser.post("/exports", urlencode(form))


def made(browser: Browser) -> float:
    start = time.perf_counter()
    path = begin(browser)
    first = 0.0
    while True:
        state = browser.get_plain(f"{path}/state")
        if not first and b'"done":0' not in state.replace(b" ", b""):
            first = time.perf_counter() - start
        if b'"over":true' in state.replace(b" ", b""):
            break
        time.sleep(0.1)
    seconds = time.perf_counter() - start
    with ZipFile(io.BytesIO(browser.get_plain(f"{path}/file"))) as archive:
        names = archive.namelist()
        assert len(set(names)) == COUNT, names
        assert all(archive.read(name).startswith(b"%PDF-") for name in names)
    print(f"first progress after {first:.1f} s")
    return seconds


def main() -> None:
    with installation() as place:
        add_postings(place, COUNT - 1, datetime.now(UTC))
        with served(place) as browser:
            show(f"zip of {COUNT} PDFs, none made before", [made(browser)], BUDGET)
            show("the same again", [made(browser)], AGAIN)


if __name__ == "__main__":
    main()
