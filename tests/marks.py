"""Marks that tests share."""

import pytest

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For tests that say nothing about the database, such as those of pages in a browser."""
