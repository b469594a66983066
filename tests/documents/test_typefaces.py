"""The fonts of the PDF."""

from pathlib import Path

import pytest

from jobdesc.documents import typefaces
from jobdesc.documents.errors import PdfUnavailable
from jobdesc.documents.typefaces import (
    Coverage,
    fallback_faces,
    fingerprint,
    fontconfig_text,
    own_faces,
)


def test_our_two_faces_are_there() -> None:
    assert [face.suffix for face in own_faces()] == [".ttf", ".ttf"]
    assert len(fingerprint()) == 64


def test_only_outline_fonts_of_known_families_help_out(tmp_path: Path) -> None:
    names = ("NotoSerif-Regular.ttf", "NotoColorEmoji.ttf", "Comic.ttf", "NotoSans-Italic.ttf",
             "DroidSansFallbackFull.ttf")  # fmt: skip
    for name in names:
        (tmp_path / name).touch()
    found = fallback_faces([str(tmp_path), "/nowhere"])
    assert [face.name for face in found] == ["NotoSerif-Regular.ttf", "DroidSansFallbackFull.ttf"]


def test_the_font_setup_names_each_file_and_escapes_it(tmp_path: Path) -> None:
    folder = tmp_path / "a & b"
    folder.mkdir()
    (folder / "NotoSerif-Regular.ttf").touch()
    text = fontconfig_text(tmp_path / "index", [str(folder)])
    assert "a &amp; b/NotoSerif-Regular.ttf</glob>" in text
    assert f"{own_faces()[0]}</glob>" in text


def test_further_fonts_are_read_only_when_a_character_is_missing() -> None:
    unread = iter([Path("/nowhere/NotoSerif-Regular.ttf")])
    covered = Coverage(own_faces(), unread)
    assert "é" in covered
    assert 7 not in covered
    with pytest.raises(FileNotFoundError):
        "漢" in covered  # noqa: B015


def test_a_missing_font_package_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typefaces, "find_spec", lambda _name: None)
    with pytest.raises(PdfUnavailable, match="font-source-serif-pro"):
        own_faces.__wrapped__()
