"""The accent color: how it stands out on white paper, and the nearest tone that can be read.

Contrast is that of WCAG 2.2. Tones are compared in Oklab (B. Ottosson, 2020), where a darker tone
of one hue still looks like that hue.
"""

import math
import re

NEEDED = 4.5
"""The contrast that text of normal size needs on its ground (WCAG 2.2, 1.4.3)."""
HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")

Triple = tuple[float, float, float]


def read_color(text: str) -> str | None:
    """A color typed as '#A03C00', 'a03c00' or '#abc', as '#rrggbb'; None for anything else."""
    found = HEX.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast_on_white(color: str) -> float:
    """The contrast ratio of '#rrggbb' on white, 1 to 21."""
    red, green, blue = _linear(color)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def usable_accent(color: str) -> tuple[str, bool]:
    """`color`, or the nearest darker tone of its hue that text may have; and whether it changed."""
    color = color.lower()
    if contrast_on_white(color) >= NEEDED:
        return color, False
    lightness, chroma, hue = _oklch(color)
    passes, fails = 0.0, lightness
    while fails - passes > 0.0005:
        middle = (passes + fails) / 2
        if contrast_on_white(_tone(middle, chroma, hue)) >= NEEDED:
            passes = middle
        else:
            fails = middle
    return _tone(passes, chroma, hue), True


def say_accent(asked: str) -> str:
    """What came of the color that a person asked for: its contrast, and what is used instead."""
    used, changed = usable_accent(asked)
    if not changed:
        return f"{used} has a contrast of {_ratio(used)} on white, enough for text."
    return f"{_ratio(asked)} on white is too pale for text. Using {used}, {_ratio(used)}."


def _ratio(color: str) -> str:
    """Cut, not rounded: 4.49 must not read as 4.5."""
    return f"{math.floor(contrast_on_white(color) * 10) / 10:.1f}:1"


def _linear(color: str) -> Triple:
    """The light of the three channels, 0 to 1."""
    parts = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def _oklch(color: str) -> Triple:
    """Lightness 0 to 1, chroma, and hue in radians."""
    red, green, blue = _linear(color)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _light(lightness: float, chroma: float, hue: float) -> Triple:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _tone(lightness: float, chroma: float, hue: float) -> str:
    """The tone as '#rrggbb', with as much of its chroma as screens can show."""
    light = _light(lightness, chroma, hue)
    while not all(-0.0005 <= channel <= 1.0005 for channel in light) and chroma > 0.0005:
        chroma *= 0.98
        light = _light(lightness, chroma, hue)
    return "#" + "".join(f"{_channel(part):02x}" for part in light)


def _channel(light: float) -> int:
    light = min(max(light, 0.0), 1.0)
    part = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(part * 255)
