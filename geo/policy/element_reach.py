"""How far places are from the elements of a layout."""

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


def distances(layout: Layout, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return how far places are from each element of a layout.

    An element without a published place, and one that only repeats the districts of another (see
    `geo.policy.phases.repeats`), is far from nothing: it has no row.

    Parameters
    ----------
    layout : Layout
        Its elements are districts, points, lines or outlines.
    places : GeoDataFrame, n rows
        Points in any CRS, on an index without repetitions.

    Returns
    -------
    DataFrame, n columns, index ``element`` (id), in the order of the layout
        Metres in the plane round the middle of the element, 0 within its extent; a column for each
        label of `places`.

    Raises
    ------
    InputError
        For places that are no points or have no CRS.

    Examples
    --------
    >>> import geopandas as gpd
    >>> bund = gpd.GeoDataFrame(index=["A"], geometry=[shapely.Point(121.49, 31.24)], crs=4326)
    >>> found = distances(layouts.layout("sh-2021-meeting"), bund)
    >>> found["A"].div(1000).round().astype(int).head(3).to_dict()
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
    shapes = {key: shape for key, shape in shapes.items() if not shapely.is_empty(shape)}
    points = np.asarray(shapely.points(lonlat), dtype=object)
    rows = [_metres(shape, points) for shape in shapes.values()]
    return pd.DataFrame(
        np.array(rows, dtype=np.float64).reshape(len(shapes), len(points)),
        index=pd.Index(list(shapes), name="element"),
        columns=places.index,
    )


def _metres(shape: shapely.Geometry, points: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return how far points are from a place."""
    middle = shapely.centroid(shape)
    plane = [projection.laea(middle.x, middle.y)] * (len(points) + 1)
    flat = projection.project(np.array([shape, *points], dtype=object), plane)
    return np.asarray(shapely.distance(flat[0], flat[1:]), dtype=np.float64)
