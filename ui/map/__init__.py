"""The map in a page and its legend."""
