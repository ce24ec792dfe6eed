"""Sites per area of land and per resident, district by district."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.checks import amounts, frames
from geo.geometry import projection
from geo.measures import assignment, containment

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
    `assignment.assign` says; a site without a position counts in the district that its source
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
        For geometries of the wrong kind, a missing CRS, repeated labels, a figure that is no
        number from 0 up; all faults at once.

    Examples
    --------
    >>> from geo import boundaries, catalog, density
    >>> districts = boundaries.districts("shanghai")
    >>> figures = density.density(catalog.sites("shanghai"), districts)
    >>> figures.loc[["310101", "310115"], ["n", "per_100_km2"]].round(1)
             n  per_100_km2
    adcode
    310101  19         92.9
    310115  22          1.8
    """
    faults: list[str] = []
    _facts(districts, faults)
    if faults:
        frames.locations(sites, faults)
        frames.polygons(districts, faults)
    frames.refuse(faults)
    return of_homes(assignment.homes(sites, districts), districts)


def of_homes(homes: assignment.Homes, districts: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return how dense sites are whose districts are known already, as `density` does.

    Parameters
    ----------
    homes : Homes
        What `assignment.homes` gave for the sites and `districts`.
    districts : GeoDataFrame, m rows
        As for `density`.

    Returns
    -------
    DataFrame
        As `density`.

    Raises
    ------
    InputError
        As `of_counts`.
    """
    # Those of no district, whose row is -1, are counted in front.
    row = homes.rows - containment.NOWHERE
    n, n_located = (
        np.bincount(each, minlength=len(districts) + 1)[1:] for each in (row, row[homes.located])
    )
    table = of_counts(pd.Series(n, districts.index), districts)
    table.insert(1, "n_located", n_located)
    return table


def of_counts(n: pd.Series, districts: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return how dense sites are that are counted already, as `density` does.

    Parameters
    ----------
    n : Series of int64, m rows, on the index of `districts`
        Sites.
    districts : GeoDataFrame, m rows
        As for `density`.

    Returns
    -------
    DataFrame
        The columns of `density`, ``n_located`` excepted.

    Raises
    ------
    InputError
        As `density`.
    """
    faults: list[str] = []
    area_land, population, year, same = _facts(districts, faults)
    frames.refuse(faults)
    area, area_source = _areas(districts, area_land)
    population = population.round()
    population = population.where(population > 0).astype("Int64")
    empty = _why_empty(population, same)
    usable = population.where(empty.isna()).astype("Float64").to_numpy(float, na_value=np.nan)
    return pd.DataFrame(
        {
            "n": n,
            "per_100_km2": 100 * n / area,
            "per_100k_residents": 100_000 * n / usable,
            "area_km2": area,
            "area_source": area_source,
            "population": population,
            "population_year": year.round().astype("Int64"),
            "per_100k_empty": empty,
        },
        index=districts.index,
    )


def residents(table: pd.DataFrame) -> pd.Series:
    """Return the residents of each district's outline as it is today.

    Parameters
    ----------
    table : DataFrame
        With ``population`` and ``per_100k_empty`` of `density`.

    Returns
    -------
    Series of float64
        NaN where nobody knows them, or the census counted another outline.

    Examples
    --------
    >>> import pandas as pd
    >>> known = {"population": [5000, 800], "per_100k_empty": [None, BOUNDARY_CHANGED]}
    >>> residents(pd.DataFrame(known)).to_list()
    [5000.0, nan]
    """
    other = table["per_100k_empty"].isin([POPULATION_MISSING, BOUNDARY_CHANGED])
    return table["population"].astype("Float64").astype("float64").mask(other)


def districts_served(table: pd.DataFrame) -> float:
    """Return the share (0-1) of districts that have at least one site; NaN without districts.

    Examples
    --------
    >>> import pandas as pd
    >>> districts_served(pd.DataFrame({"n": [14, 0, 3, 1]}))
    0.75
    """
    faults: list[str] = []
    frames.require(table, ["n"], faults, name="table")
    frames.refuse(faults)
    return float((table["n"] >= 1).mean())


def _facts(
    districts: gpd.GeoDataFrame, faults: list[str]
) -> tuple[pd.Series, pd.Series, pd.Series, pd.Series]:
    """Return land area, residents, their year, and whether they lived in today's outline."""
    # Outlines alone, a GeoSeries, have no figures; what is neither is refused with the geometry.
    given: object = districts
    table = (
        given
        if isinstance(given, pd.DataFrame)
        else pd.DataFrame(index=getattr(given, "index", []))
    )
    columns = ("area_land_km2", "population", "population_year")
    area, population, year = (
        amounts.column(table, name, faults, of="districts") for name in columns
    )
    return area, population, year, _comparable(table, faults)


def _comparable(districts: pd.DataFrame, faults: list[str]) -> pd.Series:
    name = "population_comparable"
    if name not in districts:
        return pd.Series(data=True, index=districts.index)
    given = districts[name]
    wrong = ~(given.isna() | given.isin([True, False])).to_numpy(dtype=bool)
    if wrong.any():
        faults.append(
            f"districts, column {name}: found {given[wrong].iloc[0]!r} at "
            f"{frames.rows(districts, wrong)}; expected True, False or nothing"
        )
    return given.mask(given.isna() | wrong, other=True).astype(bool)


def _areas(districts: gpd.GeoDataFrame, official: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return each district's area in km2 and where it comes from."""
    area = official.where(official > 0)
    unknown = area.isna()
    source = pd.Series(OFFICIAL, index=districts.index, dtype="str").mask(unknown, POLYGON)
    if unknown.any():
        area = area.fillna(projection.area_km2(districts.loc[unknown]))
    return area, source


def _why_empty(population: pd.Series, same: pd.Series) -> pd.Series:
    reason = pd.Series(pd.NA, index=population.index, dtype="str")
    reason = reason.mask(population.isna(), POPULATION_MISSING)
    # A figure of another outline may be left out of the frame altogether: that is why it misses.
    return reason.mask(~same, BOUNDARY_CHANGED)
