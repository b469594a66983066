"""Marks that tests share."""

import pytest

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For tests that say nothing about the database, such as those of pages in a browser."""

on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
"""For tests of what is set or planned there alone."""
