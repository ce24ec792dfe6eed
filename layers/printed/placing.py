"""Places for labels: none lies on another, each as near to what it names as can be.

Greedy, the hardest first, with the best of some hundred places for each; no chance in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from layers.printed.paper import Box

Point = tuple[float, float]

DIRECTIONS: Final = 24
STEP_MM: Final = 1.5
REACH_MM: Final = 36.0
"""How far from its point a name stands at most."""

LEAD_MM: Final = (4.0, 60.0)
"""Shortest and longest line from a thing to its name."""

WITHIN: Final = 0.62
FOREIGN: Final = 0.3
"""Share of a name that lies in its area at least, and on others at most."""

AIR_MM: Final = 0.5
CHUNK: Final = 48
SAMPLES: Final = (9, 3)
"""Points of a label at which the ground under it is looked at: across, down."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A label that wants a place.

    Parameters
    ----------
    size
        Width and height, mm.
    at
        Where its middle is best, mm.
    area
        What it is to stand in; None for any ground.
    beside
        A box that it stands beside, instead of over `at`: left, top, right, bottom.
    spots
        Middles that it may have, and what each costs: three columns; None for those round `at`.
    led
        Whether it may stand aside, with a line to what it names.
    crowd, cover
        Symbols that it may cover at most, and what each costs, mm.
    within
        Share of it that lies in its area at least.
    """

    size: tuple[float, float]
    at: Point
    area: shapely.Geometry | None = None
    beside: tuple[float, float, float, float] | None = None
    spots: NDArray[np.float64] | None = None
    led: bool = False
    crowd: int = 3
    cover: float = 4.0
    within: float = WITHIN


@dataclass(frozen=True, kw_only=True)
class Found:
    """The place of a label.

    Parameters
    ----------
    middle
        Of the label, mm.
    lead
        Line from what it names, where it stands aside.
    """

    middle: Point
    lead: tuple[Point, Point] | None = None


@dataclass(kw_only=True)
class Room:
    """What a frame still has room for.

    Parameters
    ----------
    within
        The frame.
    taken
        Left, top, right, bottom of what labels keep off, mm.
    points
        Symbols that they had better not cover: x, y and radius.
    land
        All areas: a name stands on no other than its own.
    leads
        Lines that nothing may lie on.
    solid
        What else nothing may lie on.
    """

    within: Box
    taken: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 4)))
    points: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 3)))
    land: shapely.Geometry | None = None
    leads: list[tuple[Point, Point]] = field(default_factory=list)
    solid: shapely.Geometry | None = None

    def take(self, box: Sequence[float]) -> None:
        """Keep labels off a box."""
        self.taken = np.vstack([self.taken, np.asarray(box, dtype=float)])


def place(wanted: Sequence[Wanted], room: Room) -> list[Found | None]:
    """Find places for labels of one rank; those of an earlier one are taken.

    Parameters
    ----------
    wanted
        From the most important on; those with the least ground find theirs first.
    room
        What is free; the labels' own boxes are taken from it.

    Returns
    -------
    list
        In the order given; None where a label finds no place.
    """
    found: list[Found | None] = [None] * len(wanted)
    order = sorted(range(len(wanted)), key=lambda i: _freedom(wanted[i]))
    for i in order:
        found[i] = _over(wanted[i], room)
    for i in order:
        if found[i] is None and wanted[i].led:
            found[i] = _aside(wanted[i], room)
    return found


def _freedom(label: Wanted) -> float:
    return 0.0 if label.area is None else float(shapely.area(label.area))


def _spiral() -> NDArray[np.float64]:
    """Return offsets from a point, nearest first: x, y and how far."""
    angles = np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS
    far, turn = np.meshgrid(np.arange(STEP_MM, REACH_MM, STEP_MM), angles, indexing="ij")
    rings = np.column_stack(
        [(far * np.cos(turn)).ravel(), (0.9 * far * np.sin(turn)).ravel(), far.ravel()]
    )
    return np.vstack([np.zeros((1, 3)), rings])


SPIRAL: Final = _spiral()


def _sides(label: Wanted) -> NDArray[np.float64]:
    """Return middles beside a box, the best for reading first: x, y and their cost."""
    left, top, right, bottom = label.beside or (0, 0, 0, 0)
    width, height = label.size
    x, y = (left + right) / 2, (top + bottom) / 2
    out, up = (right - left + width) / 2, (bottom - top + height) / 2
    tries = []
    for gap in (0.6, 1.6, 3.0):
        for slide in (0.0, 0.4, -0.4, 0.8, -0.8):
            cost = 2.5 * abs(slide) + gap
            tries += [
                (x + out + gap, y + slide * up, cost),
                (x + slide * out, y + up + gap, cost + 0.7),
                (x - out - gap, y + slide * up, cost + 1.2),
                (x + slide * out, y - up - gap, cost + 1.6),
            ]
    return np.array(tries)


def _boxes(middles: NDArray[np.float64], size: tuple[float, float]) -> NDArray[np.float64]:
    across, up = size[0] / 2 + AIR_MM, size[1] / 2
    x, y = middles[:, 0], middles[:, 1]
    return np.column_stack([x - across, y - up, x + across, y + up])


def _free(boxes: NDArray[np.float64], room: Room) -> NDArray[np.bool_]:
    """Return which boxes lie within the frame, and on nothing."""
    frame = room.within
    left, top, right, bottom = boxes.T
    free = (left > frame.x + 1) & (top > frame.y + 1)
    free &= (right < frame.right - 1) & (bottom < frame.bottom - 1)
    if len(room.taken):
        west, north, east, south = room.taken.T
        over = (left[:, None] < east) & (right[:, None] > west)
        over &= (top[:, None] < south) & (bottom[:, None] > north)
        free &= ~over.any(axis=1)
    if room.leads:
        lines = shapely.linestrings(np.array(room.leads))
        drawn = np.asarray(shapely.box(left, top, right, bottom), dtype=object)
        meets = shapely.intersects(drawn[:, None], lines)
        free &= ~meets.any(axis=1)
    if room.solid is not None and free.any():
        free[free] = ~shapely.intersects(shapely.box(*boxes[free].T), room.solid)
    return np.asarray(free)


def _covered(boxes: NDArray[np.float64], room: Room) -> NDArray[np.int64]:
    """Return how many symbols each box lies on."""
    if not len(room.points):
        return np.zeros(len(boxes), dtype=np.int64)
    left, top, right, bottom = (each[:, None] for each in boxes.T)
    x, y, r = room.points.T
    on = (x + r > left) & (x - r < right) & (y + r > top) & (y - r < bottom)
    return np.asarray(on.sum(axis=1))


def _shares(boxes: NDArray[np.float64], area: shapely.Geometry) -> NDArray[np.float64]:
    """Return which share of each box lies in an area."""
    across, down = SAMPLES
    u, v = np.linspace(0, 1, across), np.linspace(0, 1, down)
    left, top, right, bottom = (each[:, None, None] for each in boxes.T)
    x = np.broadcast_to(left + u[:, None] * (right - left), (len(boxes), across, down))
    y = np.broadcast_to(top + v[None, :] * (bottom - top), (len(boxes), across, down))
    return np.asarray(shapely.contains_xy(area, x, y).mean(axis=(1, 2)))


def _tries(label: Wanted) -> NDArray[np.float64]:
    if label.spots is not None:
        return label.spots
    return SPIRAL + np.array([*label.at, 0.0]) if label.beside is None else _sides(label)


def _over(label: Wanted, room: Room) -> Found | None:
    """Find a label's place over its point, or beside its sign."""
    tries = _tries(label)
    boxes = _boxes(tries, label.size)
    covered = _covered(boxes, room)
    cost = tries[:, 2] + label.cover * covered
    fit = np.flatnonzero(_free(boxes, room) & (covered <= label.crowd))
    fit = fit[np.argsort(cost[fit], kind="stable")]
    best, least = None, np.inf
    for begin in range(0, len(fit), CHUNK):
        rows = fit[begin : begin + CHUNK]
        if least <= cost[rows[0]]:
            break
        total = cost[rows] + _ground_cost(boxes[rows], label, room)
        at = int(total.argmin())
        if total[at] < least:
            best, least = int(rows[at]), float(total[at])
    if best is None:
        return None
    room.take(boxes[best])
    return Found(middle=(float(tries[best, 0]), float(tries[best, 1])))


