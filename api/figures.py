"""Districts with their figures, as the files of the pages have them."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import pandas as pd

from geo import boundaries, catalog, indicators

RADIUS_M: Final = 3000.0
"""Radius of the coverage that is served."""


def table(region: str, *, level: boundaries.Level) -> gpd.GeoDataFrame:
    """Return the units of a region with density and coverage.

    Parameters
    ----------
    region
        Id of a region.
    level
        ``district`` or ``city``.

    Returns
    -------
    GeoDataFrame
        WGS84, index ``adcode``: the columns of `boundaries.districts`, `density.density` and
        `coverage.coverage`, with ``share_empty`` where a share is unknown, and ``radius_m``.
    """
    units, sites = boundaries.districts(region, level=level), catalog.sites(region)
    figures = indicators.table(sites, units, radius_m=RADIUS_M)
    new = figures.drop(columns=[name for name in figures.columns if name in units.columns])
    joined = units.join(new.assign(radius_m=RADIUS_M))
    return gpd.GeoDataFrame(pd.DataFrame(joined), geometry="geometry", crs=units.crs)
