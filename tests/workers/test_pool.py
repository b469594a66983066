"""Worker processes that are slow, broken or hostile, and a pool that goes on."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from jobdesc.workers.errors import (
    EntryFailed,
    PoolBusy,
    PoolClosed,
    RenderCrashed,
    RenderTimedOut,
)
from jobdesc.workers.limits import Limits
from jobdesc.workers.pool import RenderPool

ENTRY = "tests.workers.entries:echo"
Pools = Callable[..., RenderPool]


@pytest.fixture
def a_pool() -> Iterator[Pools]:
    """Make pools of one process, and close them."""
    made: list[RenderPool] = []

    def make(entry: str = ENTRY, **changes: object) -> RenderPool:
        limits = changes.pop("limits", Limits(wall_seconds=5, memory=400 << 20))
        made.append(RenderPool(entry, **{"size": 1, "limits": limits, **changes}))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for pool in made:
        pool.close()


def process_of(answer: bytes) -> int:
    return int(answer.split()[0])


def test_a_request_comes_back_from_another_process(a_pool: Pools) -> None:
    answer = a_pool().render(b"hello")
    assert answer.endswith(b" hello")
    assert process_of(answer) != os.getpid()


def test_large_messages_pass_both_ways(a_pool: Pools) -> None:
    pool = a_pool()
    assert len(pool.render(b"size 5000000")) == 5_000_000
    assert len(pool.render(b"y" * 3_000_000)) > 3_000_000


def test_a_warm_process_serves_many_requests(a_pool: Pools) -> None:
    pool = a_pool()
    assert len({process_of(pool.render(b"hello")) for _ in range(20)}) == 1


def test_starting_does_not_delay_the_page_that_asks_for_it(a_pool: Pools) -> None:
    pool = a_pool(size=2)
    start = time.perf_counter()
    pool.start()
    assert time.perf_counter() - start < 0.1
    assert pool.render(b"hello")


@pytest.mark.parametrize("word", [b"crash", b"kill"])
def test_a_process_that_dies_is_told_and_the_next_request_works(a_pool: Pools, word: bytes) -> None:
    pool = a_pool()
    with pytest.raises(RenderCrashed):
        pool.render(word)
    assert pool.render(b"hello").endswith(b" hello")


def test_a_process_killed_in_the_middle_is_told_and_replaced(a_pool: Pools) -> None:
    pool = a_pool()
    pid = process_of(pool.render(b"hello"))
    killer = threading.Timer(0.2, os.kill, (pid, signal.SIGKILL))
    killer.start()
    with pytest.raises(RenderCrashed):
        pool.render(b"sleep 4")
    killer.join()
    assert process_of(pool.render(b"hello")) != pid


def test_an_entry_that_raises_is_told_by_name_and_its_process_goes_on(a_pool: Pools) -> None:
    pool = a_pool()
    pid = process_of(pool.render(b"hello"))
    with pytest.raises(EntryFailed) as told:
        pool.render(b"raise too many words")
    assert (told.value.kind, told.value.detail) == ("ValueError", "too many words")
    assert process_of(pool.render(b"hello")) == pid


def test_an_entry_that_hangs_is_stopped(a_pool: Pools) -> None:
    pool = a_pool(limits=Limits(wall_seconds=0.5))
    start = time.perf_counter()
    with pytest.raises(RenderTimedOut):
        pool.render(b"sleep 60")
    assert time.perf_counter() - start < 3
    assert pool.render(b"hello").endswith(b" hello")


def test_an_entry_that_burns_its_cpu_time_is_stopped(a_pool: Pools) -> None:
    pool = a_pool(limits=Limits(wall_seconds=20, cpu_seconds=1))
    with pytest.raises(RenderCrashed):
        pool.render(b"spin")
    assert pool.render(b"hello").endswith(b" hello")


def test_an_entry_that_leaks_meets_its_limit(a_pool: Pools) -> None:
    pool = a_pool()
    pid = process_of(pool.render(b"hello"))
    with pytest.raises((EntryFailed, RenderCrashed)) as told:
        pool.render(b"leak")
    assert getattr(told.value, "kind", "MemoryError") == "MemoryError"
    assert process_of(pool.render(b"hello")) != pid


def test_what_a_library_prints_goes_to_the_log(
    a_pool: Pools, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "jobdesc.workers.process"):
        pool = a_pool()
        assert pool.render(b"print noise").endswith(b"print noise")
        pool.close()
    assert {"noise", "noise from C"} <= set(caplog.messages)


def test_secrets_of_the_app_do_not_reach_a_process(a_pool: Pools) -> None:
    pool = a_pool(environ={**os.environ, "JOBDESC_SECRET_KEY": "hush", "LANG": "C.UTF-8"})
    assert pool.render(b"environ JOBDESC_SECRET_KEY") == b""
    assert pool.render(b"environ LANG") == b"C.UTF-8"


@pytest.mark.parametrize(
    ("entry", "warm", "kind"),
    [
        ("tests.workers.nowhere:echo", "", "ModuleNotFoundError"),
        ("tests.workers.entries:nothing", "", "AttributeError"),
        (ENTRY, "tests.workers.entries:warm_badly", "RuntimeError"),
    ],
)
def test_a_process_that_cannot_start_says_why(
    a_pool: Pools, entry: str, warm: str, kind: str
) -> None:
    pool = a_pool(entry, warm=warm)
    pool.start()
    for _ in range(2):
        with pytest.raises(EntryFailed) as told:
            pool.render(b"hello")
        assert told.value.kind == kind


def test_beyond_the_queue_the_pool_is_busy(a_pool: Pools) -> None:
    pool = a_pool(queue_limit=1)
    pool.render(b"hello")
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(pool.render, b"sleep 1")
        time.sleep(0.2)
        second = threads.submit(pool.render, b"hello")
        time.sleep(0.2)
        with pytest.raises(PoolBusy):
            pool.render(b"hello")
        assert first.result().endswith(b"sleep 1")
        assert second.result().endswith(b"hello")


def test_waiting_for_a_process_has_an_end(a_pool: Pools) -> None:
    pool = a_pool(wait_seconds=0.2)
    pool.render(b"hello")
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(pool.render, b"sleep 1")
        time.sleep(0.2)
        with pytest.raises(PoolBusy):
            pool.render(b"hello")
        assert first.result()


def test_requests_with_one_key_are_made_once(a_pool: Pools) -> None:
    pool = a_pool(size=2, recycle_after=1)
    with ThreadPoolExecutor(6) as threads:
        flights = [threads.submit(pool.render, b"sleep 0.5", "key") for _ in range(6)]
        assert len({flight.result() for flight in flights}) == 1
    assert pool.render(b"sleep 0", "key") != flights[0].result()


def test_who_waits_for_the_result_of_another_is_in_the_queue_too(a_pool: Pools) -> None:
    pool = a_pool(queue_limit=1)
    pool.render(b"hello")
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(pool.render, b"sleep 1", "key")
        time.sleep(0.2)
        second = threads.submit(pool.render, b"sleep 1", "key")
        time.sleep(0.2)
        with pytest.raises(PoolBusy):
            pool.render(b"sleep 1", "key")
        assert first.result() == second.result()
    with ThreadPoolExecutor(2) as threads:
        assert len(list(threads.map(lambda _: pool.render(b"hello"), range(2)))) == 2


def test_an_error_reaches_all_who_share_a_key(a_pool: Pools) -> None:
    pool = a_pool(limits=Limits(wall_seconds=0.7))
    pool.render(b"hello")
    with ThreadPoolExecutor(3) as threads:
        flights = [threads.submit(pool.render, b"sleep 9", "key") for _ in range(3)]
        for flight in flights:
            with pytest.raises(RenderTimedOut):
                flight.result()
    assert pool.render(b"hello", "key")


def test_a_process_is_renewed_after_its_share(a_pool: Pools) -> None:
    pool = a_pool(recycle_after=3)
    processes = [process_of(pool.render(b"hello")) for _ in range(7)]
    assert [processes.count(pid) for pid in dict.fromkeys(processes)] == [3, 3, 1]


def test_many_threads_get_their_own_answers(a_pool: Pools) -> None:
    pool = a_pool(size=2, queue_limit=100)
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda n: pool.render(f"n{n}".encode()), range(200)))
    assert [answer.split()[1] for answer in answers] == [f"n{n}".encode() for n in range(200)]


def test_closing_ends_every_process_and_refuses_more(a_pool: Pools) -> None:
    pool = a_pool(size=2)
    pids = {process_of(pool.render(b"hello"))}
    with ThreadPoolExecutor(1) as threads:
        busy = threads.submit(pool.render, b"sleep 4")
        time.sleep(0.3)
        pool.close()
        with pytest.raises(PoolClosed):
            busy.result()
    with pytest.raises(PoolClosed):
        pool.render(b"hello")
    assert not any(psutil.pid_exists(pid) for pid in pids)
    pool.close()
