"""Logos: what is taken comes out small and clean, everything else is refused in words."""

import struct
import tracemalloc
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageOps, PngImagePlugin

from jobdesc.documents.blocks import Logo
from jobdesc.documents.logos import LogoRefused, read_logo

SCRIPT = b"<script>alert(1)</script>"


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def a_png(width: int = 60, height: int = 20, mode: str = "RGB", **options: object) -> bytes:
    return encoded(Image.new(mode, (width, height)), **options)


def a_jpeg(width: int = 60, height: int = 20, **options: object) -> bytes:
    return encoded(Image.effect_noise((width, height), 60).convert("RGB"), "JPEG", **options)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def a_bomb(width: int = 12_000, height: int = 12_000) -> bytes:
    """A few kilobytes that decode to a picture of this size."""
    rows = zlib.compress(bytes((width // 8 + 1) * height), 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def logo_of(data: bytes) -> Logo:
    return read_logo(BytesIO(data))


def picture_of(data: bytes) -> Image.Image:
    return Image.open(BytesIO(logo_of(data).data))


def refusal_of(data: bytes) -> str:
    with pytest.raises(LogoRefused) as refused:
        logo_of(data)
    return str(refused.value)


def test_a_png_stays_one_and_keeps_what_shows_through() -> None:
    image = Image.new("RGBA", (60, 20), (200, 10, 10, 0))
    image.putpixel((5, 5), (10, 20, 30, 128))
    logo = logo_of(encoded(image))
    kept = Image.open(BytesIO(logo.data))
    assert (logo.media_type, logo.width, logo.height) == ("image/png", 60, 20)
    assert kept.mode == "RGBA"
    assert kept.getpixel((5, 5)) == (10, 20, 30, 128)


def test_a_jpeg_stays_one() -> None:
    logo = logo_of(a_jpeg(progressive=True))
    assert (logo.media_type, logo.width, logo.height) == ("image/jpeg", 60, 20)


def test_a_large_picture_is_scaled_down_to_what_is_printed() -> None:
    for data in (a_png(4_000, 4_000), a_jpeg(2_400, 2_400, quality=20)):
        logo = logo_of(data)
        assert (logo.width, logo.height) == (400, 400)
    assert logo_of(a_png(4_000, 10)).width == 1_200


def test_a_line_of_one_pixel_stays_a_line() -> None:
    logo = logo_of(a_png(4_000, 1))
    assert (logo.width, logo.height) == (1_200, 1)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_lies_on_its_side_is_set_upright(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.new("L", (64, 32), 255)
    image.paste(0, (0, 0, 32, 16))
    data = encoded(image, kind, exif=exif)
    wanted = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    upright = picture_of(data)
    assert upright.size == wanted.size
    for place in ((8, 8), (wanted.width - 8, 8), (8, wanted.height - 8)):
        assert upright.getpixel(place) == pytest.approx(wanted.getpixel(place), abs=8)


def test_nothing_that_the_file_says_about_itself_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "taken at home", zip=True)
    words.add_text("Author", "taken at home")
    profile = b"taken at home" * 20
    png = a_png(pnginfo=words, exif=exif, icc_profile=profile)
    for data in (png, a_jpeg(exif=exif, comment=b"taken at home", icc_profile=profile)):
        assert b"taken at home" in data
        logo = logo_of(data)
        assert b"taken at home" not in logo.data
        assert not Image.open(BytesIO(logo.data)).getexif()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_taken(mode: str) -> None:
    assert picture_of(a_png(mode=mode)).mode in ("L", "RGB", "RGBA")


def test_sixteen_bits_are_brought_to_eight_without_being_cut() -> None:
    middle = Image.new("I;16", (4, 4), 32_768)
    assert picture_of(encoded(middle)).getpixel((0, 0)) in (127, 128)


def test_a_picture_for_print_in_four_colors_becomes_one_for_screens() -> None:
    assert picture_of(encoded(Image.new("CMYK", (60, 20)), "JPEG")).mode == "RGB"


def test_too_large_a_file_is_refused_with_both_sizes() -> None:
    assert refusal_of(a_png() + bytes(14_000_000)) == (
        "This file is 14 MB. Logos can be up to 2 MB."
    )
    assert "This file is 2.1 MB." in refusal_of(bytes(2_000_001))
    assert "This file is 40 MB." in refusal_of(bytes(40_000_000))


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    bomb = a_bomb()
    assert len(bomb) < 20_000
    tracemalloc.start()
    words = refusal_of(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert words == "This picture is 12,000 by 12,000 pixels. Logos can be up to 4,000 by 4,000."
    assert peak < 1_000_000


def test_a_header_that_lies_about_its_size_is_refused() -> None:
    for width, words in ((2**32 - 1, "4,294,967,295 by 8"), (0, "damaged")):
        size = struct.pack(">II", width, 8)
        assert words in refusal_of(a_bomb(8, 8).replace(struct.pack(">II", 8, 8), size))


def test_compressed_words_in_a_picture_are_never_opened() -> None:
    words = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000), 9))
    profile = chunk(b"iCCP", b"icc\0\0" + zlib.compress(bytes(100_000_000), 9))
    png = a_png()
    assert logo_of(png[:33] + profile + words + png[33:]).width == 60


def test_a_jpeg_that_paints_itself_over_and_over_is_refused() -> None:
    data = a_jpeg(progressive=True)
    scan = data.rindex(b"\xff\xda")
    assert "damaged" in refusal_of(data[:scan] + data[scan:-2] * 70 + b"\xff\xd9")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty."),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "This is an SVG file."),
        (b'\n<?xml version="1.0"?><svg/>', "This is an SVG file."),
        (b"\xef\xbb\xbf<svg/>", "This is an SVG file."),
        (encoded(Image.new("P", (9, 9)), "GIF"), "This is a GIF file."),
        (encoded(Image.new("RGB", (9, 9)), "WEBP"), "This is a WebP file."),
        (encoded(Image.new("RGB", (9, 9)), "BMP"), "This is a BMP file."),
        (encoded(Image.new("RGB", (9, 9)), "TIFF"), "This is a TIFF file."),
        (b"%PDF-1.7", "This is a PDF file."),
        (SCRIPT, "This file is not a picture that can be used."),
        (b"\x89PNG\r\n", "This file is not a picture that can be used."),
    ],
)
def test_other_files_are_named_and_refused(data: bytes, words: str) -> None:
    assert refusal_of(data).startswith(words)
    assert "Choose a PNG or JPEG file." in refusal_of(data)


