"""The share of a district that lies within a radius of a site.

``area(d ∩ ∪ disc(site, r)) / area(d)`` with the sites of any district whose position is known to
r or better. Distances are geodesics on the WGS84 ellipsoid; areas are those on it
(see `geo.geometry.projection`).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
import pyproj
import shapely

from geo.checks import amounts, frames
from geo.facts import precision
from geo.geometry import outline_index
from geo.measures import assignment, containment, disc_bounds, disc_cover, disc_union

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.geometry.outline_index import Outlines
    from geo.measures.disc_cover import Cover

MIN_RADIUS_M = 1.0
MAX_RADIUS_M = 300_000.0

ALL_OF_IT = 1 - 1e-12  # from this share on, what is missing is rounding

EXACT_UP_TO: Final = 100_000
"""Places of sites up to which the figures are exact."""

EXACT: Final = "exact"
BOUNDED: Final = "bounded"

SIDES = 64
"""Vertices of the polygon that stands for a disc."""


def known_within(radius_m: float) -> tuple[str, ...]:
    """Return the precisions of the sites that a coverage at a radius rests on.

    Examples
    --------
    >>> known_within(1000)
    ('building', 'street')
    """
    return tuple(name for name, metres in precision.radii_m().items() if metres <= radius_m)


def unasked(labels: pd.Index) -> pd.DataFrame:
    """Return what `coverage` does of districts where nobody asks for it: no share of any."""
    return pd.DataFrame(
        dict.fromkeys(("area_km2", "covered_km2", "share", "share_low", "share_high"), np.nan)
        | dict.fromkeys(("n_sites", "n_used", "n_reaching"), 0),
        index=labels,
    ).assign(share_method=pd.Series(pd.NA, labels, dtype="str"))


def usable(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, *, radius_m: float) -> pd.Series:
    """Return how many of each district's own sites are known to a radius or better.

    A district with sites of which none is usable has a coverage that rests on its neighbours'
    sites alone: the formula gives a number, but a reader should be told.

    Parameters
    ----------
    sites, districts, radius_m
        As for `coverage`; sites belong to districts as `assignment.assign` says.

    Returns
    -------
    Series of int64
        Sites, on the index of `districts`.

    Raises
    ------
    InputError
        As `coverage`.
    """
    faults: list[str] = []
    uncertainty = precision.of_sites(sites, faults)
    check_radius(radius_m, faults)
    frames.refuse(faults)
    rows = assignment.locate(sites, districts)
    own = (rows != containment.NOWHERE) & (uncertainty <= radius_m) & assignment.located(sites)
    return pd.Series(np.bincount(rows[own], minlength=len(districts)), index=districts.index)


def coverage(
    sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, *, radius_m: float | Sequence[float]
) -> pd.DataFrame:
    """Return how much of each district lies within a radius of a site.

    A site counts when its radius of uncertainty is at most `radius_m`. When no site of the call
    does, the share is unknown, not zero.

    Parameters
    ----------
    sites : GeoDataFrame
        Points in any CRS, empty or missing where unlocated, with a column ``precision``
        ("building" 50 m, "street" 500 m, "district" 3 km, "none" or NA unknown). Include sites
        outside the districts: those across the border reach in.
    districts : GeoDataFrame, m rows
        Polygons in any CRS. Each row's figure depends on that row and the sites alone.
    radius_m : float or sequence of float
        1 to 300,000 metres; of several each once.

    Returns
    -------
    DataFrame, m rows, on the index of `districts`
        Of several radii m rows each, with the radius as second level ``radius_m`` of the index.
        ``share`` (float64, 0-1, NaN when ``n_used`` is 0), ``covered_km2`` (float64, NaN
        likewise), ``area_km2`` (float64, of the polygon), ``n_used`` and ``n_sites`` (int64,
        sites used and given, of the whole call), ``n_reaching`` (int64, sites used whose disc
        meets the district), ``share_low`` and ``share_high`` (float64, between which the share
        surely lies) and ``share_method``. Up to 100,000 different places it is "exact" and both are
        the share. Above it is "bounded": the share is the middle of the two, and ``n_reaching``
        the most that it can be.

    Raises
    ------
    InputError
        For an impossible radius, an unknown precision, geometries of the wrong kind, a missing
        CRS, repeated labels; all faults at once.

    Notes
    -----
    Exact but for rounding: the area is an integral along the outline of what is covered, of arcs
    of geodesic circles and stretches of outlines, see `geo.measures.disc_cover`. Discs reach
    across the antimeridian; an outline on both sides of it is refused (one row a side), and so is
    a site near a pole.

    Examples
    --------
    >>> from geo import boundaries, catalog, coverage
    >>> districts = boundaries.districts("shanghai")
    >>> reached = coverage.coverage(catalog.sites("shanghai"), districts, radius_m=3000)
    >>> reached.loc[["310101", "310115", "310151"], "share"].round(2).to_list()
    [1.0, 0.17, 0.0]
    """
    faults: list[str] = []
    lonlat = frames.locations(sites, faults)
    polygons = frames.polygons(districts, faults)
    uncertainty = precision.of_sites(sites, faults)
    radii = _radii(radius_m, faults)
    if radii:
        _check_poles(max(radii), lonlat, faults)
    _check_width(districts, polygons, faults)
    frames.refuse(faults)

    outlines = outline_index.of(polygons)
    # Radii that the same sites are known to share what does not depend on them.
    known: dict[bytes, _Places] = {}
    tables = []
    for radius in radii:
        used = ~np.isnan(lonlat[:, 0]) & (uncertainty <= radius)
        if used.tobytes() not in known:
            known[used.tobytes()] = _places(outlines, lonlat[used])
        tables.append(_table(outlines, known[used.tobytes()], len(lonlat), radius))
    if not isinstance(radius_m, list | tuple | np.ndarray):
        return tables[0].set_index(districts.index)
    index = pd.MultiIndex.from_product([districts.index, radii], names=[None, "radius_m"])
    index = index.set_names(districts.index.name, level=0)
    every = pd.concat(tables).sort_index(kind="stable")
    return every.set_index(index)


class _Places(NamedTuple):
    """Sites that are used, by place.

    Attributes
    ----------
    lonlat
        Sorted and without repetitions, so that neither order nor duplicates can matter.
    times
        Sites at each place.
    homes
        See `disc_cover.homes`; empty where only bounds are asked for.
    """

    lonlat: NDArray[np.float64]
    times: NDArray[np.int64]
    homes: NDArray[np.intp]


def _places(outlines: Outlines, lonlat: NDArray[np.float64]) -> _Places:
    once, times = _once(lonlat)
    exact = once if len(once) <= EXACT_UP_TO else once[:0]
    return _Places(once, times, disc_cover.homes(outlines, exact))


def _once(lonlat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return each position once, and how often it was there."""
    # 180 degrees west is 180 degrees east.
    lon = np.where(lonlat[:, 0] == -180, 180.0, lonlat[:, 0])
    return np.unique(np.column_stack([lon, lonlat[:, 1]]), axis=0, return_counts=True)


