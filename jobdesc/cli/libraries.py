"""The system libraries that PDF rests on, looked for without loading the PDF room."""

import ctypes
from collections.abc import Callable

Loader = Callable[[str], object]
"""Loads a library by its file name, or raises OSError."""

LIBRARIES = {
    "GLib": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "Pango's fonts": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    "Fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
}


def missing_libraries(load: Loader) -> list[str]:
    """The names of the libraries that `load` cannot load under any of their file names."""
    return [name for name, files in LIBRARIES.items() if not _any_loads(load, files)]


def _any_loads(load: Loader, files: tuple[str, ...]) -> bool:
    for file in files:
        try:
            load(file)
        except OSError:
            continue
        return True
    return False


def load_library(file: str) -> object:
    """Load a system library."""
    return ctypes.CDLL(file)
