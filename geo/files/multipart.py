"""Outlines of one type: a layer or a collection that mixes two is refused by some programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Shapes = NDArray[np.object_] | Sequence[BaseGeometry | None]


def multipolygons(shapes: Shapes) -> NDArray[np.object_]:
    """Return geometries with every polygon as a multipolygon of one part.

    Parameters
    ----------
    shapes : array of shapely geometries, shape (n,)
        Others than polygons, and missing ones, stay as they are.
    """
    found = np.array(shapes, dtype=object)
    single = shapely.get_type_id(found) == shapely.GeometryType.POLYGON
    found[single] = [shapely.MultiPolygon([each]) for each in found[single]]
    return found
