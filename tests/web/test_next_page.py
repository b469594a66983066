"""After signing in, only pages of this application."""

import time

import pytest

from jobdesc.web.next_page import safe_next


@pytest.mark.parametrize(
    "path",
    ["/", "/postings/7", "/roles/rn-case-manager", "/roles/rn-case-manager/levels/",
     "/postings/7/download.pdf", "/?q=discharge+planning&kind=rn", "/?q=Ni%C3%B1o", "/signs"],
)  # fmt: skip
def test_our_own_paths_are_followed(path: str) -> None:
    assert safe_next(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "", "postings/7", "//evil.example", "///evil.example", "////evil.example",
        "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\t/evil.example",
        "/\n/evil.example", "\t//evil",
        " //evil.example", "/ /evil.example", "/\x00/evil.example", "//>evil.example", "/>//evil",
        "/%2Fevil.example", "/%5Cevil.example", "/%09/evil.example", "/.//evil.example", "/./evil",
        "/..//evil.example", "/../evil.example", "/a/../../b", "https://evil.example", "https:evil",
        "javascript:alert(1)", "data:text/html,x", "@evil.example", "/@evil.example", "//a@b.c",
        "/postings/7#x", "/postings//7", "/postings/7?next=//evil.example", "/a:b", "/a;b",
        "/ｅvil", "/\u2028evil", "/\u202eevil", "／／evil.example", "/postings/7\r\nA: b",
        "/sign-in", "/sign-in?next=/", "/sign-out", "/set-up/token", "/" + "a" * 1_000,
    ],
)  # fmt: skip
def test_everything_else_goes_home(path: str) -> None:
    assert safe_next(path) is None


def test_a_long_path_is_answered_at_once() -> None:
    begin = time.perf_counter()
    for text in ("/a" * 100_000, "/" * 200_000, "/a" * 499 + "?" + "\\"):
        safe_next(text)
    assert time.perf_counter() - begin < 0.2
