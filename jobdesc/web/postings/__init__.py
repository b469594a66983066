"""Postings: the list, the page of one, and its downloads."""
