"""An uploaded logo made safe and small: checked before it is decoded, then encoded anew."""

import struct
from io import BytesIO
from typing import IO, Literal

from PIL import Image

from jobdesc.documents.blocks import Logo
from jobdesc.documents.pictures import JPEG, PNG, Broken, Picture, Trailed, read_jpeg, read_png

LOGO_BYTES = 2_000_000
LOGO_SIDE = 4_000
LOGO_PIXELS = 16_000_000
PRINTED = (1_200, 400)
"""The most pixels across and down that are kept."""
SCANS = 64
"""The most scans of a JPEG; ordinary ones have one to ten, and each costs time."""

Kind = Literal["PNG", "JPEG"]
_KINDS: tuple[tuple[bytes, Kind], ...] = ((PNG, "PNG"), (JPEG, "JPEG"))
_ALPHA = {"RGBA", "LA", "PA", "RGBa", "La"}
_DEEP = "I"
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What sets a picture upright, by Exif's orientation."""
_OTHERS = (
    ((b"GIF8",), "a GIF"),
    ((b"<svg", b"<?xml", b"<!DOCTYPE svg", b"\xef\xbb\xbf<svg", b"\xef\xbb\xbf<?xml"), "an SVG"),
    ((b"%PDF",), "a PDF"),
    ((b"RIFF",), "a WebP"),
    ((b"BM",), "a BMP"),
    ((b"II*\0", b"MM\0*"), "a TIFF"),
)
DAMAGES = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
    Image.DecompressionBombError,
)
_AGAIN = "Save it again as PNG or JPEG from an image editor."


class LogoRefused(Exception):
    """A file that cannot be the logo; the message says why, and what to do."""


def read_logo(stream: IO[bytes]) -> Logo:
    """The picture in `stream`: upright, without metadata, at most as large as it is printed.

    Raises LogoRefused. A PNG stays one and keeps its alpha, a JPEG stays one.
    """
    data = _read(stream)
    kind = _kind(data)
    picture = _look(data, kind)
    _check_size(picture)
    try:
        return _encode(_decode(picture, kind), kind)
    except DAMAGES as error:
        # What Pillow raises for pictures that are not what their headers say.
        raise LogoRefused(f"This picture is damaged. {_AGAIN}") from error


def _read(stream: IO[bytes]) -> bytes:
    data = stream.read(LOGO_BYTES + 1)
    if len(data) > LOGO_BYTES:
        size = len(data)
        while part := stream.read(1_000_000):
            size += len(part)
        raise LogoRefused(f"This file is {_megabytes(size)} MB. Logos can be up to 2 MB.")
    if not data:
        raise LogoRefused("This file is empty. Choose a PNG or JPEG file.")
    return data


def _megabytes(size: int) -> str:
    """'14' or '2.1'; a file just over the limit must not read as one that fits."""
    return f"{-(-size // 100_000) / 10:.1f}" if size < 10_000_000 else f"{size / 1_000_000:.0f}"


def _kind(data: bytes) -> Kind:
    for start, kind in _KINDS:
        if data.startswith(start):
            return kind
    start_of_text = data.lstrip()[:20]
    for starts, name in _OTHERS:
        if start_of_text.startswith(starts):
            raise LogoRefused(f"This is {name} file. Choose a PNG or JPEG file.")
    raise LogoRefused("This file is not a picture that can be used. Choose a PNG or JPEG file.")


def _look(data: bytes, kind: Kind) -> Picture:
    try:
        return read_png(data) if kind == "PNG" else read_jpeg(data)
    except Broken as error:
        raise LogoRefused(
            "This picture is cut off before its end. Choose the whole file again."
        ) from error
    except Trailed as error:
        raise LogoRefused(f"This file holds more than a picture. {_AGAIN}") from error


def _check_size(picture: Picture) -> None:
    width, height = picture.width, picture.height
    if not width or not height or picture.scans > SCANS:
        raise LogoRefused(f"This picture is damaged. {_AGAIN}")
    if max(width, height) > LOGO_SIDE or width * height > LOGO_PIXELS:
        raise LogoRefused(
            f"This picture is {width:,} by {height:,} pixels. "
            f"Logos can be up to {LOGO_SIDE:,} by {LOGO_SIDE:,}."
        )


def _decode(picture: Picture, kind: Kind) -> Image.Image:
    """Upright, scaled down, in a mode that every viewer knows."""
    with Image.open(BytesIO(picture.data), formats=[kind]) as image:
        if image.size != (picture.width, picture.height):
            raise ValueError("the headers contradict each other")
        image.draft(None, (PRINTED[0] * 2, PRINTED[0] * 2))
        image.load()
        plain = _plain(image)
    turn = _TURNS.get(picture.orientation)
    upright = plain.transpose(turn) if turn is not None else plain
    upright.thumbnail(PRINTED, Image.Resampling.LANCZOS)
    return upright


def _plain(image: Image.Image) -> Image.Image:
    """8 bits a channel: gray, RGB, or RGBA where something shows through."""
    if image.mode.startswith(_DEEP):  # 16 bits a pixel
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in _ALPHA or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _encode(image: Image.Image, kind: Kind) -> Logo:
    file = BytesIO()
    clean = Image.new(image.mode, image.size)
    clean.paste(image)  # the pixels, and nothing that the file said about itself
    if kind == "PNG":
        clean.save(file, "PNG", optimize=True)
    else:
        clean.save(file, "JPEG", quality=90, optimize=True)
    media_type: Literal["image/png", "image/jpeg"] = "image/png" if kind == "PNG" else "image/jpeg"
    return Logo(media_type=media_type, data=file.getvalue(), width=clean.width, height=clean.height)
