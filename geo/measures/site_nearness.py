"""Whether the sites of a region lie closer together than at random, by their nearest neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.checks import frames
from geo.measures import containment, point_pattern, region_plane, site_places

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.measures.emptiness import Empty
    from geo.measures.point_pattern import NearestNeighbour
    from geo.measures.site_places import Basis


class Nearness(NamedTuple):
    """The nearest-neighbour index of sites.

    Attributes
    ----------
    nearest
        See `point_pattern.nearest_neighbour`.
    places
        How many places it is of.
    outside
        Sites at places beyond all districts, left out.
    basis
        What it rests on.
    empty
        Why there is none; None where there is.
    """

    nearest: NearestNeighbour
    places: int
    outside: int
    basis: Basis
    empty: Empty | None


def nearness(sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, *, area_km2: float) -> Nearness:
    """Return the nearest-neighbour index of the sites in a region.

    Parameters
    ----------
    sites : GeoDataFrame, n rows
        Points in any CRS, empty or missing where unlocated, with a column ``precision``; known to
        3 km or worse they are left out, and many in one place are one place.
    districts : GeoDataFrame, m rows
        Polygons in any CRS that together are the region.
    area_km2 : float
        Of the ground that sites might stand on, km2: the region's land.

    Raises
    ------
    InputError
        As `geo.measures.coverage.coverage` does for sites and districts; all faults at once.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> at = np.random.default_rng(1).uniform(0.4, 0.5, (20, 2))
    >>> sites = gpd.GeoDataFrame(
    ...     {"precision": "building"}, geometry=shapely.points(121 + at[:, 0], 31 + at[:, 1]),
    ...     index=range(20), crs="EPSG:4326",
    ... )
    >>> box = gpd.GeoDataFrame(geometry=[shapely.box(121, 31, 122, 32)], crs="EPSG:4326")
    >>> found = nearness(sites, box, area_km2=10_500)
    >>> found.places, round(found.nearest.ratio, 2), found.outside, found.empty
    (20, 0.11, 0, None)
    """
    faults: list[str] = []
    polygons = frames.polygons(districts, faults)
    places = site_places.of_sites(sites, faults)
    lon, lat = places.lonlat.T
    inside = containment.rows(lon, lat, polygons, districts.index) != containment.NOWHERE
    xy = np.column_stack(region_plane.of(polygons).plane.transform(lon, lat))
    used = places.of[places.of != site_places.NONE]
    every = xy[used[inside[used]]]  # a site each, for what is said of stacked ones
    area = 1e6 * area_km2
    return Nearness(
        point_pattern.nearest_neighbour(every, area),
        int(inside.sum()),
        len(used) - len(every),
        places.basis._replace(used=len(every)),
        point_pattern.why_empty(every, area),
    )
