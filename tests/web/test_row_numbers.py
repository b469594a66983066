"""Row numbers in addresses, on both databases."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts import Clock, post, quick_hashes, set_up, sign_in

__all__ = ["quick_hashes"]


@pytest.mark.parametrize("number", [0, 2**31 - 1, 2**31, 2**63 - 1, 2**63])
def test_a_number_that_no_row_has_is_a_page_that_is_not_here(
    app: Flask, client: FlaskClient, number: int
) -> None:
    Clock(app)
    set_up(app)
    sign_in(client)
    assert client.get(f"/postings/{number}").status_code == 404
    people = "/settings/people"
    for act in (f"{number}/kind", f"{number}/bring-back", f"invitations/{number}/withdraw"):
        assert post(client, f"{people}/{act}", kind="recruiter").status_code == 404
