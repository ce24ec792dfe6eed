"""Outlines of one type: a layer or a collection that mixes two is refused by some programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def multipolygons(shapes: ArrayLike) -> NDArray[np.object_]:
    """Return geometries with every polygon as a multipolygon of one part.

    Parameters
    ----------
    shapes : array of shapely geometries, shape (n,)
        Others than polygons, and missing ones, stay as they are.
    """
    found = np.asarray(shapes, dtype=object).copy()
    single = shapely.get_type_id(found) == shapely.GeometryType.POLYGON
    found[single] = [shapely.MultiPolygon([each]) for each in found[single]]
    return found
