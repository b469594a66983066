"""A pool of warm worker processes that many threads call at once."""

import atexit
import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial

from jobdesc.workers.errors import PoolBusy, PoolClosed, RenderCrashed, WorkerError
from jobdesc.workers.limits import Limits
from jobdesc.workers.process import Worker

logger = logging.getLogger(__name__)


def usual_size() -> int:
    """As many processes as processors, up to four."""
    return max(1, min(4, os.cpu_count() or 1))


class RenderPool:
    """Sends requests to `size` processes that imported `entry`, named `package.module:function`.

    `entry` takes bytes and returns bytes; `warm` is a function without arguments that each
    process calls first. Processes start in the background with `start`, or with the first
    request. One that dies or hangs is replaced; one that served `recycle_after` is renewed.
    Beside the threads that processes serve, `queue_limit` may wait; more are refused at once.
    """

    def __init__(
        self,
        entry: str,
        *,
        warm: str = "",
        size: int | None = None,
        limits: Limits | None = None,
        queue_limit: int = 32,
        wait_seconds: float = 15.0,
        recycle_after: int = 200,
        environ: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make = partial(Worker, entry, warm, limits or Limits(), environ)
        self._size = size or usual_size()
        self._queue_limit, self._wait_seconds = queue_limit, wait_seconds
        self._recycle_after, self._clock = recycle_after, clock
        self._changed = threading.Condition()
        self._idle: list[Worker | None] = [None] * self._size
        self._workers: set[Worker] = set()
        self._waiting = 0
        self._closed = False
        self._flights: dict[str, Future[bytes]] = {}
        atexit.register(self.close)

    def start(self) -> None:
        """Start the processes in the background, so that the first request finds them warm."""
        with self._changed:
            cold = self._idle.count(None)
            self._idle = [worker for worker in self._idle if worker]
        for _ in range(cold):
            self._renew_in_background()

    def render(self, request: bytes, key: str = "") -> bytes:
        """The entry's answer. Requests with the same `key` that meet in flight are made once.

        Raises `PoolBusy`, `PoolClosed`, `EntryFailed`, `RenderTimedOut` or `RenderCrashed`.
        """
        if not key:
            return self._run(request)
        with self._changed:
            flight = self._flights.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
            else:
                self._queue()
        if leads:
            self._fly(flight, key, request)
            return flight.result()
        return self._follow(flight)

    def close(self) -> None:
        """Stop all processes, also those at work. Those who wait are told `PoolClosed`."""
        with self._changed:
            self._closed = True
            workers, self._workers = self._workers, set()
            idle = [worker for worker in self._idle if worker]
            self._idle = []
            self._changed.notify_all()
        for worker in workers.difference(idle):
            worker.interrupt()
        for worker in idle:
            worker.close()
        atexit.unregister(self.close)

    def _fly(self, flight: Future[bytes], key: str, request: bytes) -> None:
        """Make the result that others with the same key wait for; its error is theirs too."""
        try:
            flight.set_result(self._run(request))
        except BaseException as error:
            flight.set_exception(error)
            if not isinstance(error, Exception):
                raise
        finally:
            with self._changed:
                del self._flights[key]

    def _follow(self, flight: Future[bytes]) -> bytes:
        """Wait, counted before, for the result that another thread makes."""
        try:
            return flight.result()
        finally:
            with self._changed:
                self._waiting -= 1

    def _run(self, request: bytes) -> bytes:
        worker = self._take()
        try:
            if worker is None or not worker.alive:
                worker = self._new_worker(worker)
            return worker.ask(request)
        except RenderCrashed as error:
            if self._closed:
                raise PoolClosed("The pool was closed meanwhile") from error
            raise
        finally:
            self._give_back(worker)

    def _take(self) -> Worker | None:
        """An idle place, with its process or (None) with one still to be started."""
        deadline = self._clock() + self._wait_seconds
        with self._changed:
            if self._idle:
                return self._idle.pop()
            if self._closed:
                raise PoolClosed("The pool is closed")
            self._queue()
            try:
                while not self._idle:
                    left = deadline - self._clock()
                    if self._closed:
                        raise PoolClosed("The pool is closed")
                    if left <= 0 or not self._changed.wait(left):
                        raise PoolBusy(f"No worker was free for {self._wait_seconds:g} s")
                return self._idle.pop()
            finally:
                self._waiting -= 1

    def _queue(self) -> None:
        """Count one more thread that waits, for a place or for the result of another."""
        if self._waiting >= self._queue_limit:
            raise PoolBusy(f"{self._waiting} tasks are waiting already")
        self._waiting += 1

    def _give_back(self, worker: Worker | None) -> None:
        """Free the place; a dead or worn-out process is renewed first, in the background."""
        if worker and worker.alive and worker.served < self._recycle_after:
            self._free(worker)
        elif worker is None or self._closed:
            self._free(worker)
        else:
            self._renew_in_background(worker)

    def _free(self, worker: Worker | None) -> None:
        with self._changed:
            if not self._closed:
                self._idle.append(worker)
                self._changed.notify()
                return
        if worker:
            worker.close()

    def _renew_in_background(self, old: Worker | None = None) -> None:
        threading.Thread(target=self._renew, args=(old,), name="worker-start", daemon=True).start()

    def _renew(self, old: Worker | None) -> None:
        """Put a new process in a place; if it does not start, the next request tries and tells."""
        worker = None
        try:
            worker = self._new_worker(old)
        except PoolClosed:
            return
        except (WorkerError, OSError) as error:
            logger.warning("A worker did not start: %s", error)
        self._free(worker)

    def _new_worker(self, old: Worker | None) -> Worker:
        if old:
            with self._changed:
                self._workers.discard(old)
            old.close()
        worker = self._make()
        with self._changed:
            self._workers.add(worker)
            if not self._closed:
                return worker
        worker.kill()
        raise PoolClosed("The pool is closed")
