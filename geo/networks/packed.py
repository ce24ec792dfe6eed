"""Street networks, lines, areas and places as text, for who keeps them in a workspace; and back.

Positions are whole numbers of 1e-7 degrees, a centimetre, each told by how far it is from the one
before. Lengths are not kept: they are measured again, so that no text makes a street shorter than
its course.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import memory
from geo.checks import frames
from geo.errors import InputError
from geo.facts import own_terrain
from geo.networks import graph, rules
from geo.networks.graph import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.facts.own_terrain import OwnPlaces, OwnShapes, OwnStreets

    Ints = NDArray[np.int32]

LATEST: Final = 64
"""Networks that are unpacked at once, fewer where they have many streets."""

OF_EDGE, OF_CORNER = 4, 2
"""Numbers that are kept of an edge, and of a corner of its course."""

BYTES: Final = 4
"""Of a number."""

LINEAR, AREAL = (1, 5), (3, 6)
"""Geometries that are lines, and areas, as shapely numbers their types."""

HEAD: Final = 64
"""Bytes of a geometry beside its corners, at most."""


LONGEST: Final = 80
"""Characters of the name of a place."""

OF_PLACE: Final = 6 * LONGEST
"""Bytes of a place with its name, at most."""


def pack(network: Network) -> str:
    """Return the streets of a network as text.

    Examples
    --------
    >>> street = gpd.GeoSeries.from_wkt(["LINESTRING (121 31, 121.01 31, 121.01 31.02)"])
    >>> streets = graph.network(graph.of_geometry(street.array))
    >>> again = unpack(of_network(streets, source="survey", file="streets.gpkg"))
    >>> again.metres.round().tolist() == streets.metres.round().tolist()
    True
    """
    corners, edge = shapely.get_coordinates(network.course, return_index=True)
    whole = np.rint(corners * graph.EXACT_TO).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).astype(np.int32)
    n = np.bincount(edge, minlength=len(network.tail))
    numbers = [n, network.tail, network.head, network.kind, *steps.T]
    raw = np.concatenate([np.asarray(each).astype("<i4") for each in numbers])
    # Bytes of one rank beside each other: most steps are short.
    return own_terrain.deflate(raw.view(np.uint8).reshape(-1, BYTES).T.tobytes())


@memory.by_view(LATEST, rows=lambda network: len(network.tail))
def unpack(own: OwnStreets) -> Network:
    """Return the network of packed streets.

    Raises
    ------
    InputError
        Where it is not what `pack` made of so many, or streets do not meet where they say.
    """
    size = OF_EDGE * own.edges + OF_CORNER * own.corners
    raw = own_terrain.inflate(own.packed, BYTES * size)
    if len(raw) != BYTES * size or not own.edges:
        raise InputError(f"streets: not the {own.edges} that it says")
    numbers = np.frombuffer(raw, np.uint8).reshape(BYTES, -1).T.copy().view("<i4")[:, 0]
    n, tail, head, kind = numbers[: OF_EDGE * own.edges].reshape(OF_EDGE, -1)
    lonlat = numbers[OF_EDGE * own.edges :].reshape(OF_CORNER, -1).astype(np.int64)
    return _network(n, (tail, head), kind, np.cumsum(lonlat, axis=1).T / graph.EXACT_TO)


def _network(n: Ints, ends: tuple[Ints, Ints], kind: Ints, lonlat: NDArray[np.float64]) -> Network:
    """Return the network of checked numbers."""
    kinds = tuple(rules.standard().kinds)
    last = np.cumsum(n.astype(np.int64))
    nodes = 1 + int(max(each.max() for each in ends))
    if (
        last[-1] != len(lonlat)
        or (n < 2).any()
        or min(each.min() for each in (*ends, kind)) < 0
        or nodes > 2 * len(n)
        or kind.max() >= len(kinds)
        or (np.abs(lonlat) > [180.0, 90.0]).any()
    ):
        raise InputError("streets: courses that are none")
    at = np.full((nodes, 2), np.nan)
    first = last - n
    met = [(ends[0], lonlat[first]), (ends[1], lonlat[last - 1])]
    for rows, corners in met:
        at[rows] = corners
    # Streets that do not meet would be a way through the air.
    if any((at[rows] != corners).any() for rows, corners in met) or np.isnan(at).any():
        raise InputError("streets: ends that do not meet")
    edge = np.repeat(np.arange(len(n)), n)
    return Network(
        lonlat=at,
        tail=ends[0].astype(np.intp),
        head=ends[1].astype(np.intp),
        metres=graph.lengths(lonlat[:, 0], lonlat[:, 1], edge, len(n)),
        kind=kind.astype(np.int8),
        course=np.asarray(shapely.linestrings(lonlat, indices=edge)),
        kinds=kinds,
    )


def pack_shapes(shapes: gpd.GeoSeries) -> str:
    """Return lines and areas in WGS84 as text.

    Examples
    --------
    >>> river = gpd.GeoSeries.from_wkt(["LINESTRING (121 31, 121.5 31)"], crs="EPSG:4326")
    >>> unpack_shapes(of_shapes(river, source="survey", file="river.gpkg")).to_wkt()[0]
    'LINESTRING (121 31, 121.5 31)'
    """
    collected = shapely.geometrycollections(np.asarray(shapes.array))
    return own_terrain.deflate(bytes(shapely.to_wkb(collected, output_dimension=2)))


@memory.by_view(LATEST, rows=lambda shapes: int(shapes.count_coordinates().sum()))
def unpack_shapes(own: OwnShapes) -> gpd.GeoSeries:
    """Return packed lines and areas, WGS84.

    Raises
    ------
    InputError
        Where it is not what `pack_shapes` made of so many.
    """
    raw = own_terrain.inflate(own.packed, HEAD * (own.parts + own.corners + 1))
    try:
        parts = shapely.get_parts(shapely.from_wkb(raw))
    except shapely.GEOSException as error:
        raise InputError(f"shapes: no geometries ({error})") from error
    corners = shapely.get_coordinates(parts)
    if (len(parts), len(corners)) != (own.parts, own.corners) or not len(corners):
        raise InputError(f"shapes: not the {own.parts} that it says")
    within = np.abs(corners) <= [180.0, 90.0]  # false for what is no number
    if not np.isin(shapely.get_type_id(parts), [*LINEAR, *AREAL]).all() or not within.all():
        raise InputError("shapes: expected lines and areas in degrees")
    return gpd.GeoSeries(parts, crs=frames.WGS84)


def pack_places(places: gpd.GeoDataFrame) -> str:
    """Return places in WGS84 and their ``name`` as text.

    Examples
    --------
    >>> yard = gpd.GeoDataFrame({"name": ["Yard 3"]}, geometry=[shapely.Point(121.5, 31)])
    >>> unpack_places(of_places(yard, source="bureau", file="yards.gpkg"))["name"].tolist()
    ['Yard 3']
    """
    exact = np.rint(shapely.get_coordinates(places.geometry) * graph.EXACT_TO) / graph.EXACT_TO
    rows = [[lon, lat, name] for (lon, lat), name in zip(exact, places["name"], strict=True)]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return own_terrain.deflate(text.encode())


@memory.by_view(LATEST, rows=len)
def unpack_places(own: OwnPlaces) -> gpd.GeoDataFrame:
    """Return packed places: points in WGS84 and their ``name``, empty where they have none.

    Raises
    ------
    InputError
        Where it is not what `pack_places` made of so many.
    """
    try:
        rows = json.loads(own_terrain.inflate(own.packed, OF_PLACE * (own.places + 1)))
        lon, lat, names = zip(*rows, strict=True)
        lonlat = np.array([lon, lat], dtype=np.float64)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise InputError("candidates: no places") from error
    if len(names) != own.places:
        raise InputError(f"candidates: not the {own.places:,} that it says")
    named = (isinstance(each, str) and len(each) <= LONGEST for each in names)
    if (
        not all(named)
        or not "".join(names).isprintable()
        or not (np.abs(lonlat.T) <= [180.0, 90.0]).all()
    ):
        raise InputError("candidates: expected places in degrees, and names of one line")
    points = gpd.points_from_xy(lonlat[0], lonlat[1], crs=frames.WGS84)
    return gpd.GeoDataFrame({"name": pd.Series(names, dtype="str")}, geometry=points)


def of_network(
    network: Network, *, source: str, file: str, **left_out_km: float
) -> own_terrain.OwnStreets:
    """Return a network as a workspace keeps it.

    Parameters
    ----------
    network
        Its courses.
    source, file
        See `geo.facts.own_terrain.OwnStreets`.
    **left_out_km
        Kilometres that are not walked: ``motorway_km`` and others, see there.

    Raises
    ------
    InputError
        As there.
    """
    left_out = {
        f"{reason}_km": left_out_km.get(f"{reason}_km", 0.0) for reason in own_terrain.REASONS
    }
    return own_terrain.OwnStreets(
        source=source,
        file=file,
        edges=len(network.tail),
        corners=int(shapely.get_num_coordinates(network.course).sum()),
        km=float(network.metres.sum() / 1000),
        **left_out,
        packed=pack(network),
    )


def of_shapes(shapes: gpd.GeoSeries, *, source: str, file: str) -> own_terrain.OwnShapes:
    """Return lines and areas as a workspace keeps them.

    Raises
    ------
    InputError
        See `geo.facts.own_terrain.OwnShapes`.
    """
    return own_terrain.OwnShapes(
        source=source,
        file=file,
        parts=len(shapes),
        corners=int(shapely.get_num_coordinates(np.asarray(shapes.array)).sum()),
        packed=pack_shapes(shapes),
    )


def of_places(
    places: gpd.GeoDataFrame, *, source: str, file: str, outside: int = 0
) -> own_terrain.OwnPlaces:
    """Return places as a workspace keeps them.

    Parameters
    ----------
    places
        Points in WGS84 with ``name``.
    source, file, outside
        See `geo.facts.own_terrain.OwnPlaces`.

    Raises
    ------
    InputError
        As there.
    """
    return own_terrain.OwnPlaces(
        source=source,
        file=file,
        places=len(places),
        outside=outside,
        packed=pack_places(places),
    )
