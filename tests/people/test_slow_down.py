"""How long the next try has to wait."""

from datetime import UTC, datetime, timedelta

from jobdesc.people.slow_down import ACCOUNT, ADDRESS, OVERALL, limits_for

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def seconds(tries: float) -> float:
    return ACCOUNT.wait(tries).total_seconds()


def test_the_wait_of_an_account_doubles_from_the_fifth_failure_to_a_quarter_of_an_hour() -> None:
    waits = [seconds(tries) for tries in range(15)]
    assert waits == [0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
    assert seconds(1e9) == 900


def test_failures_are_forgiven_with_time() -> None:
    assert ACCOUNT.left(5, NOW, NOW) == 5
    assert ACCOUNT.left(5, NOW, NOW + timedelta(hours=2)) == 3
    assert ACCOUNT.left(5, NOW, NOW + timedelta(days=9)) == 0


def test_a_clock_that_went_back_forgives_nothing() -> None:
    assert ACCOUNT.left(5, NOW, NOW - timedelta(days=1)) == 5


def test_all_together_never_wait_long() -> None:
    assert OVERALL.wait(1e9) == timedelta(seconds=30)
    assert ADDRESS.wait(19) == timedelta(0) < ADDRESS.wait(20)


def test_spellings_of_an_email_share_a_counter_that_does_not_show_it() -> None:
    counters = limits_for("Pat@County.gov", "192.0.2.7")
    assert counters == limits_for("pat@county.gov", "192.0.2.7")
    assert not any("pat" in key for key in counters)
    assert list(counters.values()) == [ACCOUNT, ADDRESS, OVERALL]


def test_one_network_of_ipv6_is_one_address() -> None:
    def addresses(text: str) -> str:
        return list(limits_for("a@b.gov", text))[1]

    assert addresses("2001:db8::1") == addresses("2001:db8::ffff") != addresses("2001:db8:1::1")
    assert addresses("::ffff:192.0.2.7") == addresses("192.0.2.7")
    assert addresses("unix socket") == "address:unknown"


def test_counter_names_fit_their_column_whatever_is_sent() -> None:
    for email in ("", "\ud800", "é" * 10_000):
        assert max(map(len, limits_for(email, "2001:db8:aaaa:bbbb::1"))) <= 80
