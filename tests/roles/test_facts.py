"""Facts are counted where they name a source, and as checked where all their sources are."""

from jobdesc.roles.facts import FactCount, count_facts
from tests.roles.builders import a_role, some_references


def test_facts_of_checked_and_unchecked_sources_are_told_apart() -> None:
    role = a_role(
        duties=[
            {"id": "a", "levels": {"mid": "A."}, "source": ["survey"]},
            {"id": "b", "levels": {"mid": "B."}, "source": ["survey", "memory"]},
            {"id": "c", "levels": {"mid": "C."}},
        ],
        flsa_source=[], education=[], experience=[], conditions=[], pay={}, guide={},
    )  # fmt: skip
    assert count_facts({"role": role}, some_references()) == [
        FactCount("Sources", 2, 1),
        FactCount("Licenses and certifications", 2, 1),
        FactCount("role", 3, 2),
    ]
