"""The library's search in memory: the shipped roles, and the same again and again up to 500.

bench/search.py
"""

import time
from itertools import count, islice

from bench.rig import show
from jobdesc.app import ROOT
from jobdesc.roles.library import Library
from jobdesc.roles.search import build_index, search
from jobdesc.services.content import read_folder

QUERIES = ("case manager", "discharge planning", "LCSW", "ca", "dishcarge planing")
TIMES, MANY = 20, 500
BUDGET = 0.15


def main() -> None:
    """Print how long a search takes."""
    content = read_folder(ROOT / "content")
    again = (
        role.model_copy(update={"slug": f"{slug}-{number}"})
        for number in count()
        for slug, role in content.roles.items()
    )
    many = {role.slug: role for role in islice(again, MANY)}
    for roles in (content.roles, many):
        index = build_index(Library(roles, content.references))
        for query in QUERIES:
            took = []
            for _ in range(TIMES):
                begin = time.perf_counter()
                search(index, query)
                took.append(time.perf_counter() - begin)
            show(f"{len(roles)} roles, {query!r}", took, BUDGET)


if __name__ == "__main__":
    main()
