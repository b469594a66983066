"""Messages between parent and child: one byte for the kind, eight for the length, then the body."""

import struct
from typing import BinaryIO

TASK = b"T"
READY = b"R"
RESULT = b"D"
FAILURE = b"F"

_HEAD = struct.Struct(">cQ")
MAX_BODY = 256 * 1024 * 1024


class BrokenFrame(Exception):
    """The other side closed the pipe in the middle of a message, or sent something else."""


def send(pipe: BinaryIO, kind: bytes, body: bytes = b"") -> None:
    """Write one message. Raises OSError when the other side is gone."""
    pipe.write(_HEAD.pack(kind, len(body)))
    pipe.write(body)
    pipe.flush()


def receive(pipe: BinaryIO) -> tuple[bytes, bytes] | None:
    """Read one message: kind and body, or None when the other side has closed."""
    head = pipe.read(_HEAD.size)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise BrokenFrame("The head of a message was cut off")
    kind, length = _HEAD.unpack(head)
    if kind not in (TASK, READY, RESULT, FAILURE) or length > MAX_BODY:
        raise BrokenFrame("This is not a message")
    body = pipe.read(length)
    if len(body) < length:
        raise BrokenFrame("The body of a message was cut off")
    return kind, body
