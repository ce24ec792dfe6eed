"""Districts with their figures, as the files of the pages have them."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import pandas as pd

from geo import memory, settings
from geo.facts import boundaries, catalog
from geo.measures import district_table

RADIUS_KM: Final = settings.RADIUS_M / 1000
"""Radius of the coverage that is served where none is asked for."""

LEAST_KM: Final = 0.1
MOST_KM: Final = 50.0


def table(
    region: str, *, level: boundaries.Level, radius_km: float = RADIUS_KM
) -> gpd.GeoDataFrame:
    """Return the units of a region with density and coverage.

    What knows no radius is made once a process.

    Parameters
    ----------
    region
        Id of a region.
    level
        ``district`` or ``city``.
    radius_km
        Radius of the coverage, from `LEAST_KM` to `MOST_KM`.

    Returns
    -------
    GeoDataFrame
        WGS84, index ``adcode``: the columns of `boundaries.districts`, `density.density` and
        `coverage.coverage`, with ``share_empty`` where a share is unknown, and ``radius_m``.
    """
    usual = _usual(region, level)
    if radius_km == RADIUS_KM:
        return usual
    units, sites = boundaries.districts(region, level=level), catalog.sites(region)
    reached = district_table.with_coverage(usual[["n"]], sites, units, radius_m=1000 * radius_km)
    new = reached.drop(columns="n").assign(radius_m=1000 * radius_km)
    return usual.assign(**{str(name): column for name, column in new.items()})


@memory.by_facts
def _usual(region: str, level: boundaries.Level) -> gpd.GeoDataFrame:
    units, sites = boundaries.districts(region, level=level), catalog.sites(region)
    figures = district_table.table(sites, units, radius_m=1000 * RADIUS_KM)
    new = figures.drop(columns=[name for name in figures.columns if name in units.columns])
    joined = units.join(new.assign(radius_m=1000 * RADIUS_KM))
    return gpd.GeoDataFrame(pd.DataFrame(joined), geometry="geometry", crs=units.crs)
