"""The application behind the server that `flask serve` uses, in a thread of the test."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from flask import Flask
from waitress import wasyncore

from jobdesc.cli.serve import make_server


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve `app` on a free port; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server = make_server(app, app.config["JOBDESC"], listener)
        thread = threading.Thread(target=server.run, name="server", daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            # Run in the server's own loop, which ends when it has nothing left to watch. A loop
            # that is awake already may run it, and close the trigger, before that is pulled.
            with suppress(OSError):
                server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
            thread.join(10)
            server.task_dispatcher.shutdown()
    assert not thread.is_alive()
