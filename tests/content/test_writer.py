"""Values are written so that the reader gives them back, in the same bytes each time."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobdesc.content.reader import read_content
from jobdesc.content.writer import as_yaml, shortened, write_content

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
VALUES = st.recursive(
    TEXTS | st.integers(-(10**6), 10**6) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)  # writes to the disk
@given(st.lists(VALUES, min_size=1))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    path = tmp_path_factory.mktemp("written") / "x.yaml"
    write_content(path, value)
    assert read_content(path).data == shortened(value)
    assert as_yaml(read_content(path).data) == as_yaml(value)


@pytest.mark.parametrize(
    ("value", "short"),
    [
        ({"text": "Helps people."}, "Helps people."),
        ({"text": "end"}, {"text": "end"}),
        ({"text": "Helps.", "essential": True}, {"text": "Helps.", "essential": True}),
        ({"need": "required"}, "required"),
        ({"source": ["bls"]}, {"source": "bls"}),
        ({"source": ["bls", "onet"]}, {"source": ["bls", "onet"]}),
        ({"occupations": ["11-9151"]}, {"occupations": ["11-9151"]}),
    ],
)
def test_short_forms_are_those_of_the_content_files(value: Any, short: Any) -> None:
    assert shortened(value) == short


@pytest.mark.parametrize(
    "text", ["2026-11-23", "yes", "1e3", "0o7", "null", "~", " x ", "- a", "é🦊"]
)
def test_texts_that_look_like_something_else_stay_texts(tmp_path: Path, text: str) -> None:
    write_content(tmp_path / "x.yaml", {"a": text})
    assert read_content(tmp_path / "x.yaml").data == {"a": text}


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_content(tmp_path / "x.yaml", {"a": 1})
    assert [path.name for path in tmp_path.iterdir()] == ["x.yaml"]
