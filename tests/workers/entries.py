"""Entry points for worker processes that behave well or badly on request."""

import ctypes
import os
import signal
import sys
import time

from jobdesc.documents.errors import PdfUnavailable
from jobdesc.documents.pdf import render_request


def echo(request: bytes) -> bytes:
    """What came in; but first do what the words say."""
    word, _, argument = request.decode(errors="replace").partition(" ")
    match word:
        case "sleep":
            time.sleep(float(argument))
        case "crash":
            ctypes.string_at(0)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "raise":
            raise ValueError(argument)
        case "spin":
            _spin()
        case "leak":
            _leak()
        case "print":
            _print(argument)
        case "environ":
            return os.environ.get(argument, "").encode()
        case "size":
            return b"x" * int(argument)
        case _:
            pass
    return f"{os.getpid()} {request.decode(errors='replace')}".encode()


def render_or_die(request: bytes) -> bytes:
    """The real renderer, but for a document whose words ask for the end of its process."""
    if b"Kill this process" in request:
        os.kill(os.getpid(), signal.SIGKILL)
    return render_request(request)


def lack_a_library() -> None:
    raise PdfUnavailable("cannot load library 'libpango-1.0-0'")


def lack_a_library_later(_request: bytes) -> bytes:
    raise PdfUnavailable("cannot load library 'libpango-1.0-0'")


def warm_badly() -> None:
    raise RuntimeError("No fonts here")


def _spin() -> None:
    while True:
        pass


def _leak() -> None:
    kept = []
    while True:
        kept.append(bytearray(16 * 1024 * 1024))


def _print(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
    os.write(1, f"{words} from C\n".encode())
