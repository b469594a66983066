"""How long the next try has to wait."""

from datetime import UTC, datetime, timedelta

from jobdesc.people.slow_down import ACCOUNT, ADDRESS, HERE, OVERALL, limits_for, limits_in_session

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def seconds(tries: float) -> float:
    return HERE.wait(tries).total_seconds()


def test_the_wait_in_a_place_doubles_from_the_fifth_failure_to_a_quarter_of_an_hour() -> None:
    waits = [seconds(tries) for tries in range(15)]
    assert waits == [0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
    assert seconds(1e9) == 900


def test_failures_are_forgiven_with_time() -> None:
    assert HERE.left(5, NOW, NOW) == 5
    assert HERE.left(5, NOW, NOW + timedelta(hours=2)) == 3
    assert HERE.left(5, NOW, NOW + timedelta(days=9)) == 0


def test_one_network_that_tries_for_a_month_never_makes_the_account_wait() -> None:
    here = account = 0.0
    last = moment = NOW
    while moment < NOW + timedelta(days=30):
        here = HERE.left(here, last, moment) + 1
        account = ACCOUNT.left(account, last, moment) + 1
        assert ACCOUNT.wait(account) == timedelta(0)
        last, moment = moment, moment + max(HERE.wait(here), timedelta(seconds=1))
    assert account < ACCOUNT.free / 2


def test_many_networks_make_an_account_wait_but_never_long() -> None:
    assert ACCOUNT.wait(50) == timedelta(seconds=5)
    assert ACCOUNT.wait(1e9) == timedelta(minutes=1)


def test_a_clock_that_went_back_forgives_nothing() -> None:
    assert HERE.left(5, NOW, NOW - timedelta(days=1)) == 5


def test_all_together_never_wait_long() -> None:
    assert OVERALL.wait(1e9) == timedelta(seconds=30)
    assert ADDRESS.wait(19) == timedelta(0) < ADDRESS.wait(20)


def test_spellings_of_an_email_share_a_counter_that_does_not_show_it() -> None:
    counters = limits_for("Pat@County.gov", "192.0.2.7")
    assert counters == limits_for("pat@county.gov", "192.0.2.7")
    assert not any("pat" in key for key in counters)
    assert list(counters.values()) == [HERE, ACCOUNT, ADDRESS, OVERALL]


def test_each_network_has_a_counter_at_an_account_and_a_known_browser_only_its_own() -> None:
    one, other = (set(limits_for("a@b.gov", f"192.0.2.{number}")) for number in (7, 8))
    assert len(one & other) == 2  # of the account, and overall
    assert limits_for("a@b.gov", "192.0.2.7", "known") == {"browser:known": HERE}
    assert limits_in_session("name") == {"session:name": HERE}


def test_one_network_of_ipv6_is_one_address() -> None:
    def addresses(text: str) -> str:
        return next(key for key in limits_for("a@b.gov", text) if key.startswith("address:"))

    assert addresses("2001:db8::1") == addresses("2001:db8::ffff") != addresses("2001:db8:1::1")
    assert addresses("::ffff:192.0.2.7") == addresses("192.0.2.7")
    assert addresses("unix socket") == "address:unknown"


def test_counter_names_fit_their_column_whatever_is_sent() -> None:
    for email in ("", "\ud800", "é" * 10_000):
        assert max(map(len, limits_for(email, "2001:db8:aaaa:bbbb::1"))) <= 80
