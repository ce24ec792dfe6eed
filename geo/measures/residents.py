"""How many residents live within a radius of a site, each counted once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import numpy as np
import pandas as pd
from scipy import spatial

from geo.checks import frames
from geo.errors import InputError
from geo.facts import own_population, own_regions
from geo.measures import containment, coverage, disc_union, population_raster

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Part = tuple[Floats, Floats, Floats]

EVEN: Final = "even spread"
POINTS: Final = "points"
RASTER: Final = "raster"

Basis = Literal["even spread", "points", "raster"]


class People(NamedTuple):
    """Residents by place.

    Attributes
    ----------
    lon, lat
        Degrees, WGS84; faults name rows by the labels of `lon` where it is a Series.
    residents
        How many live there.
    """

    lon: ArrayLike
    lat: ArrayLike
    residents: ArrayLike

    def check(self) -> Part:
        """Return the three as arrays of float64.

        Raises
        ------
        InputError
            For points without a position, or with fewer than no residents.
        """
        try:
            lon, lat, people = (np.asarray(each, dtype=np.float64) for each in self)
        except (TypeError, ValueError) as error:
            raise InputError(f"population: found {error}, expected arrays of numbers") from error
        if not len(lon) == len(lat) == len(people):
            raise InputError(
                f"population: found {len(lon)}, {len(lat)} and {len(people)} values, expected as "
                "many of each"
            )
        wrong = ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90) & (people >= 0) & (people < np.inf))
        if wrong.any():
            labels = self.lon if isinstance(self.lon, pd.Series) else pd.Series(lon)
            raise InputError(
                f"population: {int(wrong.sum())} of {len(lon)} points without a position on the "
                f"globe or a number of residents, at {frames.rows(labels, wrong)}; expected "
                "degrees and a number from 0 up"
            )
        return lon, lat, people


def reached(
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    population: pd.Series | gpd.GeoDataFrame | People | str | os.PathLike[str],
    *,
    radius_m: float,
) -> pd.DataFrame:
    """Return how many of each district's residents live within a radius of a site.

    Parameters
    ----------
    sites, districts
        As for `geo.measures.coverage.coverage`.
    population : Series, GeoDataFrame, People, or path
        A Series on the index of `districts`: residents of each, NaN where unknown. They are then
        taken to be spread evenly, which the result says. Points with a column ``residents``,
        `People`, or a GeoTIFF of people a cell in WGS84 degrees, as WorldPop's: whoever lives at
        the point, or at the middle of the cell.
    radius_m : float
        As for `geo.measures.coverage.coverage`; one radius.

    Returns
    -------
    DataFrame, m rows, on the index of `districts`
        ``residents`` (float64; NaN where unknown), ``reached`` (float64; NaN likewise, and where
        no site is known to the radius), ``share`` (0-1, NaN also without residents) and ``basis``
        ("even spread", "points" or "raster"). Residents on a shared border belong to the district
        with the smaller label; those in no district to none.

    Raises
    ------
    InputError
        As `geo.measures.coverage.coverage`; for points without a position or with fewer than no
        residents, for a raster that cannot be read, or in another CRS, and where nobody of either
        lives in the districts.

    Examples
    --------
    >>> from geo import boundaries, catalog
    >>> districts = boundaries.districts("shanghai")
    >>> people = districts["population"].astype(float)
    >>> reached(catalog.sites("shanghai"), districts, people, radius_m=3000)["basis"].unique()
    <ArrowStringArray>
    ['even spread']
    Length: 1, dtype: str
    """
    table = _reached(sites, districts, population, radius_m)
    if table["basis"].iloc[0] != EVEN and not table["residents"].any():
        raise InputError(
            "population: nobody lives in the districts; expected residents there. Are they of "
            "another place, or are longitude and latitude swapped?"
        )
    return table


def _reached(
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    population: pd.Series | gpd.GeoDataFrame | People | str | os.PathLike[str],
    radius_m: float,
) -> pd.DataFrame:
    faults: list[str] = []
    if not coverage.check_radius(radius_m, faults):
        frames.refuse(faults)
    if isinstance(population, pd.Series):
        return _evenly(sites, districts, population, radius_m)
    used = coverage.places(sites, radius_m=radius_m, faults=faults)
    polygons = frames.polygons(districts, faults)
    frames.refuse(faults)
    discs = disc_union.discs(used, radius_m)
    tree = spatial.cKDTree(discs.middle)
    total, near = np.zeros(len(polygons)), np.zeros(len(polygons))
    basis, parts = _parts(population, districts)
    for lon, lat, people in parts:
        row = containment.rows(lon, lat, polygons, districts.index)
        held = np.flatnonzero(row != containment.NOWHERE)
        np.add.at(total, row[held], people[held])
        if len(used):
            held = held[disc_union.covered(discs, tree, lon[held], lat[held])]
            np.add.at(near, row[held], people[held])
    return _table(districts, total, near if len(used) else np.full(len(total), np.nan), basis)


def of_own(
    region: object, sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, *, radius_m: float
) -> pd.DataFrame | None:
    """Return `reached` by the residents that somebody brought for a region of their own.

    Parameters
    ----------
    region : object
        Id of a region, or what stands for one.
    sites, districts, radius_m
        As for `reached`.

    Returns
    -------
    DataFrame or None
        None where nobody brought any: they are spread evenly then.

    Raises
    ------
    InputError
        As `reached`, and for a region that can be read nowhere.

    Examples
    --------
    >>> from geo import boundaries, catalog
    >>> of_own("shanghai", catalog.sites("shanghai"), boundaries.districts("shanghai"), radius_m=1)
    """
    held = own_regions.known(region)
    if held is None or held.population is None:
        return None
    own = held.population
    people = People(*own_population.unpack(own.packed, own.places))
    # In districts that were drawn anew since they may be gone, which is no fault of who looks.
    return _reached(sites, districts, people, radius_m).assign(basis=own.basis)


def _evenly(
    sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, population: pd.Series, radius_m: float
) -> pd.DataFrame:
    cover = coverage.coverage(sites, districts, radius_m=radius_m)
    if not population.index.equals(districts.index):
        raise InputError("population: its index is not that of the districts; see Series.reindex")
    total = pd.to_numeric(population, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    if (total < 0).any():
        raise InputError(
            f"population: less than 0 at {frames.rows(population, total < 0)}; expected residents"
        )
    return _table(districts, total, total * cover["share"].to_numpy(), EVEN)


def _table(districts: gpd.GeoDataFrame, total: Floats, near: Floats, basis: Basis) -> pd.DataFrame:
    share = np.divide(near, total, out=np.full(len(total), np.nan), where=total > 0)
    return pd.DataFrame(
        {"residents": total, "reached": near, "share": share, "basis": basis},
        index=districts.index,
    )


def _parts(
    population: gpd.GeoDataFrame | People | str | os.PathLike[str], districts: gpd.GeoDataFrame
) -> tuple[Basis, Iterable[Part]]:
    if isinstance(population, str | os.PathLike):
        west, south, east, north = districts.to_crs(frames.WGS84).total_bounds.tolist()
        return RASTER, population_raster.parts(population, (west, south, east, north))
    return POINTS, [_points(population)]


def _points(population: gpd.GeoDataFrame | People) -> Part:
    if isinstance(population, People):
        return population.check()
    faults: list[str] = []
    lonlat = frames.locations(population, faults, name="population")
    frames.require(population, ["residents"], faults, name="population")
    frames.refuse(faults)
    lon, lat = np.ascontiguousarray(lonlat.T)
    people = pd.to_numeric(population["residents"], errors="coerce").to_numpy(np.float64)
    return People(pd.Series(lon, population.index), lat, people).check()
