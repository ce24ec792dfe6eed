"""Whether lines and areas of a layout are drawn soundly."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    Position = tuple[float, float]

FEWEST = 3
"""Corners that enclose an area."""


def crossing(outline: Sequence[Position]) -> Position | None:
    """Return where an outline meets itself; None for a sound one.

    One that encloses no area meets itself at its first corner.

    Examples
    --------
    >>> crossing([(0, 0), (2, 0), (2, 2), (0, 2)])
    >>> crossing([(0, 0), (2, 2), (2, 0), (0, 2)])
    (1.0, 1.0)
    """
    rim = list(zip(outline, [*outline[1:], *outline[:1]], strict=True))
    for (i, one), (j, other) in combinations(enumerate(rim), 2):
        met = shapely.intersection(shapely.LineString(one), shapely.LineString(other))
        joint = j == i + 1 or (i == 0 and j == len(rim) - 1)
        if not met.is_empty and not (joint and met.geom_type == "Point"):
            x, y = shapely.get_coordinates(met)[0].tolist()
            return x, y
    flat = len(set(outline)) < FEWEST or shapely.Polygon(outline).area == 0
    return outline[0] if flat else None
