"""Posting or role to outline, and outline to HTML, PDF and further formats. Pure."""
