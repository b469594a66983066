"""The core of the builder, tested in its own language.

One test of pytest for all of a kind: what failed stands in its output.
"""

from pathlib import Path

import pytest

from tests.conftest import Soak
from tests.deno import deno

HERE = Path(__file__).parent
TWO_DESKS = HERE / "two_desks.test.js"
RUNS = 200


def test_the_core_of_the_builder() -> None:
    written = deno("test", f"--ignore={TWO_DESKS}", HERE)
    assert "ok | " in written


@pytest.mark.soak
def test_two_desks_lose_no_word(soak: Soak) -> None:
    for _ in soak.rounds(1):
        first = soak.random.randrange(2**31)
        environment = {"JOBDESC_DESK_RUNS": str(RUNS), "JOBDESC_DESK_SEED": str(first)}
        print(deno("test", "--allow-env", TWO_DESKS, **environment))  # noqa: T201
