"""People, invitations, rights and one's own account: the pages."""
