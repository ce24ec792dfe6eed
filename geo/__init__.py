"""Figures and facts: pure functions on GeoDataFrames and Series."""
