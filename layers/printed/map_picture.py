"""A map as a picture in a document: the frame alone, its small legend in a corner or below."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from layers.printed import frame as frames
from layers.printed import furniture, legend, map_frame
from layers.printed import sheet as sheets
from layers.printed.paper import Box, Look, Paper
from layers.printed.press import Press
from layers.sites.symbols import located

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

COVERED: Final = 0.04
"""Share of a corner that may show what the map is about, where something is to stand there."""

INSETS: Final = (0.42, 0.36, 0.3)
"""Widths of an inset in a corner, in that of the frame, the best first."""

ALIGNED: Final = (0.5, 0.0, 1.0)
"""Where a region lies in a frame that is wider: what stands in its corners may need the room."""

ROWS: Final = (2, 3, 4, 5)
"""Entries below each other in a legend below the map: what makes it the lowest is taken."""

SIZES: Final = 4
"""Of letters that are tried, where they may be larger."""

CLEAR_MM: Final = 3.0
"""Round a site that is to be seen."""


@dataclass(frozen=True, kw_only=True)
class _Arranged:
    """Frame, legend, where that stands, inset if any, and what they hide or lack."""

    frame: Frame
    rows: list[list[Block]]
    legend: Box
    inset: Frame | None
    cost: float


def picture(
    plate: Plate,
    width_mm: float,
    height_mm: float,
    file_format: FileFormat,
    *,
    enlarged: float = 1.0,
) -> bytes:
    """Return a map's frame with a small legend as a file.

    Parameters
    ----------
    plate
        The map.
    width_mm, height_mm
        Of the picture.
    file_format
        Of the file.
    enlarged
        How much larger letters and signs are than on paper at most, where it is seen from further
        off: as far as the legend finds room.
    """
    letters = max(LEAST, min(1.0, width_mm / FULL_MM))
    paper = Paper(width=width_mm, height=height_mm)
    whole = Box(EDGE_MM, EDGE_MM, width_mm - 2 * EDGE_MM, height_mm - 2 * EDGE_MM)
    tries = [
        (press, min((_arranged(press, plate, whole, across) for across in ALIGNED), key=_cost))
        for press in (
            Press(
                paper=paper,
                colours=plate.colours,
                pixel=sheets.PIXEL["a3"] * letters * times,
                letters=letters * times,
            )
            for times in np.linspace(enlarged, 1.0, SIZES if enlarged > 1 else 1)
        )
    ]
    # The largest at which the legend takes no more of the map than at any other.
    press, drawn = min(tries, key=lambda each: int(_cost(each[1])))
    inset, kept = drawn.inset, [drawn.legend, *([drawn.inset.box] if drawn.inset else [])]
    map_frame.main(press, plate, drawn.frame, inset=inset, kept=kept)
    if inset is not None:
        map_frame.enlarged(press, plate, inset, dotted=True)
    _legend(press, plate, drawn)
    return press.paper.file(file_format)


def _cost(arranged: _Arranged) -> float:
    return arranged.cost


def _arranged(press: Press, plate: Plate, whole: Box, across: float) -> _Arranged:
    """Return how a map with its legend and inset stands in a picture."""
    shown, air = plate.view or plate.region, sheets.AIR_MM * press.letters
    frame = frames.fitted(shown, whole, air=air, across=across)
    rows, corner, covered = _in_corner(press, plate, frame)
    below = corner is None
    if corner is None:
        rows, tall = _below(press, plate, whole.width)
        box = Box(whole.x, whole.y, whole.width, whole.height - tall)
        frame = frames.fitted(shown, box, air=air, across=across)
        corner = Box(whole.x, box.bottom, whole.width, tall)
    inset, hidden = _inset(plate, frame, corner)
    return _Arranged(frame=frame, rows=rows, legend=corner, inset=inset,
                     cost=below + covered + hidden + 0.01 * (across != ALIGNED[0]))  # fmt: skip


def _below(press: Press, plate: Plate, width: float) -> tuple[list[list[Block]], float]:
    """Return a legend as low as can be, and its height with the scale bar, mm."""
    pad = PAD_MM * press.letters
    tries = []
    for n in ROWS:
        groups = [replace(group, rows=n) for group in plate.groups]
        rows = legend.laid_out(press, groups, width - 2 * pad)
        bar = 0.0 if _beside(press, rows, width) else _bar_height(press)
        tries.append((rows, legend.height(press, rows) + bar + 2 * pad))
    return min(tries, key=lambda each: each[1])


def _beside(press: Press, rows: list[list[Block]], width: float) -> bool:
    """Return whether the scale bar has room on the right of a legend."""
    return len(rows) == 1 and legend.width(press, rows[0]) + _bar_width(press) <= width


def _bar_width(press: Press) -> float:
    return (BAR_MM + 20) * press.letters


def _bar_height(press: Press) -> float:
    return 7.6 * press.letters


def _in_corner(
    press: Press, plate: Plate, frame: Frame
) -> tuple[list[list[Block]], Box | None, float]:
    """Return the legend as it fits into a corner, that corner, and what it hides there."""
    pad = PAD_MM * press.letters
    for share in CORNERS:
        width = share * frame.box.width
        rows = legend.laid_out(press, plate.groups, width)
        wide = max((legend.width(press, row) for row in rows), default=0.0)
        tall = legend.height(press, rows) + _bar_height(press) + 2 * pad
        across = max(wide, (BAR_MM + 14) * press.letters) + 2 * pad
        if wide > width or tall > CORNER * frame.box.height:
            continue
        box, covered = _corner(plate, frame, across, tall, ())
        if covered <= COVERED:
            return rows, box, covered
    return [], None, 0.0


def _corner(
    plate: Plate, frame: Frame, width: float, height: float, taken: tuple[Box, ...]
) -> tuple[Box, float]:
    """Return the free corner that hides least of the map, and how much of the corner that is."""
    box = frame.box
    corners = [
        Box(x, y, width, height)
        for y in (box.bottom - height, box.y)
        for x in (box.right - width, box.x)
    ]
    areas = np.array([_area(each) for each in corners])
    share = shapely.area(shapely.intersection(_told(plate, frame), areas)) / (width * height)
    for other in taken:
        share[shapely.area(shapely.intersection(areas, _area(other))) > 0] = np.inf
    at = int(share.argmin())
    return corners[at], float(share[at])


def _told(plate: Plate, frame: Frame) -> shapely.Geometry:
    """Return what a map is about, mm: the region, or where a part is shown the sites there."""
    scene, ground = plate.scene, plate.ground
    if scene.view is None or scene.sites is None:
        seen = shapely.clip_by_rect(ground.outline, *frame.bounds)
        return shapely.transform(seen, frame.place)
    lon, lat = shapely.get_coordinates(located(scene.sites).geometry.to_numpy()).reshape(-1, 2).T
    points = frame.place(ground.place(lon, lat))
    return shapely.MultiPoint(points).buffer(CLEAR_MM)


def _area(box: Box) -> shapely.Geometry:
    return shapely.box(box.x, box.y, box.right, box.bottom)


def _inset(plate: Plate, frame: Frame, legend: Box) -> tuple[Frame | None, float]:
    """Return the inset in a corner that hides nothing of the map, if any, and what it hides."""
    close = plate.close
    if close is None:
        return None, 0.0
    west, south, east, north = close
    for share in INSETS:
        width = share * frame.box.width
        height = min(width * (north - south) / (east - west), 0.6 * frame.box.height)
        box, covered = _corner(plate, frame, width, height, (legend,))
        found = frames.fitted(close, box, air=0)
        if covered <= COVERED and found.scale < 0.75 * frame.scale:
            return found, covered
    return None, 1.0


def _legend(press: Press, plate: Plate, drawn: _Arranged) -> None:
    box, k, pad = drawn.legend, press.letters, PAD_MM * press.letters
    edge = Look(fill=press.colours["surf"], edge=press.colours["ink"], width=0.25)
    press.paper.box(box, edge)
    longest = min(BAR_MM * k, box.width - 2 * pad - 12 * k)
    left = max(box.x + pad + k, box.right - longest - 14 * k)
    beside = _beside(press, drawn.rows, box.width)
    width = box.width - 2 * pad - (_bar_width(press) if beside else 0.0)
    legend.draw(press, drawn.rows, box.x + pad, box.y + 0.6 * pad, width)
    furniture.scale_bar(
        press, drawn.frame, left, box.bottom - pad, longest=longest, km=plate.words.km
    )
