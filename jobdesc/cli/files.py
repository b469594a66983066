"""Files that commands write: whole, or not there."""

from pathlib import Path


def write_whole(path: Path, body: bytes) -> None:
    """Write a file under another name first. Raises OSError, and leaves what was there before."""
    if path.exists() and not path.is_file():  # a pipe, or the terminal
        path.write_bytes(body)
        return
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        unfinished.write_bytes(body)
        unfinished.replace(path)
    except OSError:
        if unfinished.is_file():
            unfinished.unlink()
        raise
