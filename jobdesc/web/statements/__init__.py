"""The organization's standing texts: variants, their order, and which text a posting gets."""
