"""The guide of each role, and its job descriptions as files."""