def _ground_cost(boxes: NDArray[np.float64], label: Wanted, room: Room) -> NDArray[np.float64]:
    """Return what boxes cost by the ground below them; infinity where they may not stand."""
    if label.area is None:
        return np.zeros(len(boxes))
    within = _shares(boxes, label.area)
    foreign = np.zeros(len(boxes))
    part = within < 1
    if room.land is not None and part.any():
        foreign[part] = _shares(boxes[part], room.land) - within[part]
    cost = 18 * (1 - within) + 16 * np.maximum(foreign, 0)
    return np.where((within < label.within) | (foreign > FOREIGN), np.inf, cost)


def _aside(label: Wanted, room: Room) -> Found | None:
    """Find a label's place aside, with a line to what it names."""
    angles = np.arange(32) * np.pi / 16
    far, turn = (
        each.ravel() for each in np.meshgrid(np.arange(*LEAD_MM, 2.0), angles, indexing="ij")
    )
    u, v = np.cos(turn), np.sin(turn)
    side = np.where(np.abs(u) > 0.38, np.sign(u), 0.0)
    over = np.where(np.abs(u) > 0.38, 0.0, np.sign(v))
    ends = np.column_stack([label.at[0] + far * u, label.at[1] + far * v])
    width, height = label.size
    middles = ends + np.column_stack([side * (width / 2 + AIR_MM), over * height / 2])
    boxes = _boxes(middles, label.size)
    cost = far + 4.0 * _covered(boxes, room)
    if room.land is not None:
        cost = cost + 8 * _shares(boxes, room.land)
    fit = np.flatnonzero(_free(boxes, room))
    for row in fit[np.argsort(cost[fit], kind="stable")]:
        begin = label.at
        line = (begin, (float(ends[row, 0]), float(ends[row, 1])))
        if _clear(line, room):
            room.take(boxes[row])
            room.leads.append(line)
            return Found(middle=(float(middles[row, 0]), float(middles[row, 1])), lead=line)
    return None


def _clear(line: tuple[Point, Point], room: Room) -> bool:
    """Return whether a line runs over no label and no other line."""
    drawn = shapely.linestrings(np.array(line))
    if room.leads and shapely.intersects(drawn, shapely.linestrings(np.array(room.leads))).any():
        return False
    return not shapely.intersects(drawn, shapely.box(*room.taken.T)).any()
