"""Which figures of districts moved by the changes on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo import memory, settings
from geo.facts import boundaries, catalog, revisions
from geo.measures import district_table

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

FIGURES: Final = ("n", "per_100_km2", "population", "per_100k_residents", "share")
"""Columns of `district_table.table` that are compared."""

BEFORE: Final = "_before"
"""What stands behind a figure's name where it is that of before."""


@memory.by_view(latest=8)
def revised(region: str, day: str) -> pd.DataFrame:
    """Return the districts whose figures are others than before a day, with both.

    Figures are those of sites of scope core, coverage at the usual radius, both times as they are
    computed today: what moved, moved by the facts.

    Parameters
    ----------
    region
        Id of a region.
    day
        YYYY-MM-DD, not before the last release.

    Returns
    -------
    DataFrame
        Index ``adcode``: each of `FIGURES`, and the same with `BEFORE` behind its name.

    Raises
    ------
    UnknownRegionError
        If there is no such region.
    DataError
        If the record does not lead from the last release to today's tables.
    """
    now = _figures(catalog.sites(region), boundaries.districts(region))
    before = _figures(*revisions.before(region, day))
    both = now.join(before.add_suffix(BEFORE))
    same = [unmoved(both, name) for name in FIGURES]
    return both[~pd.DataFrame(same).all().to_numpy()]


def _figures(sites: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> pd.DataFrame:
    return district_table.table(sites, units, radius_m=settings.RADIUS_M)[list(FIGURES)]


def unmoved(both: pd.DataFrame, name: str) -> NDArray[np.bool_]:
    """Return where a figure of `revised` is the same as before, or unknown both times."""
    now, before = (
        both[column].astype("Float64").to_numpy(float, na_value=np.nan)
        for column in (name, f"{name}{BEFORE}")
    )
    # As exact as the figures: a coverage is computed twice, residents are counted to the last.
    return np.isclose(now, before, rtol=1e-9, atol=1e-12, equal_nan=True)
