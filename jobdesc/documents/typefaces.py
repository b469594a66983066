"""The fonts that PDF may use: Source Serif from its package, Noto and Droid from the system."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

from jobdesc.documents.errors import PdfUnavailable

FACES = ("SourceSerifPro-Regular.ttf", "SourceSerifPro-Semibold.ttf")
SYSTEM_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
# Scripts that Source Serif lacks; color fonts would break the look and PDF/UA.
FALLBACKS = (
    "NotoSerif-*",
    "NotoSerif*",
    "NotoNaskhArabic-*",
    "NotoSans*",
    "Noto*",
    "DroidSansFallback*",
)
# Asked in this order; a serif where a script has one, and symbols before far scripts.
PREFERRED = (
    "Source Serif Pro",
    "Noto Serif",
    "Noto Serif Hebrew",
    "Noto Naskh Arabic",
    "Noto Serif CJK SC",
    "Droid Sans Fallback",
    "Noto Serif Devanagari",
    "Noto Serif Bengali",
    "Noto Serif Gujarati",
    "Noto Serif Gurmukhi",
    "Noto Serif Tamil",
    "Noto Serif Telugu",
    "Noto Serif Thai",
    "Noto Serif Lao",
    "Noto Serif Khmer",
    "Noto Serif Myanmar",
    "Noto Serif Ethiopic",
    "Noto Serif Armenian",
    "Noto Serif Georgian",
    "Noto Sans Symbols",
    "Noto Sans Symbols2",
    "Noto Sans Math",
)
REFUSED = ("*Emoji*", "*Italic*", "*Display*", "*Mono*", "*Nastaliq*")


@cache
def own_faces() -> tuple[Path, ...]:
    """The bundled faces, regular first. Raises `PdfUnavailable` if the package is missing."""
    spec = find_spec("font_source_serif_pro")
    if spec is None or spec.origin is None:
        raise PdfUnavailable("The Python package font-source-serif-pro is not installed")
    faces = tuple(Path(spec.origin).parent / "files" / name for name in FACES)
    missing = [face.name for face in faces if not face.is_file()]
    if missing:
        raise PdfUnavailable(f"Font files are missing: {', '.join(missing)}")
    return faces


def fallback_faces(folders: Sequence[str] = SYSTEM_FOLDERS) -> list[Path]:
    """The system's fonts that may help out, those most often needed first."""
    found: dict[Path, int] = {}
    for folder in folders:
        for path in Path(folder).rglob("*.[to]t[fc]"):
            rank = _rank(path)
            if rank is not None:
                found[path] = rank
    return sorted(found, key=lambda path: (found[path], path.name, path))


def fontconfig_text(cache_folder: Path, folders: Sequence[str] = SYSTEM_FOLDERS) -> str:
    """A fontconfig file that knows these fonts and no others, and keeps its index in a folder."""
    own = own_faces()
    faces = [*own, *fallback_faces(folders)]
    # Folders pass the same sieve as files.
    accepted = [*map(str, faces), *{str(parent) for face in faces for parent in face.parents}]
    places = [str(own[0].parent), *(folder for folder in folders if Path(folder).is_dir())]
    return "".join(
        (
            '<?xml version="1.0"?><fontconfig>',
            *(f"<dir>{escape(place)}</dir>" for place in places),
            f"<cachedir>{escape(str(cache_folder))}</cachedir>",
            "<selectfont><rejectfont><glob>*</glob></rejectfont><acceptfont>",
            *(f"<glob>{escape(path)}</glob>" for path in accepted),
            "</acceptfont></selectfont>",
            '<alias binding="same"><family>serif</family><prefer>',
            *(f"<family>{family}</family>" for family in PREFERRED),
            "</prefer></alias></fontconfig>",
        )
    )


class Coverage:
    """The characters that the fonts can print; further fonts are read only when one is missed."""

    def __init__(self, faces: Sequence[Path], fallbacks: Iterator[Path]) -> None:
        self._points: set[int] = set().union(*map(_points, faces))
        self._unread = fallbacks

    def __contains__(self, char: object) -> bool:
        if not isinstance(char, str):
            return False
        point = ord(char)
        while point not in self._points:
            face = next(self._unread, None)
            if face is None:
                return False
            self._points |= _points(face)
        return True


@cache
def coverage() -> Coverage:
    """What this machine can print, worked out once per process."""
    return Coverage(own_faces(), iter(fallback_faces()))


@cache
def fingerprint() -> str:
    """A hash of the fonts: contents of ours, name, size and time of the system's."""
    digest = hashlib.sha256()
    for face in own_faces():
        digest.update(face.read_bytes())
    for face in fallback_faces():
        state = face.stat()
        digest.update(f"{face}\0{state.st_size}\0{state.st_mtime_ns}\n".encode(errors="replace"))
    return digest.hexdigest()


def _rank(path: Path) -> int | None:
    if any(path.match(pattern) for pattern in REFUSED):
        return None
    return next((n for n, pattern in enumerate(FALLBACKS) if path.match(pattern)), None)


def _points(face: Path) -> set[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (only for texts beyond ASCII)

    with TTFont(face, lazy=True, fontNumber=0) as font:
        return set(font.getBestCmap() or ())
