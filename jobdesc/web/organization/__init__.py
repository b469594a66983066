"""The organization's profile: one page of sections, its logo and its accent color."""
