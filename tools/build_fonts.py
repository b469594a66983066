"""Make the browser's fonts: subsets of the packaged faces as WOFF2, and their style sheet.

Run by the Makefile: `python tools/build_fonts.py [STATIC_FOLDER]`. Writes `fonts/*.woff2` (not
kept in git) and `fonts.css` (kept), whose fallback faces have the metrics of ours, so that
nothing moves when a font arrives late.
"""

import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

# Latin with accents (Vietnamese and Hawaiian too), punctuation, arrows, currency, a few marks.
RANGES = (
    *((0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x1A0, 0x1A1), (0x1AF, 0x1B0)),
    *((0x218, 0x21B), (0x2BB, 0x2BC), (0x2C6, 0x2DD), (0x300, 0x304), (0x306, 0x30C)),
    *((0x323, 0x323), (0x1E80, 0x1E85), (0x1EA0, 0x1EF9), (0x2002, 0x2027), (0x202F, 0x203A)),
    *((0x2044, 0x2044), (0x20AC, 0x20AC), (0x2113, 0x2122), (0x2190, 0x2193), (0x2212, 0x2215)),
    *((0x2248, 0x2265), (0x25CF, 0x25CF), (0x2605, 0x2606), (0x2713, 0x2717)),
)
FEATURES = ["kern", "mark", "mkmk", "liga", "calt", "ccmp", "locl", "tnum", "lnum", "case"]
# How often each letter stands in English text, for the mean width that the fallback is matched to.
SAMPLE = "the quick work of a registered nurse case manager who plans and reviews care each day "


@dataclass(frozen=True)
class Family:
    """A family of ours, its package's files by weight, and the system font that stands in."""

    name: str
    package: str
    pattern: str
    weights: dict[int, str]
    fallbacks: tuple[str, ...]
    widths: dict[str, int]
    generic: str


# Advance widths per 1000 units of Arial and Georgia (Liberation Sans and Gelasio are alike).
ARIAL = dict(zip(
    "abcdefghijklmnopqrstuvwxyz ",
    (556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333,
     500, 278, 556, 500, 722, 500, 500, 500, 278),
    strict=True,
))  # fmt: skip
GEORGIA = dict(zip(
    "abcdefghijklmnopqrstuvwxyz ",
    (504, 560, 454, 574, 484, 325, 510, 582, 293, 291, 535, 287, 880, 591, 539, 571, 560, 410,
     432, 346, 576, 497, 738, 504, 493, 443, 241),
    strict=True,
))  # fmt: skip

FAMILIES = (
    Family("Hanken Grotesk", "font_hanken_grotesk", "HankenGrotesk-{}.otf",
           {400: "Regular", 600: "SemiBold", 700: "Bold"},
           ("Arial", "Liberation Sans", "Helvetica Neue", "Helvetica"), ARIAL, "sans"),
    Family("Source Serif", "font_source_serif_pro", "SourceSerifPro-{}.otf",
           {400: "Regular", 600: "Semibold"},
           ("Georgia", "Gelasio"), GEORGIA, "serif"),
)  # fmt: skip


def main(static: Path) -> None:
    """Write the fonts and their style sheet, and say so in one line."""
    folder = static / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    rules, sizes = ["/* Made by tools/build_fonts.py; change it there. */"], []
    for family in FAMILIES:
        for weight, style in family.weights.items():
            source = source_file(family, style)
            target = folder / f"{family.name.lower().replace(' ', '-')}-{weight}.woff2"
            write_subset(source, target)
            sizes.append(target.stat().st_size)
            rules.append(face_rule(family, weight, target.name))
        rules.append(fallback_rule(family, TTFont(source_file(family, family.weights[400]))))
    (static / "fonts.css").write_text("\n\n".join(rules) + "\n", encoding="utf-8")
    print(f"{len(sizes)} fonts, {sum(sizes) / 1024:.0f} KB, in {folder}")


def source_file(family: Family, style: str) -> Path:
    """The packaged file of one face."""
    spec = find_spec(family.package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"Install the Python package {family.package.replace('_', '-')} first")
    return Path(spec.origin).parent / "files" / family.pattern.format(style)


def write_subset(source: Path, target: Path) -> None:
    """Keep the characters of RANGES and the features of FEATURES, unhinted, as WOFF2."""
    options = Options()
    options.layout_features = FEATURES
    options.flavor = "woff2"
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    options.name_IDs = [1, 2, 13, 14]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)


def face_rule(family: Family, weight: int, name: str) -> str:
    """The @font-face rule of one file."""
    return (
        f'@font-face {{\n  font-family: "{family.name}";\n  font-style: normal;\n'
        f"  font-weight: {weight};\n  font-display: swap;\n"
        f'  src: url("fonts/{name}") format("woff2");\n}}'
    )


def fallback_rule(family: Family, font: TTFont) -> str:
    """A face of the system's font with the metrics of ours, named `<family> Fallback`."""
    units = font["head"].unitsPerEm
    cmap, advances = font.getBestCmap(), font["hmtx"]
    ours = sum(advances[cmap[ord(char)]][0] for char in SAMPLE) / units
    theirs = sum(family.widths[char] for char in SAMPLE) / 1000
    scale = ours / theirs
    ascent, descent, gap = line_metrics(font)
    sources = ", ".join(f'local("{name}")' for name in family.fallbacks)
    return (
        f'@font-face {{\n  font-family: "{family.name} Fallback";\n  src: {sources};\n'
        f"  size-adjust: {scale:.2%};\n  ascent-override: {ascent / units / scale:.2%};\n"
        f"  descent-override: {descent / units / scale:.2%};\n"
        f"  line-gap-override: {gap / units / scale:.2%};\n}}"
    )


def line_metrics(font: TTFont) -> tuple[int, int, int]:
    """Ascent, descent (positive) and line gap as browsers read them."""
    os2, hhea = font["OS/2"], font["hhea"]
    if os2.fsSelection & (1 << 7):
        return os2.sTypoAscender, -os2.sTypoDescender, os2.sTypoLineGap
    return hhea.ascent, -hhea.descent, hhea.lineGap


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "static")
