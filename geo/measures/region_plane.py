"""The districts of a region in the one plane that fits them, and the region that they make up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import shapely

from geo import memory
from geo.geometry import projection

if TYPE_CHECKING:
    import numpy as np
    import pyproj
    from numpy.typing import NDArray

VERTICES: Final = 8_000_000
"""Of the boundaries that are kept in the process."""


class RegionPlane(NamedTuple):
    """Outlines in metres.

    Attributes
    ----------
    plane
        From degrees to the equal-area plane centred on the region.
    districts
        Polygons, one a district.
    whole
        All of them as one.
    """

    plane: pyproj.Transformer
    districts: NDArray[np.object_]
    whole: shapely.Geometry


@memory.by_geometries(VERTICES)
def of(polygons: NDArray[np.object_]) -> RegionPlane:
    """Return districts in the plane of their region.

    Parameters
    ----------
    polygons : ndarray of shapely geometries, shape (m,)
        In WGS84 degrees; valid.

    Examples
    --------
    >>> halves = shapely.box([120, 121], 30, [121, 122], 31)
    >>> round(of(halves).whole.area / 1e6) == round(shapely.area(of(halves).districts).sum() / 1e6)
    True
    """
    west, south, east, north = shapely.total_bounds(polygons)
    plane = projection.laea((west + east) / 2, (south + north) / 2)
    flat = projection.project(polygons, [plane] * len(polygons))
    flat.setflags(write=False)
    return RegionPlane(plane, flat, shapely.union_all(flat))