def _table(outlines: Outlines, places: _Places, n_sites: int, radius_m: float) -> pd.DataFrame:
    """Return the coverage of each polygon, row by row."""
    area = outlines.area
    if len(places.lonlat) <= EXACT_UP_TO:
        discs = disc_union.discs(places.lonlat, radius_m)
        low = high = disc_cover.cover(outlines, discs, places.homes)
        times = places.times
    else:
        groups, low, high = disc_bounds.bounds(outlines, places.lonlat, radius_m)
        times = np.bincount(groups.of, places.times).astype(np.int64)
    bounds = [covered_m2(cover, outlines) for cover in (low, high)]
    least, most = np.minimum(*bounds), np.maximum(*bounds)
    covered = (least + most) / 2 if len(places.lonlat) else np.full(len(area), np.nan)
    n_reaching = np.zeros(len(area), dtype=np.int64)
    np.add.at(n_reaching, high.polygon, times[high.disc])
    return pd.DataFrame(
        {
            "share": covered / area,
            "covered_km2": covered / 1e6,
            "area_km2": area / 1e6,
            "n_used": int(places.times.sum()),
            "n_sites": n_sites,
            "n_reaching": n_reaching,
            "share_low": np.where(np.isnan(covered), np.nan, least / area),
            "share_high": np.where(np.isnan(covered), np.nan, most / area),
            "share_method": EXACT if low is high else BOUNDED,
        }
    )


def covered_m2(cover: Cover, outlines: Outlines) -> NDArray[np.float64]:
    """Return what is covered of each polygon, square metres: all of it but for rounding is all."""
    covered = np.clip(cover.area_m2, 0.0, outlines.area)
    return np.where(covered >= ALL_OF_IT * outlines.area, outlines.area, covered)


