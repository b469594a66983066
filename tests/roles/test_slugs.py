"""What can stand in an address is made of words in one place."""

import pytest

from jobdesc.roles.words import slug_of


@pytest.mark.parametrize(
    ("text", "slug"),
    [("RN Case Manager", "rn-case-manager"), ("  Coeur d'Alène! ", "coeur-d-alene"), ("東京", "")],
)
def test_a_slug_is_plain_letters_and_digits(text: str, slug: str) -> None:
    assert slug_of(text) == slug
