"""The result of a search on the map."""
