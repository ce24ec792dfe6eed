"""Metres on the ellipsoid, and outlines simplified together."""
