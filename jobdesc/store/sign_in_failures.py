"""Named queries about failed sign-ins."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, text, update
from sqlalchemy.orm import Session

from jobdesc.store.account_tables import SignInFailureRow
from jobdesc.store.times import Moment

KEPT = timedelta(days=2)

_ADD = text(
    "INSERT INTO sign_in_failure (key, tries, last_at, wait_until) "
    "VALUES (:key, 0, :now, :now) ON CONFLICT DO NOTHING"
).bindparams(bindparam("now", type_=Moment))


def locked_counters(session: Session, keys: Iterable[str], now: datetime) -> list[SignInFailureRow]:
    """The counters of these keys, made where missing, held until the transaction ends."""
    wanted = sorted(keys)
    for key in wanted:
        session.execute(_ADD, {"key": key, "now": now})
    return hold_counters(session, wanted)


def hold_counters(session: Session, keys: Iterable[str]) -> list[SignInFailureRow]:
    """The counters of these keys that there are, held in the order of their keys."""
    query = select(SignInFailureRow).where(SignInFailureRow.key.in_(sorted(keys)))
    return list(session.scalars(query.order_by(SignInFailureRow.key).with_for_update()))


def take_back_try(session: Session, keys: Iterable[str]) -> None:
    """Take one try back from the counters of `keys`, and the wait that it caused."""
    session.execute(
        update(SignInFailureRow)
        .where(SignInFailureRow.key.in_(sorted(keys)))
        .values(tries=SignInFailureRow.tries - 1, wait_until=SignInFailureRow.last_at)
    )


def forget_tries(session: Session, key: str) -> None:
    """Remove a counter."""
    session.execute(delete(SignInFailureRow).where(SignInFailureRow.key == key))


def remove_old_counters(session: Session, now: datetime) -> None:
    """Remove counters that nothing was added to for days, but none that another try holds."""
    old = select(SignInFailureRow.key).where(SignInFailureRow.last_at < now - KEPT)
    session.execute(
        delete(SignInFailureRow)
        .where(SignInFailureRow.key.in_(old.with_for_update(skip_locked=True)))
        .execution_options(synchronize_session=False)
    )
