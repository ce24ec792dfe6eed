"""Streamlit's own fonts, for the map frame beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from layers.base import FontFace

_MEDIA = Path(st.__file__).parent / "static" / "static" / "media"
_FACES = {
    "Source Sans": "SourceSansVF-Upright*.woff2",
    "Source Serif": "SourceSerifVariable-Roman*.woff2",
}


@cache
def faces() -> tuple[FontFace, ...]:
    """Return the fonts that Streamlit serves, by the addresses the map frame reaches them at.

    Their file names carry a hash that changes with Streamlit's version; what is not found is left
    out and the next font of the stack serves.
    """
    return tuple(
        FontFace(family=family, url=f"../../static/media/{path.name}")
        for family, pattern in _FACES.items()
        for path in sorted(_MEDIA.glob(pattern))[:1]
    )
