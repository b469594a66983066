"""A file read in a process of its own, piece by piece.

The process is `python -m jobdesc.workers.reader ENTRY MEMORY ...`; its entry is a generator of
bytes that takes the arguments. An error of it that has `is_refusal` comes out at the other end with
its words; a process that dies is noticed.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from jobdesc.workers.child import load, private_pipes
from jobdesc.workers.frames import FAILURE, READY, RESULT, BrokenFrame, receive, send
from jobdesc.workers.limits import limit_cpu, limit_memory
from jobdesc.workers.process import environ_of_child

MEMORY = 400 << 20
"""Bytes of address space; what is read is held a piece at a time."""
CPU_SECONDS = 900
REFUSED = b"refused\n"


class ReaderDied(Exception):
    """The process ended before it was done."""


class ReaderRefused(Exception):
    """The entry said that it cannot read this; the message is its own."""


def pieces(entry: str, arguments: Sequence[str], memory: int = MEMORY) -> Iterator[bytes]:
    """What the entry yields, one piece after another; close the iterator to stop the process.

    Raises ReaderRefused and ReaderDied.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "jobdesc.workers.reader", entry, str(memory), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
        env=environ_of_child(os.environ),
    )
    pipe = process.stdout
    try:
        while pipe:
            message = receive(pipe)  # type: ignore[arg-type]
            if message is None:
                raise ReaderDied(f"reader {process.pid} ended early")
            kind, body = message
            if kind == READY:
                return
            if kind == FAILURE and body.startswith(REFUSED):
                raise ReaderRefused(body.removeprefix(REFUSED).decode())
            if kind != RESULT:
                raise ReaderDied(body.decode(errors="replace"))
            yield body
    except BrokenFrame as error:
        raise ReaderDied(str(error)) from error
    finally:
        process.kill()
        process.wait()
        if pipe:
            pipe.close()


def main(arguments: Sequence[str]) -> int:
    """Read, and answer on what was standard output. Returns the exit status."""
    entry, memory, *rest = arguments
    _, answers = private_pipes()
    limit_memory(int(memory))
    limit_cpu(CPU_SECONDS)
    read: Callable[..., Iterator[bytes]] = load(entry)  # type: ignore[assignment]
    with suppress(BrokenPipeError):  # nobody waits for it any more
        try:
            for piece in read(*rest):
                send(answers, RESULT, piece)
        except Exception as error:  # noqa: BLE001  (the outermost edge: reported to the parent)
            words = str(error) if getattr(error, "is_refusal", False) else ""
            told = REFUSED + words.encode() if words else f"{type(error).__name__}".encode()
            send(answers, FAILURE, told)
            return 1
        send(answers, READY)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
