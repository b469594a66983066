"""What one page did is said on whichever page comes next."""

from flask import Flask

from tests.accounts import post, quick_hashes, set_up, sign_in
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]
CATEGORIES = ("undo 2026-11-29T10:00:00+00:00 green", "undo-version 1 2 3", "red", "message")


@on_sqlite
def test_a_message_of_any_kind_is_said_on_pages_that_place_them_themselves(
    seeded_app: Flask,
) -> None:
    set_up(seeded_app)
    client = seeded_app.test_client()
    sign_in(client)
    posting = post(client, "/postings", role="rn-case-manager", level="mid").location
    for path in ("/roles/rn-case-manager/edit/duties", "/settings/organization", posting, "/"):
        with client.session_transaction() as session:
            session["_flashes"] = [(category, f"Done: {category}") for category in CATEGORIES]
        page = client.get(path)
        assert page.status_code == 200, path
        for category in CATEGORIES:
            assert f"Done: {category}" in page.text, (path, category)
