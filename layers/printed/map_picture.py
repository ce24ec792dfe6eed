"""A map as a picture in a document: the frame alone, its small legend in a corner or below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from layers.printed import frame as frames
from layers.printed import furniture, legend, map_frame
from layers.printed import sheet as sheets
from layers.printed.paper import Box, Look, Paper
from layers.printed.press import Press

if TYPE_CHECKING:
    from layers.printed.frame import Frame
    from layers.printed.legend import Block
    from layers.printed.paper import FileFormat
    from layers.printed.plate import Plate

FULL_MM: Final = 230.0
"""Width of a picture with letters as on a sheet of A3; on a smaller one they are smaller."""

LEAST: Final = 0.72
EDGE_MM: Final = 0.3
PAD_MM: Final = 2.4
BAR_MM: Final = 30.0

CORNERS: Final = (0.26, 0.3, 0.36, 0.44, 0.52)
CORNER: Final = 0.48
"""Shares of a frame's width and height that a legend in its corner may have."""

COVERED: Final = 0.08
"""Share of a corner that may show the region, where something is to stand there."""

INSETS: Final = (0.42, 0.36, 0.3)
"""Widths of an inset in a corner, in that of the frame, the best first."""


def picture(plate: Plate, width_mm: float, height_mm: float, file_format: FileFormat) -> bytes:
    """Return a map's frame with a small legend as a file.

    Parameters
    ----------
    plate
        The map.
    width_mm, height_mm
        Of the picture.
    file_format
        Of the file.
    """
    letters = max(LEAST, min(1.0, width_mm / FULL_MM))
    press = Press(
        paper=Paper(width=width_mm, height=height_mm),
        colours=plate.colours,
        pixel=sheets.PIXEL["a3"] * letters,
        letters=letters,
    )
    whole = Box(EDGE_MM, EDGE_MM, width_mm - 2 * EDGE_MM, height_mm - 2 * EDGE_MM)
    shown = plate.view or plate.region
    frame = frames.fitted(shown, whole, air=sheets.AIR_MM * letters)
    rows, corner = _in_corner(press, plate, frame)
    if corner is None:
        rows = legend.laid_out(press, plate.groups, whole.width - 2 * PAD_MM)
        beside = legend.width(press, rows[-1]) + (BAR_MM + 20) * letters <= whole.width
        below = 0.0 if beside else _bar_height(press)
        tall = legend.height(press, rows) + below + 2 * PAD_MM * letters
        box = Box(whole.x, whole.y, whole.width, whole.height - tall)
        frame = frames.fitted(shown, box, air=sheets.AIR_MM * letters)
        corner = Box(whole.x, box.bottom, whole.width, tall)
    kept = [corner]
    inset = _inset(plate, frame, kept)
    if inset is not None:
        kept.append(inset.box)
    map_frame.main(press, plate, frame, inset=inset, kept=kept)
    if inset is not None:
        map_frame.enlarged(press, plate, inset, dotted=True)
    _legend(press, plate, frame, rows, corner)
    return press.paper.file(file_format)


def _bar_height(press: Press) -> float:
    return 7.6 * press.letters


def _in_corner(press: Press, plate: Plate, frame: Frame) -> tuple[list[list[Block]], Box | None]:
    """Return the legend as it fits into a corner, and that corner; None where it does not."""
    pad = PAD_MM * press.letters
    for share in CORNERS:
        width = share * frame.box.width
        rows = legend.laid_out(press, plate.groups, width)
        wide = max((legend.width(press, row) for row in rows), default=0.0)
        tall = legend.height(press, rows) + _bar_height(press) + 2 * pad
        across = max(wide, (BAR_MM + 14) * press.letters) + 2 * pad
        box, covered = _corner(plate, frame, across, tall, ())
        if wide <= width and tall <= CORNER * frame.box.height and covered <= COVERED:
            return rows, box
    return [], None


def _corner(
    plate: Plate, frame: Frame, width: float, height: float, taken: tuple[Box, ...]
) -> tuple[Box, float]:
    """Return the free corner that shows least of the region, and how much of it that is."""
    box = frame.box
    corners = [
        Box(x, y, width, height)
        for y in (box.bottom - height, box.y)
        for x in (box.right - width, box.x)
    ]
    areas = np.array([_area(each) for each in corners])
    region = shapely.transform(
        shapely.clip_by_rect(plate.ground.outline, *frame.bounds), frame.place
    )
    share = shapely.area(shapely.intersection(region, areas)) / (width * height)
    for other in taken:
        share[shapely.area(shapely.intersection(areas, _area(other))) > 0] = np.inf
    at = int(share.argmin())
    return corners[at], float(share[at])


def _area(box: Box) -> shapely.Geometry:
    return shapely.box(box.x, box.y, box.right, box.bottom)


def _inset(plate: Plate, frame: Frame, kept: list[Box]) -> Frame | None:
    """Return the inset in a corner that shows nothing of the region; None where there is none."""
    close = plate.close
    if close is None:
        return None
    west, south, east, north = close
    for share in INSETS:
        width = share * frame.box.width
        height = min(width * (north - south) / (east - west), 0.6 * frame.box.height)
        box, covered = _corner(plate, frame, width, height, tuple(kept))
        found = frames.fitted(close, box, air=0)
        if covered <= COVERED and found.scale < 0.75 * frame.scale:
            return found
    return None


def _legend(press: Press, plate: Plate, frame: Frame, rows: list[list[Block]], box: Box) -> None:
    pad = PAD_MM * press.letters
    edge = Look(fill=press.colours["surf"], edge=press.colours["ink"], width=0.25)
    press.paper.box(box, edge)
    legend.draw(press, rows, box.x + pad, box.y + 0.6 * pad, box.width - 2 * pad)
    k = press.letters
    longest = min(BAR_MM * k, box.width - 2 * pad - 12 * k)
    left = max(box.x + pad + k, box.right - longest - 14 * k)
    furniture.scale_bar(press, frame, left, box.bottom - pad, longest=longest, km=plate.words.km)
