"""Signing in and out, slow-down, and giving people access."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from jobdesc.people.entries import NotAccepted
from jobdesc.people.person import OPERATOR, Kind, Person
from jobdesc.people.rights import Forbidden
from jobdesc.people.slow_down import account_mark
from jobdesc.services import accounts, passwords, sessions
from jobdesc.services.accounts import NotSignedIn, TooManyTries, create_person, sign_in
from jobdesc.services.passwords import hash_password, is_password
from jobdesc.services.sessions import SignedIn, actor_of_session, sign_out, token_hash
from jobdesc.store.account_tables import PersonRow, SessionRow, SignInFailureRow
from jobdesc.store.transactions import StoreBusy, reading, writing
from tests.accounts import NOW, PASSWORD, add_person, quick_hashes

__all__ = ["quick_hashes"]

EMAIL = "recruiter@lakecounty.gov"
HOME = "192.0.2.7"


@pytest.fixture
def pat(app: Flask) -> Iterator[Person]:
    """A recruiter, with the application at hand."""
    person = add_person(app, Kind.RECRUITER, EMAIL)
    with app.app_context():
        yield person


def enter(
    password: str = PASSWORD,
    email: str = EMAIL,
    *,
    keep: bool = False,
    address: str = HOME,
    after: timedelta = timedelta(0),
    known: str = "",
) -> SignedIn:
    return sign_in(email, password, keep, address, NOW + after, "", known)


def fail(times: int, email: str = EMAIL, address: str = HOME) -> None:
    for _ in range(times):
        with pytest.raises(NotSignedIn):
            enter("not the password", email, address=address)


def count(table: type) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def change(**values: object) -> None:
    with writing() as session:
        row = session.scalars(select(PersonRow).where(PersonRow.email == EMAIL)).one()
        for name, value in values.items():
            setattr(row, name, value)


def test_the_right_password_begins_a_session(pat: Person) -> None:
    begun = enter()
    assert begun.person == pat
    assert actor_of_session(begun.token, NOW) == pat


def test_the_case_of_an_email_makes_no_difference(pat: Person) -> None:
    for email in (EMAIL.upper(), f"  {EMAIL} ", "Recruiter@LakeCounty.gov"):
        assert enter(email=email).person == pat


def test_every_sign_in_has_its_own_token_of_which_only_the_hash_is_kept(pat: Person) -> None:
    first, second = enter().token, enter().token
    assert first != second
    with reading() as session:
        kept = set(session.scalars(select(SessionRow.token_hash)))
    assert kept == {token_hash(first), token_hash(second)}


def test_only_a_hash_of_the_password_is_kept(pat: Person) -> None:
    with reading() as session:
        kept = session.scalars(select(PersonRow.password_hash)).one()
    assert kept.startswith("scrypt:")
    assert is_password(kept, PASSWORD)
    assert not is_password(kept, PASSWORD + " ")


def test_after_sign_out_the_token_is_worth_nothing(pat: Person) -> None:
    token, other = enter().token, enter().token
    sign_out(token)
    assert actor_of_session(token, NOW) is None
    assert actor_of_session(other, NOW) == pat
    sign_out(token)


def test_made_up_tokens_are_nobody(pat: Person) -> None:
    for token in ("", "x", "\udcff", "é" * 10_000, "a\0b"):
        assert actor_of_session(token, NOW) is None


def test_a_session_ends_after_twelve_idle_hours(pat: Person) -> None:
    token = enter().token
    assert actor_of_session(token, NOW + timedelta(hours=11)) == pat
    assert actor_of_session(token, NOW + timedelta(hours=22)) == pat
    assert actor_of_session(token, NOW + timedelta(hours=34, seconds=1)) is None


def test_a_session_in_use_still_ends_after_thirty_days(pat: Person) -> None:
    token = enter().token
    for hours in range(10, 30 * 24, 10):
        assert actor_of_session(token, NOW + timedelta(hours=hours)) == pat
    assert actor_of_session(token, NOW + timedelta(days=30)) is None


def test_who_is_kept_signed_in_stays_for_thirty_days(pat: Person) -> None:
    token = enter(keep=True).token
    assert actor_of_session(token, NOW + timedelta(days=29)) == pat
    assert actor_of_session(token, NOW + timedelta(days=30)) is None


def test_last_seen_is_written_every_five_minutes_at_most(pat: Person) -> None:
    token = enter().token

    def seen_after(minutes: float) -> timedelta:
        actor_of_session(token, NOW + timedelta(minutes=minutes))
        with reading() as session:
            return session.scalars(select(SessionRow.last_seen_at)).one() - NOW

    assert seen_after(4.9) == timedelta(0)
    assert seen_after(5) == timedelta(minutes=5)
    assert seen_after(9.9) == timedelta(minutes=5)


def test_a_busy_database_does_not_sign_anybody_out(
    pat: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = enter().token

    def busy() -> None:
        raise StoreBusy("locked")

    monkeypatch.setattr(sessions, "writing", busy)
    assert actor_of_session(token, NOW + timedelta(hours=1)) == pat


def test_a_deactivated_person_is_out_at_once_and_stays_out(pat: Person) -> None:
    token = enter().token
    change(active=False)
    assert actor_of_session(token, NOW) is None
    with pytest.raises(NotSignedIn):
        enter()


def test_sessions_that_time_ended_are_removed_at_the_next_sign_in(pat: Person) -> None:
    enter()
    enter(after=timedelta(hours=13))
    assert count(SessionRow) == 1


def test_the_refusal_does_not_tell_whether_the_account_exists(pat: Person) -> None:
    texts = set()
    for email in (EMAIL, "nobody@lakecounty.gov", "", "not an email"):
        with pytest.raises(NotSignedIn) as refusal:
            enter("not the password", email)
        texts.add(str(refusal.value))
    assert texts == {"The email or password is not right. Check both, then try again"}


def test_a_hash_is_computed_whether_or_not_the_account_exists(
    pat: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []

    def noting(kept: str, password: str) -> bool:
        looked_at.append(kept)
        return is_password(kept, password)

    monkeypatch.setattr(accounts, "is_password", noting)
    fail(1)
    fail(1, "nobody@lakecounty.gov")
    assert looked_at[0] != accounts.NOBODY == looked_at[1]


def test_odd_passwords_are_simply_not_right(pat: Person) -> None:
    for password in ("", "x" * 10_000, PASSWORD * 100, "🦊" * 900):
        with pytest.raises(NotSignedIn):
            enter(password)


def test_odd_emails_are_simply_not_right(pat: Person) -> None:
    for email in ("", "x" * 10_000, "' OR 1=1 --", "%", "\u202e"):
        with pytest.raises(NotSignedIn):
            enter(email=email)


def test_after_five_failures_even_the_right_password_waits(pat: Person) -> None:
    fail(5)
    with pytest.raises(TooManyTries) as refusal:
        enter()
    assert str(refusal.value) == "Too many tries. Wait 5 seconds, then try again."
    assert refusal.value.seconds == 5
    assert enter(after=timedelta(seconds=5)).person == pat


def test_while_a_wait_lasts_the_password_is_not_looked_at(
    pat: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(5)
    monkeypatch.setattr(accounts, "is_password", lambda *_: pytest.fail("was looked at"))
    with pytest.raises(TooManyTries):
        enter()


def test_the_wait_doubles_and_tries_within_it_do_not_lengthen_it(pat: Person) -> None:
    fail(5)
    for _ in range(3):
        with pytest.raises(TooManyTries, match="Wait 1 second,"):
            enter(after=timedelta(seconds=4.2))
    with pytest.raises(NotSignedIn):
        enter("not the password", after=timedelta(seconds=5))
    with pytest.raises(TooManyTries, match="Wait 10 seconds"):
        enter(after=timedelta(seconds=5.5))


def test_an_unknown_account_slows_down_just_like_a_known_one(pat: Person) -> None:
    fail(5, "nobody@lakecounty.gov")
    with pytest.raises(TooManyTries, match="Wait 5 seconds"):
        enter(email="nobody@lakecounty.gov")
    assert enter().person == pat


def test_one_network_that_tries_for_two_hours_keeps_nobody_out_elsewhere(pat: Person) -> None:
    for minutes in range(120):
        after = timedelta(minutes=minutes)
        with pytest.raises((NotSignedIn, TooManyTries)):
            enter("not the password", address="203.0.113.66", after=after)
        if minutes % 20 == 0:
            assert enter(after=after).person == pat


def test_many_networks_slow_an_account_but_not_in_a_known_browser(
    pat: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(accounts, "is_password", lambda *_: False)
        for number in range(50):
            fail(1, address=f"198.51.100.{number}")
    with pytest.raises(TooManyTries, match="Wait 5 seconds"):
        enter()
    assert enter(known="desk").person == pat
    with pytest.raises(TooManyTries):
        enter()


def test_a_known_browser_has_few_tries_too(pat: Person) -> None:
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            enter("not the password", known="desk")
    with pytest.raises(TooManyTries, match="Wait 5 seconds"):
        enter(known="desk")
    assert enter(known="phone").person == pat


def test_signing_in_forgets_the_failures_of_its_place(pat: Person) -> None:
    fail(4)
    enter()
    fail(4)
    assert enter().person == pat


def test_one_address_slows_down_across_accounts(pat: Person) -> None:
    for number in range(20):
        fail(1, f"guess{number}@lakecounty.gov")
    with pytest.raises(TooManyTries):
        enter()
    assert enter(address="198.51.100.9").person == pat


def test_an_attacker_does_not_clear_an_address_by_signing_in_as_himself(pat: Person) -> None:
    for number in range(19):
        fail(1, f"guess{number}@lakecounty.gov")
    enter()
    fail(1, "guess19@lakecounty.gov")
    with pytest.raises(TooManyTries):
        enter()


def test_all_addresses_together_slow_down(pat: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "is_password", lambda *_: False)
    for number in range(100):
        fail(1, f"guess{number}@lakecounty.gov", f"198.51.100.{number}")
    with pytest.raises(TooManyTries, match="Wait 5 seconds"):
        enter()


def test_counters_nobody_needs_any_more_are_removed(pat: Person) -> None:
    fail(1, "nobody@lakecounty.gov", "198.51.100.9")
    assert count(SignInFailureRow) == 4
    enter(after=timedelta(days=3))
    with reading() as session:
        keys = set(session.scalars(select(SignInFailureRow.key)))
    assert keys == {f"account:{account_mark(EMAIL)}", "address:192.0.2.7", "overall"}


def test_a_hash_made_with_older_settings_is_renewed_at_sign_in(
    pat: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(passwords, "METHOD", "scrypt:2048:8:1")
        change(password_hash=hash_password(PASSWORD))
    enter()
    with reading() as session:
        kept = session.scalars(select(PersonRow.password_hash)).one()
    assert kept.startswith(passwords.METHOD + "$")
    assert enter().person == pat


@pytest.mark.parametrize("dated", [False, True])
@pytest.mark.parametrize("meanwhile", [{"password_hash": "scrypt:new"}, {"active": False}])
def test_a_password_that_ended_while_it_was_looked_at_begins_nothing(
    pat: Person, monkeypatch: pytest.MonkeyPatch, meanwhile: dict[str, object], dated: bool
) -> None:
    if dated:
        change(password_hash=hash_password(PASSWORD).replace("scrypt:1024", "scrypt:2048"))

    def slowly(_kept: str, _password: str) -> bool:
        change(**meanwhile)
        return True

    monkeypatch.setattr(accounts, "is_password", slowly)
    with pytest.raises(NotSignedIn):
        enter()
    assert count(SessionRow) == 0
    with reading() as session:
        row = session.scalars(select(PersonRow)).one()
        assert {name: getattr(row, name) for name in meanwhile} == meanwhile


def test_what_happened_is_logged_without_secrets(
    pat: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    token = enter().token
    fail(1)
    fail(1, "my secret typed in the wrong box")
    sign_out(token)
    lines = [record.getMessage() for record in caplog.records]
    assert f"sign-in: person {pat.id} from {HOME}" in lines
    assert f"sign-in failed: person {pat.id} from {HOME}" in lines
    assert f"sign-in failed: person None from {HOME}" in lines
    assert f"sign-out: person {pat.id}" in lines
    everything = " ".join(lines)
    for secret in (PASSWORD, token, "not the password", "my secret"):
        assert secret not in everything


def test_an_email_is_given_access_once_whatever_its_case(pat: Person) -> None:
    with pytest.raises(NotAccepted) as refusal:
        create_person(OPERATOR, "Pat", EMAIL.upper(), Kind.RECRUITER, PASSWORD, NOW)
    assert refusal.value.problems == {"email": accounts.EMAIL_TAKEN}
    assert count(PersonRow) == 1


def test_of_two_who_race_for_an_email_the_database_keeps_one(
    pat: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts.accounts, "person_row_by_email", lambda *_: None)
    with pytest.raises(NotAccepted, match="already has access"):
        create_person(OPERATOR, "Pat", EMAIL, Kind.RECRUITER, PASSWORD, NOW)


def test_only_administrators_give_access(pat: Person) -> None:
    for kind in (Kind.HR_EDITOR, Kind.HIRING_DIRECTOR, Kind.RECRUITER):
        actor = Person(pat.id, "Pat", EMAIL, kind)
        with pytest.raises(Forbidden):
            create_person(actor, "Sam", "sam@lakecounty.gov", Kind.RECRUITER, PASSWORD, NOW)
    assert count(PersonRow) == 1


def test_names_in_every_script_come_back_as_given(app: Flask) -> None:
    with app.app_context():
        for number, name in enumerate(
            ("محمد علي", "李小龙", "Zoë 🦊", "<script>alert(1)</script>")
        ):
            person = create_person(
                OPERATOR, name, f"p{number}@lakecounty.gov", Kind.RECRUITER, PASSWORD, NOW
            )
            assert person.name == name
