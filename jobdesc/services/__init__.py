"""What a person does: one function, one action, one transaction."""
