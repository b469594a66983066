"""Exports: zips of many postings, asked for, watched and taken."""
