"""The latest results in memory."""

from jobdesc.workers.recent import RecentResults


def test_a_result_is_made_once() -> None:
    recent, made = RecentResults(), iter([b"first", b"second"])
    assert recent.fetch("a", lambda: next(made)) == b"first"
    assert recent.fetch("a", lambda: next(made)) == b"first"


def test_the_one_not_asked_for_the_longest_goes_first() -> None:
    recent = RecentResults(size=2)
    for key in ("a", "b", "a", "c"):
        recent.fetch(key, key.encode)
    assert recent.fetch("a", lambda: b"new") == b"a"
    assert recent.fetch("c", lambda: b"new") == b"c"
    assert recent.fetch("b", lambda: b"new") == b"new"
