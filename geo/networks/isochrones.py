"""Outlines of what is reached on foot.

An outline holds what lies within some metres of a street, where those metres are left of the walk:
nobody in it walks longer than the limit, and it never leaves the disc.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely
from shapely import ops

from geo.checks import amounts, frames
from geo.networks import reach, snapping, walks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.networks.graph import Network
    from geo.networks.reach import Walk

    Floats = NDArray[np.float64]

WIDTH_M: Final = 100.0
"""How far from a street an outline reaches, where nobody says otherwise."""

QUARTER_EDGES: Final = 4
"""Of a quarter of a circle round an end: the outline lies within the true one."""


def isochrones(
    network: Network,
    sites: gpd.GeoDataFrame,
    walk: Walk,
    *,
    limits: Sequence[float] = (),
    width_m: float = WIDTH_M,
) -> gpd.GeoDataFrame:
    """Return what is reached from any site, as outlines.

    Parameters
    ----------
    network : Network
        See `geo.networks.graph`.
    sites : GeoDataFrame
        Points in any CRS, empty or missing where unlocated.
    walk : Walk
        The longest walk, and how it is walked.
    limits : sequence of float
        An outline for each, in the walk's unit and up to its limit; the limit alone if none.
    width_m : float
        How far from a street an outline reaches: above 0 metres, at most the walk.

    Returns
    -------
    GeoDataFrame
        Polygons or multipolygons in WGS84, empty where nothing is reached; a row for each limit,
        on an index named ``metres`` or ``minutes``.

    Raises
    ------
    InputError
        As `geo.networks.reach.reach`, and for limits and widths beyond the walk.

    Examples
    --------
    >>> from geo.geometry import projection
    >>> from geo.networks import graph
    >>> street = gpd.GeoSeries.from_wkt(["LINESTRING (121 31, 121.1 31)"], crs="EPSG:4326")
    >>> site = gpd.GeoDataFrame(geometry=[shapely.Point(121.05, 31)], crs="EPSG:4326")
    >>> streets = graph.network(graph.of_geometry(street.array))
    >>> bands = isochrones(streets, site, reach.Walk(metres=1000), limits=[500, 1000])
    >>> projection.area_km2(bands).round(2).to_dict()
    {500.0: 0.19, 1000.0: 0.39}
    """
    faults: list[str] = []
    walk.check(faults)
    lonlat = frames.locations(sites, faults)
    if not faults and not amounts.within(width_m, least=1e-3, most=walk.radius_m):
        faults.append(f"width_m: found {width_m!r}, expected 0.001 to {walk.radius_m:g} (metres)")
    asked = [float(each) for each in limits] or ([walk.limit] if not faults else [])
    if not faults and not all(0 < each <= walk.limit for each in asked):
        faults.append(f"limits: found {asked}, expected numbers above 0 and up to {walk.limit:g}")
    frames.refuse(faults)
    stops = snapping.snap(network, lonlat, most_m=walk.street_m)
    far = _of_nodes(network, stops, walk)
    index = snapping.in_plane(network.course)
    outlines = []
    for limit in asked:
        spare = limit - width_m / walk.metres_a_unit
        streets = _within(network, index.course, stops, far, walk, spare)
        grown = shapely.buffer(streets, width_m, quad_segs=QUARTER_EDGES)
        outlines.append(shapely.union_all(grown) if len(grown) else shapely.MultiPolygon())
    flat = np.array(outlines, dtype=object)
    xy = shapely.get_coordinates(flat)
    lon, lat = index.plane.transform(xy[:, 0], xy[:, 1], direction="INVERSE")
    degrees = shapely.set_coordinates(flat, np.column_stack([lon, lat]))
    return gpd.GeoDataFrame(geometry=degrees, crs=frames.WGS84, index=asked).rename_axis(walk.unit)


def _of_nodes(network: Network, stops: snapping.Stops, walk: Walk) -> Floats:
    """Return what the walk from the nearest stop to each node takes; infinite beyond the limit."""
    n = len(network.lonlat)
    edge = np.empty(n, dtype=np.intp)
    edge[network.head], edge[network.tail] = (np.arange(len(network.tail)) for _ in range(2))
    at_head = (network.tail[edge] != np.arange(n)).astype(np.float64)
    nodes = reach.ends(network, snapping.Stops(edge, at_head, np.zeros(n)), walk)
    starts = reach.ends(network, stops, walk)
    all_ = np.array([0, len(starts.edge)])
    found = walks.shortest(reach.links(network, walk), starts, all_, nodes, walk.limit)
    far = np.full(n, np.inf)
    far[found.place] = found.cost
    return far


def _within(
    network: Network,
    course: NDArray[np.object_],
    stops: snapping.Stops,
    far: Floats,
    walk: Walk,
    limit: float,
) -> NDArray[np.object_]:
    """Return the streets, and parts of streets, that are reached within a limit."""
    cost = np.maximum(reach.edge_costs(network, walk), 1e-12)
    used = network.walked(ferries=walk.ferries) & network.joined
    ahead, behind = (
        np.clip((limit - far[end]) / cost, 0.0, 1.0) * used for end in (network.tail, network.head)
    )
    whole = ahead + behind >= 1
    rows = np.arange(len(cost))
    on = stops.edge >= 0
    own, part = stops.edge[on], stops.part[on]
    left = (limit - stops.metres[on] / walk.metres_a_unit) / cost[own]
    pieces = [
        (rows, np.zeros(len(rows)), ahead, ~whole & (ahead > 0)),
        (rows, 1 - behind, np.ones(len(rows)), ~whole & (behind > 0)),
        (own, np.maximum(part - left, 0), np.minimum(part + left, 1), ~whole[own] & (left > 0)),
    ]
    cut = [
        ops.substring(course[edge], first, last, normalized=True)
        for edges, begin, end, chosen in pieces
        for edge, first, last in zip(edges[chosen], begin[chosen], end[chosen], strict=True)
    ]
    return np.concatenate([course[whole], np.array(cut, dtype=object)])
