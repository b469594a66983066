"""The latest results, kept in memory: for those that are small and asked for again soon."""

import threading
from collections import OrderedDict
from collections.abc import Callable


class RecentResults:
    """Up to `size` results by key; the one that was not asked for the longest goes first."""

    def __init__(self, size: int = 200) -> None:
        self._size = size
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def fetch(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What is kept, or what `make` gives, which is kept then."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        body = make()
        with self._lock:
            self._kept[key] = body
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return body
