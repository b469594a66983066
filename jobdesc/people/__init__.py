"""PURE. Who people are, what they may do, and what their passwords must be."""
