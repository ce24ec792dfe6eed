"""What of a district is told beside its density: its part in the region, its sectors, its place.

The figures of one district from all families of them, in one table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.measures import access, hot_spots, sector_counts, site_places
from geo.measures.sector_mix import sector_mix

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


def profile(
    sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, *, table: pd.DataFrame
) -> pd.DataFrame:
    """Return what is told of each district beside its density and its coverage.

    Parameters
    ----------
    sites : GeoDataFrame
        As for `sector_counts.counts`, with a column ``precision``.
    districts : GeoDataFrame, m rows
        As for `density.density`.
    table : DataFrame, m rows, on the index of `districts`
        Of the same, see `district_table.table`: where ``n`` is empty, so is what follows from it.

    Returns
    -------
    DataFrame, m rows, on the index of `districts`
        ``share_of_sites`` (float64, 0-1, of all sites of the region; NaN without any); the columns
        of `sector_mix.sector_mix`; ``access_km`` of `access.access_km` to sites known to better
        than 3 km; ``gi_z``, ``gi_p_fdr`` and ``spot`` of `hot_spots.hot_spots` of the density.

    Raises
    ------
    InputError
        As these.
    """
    places = site_places.of_sites(sites, [])
    counts = sector_counts.counts(sites, districts)
    mix = sector_mix(counts, reference=sector_counts.totals(sites))
    spots = hot_spots.hot_spots(table["per_100_km2"].astype("float64"), districts).table
    known = table["n"].notna()
    figures = mix.where(known).assign(
        share_of_sites=(table["n"] / len(sites)).astype("float64") if len(sites) else np.nan,
        access_km=access.access_km(places.lonlat, districts),
        gi_z=spots["z"],
        gi_p_fdr=spots["p_fdr"],
        spot=spots["spot"],
    )
    return figures[["share_of_sites", *mix.columns, "access_km", "gi_z", "gi_p_fdr", "spot"]]
