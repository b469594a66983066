"""One advertisement made from a role, a level and an organization. Pure."""
