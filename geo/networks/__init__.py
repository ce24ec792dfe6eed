"""Walks along the streets of a network that somebody brings, beside discs."""
