"""The organization's own pay ranges, and the pay chart of a whole role."""
