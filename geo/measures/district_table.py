"""The figures of every district in one table: density, and coverage where it is known."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.measures import assignment, coverage, density, ranking
from geo.measures.indicator_list import INDICATORS

POSITIONS_UNKNOWN: Final = "positions_unknown"
YEARS_UNKNOWN: Final = "years_unknown"

SHARES: Final = ("share", "share_low", "share_high", "covered_km2")
COVERED: Final = (*SHARES, "share_method", "n_used", "n_sites", "n_reaching")
"""Columns of `coverage.coverage` that the table has."""

REACHED: Final = "residents_reached"
PEOPLED: Final = ("n", "population", "per_100k_empty")
"""Columns of `density.density` that a coverage needs beside it."""


def table(
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    *,
    radius_m: float,
    cover: pd.DataFrame | None = None,
    people: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return density and coverage of every district.

    Parameters
    ----------
    sites, districts : GeoDataFrame
        As for `density.density` and `coverage.coverage`.
    radius_m : float
        Radius of the coverage.
    cover : DataFrame, optional
        What `coverage.coverage` gave for the same, where it is at hand.
    people : DataFrame, optional
        What `residents.reached` gave for the same, where it is known who lives where.

    Returns
    -------
    DataFrame
        On the index of `districts`: the columns of `density.density`; those of `coverage.coverage`
        in `COVERED`; ``residents_reached``, the residents within the radius, were they spread
        evenly over the district where `people` are not given (NaN where either is unknown);
        ``share_empty``, "positions_unknown" where the district has sites and none is known to the
        radius: its share is then empty, for 0 % would say that nothing is near.
    """
    counts = density.density(sites, districts)
    return with_coverage(counts, sites, districts, radius_m=radius_m, cover=cover, people=people)


def uncovered(counts: pd.DataFrame) -> pd.DataFrame:
    """Return figures that know no radius where nobody asks for coverage, as `table` has them.

    Parameters
    ----------
    counts : DataFrame
        Result of `density.density`.
    """
    return counts.join(coverage.unasked(counts.index)[[*COVERED]]).assign(
        **{REACHED: np.nan}, share_empty=pd.Series(pd.NA, counts.index, dtype="str")
    )


def beside(
    districts: gpd.GeoDataFrame, figures: pd.DataFrame, *, radius_m: float
) -> gpd.GeoDataFrame:
    """Return districts with their figures, as files and the API have them.

    Parameters
    ----------
    districts : GeoDataFrame
        With an active geometry.
    figures : DataFrame
        As of `table`; columns that the districts have already are left out.
    radius_m : float
        Radius of the coverage; a column of its own.

    Returns
    -------
    GeoDataFrame
        `districts`, the figures behind what is known of them.
    """
    new = figures.drop(columns=figures.columns.intersection(districts.columns))
    return gpd.GeoDataFrame(districts.join(new.assign(radius_m=radius_m)))


def with_coverage(
    counts: pd.DataFrame,
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    *,
    radius_m: float,
    cover: pd.DataFrame | None = None,
    people: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return figures that know no radius with the coverage at one, as `table` has it.

    Parameters
    ----------
    counts : DataFrame
        With the columns `PEOPLED` of `density.density` for the same, on the index of `districts`.
    sites, districts, radius_m, cover, people
        As for `table`.

    Returns
    -------
    DataFrame
        `counts`, and the columns of `table` that hang on the radius.
    """
    reached = coverage.coverage(sites, districts, radius_m=radius_m) if cover is None else cover
    joined = counts.join(reached[[*COVERED]])
    own = coverage.usable(sites, districts, radius_m=radius_m)
    unknown = (joined["n"] > 0) & (own == 0)
    joined[[*SHARES]] = joined[[*SHARES]].mask(unknown)
    joined[REACHED] = (
        density.residents(joined) * joined["share"]
        if people is None
        else people["reached"].mask(unknown)
    )
    joined["share_empty"] = pd.Series(POSITIONS_UNKNOWN, index=joined.index).where(unknown)
    return joined


def with_undated(
    table: pd.DataFrame, undated: gpd.GeoDataFrame, districts: gpd.GeoDataFrame
) -> pd.DataFrame:
    """Return the figures of the sites known by a year, beside those of which no year is known.

    A district with none of the former and some of the latter may have had any of them: it has no
    figure, for 0 would say that it had none.

    Parameters
    ----------
    table : DataFrame
        As `table` returns it, of the sites known by a year.
    undated : GeoDataFrame
        The sites of unknown year.
    districts : GeoDataFrame
        As for `table`.

    Returns
    -------
    DataFrame
        `table` with ``n_undated``, and ``n_empty``: "years_unknown" where ``n`` and all that
        follows from it are empty for that reason. It stands in ``per_100k_empty`` and
        ``share_empty`` too, where these say no other.
    """
    of_district = assignment.assign(undated, districts).value_counts()
    n_undated = of_district.reindex(table.index, fill_value=0).astype("int64")
    undecided = (table["n"] == 0) & (n_undated > 0)
    columns = (each.column for each in INDICATORS.values() if each.column in table)
    figures = {*columns, *SHARES, REACHED, "n_located"}
    empty = pd.Series(YEARS_UNKNOWN, index=table.index).where(undecided)
    reasons = ranking.STATED.values()
    return table.assign(
        **{name: table[name].mask(undecided) for name in figures},
        **{name: table[name].fillna(empty) for name in reasons},
        n_undated=n_undated,
        n_empty=empty,
    )


def widest(table: pd.DataFrame) -> float:
    """Return by how much the bounds of a district's share differ at most; 0 where all are exact.

    Examples
    --------
    >>> widest(pd.DataFrame({"share_low": [0.5, 0.25], "share_high": [0.5, 0.375]}))
    0.125
    """
    return float((table["share_high"] - table["share_low"]).fillna(0.0).max())
