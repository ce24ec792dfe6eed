"""The sheets that maps are printed on, and how a sheet is divided among its parts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

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

LEAST_INSET_MM: Final = 46.0
COLUMNS: Final = (0.24, 0.27, 0.3, 0.34, 0.38, 0.42)
BANDS: Final = (0.26, 0.32, 0.38, 0.44)
"""Shares of a sheet that a column or a band with legend and inset can have."""


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
    main, inset
        The frames.
    legend
        Where the legend stands.
    labelled
        Whether degrees stand outside the main frame.
    """

    main: Frame
    inset: Frame | None
    legend: Box
    labelled: bool = True


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the frames of a sheet show, in a plane, metres.

    Parameters
    ----------
    whole
        Of the main frame.
    close
        Of the inset; None for no inset.
    """

    whole: Bounds
    close: Bounds | None


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
    tries = [*_divisions(room, letters, legend_height, has_inset=shown.close is not None)]
    found = [_filled(main, inset, legend, shown, letters) for main, inset, legend in tries]
    return min(found, key=_cost)


def _cost(division: Division) -> float:
    cost = math.log(division.main.scale)
    return cost + 0.5 * math.log(division.inset.scale) if division.inset else cost


def _filled(main: Box, inset: Box | None, legend: Box, shown: Shown, letters: float) -> Division:
    air = AIR_MM * letters
    close = (
        None if inset is None or shown.close is None else frames.fitted(shown.close, inset, air=0.0)
    )
    return Division(main=frames.fitted(shown.whole, main, air=air), inset=close, legend=legend)


def _divisions(
    room: Box, letters: float, legend_height: Callable[[float], float], *, has_inset: bool
) -> Iterator[tuple[Box, Box | None, Box]]:
    """Yield main frame, inset and legend: a column on the right, or a band below."""
    gap, edge, least = GAP_MM * letters, DEGREES_MM * letters, LEAST_INSET_MM * letters
    x, y, width, height = room
    for share in COLUMNS:
        column = share * width
        tall = legend_height(column)
        main = Box(x + edge, y + edge, width - column - gap - edge, height - 2 * edge)
        left = main.right + gap
        if has_inset and height - edge - tall - gap >= least:
            inset = Box(left, y + edge, column, height - 2 * edge - tall - gap)
            yield main, inset, Box(left, inset.bottom + gap, column, tall)
        elif not has_inset and tall <= height - edge:
            yield main, None, Box(left, y + edge, column, tall)
    for share in BANDS if has_inset else ():
        band = share * height
        for part in COLUMNS:
            wide = part * 1.4 * width
            rest = width - wide - gap
            tall = legend_height(rest)
            if tall > band or band < least:
                continue
            main = Box(x + edge, y + edge, width - edge, height - band - gap - 2 * edge)
            below = main.bottom + edge + gap
            yield main, Box(x, below, wide, band), Box(x + wide + gap, below, rest, tall)
    tall = legend_height(width)
    upper = height - tall - gap - 2 * edge
    if upper < least:
        return
    if not has_inset:
        main = Box(x + edge, y + edge, width - edge, upper)
        yield main, None, Box(x, main.bottom + edge + gap, width, tall)
        return
    for share in COLUMNS:
        column = share * width
        main = Box(x + edge, y + edge, width - column - gap - edge, upper)
        inset = Box(main.right + gap, y + edge, column, upper)
        yield main, inset, Box(x, main.bottom + edge + gap, width, tall)
