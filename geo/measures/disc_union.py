"""Discs on the conformal sphere, and the arcs of their circles that no other disc covers.

The arcs are the outline of the discs' union. Discs within a dense cluster have none, and drop out
after a look at their nearest neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy import spatial

from geo.geometry import sphere

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

TURN: Final = 2 * np.pi

NEIGHBOURS: Final = 12
"""Nearest discs that are looked at first: they cover the circles of all but those at the rim."""

CHUNK: Final = 512
"""Discs at the rim that are compared with all their neighbours at once."""


class Discs(NamedTuple):
    """Discs on the ellipsoid.

    Attributes
    ----------
    middle, east, north
        Unit vectors, shape (n, 3): the axis of each circle, and directions at right angles to it.
        Angles on a circle run from east over north.
    chord
        Straight distance from middle to circle, in radii of the sphere.
    """

    middle: Floats
    east: Floats
    north: Floats
    chord: Floats

    def part(self, rows: Rows) -> Discs:
        """Return some of the discs."""
        return Discs(*(field[rows] for field in self))

    def inside(self, points: Floats) -> Floats:
        """Return for one point each how far it lies within a disc: negative outside."""
        way = points - self.middle
        return np.asarray(self.chord**2 - dot(way, way))

    def angles(self, points: Floats) -> Floats:
        """Return the direction of one point each, in radians from -pi to pi."""
        to = points - self.middle
        return np.arctan2(dot(to, self.north), dot(to, self.east))

    def points(self, angles: Floats) -> Floats:
        """Return one point on each circle."""
        height = (1 - self.chord**2 / 2)[:, None]
        width = self.width[:, None]
        turned = self.east * np.cos(angles)[:, None] + self.north * np.sin(angles)[:, None]
        return np.asarray(height * self.middle + width * turned)

    @property
    def width(self) -> Floats:
        """The radius of each circle in its own plane."""
        return np.asarray(self.chord * np.sqrt(1 - self.chord**2 / 4))


class Arcs(NamedTuple):
    """Arcs of circles, in the order of their discs.

    Attributes
    ----------
    disc
        Row of each arc's disc.
    begin, length
        Radians.
    """

    disc: Rows
    begin: Floats
    length: Floats


def discs(lonlat: Floats, radius_m: float | Floats) -> Discs:
    """Return the discs round positions in degrees, shape (n, 2), of one radius or one each.

    A circle passes through the points due north and south; its size is the mean of theirs and
    that of the point due east.
    """
    start = np.repeat(lonlat, 3, axis=0)
    azimuths = np.tile([0.0, 90.0, 180.0], len(lonlat))
    lon, lat, _ = sphere.WGS84.fwd(
        start[:, 0], start[:, 1], azimuths, np.repeat(np.broadcast_to(radius_m, len(lonlat)), 3)
    )
    rim = sphere.vectors(np.asarray(lon), np.asarray(lat)).reshape(-1, 3, 3)
    middle = rim[:, 0] + rim[:, 2]
    middle /= np.linalg.norm(middle, axis=1)[:, None]
    along = np.radians(lonlat[:, 0])
    east = np.column_stack([-np.sin(along), np.cos(along), np.zeros(len(along))])
    chord = np.sqrt(((rim[:, :2] - middle[:, None]) ** 2).sum(axis=2).mean(axis=1))
    return Discs(middle, east, np.cross(middle, east), chord)


def free_arcs(round_: Discs, tree: spatial.cKDTree, asked: Rows | None = None) -> Arcs:
    """Return the arcs of circles that lie in no other disc.

    Parameters
    ----------
    round_ : Discs
        No two with the same middle.
    tree : spatial.cKDTree
        Of their middles.
    asked : ndarray of int, optional
        Rows of the discs whose circles are asked about, ascending; all of them where omitted.
    """
    asked = np.arange(len(round_.chord)) if asked is None else asked
    if not len(asked):
        return Arcs(np.empty(0, dtype=np.intp), np.empty(0), np.empty(0))
    reach = 2 * round_.chord.max()
    nearest = tree.query(
        round_.middle[asked], k=NEIGHBOURS + 1, distance_upper_bound=reach, workers=-1
    )
    far, near = (np.asarray(each) for each in nearest)
    found = np.isfinite(far[:, 1:])
    own = np.repeat(asked, found.sum(axis=1))
    first = _uncovered(round_, asked, own, near[:, 1:][found])
    # Whoever has more neighbours than were looked at, and an arc that these leave, is asked again.
    rim = np.intersect1d(first.disc, asked[found.all(axis=1)])
    parts = [_without(first, rim)]
    for begin in range(0, len(rim), CHUNK):
        rows = rim[begin : begin + CHUNK]
        pairs = spatial.cKDTree(round_.middle[rows]).sparse_distance_matrix(
            tree, reach, output_type="ndarray"
        )
        # The tree's order of pairs is its own affair.
        pairs = pairs[np.lexsort((pairs["j"], pairs["i"]))]
        own, other = rows[pairs["i"]], pairs["j"]
        parts.append(_uncovered(round_, rows, own[own != other], other[own != other]))
    disc, start, length = (np.concatenate(fields) for fields in zip(*parts, strict=True))
    order = np.lexsort((start, disc))
    return Arcs(disc[order], start[order], length[order])


def covered(round_: Discs, tree: spatial.cKDTree, lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    """Return which positions in degrees lie in a disc; `tree` is that of the discs' middles."""
    points = sphere.vectors(lon, lat)
    nearest = np.asarray(tree.query(points, workers=-1)[0])
    held = nearest <= round_.chord.min()
    # On the sphere discs of one radius differ a little in size.
    for at in np.flatnonzero(~held & (nearest <= round_.chord.max())):
        near = np.asarray(tree.query_ball_point(points[at], round_.chord.max()))
        held[at] = (round_.part(near).inside(points[at]) >= 0).any()
    return np.asarray(held)


