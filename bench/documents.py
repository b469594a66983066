"""How long a PDF takes: the first one of a posting, the same again, and in the process alone."""

import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import count, product

from bench.rig import ROOT, Browser, installation, served, show, timed
from jobdesc.documents.blocks import Outline
from jobdesc.documents.pdf import page_count, render_pdf
from jobdesc.roles.levels import LEVELS
from jobdesc.services.catalog import load_library
from jobdesc.services.postings import start_posting
from tests.documents.builders import a_long_outline, an_outline

WARM, COLD, AGAIN = 0.5, 3.0, 0.1
COLD_SCRIPT = (
    "from jobdesc.documents.pdf import render_pdf; "
    "from tests.documents.builders import an_outline; render_pdf(an_outline())"
)


def in_the_process() -> None:
    """A renderer that is warm, and one that starts with the document."""
    command = [sys.executable, "-c", COLD_SCRIPT]
    cold = timed(lambda: subprocess.run(command, cwd=ROOT, check=True), 3)
    show("cold: a new process to its first page", cold, COLD)
    for pages, outline in ((1, an_outline()), (2, a_long_outline())):
        assert page_count(render_pdf(outline)) == pages
        numbers = count()

        def another(outline: Outline = outline, numbers: "count[int]" = numbers) -> bytes:
            return render_pdf(outline.model_copy(update={"subtitle": f"Number {next(numbers)}"}))

        show(f"first render, {pages} page(s), in the process", timed(another, 15), WARM)


def through_the_server() -> None:
    """Downloads of 25 postings, each for the first time and then again."""
    with installation() as place:
        postings = [
            start_posting(place.person, slug, level, datetime.now(UTC))
            for slug, level in product(load_library().roles, LEVELS)
        ]
        with served(place) as browser:
            wait_until_warm(browser)
            paths = [f"/postings/{posting}/download.pdf" for posting in postings]
            first = [browser.get(path)[0] for path in paths]
            again = [browser.get(path)[0] for path in paths * 4]
    show("first PDF of a posting, through HTTP", first, WARM)
    show("the same PDF again, through HTTP", again, AGAIN)
    ratio = statistics.median(first) / statistics.median(again)
    print(f"{'the first takes as long as':44} {ratio:.0f} of those again")


def wait_until_warm(browser: Browser) -> None:
    """Two downloads, as two processes may still be starting."""
    begin = time.perf_counter()
    browser.get("/roles/case-manager/mid/description.pdf")
    show("first PDF after the server's start", [time.perf_counter() - begin], COLD)
    browser.get("/roles/case-manager/senior/description.pdf")


if __name__ == "__main__":
    in_the_process()
    through_the_server()
