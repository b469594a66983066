"""Who holds a piece of work is known to be gone only where that is sure."""

import os
import subprocess
import sys

import pytest

from jobdesc.workers.holder import holder_mark, is_holder_gone

SAY = "from jobdesc.workers.holder import holder_mark; print(holder_mark())"


def test_a_process_is_gone_when_it_is_over_and_not_before() -> None:
    over = subprocess.run(
        [sys.executable, "-c", SAY], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert len(over) == len(holder_mark()) == 24
    assert is_holder_gone(over)
    assert is_holder_gone(over + "0123abcd")
    assert not is_holder_gone(holder_mark())


def test_another_process_of_the_same_number_is_not_it() -> None:
    mark = holder_mark()
    earlier = f"{mark[:16]}{(int(mark[16:], 16) - 1) % 16**8:08x}"
    assert is_holder_gone(earlier)


@pytest.mark.parametrize("mark", ["", "a" * 32, "0" * 8, holder_mark()[:8] + "z" * 24])
def test_a_mark_of_another_machine_or_none_says_nothing(mark: str) -> None:
    assert not is_holder_gone(mark)


def test_a_process_that_ended_and_was_not_fetched_is_gone() -> None:
    child = subprocess.Popen([sys.executable, "-c", SAY], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    mark = child.stdout.read().strip()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert is_holder_gone(mark)
    child.stdout.close()
    child.wait()
