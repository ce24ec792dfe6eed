"""How far places are from the elements of a layout: which of them a place serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geo.checks import frames
from geo.geometry import projection
from geo.policy import layouts
from geo.policy.phases import repeats

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.policy.model import Layout


def nearest_places(layout: Layout, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the place nearest to each element of a layout, and how far it is.

    An element without a published place, and one that only repeats the districts of another (see
    `geo.policy.phases.repeats`), has none.

    Parameters
    ----------
    layout : Layout
        Its elements are districts, points, lines or outlines.
    places : GeoDataFrame, n rows
        Points in any CRS.

    Returns
    -------
    DataFrame, index ``element`` (id), in the order of the layout
        ``place`` (label of the nearest, NA without any) and ``metres`` (0 within the element's
        extent, NaN without any place), in the plane round the middle of the element.

    Raises
    ------
    InputError
        For places that are no points or have no CRS.

    Examples
    --------
    >>> import geopandas as gpd
    >>> bund = gpd.GeoDataFrame(index=["A"], geometry=[shapely.Point(121.49, 31.24)], crs=4326)
    >>> found = nearest_places(layouts.layout("sh-2021-meeting"), bund)
    >>> found["metres"].div(1000).round().astype(int).head(3).to_dict()
    {'jiading': 25, 'qingpu': 37, 'songjiang': 34}
    """
    faults: list[str] = []
    lonlat = frames.locations(places, faults)
    frames.refuse(faults)
    shapes = {
        each.id: layouts.geometry(layout, each)
        for each in layout.elements
        if not repeats(each, layout.elements)
    }
    shapes = {key: shape for key, shape in shapes.items() if not shape.is_empty}
    points = shapely.points(lonlat)
    rows = [_nearest(shape, points) for shape in shapes.values()]
    return pd.DataFrame(
        {
            "place": [places.index[row] if row >= 0 else pd.NA for row, _ in rows],
            "metres": [metres for _, metres in rows],
        },
        index=pd.Index(list(shapes), name="element"),
    )


def _nearest(shape: shapely.Geometry, points: NDArray[np.object_]) -> tuple[int, float]:
    """Return the row of the point nearest to a place, and how far it is; -1 and NaN of none."""
    if not len(points):
        return -1, np.nan
    middle = shapely.centroid(shape)
    plane = [projection.laea(middle.x, middle.y)] * (len(points) + 1)
    flat = projection.project(np.array([shape, *points], dtype=object), plane)
    metres = shapely.distance(flat[0], flat[1:])
    row = int(np.argmin(metres))
    return row, float(metres[row])
