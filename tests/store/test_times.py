"""Moments are UTC on the way in and out."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from jobdesc.store.times import Moment

PACIFIC = timezone(timedelta(hours=-8))


def test_sqlite_gets_utc_and_gives_it_back() -> None:
    moment, dialect = datetime(2026, 11, 23, 4, tzinfo=PACIFIC), sqlite.dialect()
    kept = Moment().process_bind_param(moment, dialect)
    assert kept == datetime(2026, 11, 23, 12)  # noqa: DTZ001
    assert Moment().process_result_value(kept, dialect) == moment


def test_postgresql_keeps_the_zone() -> None:
    moment, dialect = datetime(2026, 11, 23, 4, tzinfo=PACIFIC), postgresql.dialect()
    kept = Moment().process_bind_param(moment, dialect)
    assert kept == moment
    assert Moment().process_result_value(moment, dialect) == moment
    assert kept is not None
    assert kept.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Moment().process_bind_param(datetime(2026, 11, 23), sqlite.dialect())  # noqa: DTZ001


def test_nothing_stays_nothing() -> None:
    assert Moment().process_bind_param(None, sqlite.dialect()) is None
    assert Moment().process_result_value(None, sqlite.dialect()) is None
