"""The worker process: `python -m jobdesc.workers.child ENTRY WARM MEMORY CPU`.

Takes tasks from its standard input and answers on what was its standard output; whatever a
library prints goes to standard error, which the parent logs.
"""

import importlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from typing import BinaryIO

from jobdesc.workers.frames import FAILURE, READY, RESULT, receive, send
from jobdesc.workers.limits import limit_cpu, limit_memory

Entry = Callable[[bytes], bytes]


def main(arguments: Sequence[str]) -> int:
    """Serve tasks until the parent closes the pipe. Returns the exit status."""
    entry_name, warm_name, memory, cpu = arguments
    tasks, answers = private_pipes()
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(name)s: %(message)s")
    limit_memory(int(memory))
    try:
        entry = load(entry_name)
        if warm_name:
            load(warm_name)()
    except Exception as error:  # noqa: BLE001  (the outermost edge: reported to the parent)
        send(answers, FAILURE, described(error))
        return 1
    send(answers, READY)
    return serve(entry, tasks, answers, int(cpu))


def serve(entry: Entry, tasks: BinaryIO, answers: BinaryIO, cpu_seconds: int) -> int:
    """Answer each task with its result or its failure; end when there are no more."""
    while True:
        message = receive(tasks)
        if message is None:
            return 0
        limit_cpu(cpu_seconds)
        try:
            result = entry(message[1])
        except MemoryError as error:
            send(answers, FAILURE, described(error))
            return 1
        except Exception as error:  # the worker's outermost loop
            logging.getLogger("worker").exception("The task failed")
            send(answers, FAILURE, described(error))
        else:
            send(answers, RESULT, result)


def load(name: str) -> Callable[..., bytes]:
    """The function called `package.module:function`."""
    module, _, function = name.partition(":")
    found: Callable[..., bytes] = getattr(importlib.import_module(module), function)
    return found


def described(error: BaseException) -> bytes:
    """The class name and the words of an error, as text and not as an object."""
    return f"{type(error).__name__}\n{error}".encode(errors="replace")[:4000]


def private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the two pipes for ourselves; stdin becomes empty and stdout goes to stderr."""
    tasks = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return tasks, answers


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