def test_a_file_that_is_cut_off_is_refused_wherever_the_cut_is() -> None:
    for data in (a_png(), a_jpeg()):
        for end in range(8, len(data)):
            assert "cut off" in refusal_of(data[:end])


def test_a_script_behind_a_picture_is_refused() -> None:
    for data in (a_png(), a_jpeg()):
        assert "holds more than a picture" in refusal_of(data + SCRIPT)
    assert "holds more than a picture" in refusal_of(a_png() + a_png())


def test_a_script_inside_a_picture_does_not_come_out() -> None:
    png, jpeg = a_png(), a_jpeg(comment=SCRIPT)
    assert SCRIPT not in logo_of(png[:33] + chunk(b"scRp", SCRIPT) + png[33:]).data
    assert SCRIPT not in logo_of(jpeg).data


def test_damaged_pictures_are_refused_in_words_and_never_fail_otherwise() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    for data in (a_png(exif=exif), a_jpeg(exif=exif)):
        for place in range(8, len(data)):
            for bits in (0x01, 0x80, 0xFF):
                broken = bytearray(data)
                broken[place] ^= bits
                try:
                    logo_of(bytes(broken))
                except LogoRefused as refused:
                    assert str(refused)  # noqa: PT017


@pytest.mark.parametrize("place", ["before the picture", "after it"])
def test_a_png_with_two_sizes_is_not_decoded(place: str) -> None:
    small = chunk(b"IHDR", struct.pack(">IIBBBBB", 5, 5, 1, 0, 0, 0, 0))
    bomb = a_bomb(3_000, 3_000)
    at = 8 if place == "before the picture" else bomb.rindex(b"IEND") - 4
    with pytest.raises(LogoRefused):
        read_logo(BytesIO(bomb[:at] + small + bomb[at:]))
