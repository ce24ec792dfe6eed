"""Round every page: its look, its head, what the server answers beside it."""
