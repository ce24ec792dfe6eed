"""Small maps of the same sites in districts, and in squares on them, as images.

Images and no part of the page: Streamlit takes what is drawn as SVG out of HTML.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from geo import memory
from geo.geometry import projection
from layers import templates
from layers.results import squares as neighbours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup
    from numpy.typing import NDArray
    from pyproj import CRS

WIDTH: Final = 300.0
"""Of a map, in units of its own, which are about pixels."""

TALLEST: Final = 1.25
"""Height over width, at most: a region that is taller is narrower."""

FINEST: Final = 0.6
"""Of a line's shape, in the same units."""

SMALLEST: Final = 1.6
"""Side of a square, at least: smaller ones could not be seen."""

VERTICES: Final = 2_000_000


class Ground(NamedTuple):
    """The districts of a region, drawn.

    Attributes
    ----------
    paths
        SVG path of each.
    origin, scale
        West and north in metres, and units a metre.
    size
        Width and height.
    """

    paths: tuple[str, ...]
    origin: tuple[float, float]
    scale: float
    size: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class DivisionMap:
    """One small map.

    Parameters
    ----------
    title
        What its units are.
    label
        What it shows, for who cannot see it.
    fills
        Colour token of each district, empty without a figure: it is hatched; one alone where
        squares are drawn on them.
    squares
        West, north, width and height of each in units of the map, and its colour token.
    """

    title: str
    label: str
    fills: Sequence[str]
    squares: Sequence[tuple[float, float, float, float, str]] = ()


def ground(
    districts: gpd.GeoDataFrame, middle: tuple[float, float], held: NDArray[np.bool_]
) -> Ground:
    """Return districts drawn in a plane, as far as those that hold something reach.

    Parameters
    ----------
    districts : GeoDataFrame, m rows
        Polygons in any CRS.
    middle
        Longitude and latitude that the plane is centred on, degrees, WGS84.
    held : ndarray of bool, shape (m,)
        Which districts a map is about; where there is none, all.
    """
    shapes = districts.geometry.to_numpy()
    return _ground(shapes, districts.crs, middle, tuple((held if held.any() else ~held).tolist()))


@memory.by_geometries(VERTICES)
def _ground(
    shapes: NDArray[np.object_],
    crs: CRS | None,
    middle: tuple[float, float],
    held: tuple[bool, ...],
) -> Ground:
    polygons = gpd.GeoSeries(shapes, crs=crs).to_crs("OGC:CRS84").to_numpy()
    plane = projection.laea(*middle)
    flat = projection.project(polygons, [plane] * len(polygons))
    west, south, east, north = map(float, shapely.total_bounds(flat[np.array(held)]))
    scale = min(WIDTH / (east - west), TALLEST * WIDTH / (north - south))
    simple = shapely.coverage_simplify(flat, FINEST / scale)
    paths = tuple(_path(each, west, north, scale) for each in simple)
    return Ground(paths, (west, north), scale, ((east - west) * scale, (north - south) * scale))


def squares(
    at: NDArray[np.int64],
    size_m: float,
    classes: NDArray[np.int64],
    ramp: Sequence[str],
    drawn: Ground,
) -> list[tuple[float, float, float, float, str]]:
    """Return squares of `geo.measures.land_cells` as a map draws them, those of a row as one.

    Parameters
    ----------
    at : ndarray of int64, shape (k, 2)
        Column and row of each.
    size_m
        Their side, metres.
    classes
        Of each.
    ramp
        Colour token of each class.
    drawn
        The districts below them.
    """
    first, n = neighbours.runs(at, classes)
    side = max(size_m * drawn.scale, SMALLEST)
    beyond = (side - size_m * drawn.scale) / 2
    x = (at[first, 0] * size_m - drawn.origin[0]) * drawn.scale - beyond
    y = (drawn.origin[1] - (at[first, 1] + 1) * size_m) * drawn.scale - beyond
    width = n * size_m * drawn.scale + 2 * beyond
    tokens = [ramp[each] for each in classes[first]]
    return [*zip(x.tolist(), y.tolist(), width.tolist(), [side] * len(x), tokens, strict=True)]


def html(
    maps: Sequence[DivisionMap], drawn: Ground, palettes: Sequence[Mapping[str, str]]
) -> Markup:
    """Draw maps beside each other.

    Parameters
    ----------
    maps
        From left to right.
    drawn
        The districts that they stand on.
    palettes
        Colours by token: those of paper and, where the screen has others, its own.
    """
    rows = [
        (each.title, each.label, [_image(each, drawn, colours) for colours in palettes])
        for each in maps
    ]
    return templates.html("layers/results/division_maps.html", maps=rows)


def _image(shown: DivisionMap, drawn: Ground, colours: Mapping[str, str]) -> str:
    """Return the address that holds a map as an image."""
    svg = templates.html(
        "layers/results/division_map.svg", map=shown, ground=drawn, colours=colours
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _path(polygon: shapely.Geometry, west: float, north: float, scale: float) -> str:
    parts = []
    for ring in shapely.get_rings(shapely.get_parts(polygon)):
        x, y = shapely.get_coordinates(ring).T
        x, y = (x - west) * scale, (north - y) * scale
        if np.ptp(x) > 1 or np.ptp(y) > 1:
            parts.append(
                "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x, y, strict=True)) + "Z"
            )
    return "".join(parts)
