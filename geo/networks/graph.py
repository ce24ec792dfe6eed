"""A street network as arrays: nodes where lines meet or end, edges with their course and length.

Lines meet where they have a vertex in common, as OpenStreetMap's do; two that cross without one
are a bridge over a street. A line that is drawn twice, or once in each direction, is one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely
from scipy import sparse
from scipy.sparse import csgraph

from geo.errors import InputError
from geo.geometry import outline_index, sphere
from geo.networks import rules

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

EXACT_TO: Final = 1e7
"""Parts of a degree that tell two vertices apart, as in OpenStreetMap: 1 cm."""

STRIP: Final = 0.01
"""Degrees of latitude: nodes are kept in strips, so that neighbours lie near in memory."""


class Lines(NamedTuple):
    """Lines as a file has them.

    Attributes
    ----------
    lon, lat
        Of the vertices of all lines, one line after the other; degrees, WGS84.
    vertex
        What each vertex is called; those of one name are one, whichever line they are on.
    line
        Which line each belongs to, from 0 up, ascending.
    kind
        Of each line, a name of `geo.networks.rules.Rules.kinds`.
    """

    lon: Floats
    lat: Floats
    vertex: NDArray[np.int64]
    line: Rows
    kind: NDArray[np.object_]

    def at(self, chosen: Rows | NDArray[np.bool_]) -> Lines:
        """Return the lines with some of their vertices."""
        vertices = self.lon[chosen], self.lat[chosen], self.vertex[chosen], self.line[chosen]
        return Lines(*vertices, self.kind)


@dataclass(frozen=True, eq=False)
class Network:
    """A street network.

    Attributes
    ----------
    lonlat : ndarray of float64, shape (n, 2)
        Of the nodes: degrees, WGS84.
    tail, head : ndarray of int, shape (m,)
        The nodes that each edge leads from and to. On foot it is walked both ways.
    metres : ndarray of float64, shape (m,)
        Length of each along the ellipsoid.
    kind : ndarray of int, shape (m,)
        Of each, a place in `kinds`.
    course : ndarray of shapely.LineString, shape (m,)
        From tail to head, WGS84.
    kinds : tuple of str
        Names, see `geo.networks.rules`.
    """

    lonlat: Floats
    tail: Rows
    head: Rows
    metres: Floats
    kind: NDArray[np.int8]
    course: NDArray[np.object_] = field(repr=False)
    kinds: tuple[str, ...]

    def minutes(self, speed_kmh: float) -> Floats:
        """Return how long each edge is walked at a speed in km/h, by the pace of its kind."""
        pace = np.array([rules.standard().kinds[name].pace for name in self.kinds])
        return np.asarray(self.metres / (speed_kmh * 1000 / 60) / pace[self.kind])

    def walked(self, *, ferries: bool) -> NDArray[np.bool_]:
        """Return which edges are walked: all, or all but ferries."""
        return np.asarray((self.kind != self.kinds.index("ferry")) | ferries)

    @property
    def joined(self) -> NDArray[np.bool_]:
        """Which edges places may be joined to."""
        may = np.array([rules.standard().kinds[name].joined for name in self.kinds])
        return np.asarray(may[self.kind])

    def components(self, *, ferries: bool = False) -> Rows:
        """Return the component of each node, 0 for the one with the most kilometres."""
        used = self.walked(ferries=ferries)
        ends = self.tail[used], self.head[used]
        shape = (len(self.lonlat), len(self.lonlat))
        links = sparse.coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=shape)
        n, of_node = csgraph.connected_components(links, directed=False)
        length = np.bincount(of_node[ends[0]], self.metres[used], n)
        rank = np.empty(n, dtype=np.intp)
        rank[np.argsort(-length, kind="stable")] = np.arange(n)
        return np.asarray(rank[of_node])


def network(lines: Lines) -> Network:
    """Return lines as a network.

    Parameters
    ----------
    lines : Lines
        At least one with two places.

    Raises
    ------
    InputError
        Where no line has a length.

    Examples
    --------
    >>> import geopandas as gpd
    >>> cross = ["LINESTRING (121.0 31, 121.1 31, 121.2 31)", "LINESTRING (121.1 31, 121.1 31.1)"]
    >>> streets = network(of_geometry(gpd.GeoSeries.from_wkt(cross, crs="EPSG:4326").array))
    >>> len(streets.lonlat), len(streets.tail), streets.metres.round().tolist()
    (4, 3, [9550.0, 9550.0, 11087.0])
    """
    lines = _once(lines)
    _, at, vertex = np.unique(lines.vertex, return_index=True, return_inverse=True)
    starts = np.append(True, lines.line[1:] != lines.line[:-1])
    met = np.bincount(vertex)[vertex] > 1
    met |= starts | np.append(starts[1:], True)
    breaks = np.flatnonzero(met)
    together = lines.line[breaks[1:]] == lines.line[breaks[:-1]]
    first, last = breaks[:-1][together], breaks[1:][together]
    if not len(first):
        raise InputError("network: no line with a length; expected lines of two places or more")
    node = np.full(len(at), -1, dtype=np.intp)
    ends = np.unique(vertex[np.concatenate([first, last])])
    place = np.column_stack([lines.lon, lines.lat])[at[ends]]
    order = np.lexsort((place[:, 0], np.floor(place[:, 1] / STRIP)))
    node[ends[order]] = np.arange(len(ends))
    edge, member = outline_index.spread(first, last)
    lon, lat = lines.lon[member], lines.lat[member]
    kinds = tuple(rules.standard().kinds)
    named = lines.kind[lines.line[first]]
    return Network(
        lonlat=place[order],
        tail=node[vertex[first]],
        head=node[vertex[last]],
        metres=lengths(lon, lat, edge, len(first)),
        kind=np.array([kinds.index(name) for name in named], dtype=np.int8),
        course=np.asarray(shapely.linestrings(np.column_stack([lon, lat]), indices=edge)),
        kinds=kinds,
    )


def of_geometry(shapes: NDArray[np.object_], kind: pd.Series | None = None) -> Lines:
    """Return geometries as lines that meet where they have a vertex in common.

    Parameters
    ----------
    shapes : array of shapely geometries, shape (n,)
        Lines of one or several parts, in WGS84 degrees.
    kind : Series of str, n rows, optional
        Of each; all are streets where it is not given.
    """
    parts, owner = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    lonlat, line = shapely.get_coordinates(parts, return_index=True)
    with np.errstate(invalid="ignore"):  # what is no number is nowhere, whatever it is called
        x, y = np.rint((lonlat + np.array([180.0, 90.0])) * EXACT_TO).astype(np.int64).T
    names = np.full(len(parts), rules.STREET, dtype=object)
    if kind is not None:
        names = kind.to_numpy(dtype=object)[owner]
    return Lines(lonlat[:, 0], lonlat[:, 1], x << 31 | y, line, names)


def _once(lines: Lines) -> Lines:
    """Return lines without vertices in a row that are one, and without lines that are there."""
    kept = np.append(True, (np.diff(lines.vertex) != 0) | (np.diff(lines.line) != 0))
    vertex, line = lines.vertex[kept], lines.line[kept]
    cuts = np.flatnonzero(np.append(True, np.diff(line) != 0))
    seen: set[tuple[bytes, str]] = set()
    new = np.zeros(len(lines.kind), dtype=bool)
    for first, last in zip(cuts.tolist(), [*cuts[1:].tolist(), len(line)], strict=True):
        own, row = vertex[first:last], line[first]
        course = min(own.tobytes(), own[::-1].tobytes()), str(lines.kind[row])
        new[row] = last - first > 1 and course not in seen
        seen.add(course)
    chosen = np.flatnonzero(kept)[new[line]]
    return lines.at(chosen)


def lengths(lon: Floats, lat: Floats, owner: Rows, n: int) -> Floats:
    """Return the length of each of n lines along the ellipsoid, in metres.

    Parameters
    ----------
    lon, lat : ndarray of float64, shape (k,)
        Of their vertices, one line after the other; degrees, WGS84.
    owner : ndarray of int, shape (k,)
        Which line each belongs to.
    n : int
        Of lines.
    """
    metres = np.asarray(sphere.WGS84.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2])
    together = owner[1:] == owner[:-1]
    return np.bincount(owner[:-1][together], metres[together], n).astype(np.float64)
