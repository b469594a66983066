"""PNG and JPEG files as bytes: what their headers say, looked at before anything is decoded."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"

_PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
"""What the picture is made of; the rest is text, color profiles and animation."""
_JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = {0x01, *range(0xD0, 0xD8)}
_JPEG_SCAN, _JPEG_END = 0xDA, 0xD9
_JPEG_EXIF = 0xE1
_JPEG_WORDS = {*range(0xE1, 0xEE), 0xEF, 0xFE}
"""Segments that are not the picture: Exif, profiles, comments. Decoders need 0xE0 and 0xEE."""
_UPRIGHT, _ORIENTATION = 1, 0x0112


class Broken(Exception):
    """The file ends too early, or is not what its first bytes say."""


class Trailed(Exception):
    """Something comes after the picture's end."""


@dataclass(frozen=True)
class Picture:
    """A whole file that says it is a picture, without what it says about itself.

    `scans` is how often a JPEG paints itself over, `orientation` is Exif's, 1 to 8.
    """

    data: bytes
    width: int
    height: int
    scans: int = 1
    orientation: int = _UPRIGHT


def read_png(data: bytes) -> Picture:
    """Size and orientation of a PNG, and what is the picture in it. Raises Broken, Trailed."""
    kept = [PNG]
    width = height = 0
    orientation = _UPRIGHT
    for index, (name, chunk) in enumerate(_png_chunks(data)):
        if (name == b"IHDR") != (index == 0):
            raise Broken
        if index == 0 and len(chunk) >= 25:
            width, height = struct.unpack_from(">II", chunk, 8)
        if name == b"eXIf":
            orientation = _orientation(chunk[8:-4])
        if name in _PNG_KEPT:
            kept.append(chunk)
    return Picture(b"".join(kept), width, height, orientation=orientation)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, name = len(PNG), b""
    while name != b"IEND":
        if at + 12 > len(data):
            raise Broken
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise Broken
        yield name, data[at:end]
        at = end
    if at < len(data):
        raise Trailed


def read_jpeg(data: bytes) -> Picture:
    """Size, scans and orientation of a JPEG, and what is the picture in it.

    Raises Broken, Trailed.
    """
    kept: list[bytes] = []
    width = height = scans = done = 0
    orientation = _UPRIGHT
    for marker, start, end in _jpeg_segments(data):
        if marker in _JPEG_SIZES:
            if end < start + 7 or width:
                raise Broken
            height, width = struct.unpack_from(">HH", data, start + 3)
        if marker == _JPEG_EXIF and data.startswith(b"Exif\0\0", start + 2):
            orientation = _orientation(data[start + 8 : end])
        if marker in _JPEG_WORDS:
            kept.append(data[done : start - 2])
            done = end
        scans += marker == _JPEG_SCAN
    kept.append(data[done:])
    return Picture(b"".join(kept), width, height, scans, orientation)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Each marker, and where what belongs to it begins and ends, up to the picture's end."""
    marker, at = _next_marker(data, 2)
    while marker != _JPEG_END:
        if marker not in _JPEG_BARE:
            end = at + int.from_bytes(data[at : at + 2])
            if not at + 2 <= end <= len(data):
                raise Broken
            yield marker, at, end
            at = end
        marker, at = _next_marker(data, at)
    if data[at:].strip(b"\0"):
        raise Trailed


def _next_marker(data: bytes, at: int) -> tuple[int, int]:
    """The next marker that is not part of painted data (there FF is followed by 00)."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Broken
        at += 1
        if data[at] not in (0x00, 0xFF):
            return data[at], at + 1


def _orientation(exif: bytes) -> int:
    """Which way up, by the first directory of an Exif block; upright where it does not say."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None or len(exif) < 8:
        return _UPRIGHT
    (at,) = struct.unpack_from(f"{order}I", exif, 4)
    count = int.from_bytes(exif[at : at + 2], "little" if order == "<" else "big")
    for entry in range(at + 2, min(at + 2 + count * 12, len(exif) - 11), 12):
        tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", exif, entry)
        if tag == _ORIENTATION and 1 <= value <= 8:
            return int(value)
    return _UPRIGHT
