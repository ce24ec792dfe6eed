"""The share of a district that lies within a radius of a site.

``area(d ∩ ∪ disc(site, r)) / area(d)`` with the sites of any district whose position is known to
r or better. Distances are geodesics on the WGS84 ellipsoid; areas are those of the plane that is
centred on the district (see `geo.projection`).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyproj
import shapely

from geo import frames, projection

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from numpy.typing import NDArray

UNCERTAINTY_M = {"building": 50.0, "street": 500.0, "district": 3000.0, "none": math.inf}
"""Radius of uncertainty in metres for each precision of a position."""

MIN_RADIUS_M = 1.0
MAX_RADIUS_M = 300_000.0

SIDES = 64
"""Vertices of the polygon that stands for a disc."""


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
    disc: ``r sqrt(pi / ((k/2) sin(2 pi / k)))`` for k vertices. Polygons across the antimeridian
    or a pole are not supported.
    """
    faults: list[str] = []
    lonlat = frames.locations(sites, faults)
    polygons = frames.polygons(districts, faults)
    uncertainty = _uncertainty(sites, faults)
    _check_radius(radius_m, lonlat, faults)
    frames.refuse(faults)

    local = projection.local_planes(polygons)
    area = shapely.area(local.polygons)
    used = ~np.isnan(lonlat[:, 0]) & (uncertainty <= radius_m)
    covered = np.full(len(polygons), np.nan)
    n_reaching = np.zeros(len(polygons), dtype=np.int64)
    if used.any():
        # Sorted and without repetitions, so that neither order nor duplicates can matter.
        centres, times = np.unique(lonlat[used], axis=0, return_counts=True)
        discs = geodesic_discs(centres, radius_m=radius_m)
        rows, members = shapely.STRtree(discs).query(polygons, predicate="intersects")
        n_reaching = np.bincount(rows, weights=times[members], minlength=len(polygons)).astype(
            np.int64
        )
        covered = _covered_areas(polygons, local, discs, rows, members)
    return pd.DataFrame(
        {
            "share": np.minimum(covered / area, 1.0),
            "covered_km2": np.minimum(covered, area) / 1e6,
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
    """
    reach = radius_m * math.sqrt(math.pi / (sides / 2 * math.sin(2 * math.pi / sides)))
    azimuths = np.tile(np.arange(sides) * (360 / sides), len(centres))
    start = np.repeat(centres, sides, axis=0)
    lon, lat, _ = pyproj.Geod(ellps="WGS84").fwd(
        start[:, 0], start[:, 1], azimuths, np.full(len(start), reach)
    )
    lon = start[:, 0] + (lon - start[:, 0] + 180) % 360 - 180
    rings = np.stack([lon, lat], axis=-1).reshape(-1, sides, 2)
    return np.asarray(shapely.polygons(rings), dtype=object)


def _covered_areas(
    polygons: NDArray[np.object_],
    local: projection.LocalPlanes,
    discs: NDArray[np.object_],
    rows: NDArray[np.intp],
    members: NDArray[np.intp],
) -> NDArray[np.float64]:
    """Return the area in m2 of each polygon that the discs meeting it cover.

    Three cases spare most of the work: a polygon that no disc meets, one that lies in a single
    disc, and one whose discs all lie inside it (no outline to cut at).
    """
    tree = shapely.STRtree(discs)
    covered = np.zeros(len(polygons))
    whole = np.zeros(len(polygons), dtype=bool)
    whole[tree.query(polygons, predicate="covered_by")[0]] = True
    covered[whole] = shapely.area(local.polygons[whole])
    inner = np.bincount(
        tree.query(polygons, predicate="contains_properly")[0], minlength=len(polygons)
    )
    corners = shapely.get_coordinates(shapely.get_exterior_ring(discs)).reshape(len(discs), -1, 2)
    for row, near in _groups(rows, members):
        if whole[row]:
            continue
        ring = corners[near]
        x, y = local.planes[row].transform(ring[..., 0].ravel(), ring[..., 1].ravel())
        union = shapely.union_all(shapely.polygons(np.stack([x, y], axis=-1).reshape(ring.shape)))
        if inner[row] < len(near):
            union = shapely.intersection(local.polygons[row], union)
        covered[row] = shapely.area(union)
    return covered


def _groups(
    rows: NDArray[np.intp], members: NDArray[np.intp]
) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Yield each row with its members in ascending order."""
    order = np.lexsort((members, rows))
    rows, members = rows[order], members[order]
    found, first = np.unique(rows, return_index=True)
    yield from zip(found.tolist(), np.split(members, first[1:]), strict=True)


def _uncertainty(sites: gpd.GeoDataFrame, faults: list[str]) -> NDArray[np.float64]:
    if "precision" not in sites:
        faults.append(
            "sites: no column precision; expected one of "
            f"{', '.join(UNCERTAINTY_M)} for each site, for surveyed points "
            "sites.assign(precision='building')"
        )
        return np.full(len(sites), np.inf)
    stated = sites["precision"].astype("string").fillna("none")
    unknown = sorted(set(stated.unique()) - set(UNCERTAINTY_M))
    if unknown:
        faults.append(
            f"sites, column precision: {', '.join(map(repr, unknown))} not known; "
            f"expected {', '.join(UNCERTAINTY_M)}, or nothing"
        )
    metres = stated.map(UNCERTAINTY_M).to_numpy(dtype=np.float64, na_value=np.inf)
    return np.asarray(metres, dtype=np.float64)


def _check_radius(radius_m: float, lonlat: NDArray[np.float64], faults: list[str]) -> None:
    if not MIN_RADIUS_M <= radius_m <= MAX_RADIUS_M:
        faults.append(
            f"radius_m: {radius_m:g} is no radius; expected {MIN_RADIUS_M:g} to "
            f"{MAX_RADIUS_M:,.0f} metres"
        )
        return
    # A degree of latitude is at least 110.5 km long.
    polar = np.abs(lonlat[:, 1]) + radius_m / 110_500 >= 90
    if polar.any():
        faults.append(f"sites, geometry: {int(polar.sum())} lie within {radius_m:g} m of a pole")
