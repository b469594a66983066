"""Role templates on screen: their list, the page that edits one by parts, history and levels."""
