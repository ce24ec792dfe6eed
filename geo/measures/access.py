"""How far it is to the nearest site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from geo.checks import frames
from geo.measures import land_cells, nearest

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

SIZE_M: Final = 1000.0
"""Of the squares over whose centres the mean is taken."""


def access_km(lonlat: NDArray[np.float64], districts: gpd.GeoDataFrame) -> pd.Series:
    """Return how far the nearest site is, on average over the land of each district.

    The mean over the centres of its square kilometres (of a district without any, over a point in
    it) of the geodesic to the nearest site, in the district or out of it: the minimum distance of
    Talen and Anselin 1998, Environment and Planning A 30, pp. 595-613, from ground instead of
    homes.

    Parameters
    ----------
    lonlat : ndarray of float64, shape (n, 2)
        The sites: degrees, WGS84.
    districts : GeoDataFrame, m rows
        Polygons in any CRS.

    Returns
    -------
    Series of float64, on the index of `districts`
        Kilometres, NaN where there is no site.

    Raises
    ------
    InputError
        As `geo.measures.land_cells.land_cells`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> block = gpd.GeoDataFrame(geometry=[shapely.box(121.4, 31.2, 121.5, 31.3)], crs="EPSG:4326")
    >>> access_km(np.array([[121.45, 31.25]]), block).round(1).to_list()
    [4.2]
    """
    cells = land_cells.land_cells(districts, size_m=SIZE_M)
    if not len(lonlat):
        return pd.Series(np.nan, index=districts.index)
    without = np.setdiff1d(np.arange(len(districts)), cells.district)
    inside = shapely.point_on_surface(frames.polygons(districts, [])[without])
    own = shapely.get_coordinates(inside)
    metres = nearest.distances(np.concatenate([cells.lonlat, own]), lonlat)[1][:, 0]
    row = np.concatenate([cells.district, without])
    sums, n = (np.bincount(row, each, len(districts)) for each in (metres, np.ones(len(row))))
    return pd.Series(sums / n / 1000, index=districts.index)