def places(sites: gpd.GeoDataFrame, *, radius_m: float, faults: list[str]) -> NDArray[np.float64]:
    """Return the places of the sites that a coverage at a radius rests on, each once.

    Parameters
    ----------
    sites, radius_m
        As for `coverage`.
    faults : list of str
        Takes what is wrong.

    Returns
    -------
    ndarray of float64, shape (n, 2)
        Longitude and latitude in degrees, WGS84; only to be used when no fault was added.
    """
    lonlat = frames.locations(sites, faults)
    uncertainty = precision.of_sites(sites, faults)
    _check_poles(radius_m, lonlat, faults)
    if faults:
        return lonlat
    return _once(lonlat[~np.isnan(lonlat[:, 0]) & (uncertainty <= radius_m)])[0]


def geodesic_discs(
    centres: NDArray[np.float64], *, radius_m: float, sides: int = SIDES
) -> NDArray[np.object_]:
    """Return discs around positions as polygons with the discs' area.

    Parameters
    ----------
    centres : ndarray of float64, shape (n, 2)
        Longitude and latitude in degrees, WGS84.
    radius_m : float
        Geodesic radius in metres.
    sides : int
        Vertices of each polygon.

    Returns
    -------
    ndarray of shapely polygons, shape (n,)
        In WGS84 degrees; longitudes run on beyond 180 rather than jump to -180.

    Raises
    ------
    InputError
        For a radius that `coverage` refuses.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from geo.geometry import projection
    >>> discs = geodesic_discs(np.array([[121.47, 31.23]]), radius_m=1000)
    >>> projection.area_km2(gpd.GeoSeries(discs, crs="EPSG:4326")).round(4).to_list()
    [3.1416]
    """
    faults: list[str] = []
    check_radius(radius_m, faults)
    frames.refuse(faults)
    reach = radius_m * math.sqrt(math.pi / (sides / 2 * math.sin(2 * math.pi / sides)))
    azimuths = np.tile(np.arange(sides) * (360 / sides), len(centres))
    start = np.repeat(centres, sides, axis=0)
    lon, lat, _ = pyproj.Geod(ellps="WGS84").fwd(
        start[:, 0], start[:, 1], azimuths, np.full(len(start), reach)
    )
    lon = start[:, 0] + (lon - start[:, 0] + 180) % 360 - 180
    rings = np.stack([lon, lat], axis=-1).reshape(-1, sides, 2)
    return np.asarray(shapely.polygons(rings), dtype=object)


def _radii(given: float | Sequence[float], faults: list[str]) -> list[float]:
    """Return the radii that are asked for; none where there is a fault."""
    if not isinstance(given, list | tuple | np.ndarray):
        return [given] if check_radius(given, faults) else []  # type: ignore[list-item]
    radii = [radius for radius in given if check_radius(radius, faults)]
    if not len(given) or len({*radii}) < len(radii):
        faults.append(f"radius_m: found {[*given]!r}, expected at least one radius, each once")
    return radii if len(radii) == len(given) else []


def check_radius(radius_m: object, faults: list[str]) -> bool:
    """Add a fault unless a value is a radius that coverage is measured with; return whether."""
    good = amounts.within(radius_m, least=MIN_RADIUS_M, most=MAX_RADIUS_M)
    if not good:
        faults.append(
            f"radius_m: found {radius_m!r}, expected a number from {MIN_RADIUS_M:g} to "
            f"{MAX_RADIUS_M:,.0f} (metres)"
        )
    return good


def _check_poles(radius_m: float, lonlat: NDArray[np.float64], faults: list[str]) -> None:
    # A degree of latitude is at least 110.5 km long.
    polar = np.abs(lonlat[:, 1]) + radius_m / 110_500 >= 90
    if polar.any():
        faults.append(f"sites, geometry: {int(polar.sum())} lie within {radius_m:g} m of a pole")


def _check_width(
    districts: gpd.GeoDataFrame | gpd.GeoSeries, polygons: NDArray[np.object_], faults: list[str]
) -> None:
    if faults:
        return
    west, _, east, _ = shapely.bounds(polygons).T
    wide = east - west > 180
    if wide.any():
        faults.append(
            f"districts, geometry: wider than 180 degrees at {frames.rows(districts, wide)}; "
            "expected one row for each side of the antimeridian, see GeoDataFrame.explode"
        )
