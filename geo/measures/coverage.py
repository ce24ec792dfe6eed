"""The share of a district that lies within a radius of a site.

``area(d ∩ ∪ disc(site, r)) / area(d)`` with the sites of any district whose position is known to
r or better. Distances are geodesics on the WGS84 ellipsoid; areas are those of the plane that is
centred on the district (see `geo.geometry.projection`).
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyproj
import shapely

from geo.checks import amounts, frames
from geo.facts import precision
from geo.geometry import projection
from geo.measures import assignment, containment

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from numpy.typing import NDArray

MIN_RADIUS_M = 1.0
MAX_RADIUS_M = 300_000.0

ALL_OF_IT = 1 - 1e-12  # from this share on, what is missing is rounding

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
    uncertainty = _uncertainty(sites, faults)
    check_radius(radius_m, faults)
    frames.refuse(faults)
    rows = assignment.locate(sites, districts)
    own = (rows != containment.NOWHERE) & (uncertainty <= radius_m) & assignment.located(sites)
    return pd.Series(np.bincount(rows[own], minlength=len(districts)), index=districts.index)


def coverage(
    sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, *, radius_m: float
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
    radius_m : float
        1 to 300,000 metres.

    Returns
    -------
    DataFrame, m rows, on the index of `districts`
        ``share`` (float64, 0-1, NaN when ``n_used`` is 0), ``covered_km2`` (float64, NaN
        likewise), ``area_km2`` (float64, of the polygon), ``n_used`` and ``n_sites`` (int64,
        sites used and given, of the whole call), ``n_reaching`` (int64, sites used whose disc
        meets the district).

    Raises
    ------
    InputError
        For an impossible radius, an unknown precision, geometries of the wrong kind, a missing
        CRS, repeated labels; all faults at once.

    Notes
    -----
    A disc is a regular polygon on a geodesic circle, of a radius that gives it the area of the
    disc: ``r sqrt(pi / ((k/2) sin(2 pi / k)))`` for k vertices. It reaches across the antimeridian;
    an outline on both sides of it is refused (one row a side), and so is a site near a pole.

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
    uncertainty = _uncertainty(sites, faults)
    if check_radius(radius_m, faults):
        _check_poles(radius_m, lonlat, faults)
    _check_width(districts, polygons, faults)
    frames.refuse(faults)

    polygons = projection.mended(polygons)
    used = ~np.isnan(lonlat[:, 0]) & (uncertainty <= radius_m)
    # Sorted and without repetitions, so that neither order nor duplicates can matter.
    centres, times = np.unique(lonlat[used], axis=0, return_counts=True)
    discs = geodesic_discs(centres, radius_m=radius_m)
    area, covered, n_reaching = _measure(polygons, discs, times)
    if not used.any():
        covered = np.full(len(polygons), np.nan)
    return pd.DataFrame(
        {
            "share": covered / area,
            "covered_km2": covered / 1e6,
            "area_km2": area / 1e6,
            "n_used": int(used.sum()),
            "n_sites": len(sites),
            "n_reaching": n_reaching,
        },
        index=districts.index,
    )


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


def _measure(
    polygons: NDArray[np.object_], discs: NDArray[np.object_], times: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Return area in m2, covered area in m2 and number of sites in reach of each polygon.

    The discs that meet a polygon are merged into patches that do not touch each other. A patch
    inside the polygon counts as it is; only one that crosses the outline has to be cut, and a
    small patch meets a small piece of the outline.
    """
    planes = projection.local_planes(polygons)
    planar = projection.local_polygons(polygons, planes)
    area = shapely.area(planar)
    discs, of_site = projection.on_both_sides(discs)
    tree = shapely.STRtree(discs)
    near = np.unique(tree.query(polygons)[0])
    # GEOS keeps an index of a prepared outline, which three questions below share. Threads share
    # the caller's outlines, and an index that another makes or drops meanwhile ends the process:
    # only copies of this call's own are prepared.
    outlines = np.full(len(polygons), None, dtype=object)
    outlines[near] = shapely.force_2d(polygons[near])
    shapely.prepare(outlines[near])
    rows, members = tree.query(outlines, predicate="intersects")
    n_reaching = np.zeros(len(polygons), dtype=np.int64)
    np.add.at(n_reaching, rows, times[of_site[members]])
    whole = np.zeros(len(polygons), dtype=bool)
    whole[tree.query(outlines, predicate="covered_by")[0]] = True

    partly = ~whole[rows]
    patches, owner = _patches(discs, rows[partly], members[partly])
    local = projection.project(patches, [planes[row] for row in owner])
    crossing = ~np.asarray(shapely.contains_properly(outlines[owner], patches))
    local[crossing] = _intersection(planar[owner[crossing]], local[crossing])
    covered = np.zeros(len(polygons))
    np.add.at(covered, owner, shapely.area(local))
    covered = np.where(whole | (covered >= ALL_OF_IT * area), area, covered)
    return area, covered, n_reaching


def _patches(
    discs: NDArray[np.object_], rows: NDArray[np.intp], members: NDArray[np.intp]
) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Merge each row's discs; return the separate patches and the row that each belongs to."""
    unions = {
        row: shapely.disjoint_subset_union_all(discs[near]) for row, near in _groups(rows, members)
    }
    merged = np.array(list(unions.values()), dtype=object)
    patches, part_of = shapely.get_parts(merged, return_index=True)
    return patches, np.array(list(unions), dtype=np.intp)[part_of]


def _intersection(
    polygons: NDArray[np.object_], patches: NDArray[np.object_]
) -> NDArray[np.object_]:
    try:
        return np.asarray(shapely.intersection(polygons, patches))
    except shapely.GEOSException:
        # Valid in degrees, but projecting bent a narrow neck across itself.
        return np.asarray(shapely.intersection(shapely.make_valid(polygons), patches))


def _groups(
    rows: NDArray[np.intp], members: NDArray[np.intp]
) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Yield each row with its members in ascending order."""
    order = np.lexsort((members, rows))
    members = members[order]
    found, first = np.unique(rows[order], return_index=True)
    limits = itertools.pairwise([*first.tolist(), len(members)])
    for row, (start, end) in zip(found.tolist(), limits, strict=True):
        yield row, members[start:end]


def _uncertainty(sites: gpd.GeoDataFrame, faults: list[str]) -> NDArray[np.float64]:
    given: object = sites
    if not isinstance(given, pd.DataFrame | pd.Series):
        return np.empty(0)  # refused with its geometry
    known = precision.radii_m()
    if "precision" not in sites:
        faults.append(
            "sites: no column precision; expected one of "
            f"{', '.join(known)} for each site, for surveyed points "
            "sites.assign(precision='building')"
        )
        return np.full(len(sites), np.inf)
    unknown = sorted(set(sites["precision"].dropna().map(str)) - set(known))
    if unknown:
        faults.append(
            f"sites, column precision: {', '.join(map(repr, unknown))} not known; "
            f"expected {', '.join(known)}, or nothing"
        )
    return precision.uncertainty_m(sites["precision"]).to_numpy()


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
