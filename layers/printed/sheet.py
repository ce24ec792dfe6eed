"""The sheets that maps are printed on, and how a sheet is divided among its parts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from layers.printed import frame as frames
from layers.printed.paper import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from layers.ground.base_document import Bounds
    from layers.printed.frame import Frame

PaperName = Literal["a4", "a3"]

SIZES: Final[dict[PaperName, tuple[float, float]]] = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
"""Width and height upright, mm."""

LETTERS: Final[dict[PaperName, float]] = {"a4": 0.8, "a3": 1.0}
PIXEL: Final[dict[PaperName, float]] = {"a4": 0.26, "a3": 0.32}

MARGIN_MM: Final = 12.0
GAP_MM: Final = 6.0
AIR_MM: Final = 5.0
"""Round the region within its frame at least."""

DEGREES_MM: Final = 4.0
"""Room for the degrees outside a frame."""

LEAST_MM: Final = 46.0
"""Height of the smallest inset."""

COLUMNS: Final = (0.24, 0.27, 0.3, 0.34, 0.38, 0.42)
TWICE: Final = 2.0
"""How many times larger than the main map an inset had better be."""

FRAME: Final = 0.02
"""What a larger frame is worth, against a larger scale."""

BANDS: Final = (0.26, 0.32, 0.38, 0.44)
BESIDE: Final = (0.34, 0.42, 0.5, 0.58)
SMALL: Final = 0.2
"""Shares of a sheet that a column or a band can have, an inset in a band, and a small map."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet of paper.

    Parameters
    ----------
    paper
        Its format.
    landscape
        Whether it lies on its long side.
    grey
        Whether it is printed without colour.
    """

    paper: PaperName = "a4"
    landscape: bool = True
    grey: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, mm."""
        width, height = SIZES[self.paper]
        return (height, width) if self.landscape else (width, height)


@dataclass(frozen=True, kw_only=True)
class Division:
    """How a sheet is divided.

    Parameters
    ----------
    main, second
        The frames; None for no second one.
    legend
        Where the legend stands.
    """

    main: Frame
    second: Frame | None
    legend: Box


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the frames of a sheet show, in a plane, metres.

    Parameters
    ----------
    whole
        The main frame.
    second
        The other; None for no other.
    enlarged
        Whether the other shows a part of the main one at a larger scale, which should be large.
    """

    whole: Bounds
    second: Bounds | None
    enlarged: bool = True


class _Try(NamedTuple):
    main: Box
    second: Box | None
    legend: Box


def divide(
    room: Box, shown: Shown, *, letters: float, legend_height: Callable[[float], float]
) -> Division:
    """Divide what the title leaves of a sheet, so that the map is as large as can be.

    Parameters
    ----------
    room
        What is to be divided.
    shown
        What the frames show.
    letters
        Factor on the sizes of letters.
    legend_height
        How high the legend is in a width, mm.
    """
    space = _Space(room, GAP_MM * letters, DEGREES_MM * letters, LEAST_MM * letters, legend_height)
    tries = _with_inset(space) if shown.second and shown.enlarged else _alone(space, shown)
    found = [
        Division(
            main=frames.fitted(shown.whole, each.main, air=AIR_MM * letters),
            second=None
            if each.second is None or shown.second is None
            else frames.fitted(shown.second, each.second, air=0 if shown.enlarged else letters),
            legend=each.legend,
        )
        for each in tries
    ]
    return min(found, key=partial(_cost, enlarged=shown.enlarged))


def _cost(division: Division, *, enlarged: bool) -> float:
    """Return what a division costs: of those with the same scales the larger frame is better."""
    box = division.main.box
    cost = math.log(division.main.scale) - FRAME * math.log(box.width * box.height)
    if division.second is None:
        return cost
    if not enlarged:
        return cost - FRAME
    times = division.main.scale / division.second.scale
    return cost + 0.5 * math.log(division.second.scale) + 0.5 * max(0.0, math.log(TWICE / times))


class _Space(NamedTuple):
    room: Box
    gap: float
    edge: float
    least: float
    legend_height: Callable[[float], float]

    def main(self, width: float, height: float) -> Box:
        """Return the main frame of so much space at the upper left, degrees round it."""
        edge, room = self.edge, self.room
        return Box(room.x + edge, room.y + edge, width - edge, height - 2 * edge)


def _alone(space: _Space, shown: Shown) -> Iterator[_Try]:
    """Yield a column or a band with the legend, and with a small map where there is room for it."""
    room, gap, edge, least, legend_height = space
    aspect = 0.0
    if shown.second is not None:
        west, south, east, north = shown.second
        aspect = (north - south) / (east - west)
    for share in COLUMNS:
        column = share * room.width
        tall = legend_height(column)
        if tall > room.height - edge:
            continue
        main = space.main(room.width - column - gap, room.height)
        legend = Box(main.right + gap, room.y + edge, column, tall)
        free = main.bottom - legend.bottom - gap
        high = min(column * aspect, free)
        small = (
            Box(legend.x, main.bottom - high, min(column, high / aspect), high)
            if high > 0
            else None
        )
        yield _Try(main, small if small and high >= 0.4 * least else None, legend)
    for part in (0.0, SMALL) if aspect else (0.0,):
        wide = room.width * (1 - part) - (gap if part else 0)
        tall = legend_height(wide)
        upper = room.height - tall - gap
        if upper < 2 * least:
            continue
        main = space.main(room.width, upper)
        legend = Box(room.x, room.y + upper + gap, wide, tall)
        across = min(part * room.width, tall / aspect) if part else 0.0
        small = Box(room.right - across, legend.y, across, across * aspect) if part else None
        yield _Try(main, small, legend)


def _with_inset(space: _Space) -> Iterator[_Try]:
    """Yield a column with inset and legend, a band with both, or the inset beside the map."""
    room, gap, edge, least, legend_height = space
    for share in COLUMNS:
        column = share * room.width
        tall = legend_height(column)
        main = space.main(room.width - column - gap, room.height)
        high = main.height - tall - gap
        if high >= least:
            inset = Box(main.right + gap, main.y, column, high)
            yield _Try(main, inset, Box(inset.x, inset.bottom + gap, column, tall))
    for share in BANDS:
        band = share * room.height
        main = space.main(room.width, room.height - band - gap)
        below = main.bottom + edge + gap
        for part in BESIDE:
            wide = part * room.width
            rest = room.width - wide - gap
            tall = legend_height(rest)
            if tall <= band:
                inset = Box(room.x, below, wide, band)
                yield _Try(main, inset, Box(inset.right + gap, below, rest, tall))
    tall = legend_height(room.width)
    upper = room.height - tall - gap
    for share in COLUMNS if upper > least else ():
        column = share * room.width
        main = space.main(room.width - column - gap, upper)
        inset = Box(main.right + gap, main.y, column, main.height)
        yield _Try(main, inset, Box(room.x, room.y + upper + gap, room.width, tall))
