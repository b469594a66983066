"""HTTP in, HTML out: one package a feature."""
