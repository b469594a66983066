"""A thread that does one piece of work after another while the server answers requests."""

import logging
import threading
from collections.abc import Callable

STOP_SECONDS = 15

log = logging.getLogger(__name__)


class Background:
    """Calls `step` until it answers False, then again when woken or after `every` seconds.

    It starts with `start` or the first `wake`; `step` is given a function that says whether the
    server stops, and ends soon when it does.
    """

    def __init__(
        self, name: str, step: Callable[[Callable[[], bool]], bool], every: float = 5
    ) -> None:
        self._name, self._step, self._every = name, step, every
        self._woken, self._stopped = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, unless it runs already or was stopped."""
        with self._lock:
            if self._thread is None and not self._stopped.is_set():
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def wake(self) -> None:
        """There is work: look at once."""
        self._woken.set()
        self.start()

    def stop(self) -> None:
        """End, with the piece of work at hand given back."""
        with self._lock:
            self._stopped.set()
            self._woken.set()
            thread = self._thread
        if thread:
            thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._woken.clear()
            if self._stopped.is_set() or self._worked():
                continue
            self._woken.wait(self._every)

    def _worked(self) -> bool:
        try:
            return self._step(self._stopped.is_set)
        except Exception:  # the outermost loop: it tells, and goes on later
            log.exception("%s: a piece of work was not done", self._name)
            return False