def _without(arcs: Arcs, rows: Rows) -> Arcs:
    keep = ~np.isin(arcs.disc, rows)
    return Arcs._make(field[keep] for field in arcs)


def _uncovered(round_: Discs, rows: Rows, own: Rows, other: Rows) -> Arcs:
    """Return the arcs that neighbours leave of some discs, from pairs of a disc and a neighbour."""
    begin, length = _covered(round_, own, other)
    begin, length, own = begin[length > 0], length[length > 0], own[length > 0]
    alone = np.setdiff1d(rows, own)
    whole = Arcs(alone, np.zeros(len(alone)), np.full(len(alone), TURN))
    if not len(own):
        return whole
    order = np.lexsort((begin, own))
    own, begin, end = own[order], begin[order], (begin + length)[order]
    first = np.flatnonzero(np.append(True, own[1:] != own[:-1]))
    group = np.cumsum(np.append(True, own[1:] != own[:-1])) - 1
    # Each circle's angles are moved behind those of the circle before: one running maximum for all.
    lift = group * (4 * TURN)
    reached = np.maximum.accumulate(end + lift)
    # What runs on over the end of the turn covers its beginning.
    last = np.append(first[1:], len(own)) - 1
    wrapped = reached[last] - TURN
    before = np.append(-np.inf, reached[:-1])
    before[first] = -np.inf
    before = np.maximum(before, wrapped[group])
    gap = begin + lift - before
    free = gap > 0
    disc = np.concatenate([own[free], alone])
    start = np.concatenate([(before - lift)[free], whole.begin])
    size = np.concatenate([gap[free], whole.length])
    order = np.lexsort((start, disc))
    return Arcs(disc[order], start[order], size[order])


def _covered(round_: Discs, own: Rows, other: Rows) -> tuple[Floats, Floats]:
    """Return begin (0 to 2 pi) and length of the arc of a circle that another disc covers."""
    step = round_.middle[other] - round_.middle[own]
    square = dot(step, step)
    mine, its = round_.chord[own] ** 2 / 2, round_.chord[other] ** 2 / 2
    # cosine = (h_other - h_own cos d) / (sin r_own sin d) with h the cosine of a disc's radius,
    # written without differences of numbers near 1.
    above = mine - its + square / 2 * (1 - mine)
    below = round_.width[own] * np.sqrt(square * (1 - square / 4))
    # Of two discs with one middle the larger covers the other.
    cosine = np.divide(above, below, out=np.sign(above), where=below > 0)
    half = np.arccos(np.clip(cosine, -1.0, 1.0))
    towards = np.arctan2(dot(step, round_.north[own]), dot(step, round_.east[own]))
    return (towards - half) % TURN, 2 * half


def dot(one: Floats, other: Floats) -> Floats:
    """Return the scalar product of each pair of rows."""
    return np.asarray(np.einsum("ij,ij->i", one, other))
