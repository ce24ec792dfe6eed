"""How much of each polygon lies within discs: exact, by the outline of what is covered.

The part of a polygon that discs cover is bounded by stretches of the polygon's rings that lie in a
disc, and by arcs of circles that lie in the polygon and in no other disc. Both are known from
where rings cross circles, and in which direction; the area is the integral along them (Green's
theorem, see `geo.geometry.sphere.swept_m2`). Where two crossings fall together, so that directions
contradict each other, the middle of the stretch between them is asked where it lies.
"""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely
from scipy import spatial

from geo.geometry import outline_index, sphere
from geo.measures import disc_union
from geo.measures.disc_union import TURN, Arcs, Discs, dot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.geometry.outline_index import Outlines
    from geo.geometry.projection import Rings

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Rows = NDArray[np.intp]

CHUNK: Final = 2048
"""Discs that are compared with rings at once."""

ROUNDING: Final = 1e-9
"""Radians: so far beyond the end of an arc a crossing is still taken to be on it."""

STEP: Final = np.pi / 2
"""Longest arc that is integrated in one step, at Gauss's six places: to 1e-9 of a disc."""

PLACES, WEIGHTS = np.polynomial.legendre.leggauss(6)

MANY: Final = 20
"""Points from which on an index of a polygon pays that is made for them."""

SHARE: Final = 64
"""Polygons that a thread asks in a row."""


class Cover(NamedTuple):
    """What discs cover of polygons.

    Attributes
    ----------
    area_m2
        Of each polygon, the part that lies in a disc.
    disc, polygon
        Pairs of a disc and a polygon that meet, each once.
    """

    area_m2: Floats
    disc: Rows
    polygon: Rows


class Crossings(NamedTuple):
    """Where rings cross circles.

    Attributes
    ----------
    disc, ring
        Of each crossing.
    vertex, part
        On the ring: the part, 0 to 1, of the edge behind a vertex.
    angle
        On the circle.
    enters
        Whether the ring, followed with its polygon on the left, runs into the disc there.
    """

    disc: Rows
    ring: Rows
    vertex: Rows
    part: Floats
    angle: Floats
    enters: Flags

    def where(self, chosen: Flags | Rows) -> Crossings:
        """Return some of the crossings."""
        return Crossings._make(field[chosen] for field in self)


def homes(outlines: Outlines, lonlat: Floats) -> Rows:
    """Return the pairs of a position and a polygon that holds it, as keys for `cover`.

    The same for discs of any radius round these positions.
    """
    position, polygon = outlines.boxes.query(shapely.points(lonlat))
    held = _held(outlines, polygon, lonlat[position])
    return np.sort((position * len(outlines.area) + polygon)[held])


