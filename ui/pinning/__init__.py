"""Rows without a position, or with a wrong one, put right on a map or in a table."""
