"""Content files are read strictly, and every value knows its line."""

from pathlib import Path

import pytest

from jobdesc.content.reader import ContentError, read_content


def written(folder: Path, text: str) -> Path:
    path = folder / "file.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    file = read_content(written(tmp_path, "a: 1\nb:\n  - x\n  - c: 2\n"))
    assert file.data == {"a": 1, "b": ["x", {"c": 2}]}
    assert file.line_of(("b", 1, "c")) == 4
    assert file.line_of(("b", 1, "missing")) == 4
    assert file.line_of(()) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", ":3: a is there twice. Keep one of them."),
        ("a: [1\nb: 2\n", "Check indents, colons and quotes on this line."),
        ("", ":1: the file is empty. Remove it or fill it."),
        ("a: 2026-13-45\n", ":1: '2026-13-45' cannot be read. Quote it."),
        ("b: 1\na: &x [*x]\n", ":2: *x is an alias. Write the value out."),
        ("a: &x 1\nb: *x\n", ":2: *x is an alias. Write the value out."),
        ("a: " + "[" * 5_000, ": is nested too deeply. Write fewer lists inside lists."),
        ("a: !!python/object/apply:os.system ['x']\n", ":1: "),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_content(written(tmp_path, text))
    assert said in str(caught.value)


def test_a_missing_file_and_other_encodings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        read_content(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes("a: é".encode("latin-1"))
    with pytest.raises(ContentError, match="is not UTF-8 text"):
        read_content(tmp_path / "latin.yaml")
