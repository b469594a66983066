"""The hashes that are kept of passwords."""

from jobdesc.services.passwords import METHOD, NOBODY, hash_password, is_dated, is_password
from tests.accounts import PASSWORD


def test_the_hash_of_nobody_costs_the_same_and_fits_no_password() -> None:
    real = hash_password(PASSWORD)
    assert real.split("$")[0] == NOBODY.split("$")[0]
    assert len(real.split("$")[2]) == len(NOBODY.split("$")[2])
    assert not is_password(NOBODY, "")


def test_two_hashes_of_one_password_differ() -> None:
    first, second = hash_password(PASSWORD), hash_password(PASSWORD)
    assert first != second
    assert is_password(first, PASSWORD)
    assert is_password(second, PASSWORD)


def test_a_password_is_right_however_its_letters_are_composed() -> None:
    assert is_password(hash_password("cafe\u0301 noir 77"), "caf\u00e9 noir 77")


def test_a_hash_is_dated_when_its_settings_are_not_those_of_today() -> None:
    assert not is_dated(f"{METHOD}$salt$hash")
    assert is_dated("scrypt:16384:8:1$salt$hash")
