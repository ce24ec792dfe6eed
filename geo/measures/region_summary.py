"""The figures of a whole region in one record: what a headline or a report starts from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.checks import frames
from geo.measures import assignment, containment, coverage, density
from geo.measures.residents import EVEN

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import geopandas as gpd
    import pandas as pd

    from geo.measures.residents import Basis

YEARS_DIFFER = "years_differ"


@dataclass(frozen=True, kw_only=True)
class Concentration:
    """The fewest districts, taken in order of density, that hold two thirds of the sites.

    ``labels`` runs from the densest; the shares (0-1) are those of all sites of the region, placed
    in a district or not, and of the area of all districts. Where the placed sites are less than
    two thirds of all, there are no labels and the shares are NaN.
    """

    labels: tuple[Hashable, ...]
    share_of_sites: float
    share_of_land: float


@dataclass(frozen=True, kw_only=True)
class Reached:
    """Residents within the radius of a site.

    ``residents`` of the ``n_districts`` whose residents are known, all of one year; ``share`` (0-1)
    of theirs. ``basis`` as of `residents.reached`. It surely lies between ``low`` and ``high`` (but
    for the even spread), which are equal where coverage is exact, and where it is known who lives
    where.
    """

    residents: float
    share: float
    low: float
    high: float
    n_districts: int
    basis: Basis = EVEN


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Figures of a region; NaN is a figure that cannot be had.

    Counts of sites: ``n`` all given; ``n_placed`` in one of the districts; ``n_unplaced`` in the
    region, but no source says in which district; ``n_outside`` elsewhere
    (n = n_placed + n_unplaced + n_outside); ``n_located`` and ``n_unlocated`` with and without a
    position (together n); ``n_district_only`` placed but unlocated; ``evidence``
    by grade, where a column ``evidence`` tells it; ``n_planned`` by column ``status``.

    Districts: ``n_districts``; ``n_served`` with at least one site; ``served`` their share (0-1);
    ``unserved`` the labels of those with none; ``undecided`` of those of which that is not known
    (``n`` of the table is empty, see `district_table.with_undated`); ``unlocated`` how many sites
    without a position each district has (only districts that have any).

    Density of the region: ``per_100_km2`` (sites placed and unplaced per 100 km2 of ``area_km2``),
    ``per_100k_residents`` (per 100,000 of ``population`` in ``population_year``). The residents
    are the region's own published total where one is given, else the districts' sum. The latter
    three are NaN, None and None unless there is a total, or all districts have residents of one
    year in today's outline; ``per_100k_empty`` says why: "population_missing",
    "boundary_changed", "years_differ".

    Coverage of the region at ``radius_m``: ``coverage`` (share 0-1 of the polygons' area),
    ``covered_km2``, ``n_used`` sites known precisely enough; it surely lies between
    ``coverage_low`` and ``coverage_high``, which are equal where it is exact. ``reached``: the
    residents of that part; None where no coverage or no residents are known, or their years
    differ.
    """

    n: int
    n_placed: int
    n_unplaced: int
    n_outside: int
    n_located: int
    n_unlocated: int
    n_district_only: int
    evidence: Mapping[str, int]
    n_planned: int
    n_districts: int
    n_served: int
    served: float
    unserved: tuple[Hashable, ...]
    undecided: tuple[Hashable, ...]
    unlocated: dict[Hashable, int]
    area_km2: float
    per_100_km2: float
    per_100k_residents: float
    population: int | None
    population_year: int | None
    per_100k_empty: str | None
    radius_m: float
    coverage: float
    coverage_low: float
    coverage_high: float
    covered_km2: float
    n_used: int
    reached: Reached | None
    concentration: Concentration


def summary(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, *, radius_m: float) -> Summary:
    """Return the figures of the region that the districts make up.

    Parameters
    ----------
    sites : GeoDataFrame
        As for `coverage.coverage`; columns ``adcode``, ``city_adcode`` and ``evidence`` are
        optional.
    districts : GeoDataFrame
        As for `density.density`.
    radius_m : float
        Radius of the coverage in metres.

    Returns
    -------
    Summary
        Figures of the whole region.

    Raises
    ------
    InputError
        As `coverage.coverage`.
    """
    faults: list[str] = []
    coverage.check_radius(radius_m, faults)
    frames.refuse(faults)
    table = density.density(sites, districts)
    return of_tables(
        sites,
        assignment.homes(sites, districts),
        table=table,
        cover=coverage.coverage(sites, districts, radius_m=radius_m),
        radius_m=radius_m,
    )


