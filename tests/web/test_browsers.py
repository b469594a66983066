"""Browsers are named as their people know them."""

import pytest

from jobdesc.web.browsers import browser_words

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
         "Safari on iPhone"),
        ("<script>Android</script>", "A browser on Android"),
        ("curl/8", ""),
    ],
)  # fmt: skip
def test_a_browser_is_named_in_words(sent: str, words: str) -> None:
    assert browser_words(sent) == words
