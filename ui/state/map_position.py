"""A position of the map as the address has it: longitude, latitude and zoom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layers.ground.base_document import Bounds

_NUMBER = r"(-?\d{1,3}(?:\.\d{1,15})?)"
_WRITTEN = re.compile(rf"{_NUMBER},{_NUMBER},{_NUMBER}", re.ASCII)
_DECIMALS = (5, 5, 3)
"""Less than a pixel at any zoom on offer."""

MOST_ZOOM = 22.0
"""No map comes near it; what can be seen on each is its own limit."""


def parts(text: str) -> tuple[float, float, float] | None:
    """Return longitude, latitude and zoom; nothing where a text is no position."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    lon, lat, zoom = (
        round(float(each), digits) + 0.0  # no -0.0
        for each, digits in zip(match.groups(), _DECIMALS, strict=True)
    )
    return lon, lat, zoom


def code(text: str) -> str:
    """Return a position as the address has it; what is none, as it is."""
    position = parts(text)
    if position is None:
        return text
    return ",".join(f"{v:.5f}".rstrip("0").rstrip(".") for v in position)


def within(text: str, window: Bounds) -> bool:
    """Return whether a text is the code of a position within a window of degrees."""
    position = parts(text)
    if position is None or text != code(text):
        return False
    west, south, east, north = window
    lon, lat, zoom = position
    return west <= lon <= east and south <= lat <= north and 0 <= zoom <= MOST_ZOOM