def of_tables(
    sites: pd.DataFrame,
    homes: assignment.Homes,
    *,
    table: pd.DataFrame,
    cover: pd.DataFrame,
    radius_m: float,
    residents: tuple[int, int] | None = None,
    people: pd.DataFrame | None = None,
) -> Summary:
    """Return `summary` of what has been computed already.

    Parameters
    ----------
    sites : DataFrame, n rows
        What is counted by ``evidence`` and ``status``, where there are such columns.
    homes : Homes
        What `assignment.homes` gave for the sites and the region's districts.
    table, cover
        What these returned.
    radius_m
        As given to `coverage.coverage`.
    residents : tuple of int, optional
        The region's published number of residents and its year.
    people : DataFrame, optional
        What `residents.reached` gave for the same, where it is known who lives where.

    Returns
    -------
    Summary
        Figures of the whole region.
    """
    placed, located, outside = homes.rows != containment.NOWHERE, homes.located, homes.outside
    n_inside = int((~outside).sum())
    unlocated = table["n"] - table["n_located"]
    area = float(table["area_km2"].sum())
    population, year, why_empty = (*residents, None) if residents else _residents(table)
    covered = float(cover["covered_km2"].sum(skipna=False))
    return Summary(
        n=len(sites),
        n_placed=int(placed.sum()),
        n_unplaced=int((~placed & ~outside).sum()),
        n_outside=int(outside.sum()),
        n_located=int(located.sum()),
        n_unlocated=int((~located).sum()),
        n_district_only=int((placed & ~located).sum()),
        evidence=_by_grade(sites),
        n_planned=_count(sites, "status", "planned"),
        n_districts=len(table),
        n_served=int((table["n"] >= 1).sum()),
        served=density.districts_served(table),
        unserved=tuple(table.index[table["n"] == 0]),
        undecided=tuple(table.index[table["n"].isna()]),
        unlocated={label: int(count) for label, count in unlocated.items() if count > 0},
        area_km2=area,
        per_100_km2=100 * n_inside / area,
        per_100k_residents=math.nan if population is None else 100_000 * n_inside / population,
        population=population,
        population_year=year,
        per_100k_empty=why_empty,
        radius_m=radius_m,
        coverage=covered / float(cover["area_km2"].sum(skipna=False)),
        coverage_low=_region_share(cover, "share_low"),
        coverage_high=_region_share(cover, "share_high"),
        covered_km2=covered,
        n_used=int(cover["n_used"].iloc[0]),
        reached=_reached(table, cover) if people is None else _counted(people),
        concentration=concentration(table, n=n_inside),
    )


def _reached(table: pd.DataFrame, cover: pd.DataFrame) -> Reached | None:
    people = density.residents(table)
    people = people[people.notna() & cover["share"].notna()]
    years = table.loc[people.index, "population_year"].drop_duplicates()
    if not people.sum() > 0 or len(years) > 1:
        return None
    low, share, high = (
        float(people @ cover.loc[people.index, column]) / float(people.sum())
        for column in ("share_low", "share", "share_high")
    )
    return Reached(
        residents=share * float(people.sum()),
        share=share,
        low=low,
        high=high,
        n_districts=len(people),
    )


def _counted(people: pd.DataFrame) -> Reached | None:
    """Return whom the places of residents have within the radius."""
    total, near = people["residents"].sum(), people["reached"].sum(skipna=False)
    if not total > 0 or np.isnan(near):
        return None
    share = float(near / total)
    return Reached(
        residents=float(near),
        share=share,
        low=share,
        high=share,
        n_districts=len(people),
        basis=people["basis"].iloc[0],
    )


def _region_share(cover: pd.DataFrame, column: str) -> float:
    area = cover["area_km2"]
    return float((cover[column] * area).sum(skipna=False) / area.sum(skipna=False))


def concentration(table: pd.DataFrame, *, n: int | None = None) -> Concentration:
    """Return the fewest of the densest districts that hold two thirds of the sites.

    Parameters
    ----------
    table : DataFrame
        Result of `density.density`; districts are taken in order of ``per_100_km2``, on equal
        density in order of their labels.
    n : int, optional
        All sites of the region, also those of no known district; the placed ones where omitted.

    Returns
    -------
    Concentration
        Labels of those districts, their share of the sites and of the land.

    Raises
    ------
    InputError
        Without the columns that are needed.
    """
    faults: list[str] = []
    frames.require(table, ("n", "per_100_km2", "area_km2"), faults, name="table")
    frames.refuse(faults)
    total = int(table["n"].sum()) if n is None else n
    if total == 0 or 3 * int(table["n"].sum()) < 2 * total:
        return Concentration(labels=(), share_of_sites=math.nan, share_of_land=math.nan)
    by_label = table.sort_index(key=lambda labels: labels.map(str))
    ranked = by_label.sort_values("per_100_km2", ascending=False, kind="stable")
    held = ranked["n"].fillna(0).cumsum()
    # In whole numbers, for 2 / 3 is no float.
    needed = int(np.argmax((3 * held >= 2 * total).to_numpy())) + 1
    densest = ranked.head(needed)
    return Concentration(
        labels=tuple(densest.index),
        share_of_sites=int(densest["n"].sum()) / total,
        share_of_land=float(densest["area_km2"].sum() / table["area_km2"].sum()),
    )


def _residents(table: pd.DataFrame) -> tuple[int | None, int | None, str | None]:
    """Return residents and their year, or why the region has no such figure."""
    for reason in (density.POPULATION_MISSING, density.BOUNDARY_CHANGED):
        if (table["per_100k_empty"] == reason).any():
            return None, None, reason
    years = table["population_year"].drop_duplicates()
    if len(years) > 1:
        return None, None, YEARS_DIFFER
    year = None if years.isna().all() else int(years.iloc[0])
    return int(table["population"].sum()), year, None


def _count(sites: pd.DataFrame, column: str, code: str) -> int:
    return int((sites[column] == code).sum()) if column in sites else 0


def _by_grade(sites: pd.DataFrame) -> dict[str, int]:
    if "evidence" not in sites:
        return {}
    return {str(grade): int(n) for grade, n in sites["evidence"].value_counts().items()}
