"""Who acts in tests of services that say nobody else."""

import pytest
from flask import Flask

from jobdesc.people.person import Person
from tests.services.roles import administrator, editor


@pytest.fixture
def actor(seeded_app: Flask) -> Person:
    """An HR editor of an installation with the shipped library."""
    administrator(seeded_app)
    return editor(seeded_app)