def cover(outlines: Outlines, round_: Discs, home: Rows) -> Cover:
    """Return what discs cover of each polygon.

    Parameters
    ----------
    outlines : Outlines
        Of the polygons.
    round_ : Discs
        No two with the same middle.
    home : ndarray of int
        As from `homes`, of the positions that the discs were made of.
    """
    width = len(outlines.area)
    tree = spatial.cKDTree(round_.middle)
    arcs = disc_union.free_arcs(round_, tree)
    free = np.zeros(len(round_.chord), dtype=bool)
    free[arcs.disc] = True
    parts = [np.arange(at, min(at + CHUNK, len(free))) for at in range(0, len(free), CHUNK)]
    with ThreadPoolExecutor() as threads:
        meetings = [*threads.map(lambda rows: _meet(outlines, round_, free, rows), parts)]
    keys, crossed, touched, crossings = _joined(meetings, outlines)
    # A polygon that no circle crosses and that has a ring within the disc, or holds its middle.
    ringed = np.setdiff1d(keys, crossed)
    disc, polygon = np.divmod(ringed, width)
    rim = round_.part(disc).points(np.zeros(len(disc)))
    inside = np.setdiff1d(home, keys)
    lone = np.union1d(inside, ringed[_held(outlines, polygon, _lonlat(rim))])
    area = _along_rings(outlines, round_, tree, arcs, crossings, touched)
    area += _along_arcs(outlines, round_, arcs, crossings, lone[free[lone // width]])
    return Cover(area, *np.divmod(np.union1d(keys, inside), width))


class _Meeting(NamedTuple):
    """Of some discs: pairs with polygons as keys, those with a crossing, rings with a part within.

    Crossings are those with a free arc's disc.
    """

    keys: Rows
    crossed: Rows
    touched: Rows
    crossings: Crossings


def _joined(meetings: list[_Meeting], outlines: Outlines) -> tuple[Rows, Rows, Flags, Crossings]:
    rows, floats = np.empty(0, dtype=np.intp), np.empty(0)
    none = Crossings(rows, rows, rows, floats, floats, np.empty(0, dtype=bool))
    empty = _Meeting(rows, rows, rows, none)
    keys, crossed, rings, crossings = zip(empty, *meetings, strict=True)
    touched = np.zeros(len(outlines.rings.first), dtype=bool)
    touched[np.concatenate(rings)] = True
    return (
        np.concatenate(keys),
        np.concatenate(crossed),
        touched,
        Crossings._make(np.concatenate(fields) for fields in zip(*crossings, strict=True)),
    )


# --- where rings and circles meet -----------------------------------------------------------------


def _meet(outlines: Outlines, round_: Discs, free: Flags, rows: Rows) -> _Meeting:
    """Return which polygons some discs meet, and where rings cross those with a free arc."""
    disc, run = _candidates(outlines, round_, rows)
    width = len(outlines.area)
    polygon = outlines.rings.polygon[outlines.run_ring[run]]
    way = round_.middle[disc] - outlines.run_middle[run]
    apart = np.sqrt(dot(way, way))
    reach, chord = outlines.run_reach[run], round_.chord[disc]
    within = apart + reach < chord
    touched = outlines.run_ring[run[within]]
    keys = np.unique(disc[within] * width + polygon[within])
    doubtful = ~within & (apart - reach <= chord * (1 + ROUNDING))
    doubtful &= free[disc] | ~np.isin(disc * width + polygon, keys)
    disc, run = disc[doubtful], run[doubtful]
    crossings, inside = _crossings(outlines, round_, disc, run)
    touched = np.union1d(touched, outlines.run_ring[run[inside]])
    polygon = outlines.rings.polygon[outlines.run_ring[run]]
    crossed = np.unique(crossings.disc * width + outlines.rings.polygon[crossings.ring])
    keys = np.union1d(np.union1d(keys, (disc * width + polygon)[inside]), crossed)
    return _Meeting(keys, crossed, touched, crossings.where(free[crossings.disc]))


def _candidates(outlines: Outlines, round_: Discs, rows: Rows) -> tuple[Rows, Rows]:
    """Return pairs of discs and runs of edges whose boxes meet."""
    low, high = _boxes(round_.part(rows))
    at, run = outlines.runs.query(shapely.box(*low.T, *high.T))
    pairs = [(rows[at], run)]
    for turn, beyond in ((360.0, low[:, 0] < -180), (-360.0, high[:, 0] > 180)):
        over = np.flatnonzero(beyond)
        if len(over):
            moved = shapely.box(
                low[over, 0] + turn, low[over, 1], high[over, 0] + turn, high[over, 1]
            )
            at, run = outlines.runs.query(moved)
            pairs.append((rows[over[at]], run))
    disc, run = (np.concatenate(fields) for fields in zip(*pairs, strict=True))
    order = np.lexsort((run, disc))
    return disc[order], run[order]


def _boxes(round_: Discs) -> tuple[Floats, Floats]:
    """Return south-west and north-east corners in degrees; longitudes run on beyond 180."""
    along = np.degrees(np.arctan2(round_.middle[:, 1], round_.middle[:, 0]))
    across = np.hypot(round_.middle[:, 0], round_.middle[:, 1])
    half = np.degrees(np.arcsin(np.minimum(1.0, round_.width / across)))
    south, north = (
        np.degrees(sphere.latitudes(round_.points(np.full(len(along), angle))[:, 2]))
        for angle in (-np.pi / 2, np.pi / 2)
    )
    margin = ROUNDING * half + 1e-12
    low = np.column_stack([along - half - margin, south - margin])
    return low, np.column_stack([along + half + margin, north + margin])


def _crossings(outlines: Outlines, round_: Discs, disc: Rows, run: Rows) -> tuple[Crossings, Flags]:
    """Return where runs cross circles, and which runs have a part in the disc."""
    pair, vertex = outline_index.spread(outlines.run_first[run], outlines.run_last[run])
    owner = disc[pair]
    way = outlines.at[vertex] - round_.middle[owner]
    covered = dot(way, way) <= round_.chord[owner] ** 2
    inside = np.zeros(len(run), dtype=bool)
    inside[pair[covered]] = True
    together = pair[1:] == pair[:-1]
    once = np.flatnonzero(together & (covered[1:] != covered[:-1]))
    open_ = np.flatnonzero(together & ~covered[1:] & ~covered[:-1])
    twice = open_[_dips(outlines, round_, owner[open_], vertex[open_])]
    inside[pair[twice]] = True
    edge = np.concatenate([once, twice, twice])
    into = np.ones(len(twice), dtype=bool)
    enters = np.concatenate([~covered[once], into, ~into])
    part = _solved(outlines, round_, owner[edge], vertex[edge], enters)
    points = _at(outlines, vertex[edge], part)
    angle = round_.part(owner[edge]).angles(points)
    ring = outlines.run_ring[run[pair[edge]]]
    return Crossings(owner[edge], ring, vertex[edge], part, angle, enters), inside


def _dips(outlines: Outlines, round_: Discs, disc: Rows, vertex: Rows) -> Flags:
    """Return which edges with both ends outside a disc run through it."""
    start = outlines.at[vertex] - round_.middle[disc]
    along = outlines.at[vertex + 1] - outlines.at[vertex]
    length = np.maximum(dot(along, along), 1e-300)
    part = -dot(start, along) / length
    near = start + np.clip(part, 0.0, 1.0)[:, None] * along
    return np.asarray((part > 0) & (part < 1) & (dot(near, near) < round_.chord[disc] ** 2))


def _solved(outlines: Outlines, round_: Discs, disc: Rows, vertex: Rows, enters: Flags) -> Floats:
    """Return at which part of its edge each crossing lies, 0 to 1.

    On the chord by the quadratic equation; two steps of Newton's bring it onto the edge itself,
    which is straight in longitude and latitude.
    """
    middle, chord = round_.middle[disc], round_.chord[disc]
    start, along = outlines.at[vertex] - middle, outlines.at[vertex + 1] - outlines.at[vertex]
    square, half = np.maximum(dot(along, along), 1e-300), dot(start, along)
    root = np.sqrt(np.maximum(half**2 - square * (dot(start, start) - chord**2), 0.0))
    part = np.clip((-half + np.where(enters, -root, root)) / square, 0.0, 1.0)
    for _ in range(2):
        to = _at(outlines, vertex, part) - middle
        slope = 2 * dot(to, along)
        off = dot(to, to) - chord**2
        step = np.divide(off, slope, out=np.zeros_like(off), where=np.abs(slope) > np.abs(off))
        part = np.clip(part - step, 0.0, 1.0)
    return part


def _at(outlines: Outlines, vertex: Rows, part: Floats) -> Floats:
    return sphere.vectors(*_degrees(outlines, vertex, part))


def _degrees(outlines: Outlines, vertex: Rows, part: Floats) -> tuple[Floats, Floats]:
    lon, lat = outlines.rings.lon, outlines.rings.lat
    after = np.minimum(vertex + 1, len(lon) - 1)
    return (
        lon[vertex] + part * (lon[after] - lon[vertex]),
        lat[vertex] + part * (lat[after] - lat[vertex]),
    )


def _held(outlines: Outlines, polygon: Rows, lonlat: Floats) -> Flags:
    """Return which positions lie in their polygon."""
    lon, lat = lonlat.T
    held = np.zeros(len(polygon), dtype=bool)
    order = np.argsort(polygon, kind="stable")
    groups = _groups(polygon[order])

    def ask(first: int) -> None:
        for begin, end in itertools.pairwise(groups[first : first + SHARE + 1].tolist()):
            rows = order[begin:end]
            # Threads share the outlines, and an index that another makes or drops meanwhile ends
            # the process: the one that is made here belongs to a copy.
            outline = shapely.force_2d(outlines.polygons[polygon[rows[0]]])
            if len(rows) >= MANY:
                shapely.prepare(outline)
            held[rows] = shapely.intersects_xy(outline, lon[rows], lat[rows])

    with ThreadPoolExecutor() as threads:
        list(threads.map(ask, range(0, len(groups) - 1, SHARE)))
    return held


def _lonlat(points: Floats) -> Floats:
    lon = np.arctan2(points[:, 1], points[:, 0])
    return np.asarray(np.degrees(np.column_stack([lon, sphere.latitudes(points[:, 2])])))


# --- along the rings ------------------------------------------------------------------------------


def _along_rings(
    outlines: Outlines,
    round_: Discs,
    tree: spatial.cKDTree,
    arcs: Arcs,
    crossings: Crossings,
    touched: Flags,
) -> Floats:
    """Return each polygon's integral along what lies in a disc of its rings."""
    rings = outlines.rings
    on = crossings.where(_on_arcs(crossings, arcs))
    on = on.where(np.lexsort((on.angle, on.disc, on.part, on.vertex, on.ring)))
    whole = touched.copy()
    whole[on.ring] = False
    uncut = np.flatnonzero(whole)
    begin = _swept(outlines, on)
    group = _groups(on.ring)
    following = _following(group)
    end, last = begin[following], following <= np.arange(len(following))
    total = rings.swept[rings.last[on.ring]]
    piece = end - begin + np.where(last, total, 0.0)
    covered = on.enters.copy()
    doubtful = np.flatnonzero(on.enters == on.enters[following])
    if len(doubtful):
        half_way = _between(rings, on.where(doubtful), on.where(following[doubtful]))
        middle = _degrees(outlines, *half_way)
        covered[doubtful] = disc_union.covered(round_, tree, *middle)
    polygon = rings.polygon[np.concatenate([on.ring[covered], uncut])]
    parts = np.concatenate([piece[covered], rings.swept[rings.last[uncut]]])
    return _sums(polygon, parts, len(outlines.area))


def _on_arcs(crossings: Crossings, arcs: Arcs) -> Flags:
    """Return which crossings lie on a free arc."""
    first, last = (np.searchsorted(arcs.disc, crossings.disc, side=side) for side in _SIDES)
    crossing, arc = outline_index.spread(first, last - 1)
    behind = (crossings.angle[crossing] - arcs.begin[arc] + ROUNDING) % TURN
    on = np.zeros(len(crossings.disc), dtype=bool)
    on[crossing[behind <= arcs.length[arc] + 2 * ROUNDING]] = True
    return on


_SIDES: Final = ("left", "right")


def _swept(outlines: Outlines, at: Crossings) -> Floats:
    """Return the integral along rings up to places on them."""
    rings = outlines.rings
    to_lon, to_lat = _degrees(outlines, at.vertex, at.part)
    return np.asarray(rings.swept[at.vertex]) + sphere.swept_m2(
        rings.lon[at.vertex],
        rings.lat[at.vertex],
        to_lon,
        to_lat,
        rings.base[rings.polygon[at.ring]],
    )


def _between(rings: Rings, one: Crossings, other: Crossings) -> tuple[Rows, Floats]:
    """Return vertex and part half way along a ring from one place on it to another."""
    length = (rings.last - rings.first)[one.ring]
    way = (other.vertex - one.vertex) + (other.part - one.part)
    half = one.part + np.where(way > 0, way, way + length) / 2
    whole = np.floor(half)
    first = rings.first[one.ring]
    return first + (one.vertex - first + whole.astype(np.intp)) % length, half - whole


def _groups(keys: Rows) -> Rows:
    """Return where each group of equal neighbours begins, and behind the last."""
    new = np.append(True, keys[1:] != keys[:-1]) if len(keys) else np.empty(0, dtype=bool)
    return np.append(np.flatnonzero(new), len(keys))


def _following(group: Rows) -> Rows:
    """Return the next member of each group, behind the last its first."""
    following = np.arange(1, group[-1] + 1)
    following[group[1:] - 1] = group[:-1]
    return following


# --- along the arcs -------------------------------------------------------------------------------


def _along_arcs(
    outlines: Outlines, round_: Discs, arcs: Arcs, crossings: Crossings, lone: Rows
) -> Floats:
    """Return each polygon's integral along what lies in it of the free arcs."""
    width = len(outlines.area)
    key = crossings.disc * width + outlines.rings.polygon[crossings.ring]
    order = np.lexsort((crossings.part, crossings.vertex, crossings.angle, key))
    key, crossings = key[order], crossings.where(order)
    following = _following(_groups(key))
    length = (crossings.angle[following] - crossings.angle) % TURN
    length[following == np.arange(len(following))] = TURN
    # Where the ring leaves the disc, the polygon on its left lies ahead on the circle.
    within = ~crossings.enters
    doubtful = np.flatnonzero(crossings.enters == crossings.enters[following])
    if len(doubtful):
        middle = crossings.angle[doubtful] + length[doubtful] / 2
        points = round_.part(crossings.disc[doubtful]).points(middle)
        within[doubtful] = _held(outlines, key[doubtful] % width, _lonlat(points))
    stretch = np.concatenate([key[within], lone])
    begin = np.concatenate([crossings.angle[within], np.zeros(len(lone))])
    length = np.concatenate([length[within], np.full(len(lone), TURN)])
    disc, polygon = np.divmod(stretch, width)
    first, last = (np.searchsorted(arcs.disc, disc, side=side) for side in _SIDES)
    of, arc = outline_index.spread(first, last - 1)
    # Both may run on over the end of the turn: an arc meets a stretch, or its turn before, or both.
    ahead = (begin[of] - arcs.begin[arc]) % TURN
    low = np.concatenate([ahead, np.zeros(len(of))])
    end = np.concatenate([ahead + length[of], ahead + length[of] - TURN])
    high = np.minimum(np.tile(arcs.length[arc], 2), end)
    of, arc = np.tile(of, 2), np.tile(arc, 2)
    some = high > low
    of, start = of[some], arcs.begin[arc[some]] + low[some]
    parts = _arc_swept(
        round_, disc[of], start, (high - low)[some], outlines.rings.base[polygon[of]]
    )
    order = np.lexsort((start, disc[of], polygon[of]))
    return _sums(polygon[of][order], parts[order], width)


def _arc_swept(round_: Discs, disc: Rows, begin: Floats, length: Floats, base: Floats) -> Floats:
    """Return the integral along arcs, see `geo.geometry.sphere.swept_m2`."""
    steps = np.ceil(length / STEP).astype(np.intp)
    arc, step = outline_index.spread(np.zeros(len(steps), dtype=np.intp), steps - 1)
    size = (length / np.maximum(steps, 1))[arc]
    start = begin[arc] + size * step
    total = np.zeros(len(arc))
    own = round_.part(disc[arc])
    axis, towards = own.middle[:, 2], own.north[:, 2]
    height, width, parallel = 1 - own.chord**2 / 2, own.width, base[arc]
    for place, weight in zip(PLACES, WEIGHTS, strict=True):
        # Of a point on the circle the third component, to which east adds nothing; and that of
        # its product with the way ahead, over the square of its distance from the earth's axis.
        rise = width * towards * np.sin(start + size * (place + 1) / 2)
        up = height * axis + rise
        turned = (width**2 * axis - height * rise) / (1 - up**2)
        total -= weight * size / 2 * (sphere.zone_m2(sphere.latitudes(up)) - parallel) * turned
    return _sums(arc, total, len(length))


def _sums(rows: Rows, parts: Floats, count: int) -> Floats:
    # Of nothing at all numpy counts in whole numbers.
    return np.bincount(rows, parts, minlength=count).astype(np.float64)
