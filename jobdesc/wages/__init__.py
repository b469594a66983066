"""Pure: wage figures of a survey by area, occupation and year, and what they say of a role."""
