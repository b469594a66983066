"""Licenses, certifications and sources: to read, to search, and to edit."""
