"""The library: home page and search."""
