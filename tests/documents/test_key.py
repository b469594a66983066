"""The key names the bytes of a document."""

import subprocess
import sys
import timeit

from jobdesc.documents.key import document_key
from tests.documents.builders import a_logo, an_outline


def test_equal_outlines_have_equal_keys() -> None:
    assert document_key(an_outline()) == document_key(an_outline())
    assert len(document_key(an_outline())) == 64


def test_every_change_and_every_format_has_its_own_key() -> None:
    changes: list[dict[str, object]] = [
        {}, {"title": "Nurse"}, {"paper": "a4"}, {"accent": "#112233"}, {"logo": a_logo()},
    ]  # fmt: skip
    keys = {
        document_key(an_outline(**change), form) for change in changes for form in ("pdf", "html")
    }
    assert len(keys) == 2 * len(changes)


def test_a_key_takes_less_than_a_millisecond() -> None:
    outline = an_outline()
    document_key(outline)
    assert min(timeit.repeat(lambda: document_key(outline), number=10, repeat=5)) / 10 < 0.001


def test_a_key_needs_no_renderer_and_is_the_same_in_another_process() -> None:
    script = (
        "import sys; from jobdesc.documents.key import document_key;"
        "from tests.documents.builders import an_outline;"
        "print(document_key(an_outline())); assert 'weasyprint' not in sys.modules"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == document_key(an_outline())
