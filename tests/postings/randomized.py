"""How many examples a property is tried with: the same few each time, very many in a long run."""

import os

from hypothesis import HealthCheck, settings

LONG = bool(os.environ.get("JOBDESC_SOAK_MINUTES"))


def tried(examples: int) -> settings:
    """`examples` that are the same in every run; in a long run a hundred times as many new ones."""
    return settings(
        max_examples=examples * (100 if LONG else 1),
        derandomize=not LONG,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
