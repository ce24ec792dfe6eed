"""Policy layouts on the map."""
