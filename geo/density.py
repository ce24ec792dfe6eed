"""Sites per area of land and per resident, district by district."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo import counting, projection

if TYPE_CHECKING:
    import geopandas as gpd

OFFICIAL = "official"
POLYGON = "polygon"

POPULATION_MISSING = "population_missing"
BOUNDARY_CHANGED = "boundary_changed"


def density(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return how many sites each district has, and how dense they are.

    ``100 n_d / A_d`` and ``100,000 n_d / P_d``, with A_d the official land area where there is
    one, else the area of the polygon on the ellipsoid. Sites belong to districts as
    `counting.assign` says; a site without a position counts in the district that its source
    states.

    Parameters
    ----------
    sites : GeoDataFrame
        Points in any CRS, empty or missing where unlocated; ``adcode`` and ``city_adcode`` are
        optional.
    districts : GeoDataFrame, m rows
        Polygons in any CRS. Optional columns: ``area_land_km2`` (official land area),
        ``population``, ``population_year``, ``population_comparable`` (False where the census
        was taken in another outline).

    Returns
    -------
    DataFrame, m rows, on the index of `districts`
        ``n`` and ``n_located`` (int64, sites), ``per_100_km2`` (float64, sites per 100 km2),
        ``per_100k_residents`` (float64, sites per 100,000 residents, NaN when empty),
        ``area_km2`` (float64), ``area_source`` ("official" or "polygon"), ``population`` (Int64),
        ``population_year`` (Int64), ``per_100k_empty`` (why the figure is empty:
        "population_missing", "boundary_changed", NA where it is not).

    Raises
    ------
    InputError
        For geometries of the wrong kind, a missing CRS, repeated labels; all faults at once.
    """
    rows = counting.locate(sites, districts)
    placed = rows != counting.NOWHERE
    n = np.bincount(rows[placed], minlength=len(districts))
    n_located = np.bincount(rows[placed & counting.located(sites)], minlength=len(districts))
    area, area_source = _areas(districts)
    population = _numbers(districts, "population").round()
    population = population.where(population > 0).astype("Int64")
    empty = _why_empty(population, districts)
    usable = population.where(empty.isna()).astype("Float64").to_numpy(float, na_value=np.nan)
    return pd.DataFrame(
        {
            "n": n,
            "n_located": n_located,
            "per_100_km2": 100 * n / area,
            "per_100k_residents": 100_000 * n / usable,
            "area_km2": area,
            "area_source": area_source,
            "population": population,
            "population_year": _numbers(districts, "population_year").round().astype("Int64"),
            "per_100k_empty": empty,
        },
        index=districts.index,
    )


def districts_served(table: pd.DataFrame) -> float:
    """Return the share (0-1) of districts that have at least one site; NaN without districts."""
    return float((table["n"] >= 1).mean())


def _areas(districts: gpd.GeoDataFrame) -> tuple[pd.Series, pd.Series]:
    """Return each district's area in km2 and where it comes from."""
    area = _numbers(districts, "area_land_km2")
    area = area.where(area > 0)
    unknown = area.isna()
    source = pd.Series(OFFICIAL, index=districts.index, dtype="str").mask(unknown, POLYGON)
    if unknown.any():
        area = area.fillna(projection.area_km2(districts.loc[unknown]))
    return area, source


def _why_empty(population: pd.Series, districts: gpd.GeoDataFrame) -> pd.Series:
    reason = pd.Series(pd.NA, index=districts.index, dtype="str")
    reason = reason.mask(population.isna(), POPULATION_MISSING)
    if "population_comparable" not in districts:
        return reason
    # A figure of another outline may be left out of the frame altogether: that is why it misses.
    same = districts["population_comparable"].astype("boolean").fillna(value=True)
    return reason.mask(~same.astype(bool), BOUNDARY_CHANGED)


def _numbers(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return a column as float64 with NaN for what is unknown, also when there is no column."""
    if column not in frame:
        return pd.Series(np.nan, index=frame.index)
    numbers = pd.to_numeric(frame[column], errors="coerce").astype("Float64")
    finite = numbers.to_numpy(dtype=float, na_value=np.nan)
    return pd.Series(np.where(np.isfinite(finite), finite, np.nan), index=frame.index)
