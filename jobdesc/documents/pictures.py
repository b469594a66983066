"""PNG and JPEG files as bytes: what their headers say, looked at before anything is decoded."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"

_PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"eXIf"}
"""What the picture is made of, and which way up it is; the rest is text, color and animation."""
_JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = {0x01, *range(0xD0, 0xD8)}
_JPEG_SCAN, _JPEG_END = 0xDA, 0xD9


class Broken(Exception):
    """The file ends too early, or is not what its first bytes say."""


class Trailed(Exception):
    """Something comes after the picture's end."""


@dataclass(frozen=True)
class Picture:
    """A whole file that says it is a picture. `scans` is how often a JPEG paints it over."""

    data: bytes
    width: int
    height: int
    scans: int = 1


def read_png(data: bytes) -> Picture:
    """Size of a PNG, and the file without what is not the picture. Raises Broken, Trailed."""
    kept = [PNG]
    width = height = 0
    for name, chunk in _png_chunks(data):
        if name == b"IHDR" and len(chunk) >= 25:
            width, height = struct.unpack_from(">II", chunk, 8)
        if name in _PNG_KEPT:
            kept.append(chunk)
    return Picture(b"".join(kept), width, height)


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
    """Size and number of scans of a JPEG. Raises Broken, Trailed."""
    width = height = scans = 0
    for marker, at in _jpeg_markers(data):
        if marker in _JPEG_SIZES:
            if at + 7 > len(data):
                raise Broken
            height, width = struct.unpack_from(">HH", data, at + 3)
        scans += marker == _JPEG_SCAN
    return Picture(data, width, height, scans)


def _jpeg_markers(data: bytes) -> Iterator[tuple[int, int]]:
    """Each marker, and where what belongs to it begins. Ends where the picture ends."""
    at = 2
    while True:
        marker, at = _next_marker(data, at)
        if marker == _JPEG_END:
            break
        yield marker, at
        if marker in _JPEG_BARE:
            continue
        if at + 2 > len(data):
            raise Broken
        at += int.from_bytes(data[at : at + 2])
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
