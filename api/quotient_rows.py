"""How far each district specialises in each sector family, against its region."""

from __future__ import annotations

from typing import Final

import geopandas as gpd

from geo import location_quotient
from geo.facts import boundaries, catalog
from geo.geometry import lonlat
from geo.measures import sector_counts

OF_DISTRICT: Final = ("region", "city_adcode", "name_zh", "name_en")

COLUMNS: Final = (
    *("id", "region", "district", "city_adcode", "name_zh", "name_en", "sector"),
    *("lq", "low", "high", "x_ds", "x_d", "few", "stars"),
)


def table(region: str) -> gpd.GeoDataFrame:
    """Return a row for each district and family of a region.

    Parameters
    ----------
    region
        Id of a region.

    Returns
    -------
    GeoDataFrame
        Where the district's label is, WGS84, index ``id``: `COLUMNS`, as ``data/columns.csv``
        explains them.
    """
    sites, districts = catalog.sites(region), boundaries.districts(region)
    counts = sector_counts.counts(sites, districts)
    found = location_quotient.specialisation(counts, reference=sector_counts.totals(sites))
    rows = found.reset_index().join(districts[[*OF_DISTRICT, "lon", "lat"]], on="district")
    rows = rows.assign(id=rows["district"].astype(str) + "." + rows["sector"].astype(str))
    rows = rows.set_index(rows["id"].rename(None))
    points = gpd.points_from_xy(rows["lon"], rows["lat"], crs=lonlat.CRS84)
    return gpd.GeoDataFrame(rows[[*COLUMNS]], geometry=points)
