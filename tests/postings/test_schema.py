"""Bodies of every released schema are read, and nothing of them is lost."""

import pytest

from jobdesc.postings.posting import Posting, upgrade
from jobdesc.postings.sections import PARTS, Part
from jobdesc.roles.parse import parse
from tests.samples import sample


@pytest.mark.parametrize("name", ["posting.1", "posting.2"])
def test_a_body_of_an_older_schema_is_read_as_it_was_written(name: str) -> None:
    body = sample(name)
    posting = parse(Posting, upgrade(body, "b" * 64))
    written = posting.model_dump(mode="json", by_alias=True)
    assert written["schema"] == 2
    assert {key: written[key] for key in body if key != "schema"} == {
        key: value for key, value in body.items() if key != "schema"
    }


def test_the_first_schema_takes_its_base_from_the_row() -> None:
    posting = parse(Posting, upgrade(sample("posting.1"), "b" * 64))
    assert posting.base == "b" * 64
    assert (posting.parts, posting.hidden_parts) == (PARTS, ())


def test_the_second_schema_knows_its_base_and_order() -> None:
    posting = parse(Posting, upgrade(sample("posting.2"), "b" * 64))
    assert posting.base == "3f1d0c7a" * 8
    assert posting.parts[2] is Part.PAY
    assert posting.hidden_parts == (Part.ABOUT_US,)


def test_an_upgrade_leaves_the_stored_body_alone() -> None:
    body = sample("posting.1")
    upgrade(body, "b")
    assert body == sample("posting.1")
