"""Where places meet the network: the nearest point of the nearest street, and the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely

from geo import memory
from geo.geometry import projection, sphere

if TYPE_CHECKING:
    import pyproj
    from numpy.typing import NDArray

    from geo.networks.graph import Network

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

VERTICES: Final = 8_000_000
"""Of the networks whose index is kept in the process."""

LATEST: Final = 64
"""Sets of places whose stops are kept, fewer where they are many."""

NOWHERE: Final = -1


class Stops(NamedTuple):
    """Places on the network.

    Attributes
    ----------
    edge
        Of each place the nearest; -1 where none is near.
    part
        How far along it, 0 at its tail to 1 at its head.
    metres
        From the place straight to the street, infinite where there is none.
    """

    edge: Rows
    part: Floats
    metres: Floats


class Plane(NamedTuple):
    """The courses of edges in the plane of their network, and which of them lies near."""

    plane: pyproj.Transformer
    course: NDArray[np.object_]
    tree: shapely.STRtree


def snap(network: Network, lonlat: Floats, *, most_m: float) -> Stops:
    """Return where places meet the network.

    Parameters
    ----------
    network : Network
        Streets; a place is never joined to a ferry.
    lonlat : ndarray of float64, shape (n, 2)
        Degrees, WGS84; NaN where a place is unlocated.
    most_m : float
        A place farther from every street meets none. Metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from geo.networks import graph
    >>> street = gpd.GeoSeries.from_wkt(["LINESTRING (121 31, 121.01 31)"], crs="EPSG:4326")
    >>> places = np.array([[121.0025, 31.001], [121.0025, 31.1]])
    >>> stops = snap(graph.network(graph.of_geometry(street.array)), places, most_m=500)
    >>> stops.edge.tolist(), stops.part[0].round(4), stops.metres.round().tolist()
    ([0, -1], np.float64(0.25), [111.0, inf])
    """
    return _snapped(network, np.ascontiguousarray(lonlat, dtype=np.float64).tobytes(), most_m)


@memory.by_view(LATEST, rows=lambda stops: len(stops.edge))
def _snapped(network: Network, places: bytes, most_m: float) -> Stops:
    """Return the same of places that are asked for again and again: squares, today's sites."""
    lonlat = np.frombuffer(places).reshape(-1, 2)
    stops = _nearest(network, lonlat, most_m)
    for each in stops:
        each.setflags(write=False)
    return stops


def _nearest(network: Network, lonlat: Floats, most_m: float) -> Stops:
    edges = np.flatnonzero(network.joined)
    n = len(lonlat)
    stops = Stops(np.full(n, NOWHERE), np.full(n, np.nan), np.full(n, np.inf))
    if not len(edges):
        return stops
    index = in_plane(network.course[edges])
    placed = np.flatnonzero(np.isfinite(lonlat).all(axis=1))
    x, y = index.plane.transform(*lonlat[placed].T)
    points = np.asarray(shapely.points(x, y), dtype=object)
    row, near = index.tree.query_nearest(points, max_distance=most_m * 1.01, all_matches=False)
    part = np.asarray(shapely.line_locate_point(index.course[near], points[row], normalized=True))
    met = shapely.get_coordinates(
        shapely.line_interpolate_point(index.course[near], part, normalized=True)
    )
    lon, lat = index.plane.transform(met[:, 0], met[:, 1], direction="INVERSE")
    at = lonlat[placed[row]]
    metres = np.asarray(sphere.WGS84.inv(at[:, 0], at[:, 1], lon, lat)[2])
    within = metres <= most_m
    chosen = placed[row[within]]
    stops.edge[chosen] = edges[near[within]]
    stops.part[chosen] = part[within]
    stops.metres[chosen] = metres[within]
    return stops


@memory.by_geometries(VERTICES)
def in_plane(course: NDArray[np.object_]) -> Plane:
    """Return lines in the Lambert azimuthal equal-area plane of their middle, with an index.

    Parameters
    ----------
    course : ndarray of shapely.LineString, shape (m,)
        WGS84 degrees, at least one.
    """
    west, south, east, north = shapely.total_bounds(course)
    plane = projection.laea((west + east) / 2, (south + north) / 2)
    flat = projection.project(course, [plane] * len(course))
    flat.setflags(write=False)
    return Plane(plane, flat, shapely.STRtree(flat))
