"""Outlines as matplotlib has them: of letters, of paths in SVG, of polygons and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path
from matplotlib.path import Path

from geo import memory
from layers.printed import fonts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from layers.printed.fonts import Style

Point = tuple[float, float]

NOTHING: Final = Path(np.empty((0, 2)), np.empty(0, dtype=np.uint8))


class _PathPen(BasePen):  # type: ignore[misc] # fontTools has no type information
    """Collects what is drawn as vertices and codes."""

    def __init__(self) -> None:
        super().__init__()
        self.vertices: list[Point] = []
        self.codes: list[int] = []

    @property
    def path(self) -> Path:
        return Path(self.vertices, self.codes) if self.codes else NOTHING

    def _add(self, code: np.uint8, *points: Point) -> None:
        self.vertices += points
        self.codes += [int(code)] * len(points)

    def _moveTo(self, pt: Point) -> None:  # noqa: N802 - names of fontTools
        self._add(Path.MOVETO, pt)

    def _lineTo(self, pt: Point) -> None:  # noqa: N802
        self._add(Path.LINETO, pt)

    def _qCurveToOne(self, pt1: Point, pt2: Point) -> None:  # noqa: N802
        self._add(Path.CURVE3, pt1, pt2)

    def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:  # noqa: N802
        self._add(Path.CURVE4, pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802
        self._add(Path.CLOSEPOLY, (0.0, 0.0))


def corners(outline: Path) -> NDArray[np.float64]:
    """Return the vertices of an outline, two columns."""
    return np.asarray(outline.vertices, dtype=np.float64)


@memory.by_view(latest=4096)
def letter(style: Style, sign: str) -> Path:
    """Return the outline of a printable character: ems, from its origin, up is positive."""
    face = fonts.face(style)
    pen = _PathPen()
    face.outline(face.row(sign)).draw(pen, None)
    return Path(corners(pen.path) / face.units, pen.path.codes)


def text(line: str, style: Style, *, size: float, x: float = 0.0, y: float = 0.0) -> Path:
    """Return the outline of a printable text that begins at a point; down is positive."""
    left, parts = x, []
    for sign in line:
        own = letter(style, sign)
        parts.append(Path(corners(own) * (size, -size) + (left, y), own.codes))
        left += size * fonts.width(sign, style)
    return joined(parts)


@memory.by_facts
def svg(d: str) -> Path:
    """Return the outline that a path's ``d`` tells."""
    pen = _PathPen()
    parse_path(d, pen)
    return pen.path


def line(points: Sequence[Point]) -> Path:
    """Return a line through points."""
    return Path(np.array(points), [Path.MOVETO, *[Path.LINETO] * (len(points) - 1)])


def joined(parts: Sequence[Path]) -> Path:
    """Return some outlines as one."""
    kept = [part for part in parts if len(corners(part))]
    if not kept:
        return NOTHING
    vertices = np.concatenate([corners(part) for part in kept])
    return Path(vertices, np.concatenate([part.codes for part in kept]))


def polygons(geometries: NDArray[np.object_]) -> Path:
    """Return the outline of polygons; holes run against their rims, so that they stay open."""
    parts = shapely.get_parts(shapely.orient_polygons(shapely.get_parts(geometries)))
    return _lines(
        shapely.get_rings(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]),
        closed=True,
    )


def lines(geometries: NDArray[np.object_]) -> Path:
    """Return lines, and the parts of several, as one outline."""
    parts = shapely.get_parts(geometries)
    return _lines(parts[shapely.get_dimensions(parts) == 1], closed=False)


def _lines(parts: NDArray[np.object_], *, closed: bool) -> Path:
    vertices, owner = shapely.get_coordinates(parts, return_index=True)
    if not len(vertices):
        return NOTHING
    codes = np.full(len(vertices), Path.LINETO, dtype=np.uint8)
    codes[np.flatnonzero(np.diff(owner, prepend=-1))] = Path.MOVETO
    if closed:
        codes[np.flatnonzero(np.diff(owner, append=-1))] = Path.CLOSEPOLY
    return Path(vertices, codes)
