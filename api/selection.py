"""Which features of a collection a query asks for, and how exactly they are drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from api import cql
from api.collection import Collection, with_outline
from geo import memory
from geo.files.multipart import multipolygons
from geo.geometry.simplify import generalise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from api.query import Box, ItemsQuery

TEXTS: Final = re.compile(r"'(?:[^']|'')*'")
NAMED: Final = re.compile(r"\w+")
"""The texts of a filter in CQL2, and outside of them the names of properties."""

FINEST: Final = 14
"""Zoom of a web map from which outlines are served as they are; a pixel is 10 m or less there."""

PIXEL: Final = 360 / 256
"""Degrees of longitude that a pixel takes at zoom 0."""

LATEST: Final = 64
"""Collections and zooms whose outlines are kept."""

COARSEST: Final = 4
"""Zoom below which nothing is left out any more: a district is a pixel there."""


def select(collection: Collection, query: ItemsQuery) -> NDArray[np.intp]:
    """Return the numbers of the rows that pass, whatever the page, in order.

    A window leaves features without a geometry in, as OGC API - Features has it.

    Raises
    ------
    RefusedRequest
        For a filter's value that cannot be used.
    """
    keep = np.ones(len(collection.features), dtype=bool)
    named = {*NAMED.findall(TEXTS.sub("", query.filter or ""))}
    usual = {name: value for name, value in collection.usual.items() if name not in named}
    if asked := usual | dict(query.asked):
        keep &= collection.choose(asked)
    if query.days and collection.days is not None:
        first, last = query.days
        keep &= (collection.days >= first) & (collection.days <= last)
    if query.filter:
        keep &= cql.passing(query.filter, collection)
    if query.bbox is not None:
        keep[keep] = _in_window(collection, query.bbox, np.flatnonzero(keep))
    return np.flatnonzero(keep)


def page(collection: Collection, query: ItemsQuery) -> tuple[list[bytes], int]:
    """Return the features of a page, and how many there are on all pages.

    Raises
    ------
    RefusedRequest
        As `select`.
    """
    rows = select(collection, query)
    shown = rows[query.offset : query.offset + query.limit].tolist()
    features = collection.features.at(shown)
    zoom = FINEST if query.zoom is None else max(query.zoom, COARSEST)
    if collection.units and features and zoom < FINEST:
        outlines = _simplified(collection.drawn_as or collection, zoom)
        features = [
            with_outline(feature, outlines[row])
            for feature, row in zip(features, shown, strict=True)
        ]
    return features, len(rows)


def _in_window(collection: Collection, box: Box, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    west, south, east, north = (float(each) for each in np.clip(box, -1e9, 1e9))
    keep: NDArray[np.bool_] = np.isnan(collection.bounds[rows, 0])  # without a geometry
    spans = [(west, east)] if west <= east else [(west, 1e9), (-1e9, east)]
    for least, most in spans:
        keep |= collection.meeting(shapely.box(least, south, most, north), rows)
    return keep


@memory.by_view(LATEST)
def _simplified(collection: Collection, zoom: int) -> tuple[bytes, ...]:
    """Return a collection's outlines as GeoJSON that fit each other, a pixel exact."""
    simple = simplified(collection, PIXEL / 2**zoom)
    outlines = shapely.to_geojson(multipolygons(shapely.orient_polygons(simple)))
    return tuple(str(each).encode() for each in outlines)


def simplified(collection: Collection, degrees: float) -> NDArray[np.object_]:
    """Return a collection's outlines in degrees, as exact as `degrees`, fitting each other."""
    shapes = collection.features.shapes(range(len(collection.features)))
    window = shapely.box(*shapely.total_bounds(shapes))
    return generalise(shapes, shapes[:0], window=window, degrees=degrees).own
