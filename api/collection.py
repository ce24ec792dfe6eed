"""Rows held in memory as GeoJSON text, ready to be joined to a page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from api import cql
from geo import memory
from geo.files.multipart import multipolygons
from geo.geometry.simplify import generalise

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from api.filters import Filter
    from api.query import Box, ItemsQuery

Choose = Callable[[Mapping[str, str]], "NDArray[np.bool_]"]
"""Takes a collection's filters as written; returns which rows pass, or raises `RefusedRequest`."""

DTYPES: Final = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
}
"""Columns that know null, by JSON type."""

TEXTS: Final = re.compile(r"'(?:[^']|'')*'")
NAMED: Final = re.compile(r"\w+")
"""The texts of a filter in CQL2, and outside of them the names of properties."""

FINEST: Final = 14
"""Zoom of a web map from which outlines are served as they are; a pixel is 10 m or less there."""

PIXEL: Final = 360 / 256
"""Degrees of longitude that a pixel takes at zoom 0."""

COARSEST: Final = 4
"""Zoom below which nothing is left out any more: a district is a pixel there."""

GEOMETRY: Final = b',"geometry":'
"""What stands between a feature's properties and its geometry; no text in JSON can hold it."""


@dataclass(frozen=True)
class Shape:
    """Of which types a collection's geometries are.

    Parameters
    ----------
    format : str
        As OGC API - Features, Part 5 names it.
    types : tuple of str
        Types of GeoJSON.
    """

    format: str
    types: tuple[str, ...]


POINTS: Final = Shape("geometry-point", ("Point",))
LINES: Final = Shape("geometry-linestring", ("LineString",))
AREAS: Final = Shape("geometry-multipolygon", ("MultiPolygon",))
NOWHERE: Final = Shape("geometry-any", ())
"""Of rows that are about whole regions and stand nowhere themselves."""
MIXED: Final = Shape(
    "geometry-any", ("Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
)


@dataclass(frozen=True, eq=False)
class Collection:
    """A collection of features.

    Parameters
    ----------
    name : str
        Its id in addresses.
    features : tuple of bytes, length n
        Each feature as GeoJSON, UTF-8.
    ids : tuple of str, length n
        Their ids, each once.
    bounds : ndarray of float64, shape (n, 4)
        West, south, east, north in WGS84 degrees, NaN where there is no geometry.
    filters : tuple of Filter
        What may be asked beside the page and the window.
    choose : callable
        Answers the filters.
    shape : Shape
        Of which types the geometries are.
    key : str, optional
        The property that is the features' id, where one is.
    units : bool
        Whether the features are administrative units: their outlines are a coverage, which can be
        simplified as one, and their share within reach of a site hangs on a radius.
    drawn_as : Collection, optional
        The one with the same outlines that they are simplified for, where there are several.
    types : mapping of str to str
        JSON types of properties that are known beforehand, whichever values these features have.
    usual : mapping of str to str
        Filters that are on unless the address, or a filter in CQL2, says otherwise.
    days : ndarray of str, shape (n,), optional
        The day of each feature, YYYY-MM-DD, where features have one; all others are of any time.
    """

    name: str
    features: tuple[bytes, ...]
    ids: tuple[str, ...]
    bounds: NDArray[np.float64]
    filters: tuple[Filter, ...]
    choose: Choose
    shape: Shape = MIXED
    key: str | None = None
    units: bool = False
    drawn_as: Collection | None = None
    types: Mapping[str, str] = field(default_factory=dict)
    usual: Mapping[str, str] = field(default_factory=dict)
    days: NDArray[np.str_] | None = None

    @property
    def filter_names(self) -> tuple[str, ...]:
        """Names of the filters."""
        return tuple(each.name for each in self.filters)

    @property
    def listed(self) -> tuple[str, ...]:
        """Names of the filters that take codes in a list: filters in CQL2 take them as well."""
        return tuple(each.name for each in self.filters if each.many)

    @cached_property
    def rows(self) -> dict[str, int]:
        """Number of the row by id."""
        return {identity: row for row, identity in enumerate(self.ids)}

    @cached_property
    def extent(self) -> list[float] | None:
        """West, south, east, north of all features, None where none has a geometry."""
        known = self.bounds[~np.isnan(self.bounds[:, 0])]
        if not len(known):
            return None
        west, south, *_ = known.min(axis=0).tolist()
        *_, east, north = known.max(axis=0).tolist()
        return [west, south, east, north]

    @cached_property
    def fields(self) -> dict[str, dict[str, str]]:
        """JSON type of each property: known, or what its values are; text where all are null."""
        found: dict[str, set[str]] = {}
        for feature in self.features:
            for name, value in json.loads(feature)["properties"].items():
                found.setdefault(name, set()).add(_json_type(value))
        return {
            name: {"type": self.types.get(name) or _widest(kinds)} for name, kinds in found.items()
        }

    @cached_property
    def table(self) -> pd.DataFrame:
        """The properties, a column each, of types that know null."""
        rows = [json.loads(feature)["properties"] for feature in self.features]
        dtypes = {name: DTYPES[schema["type"]] for name, schema in self.fields.items()}
        return pd.DataFrame(rows, columns=list(dtypes), dtype=object).astype(dtypes)

    def select(self, query: ItemsQuery) -> NDArray[np.intp]:
        """Return the numbers of the rows that pass, whatever the page, in order.

        A window leaves features without a geometry in, as OGC API - Features has it.

        Raises
        ------
        RefusedRequest
            For a filter's value that cannot be used.
        """
        keep = np.ones(len(self.features), dtype=bool)
        named = {*NAMED.findall(TEXTS.sub("", query.filter or ""))}
        usual = {name: value for name, value in self.usual.items() if name not in named}
        if asked := usual | dict(query.asked):
            keep &= self.choose(asked)
        if query.days and self.days is not None:
            first, last = query.days
            keep &= (self.days >= first) & (self.days <= last)
        if query.filter:
            keep &= cql.passing(query.filter, self)
        if query.bbox is not None:
            keep[keep] = self._in_window(query.bbox, np.flatnonzero(keep))
        return np.flatnonzero(keep)

    def page(self, query: ItemsQuery) -> tuple[list[bytes], int]:
        """Return the features of a page, and how many there are on all pages.

        Raises
        ------
        RefusedRequest
            As `select`.
        """
        rows = self.select(query)
        shown = rows[query.offset : query.offset + query.limit].tolist()
        features = [self.features[row] for row in shown]
        zoom = FINEST if query.zoom is None else max(query.zoom, COARSEST)
        if self.units and features and zoom < FINEST:
            outlines = _simplified(self.drawn_as or self, zoom)
            features = [
                _with_outline(feature, outlines[row])
                for feature, row in zip(features, shown, strict=True)
            ]
        return features, len(rows)

    def meeting(self, shape: BaseGeometry, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which of these rows have a geometry that meets a shape."""
        west, south, east, north = shape.bounds
        left, bottom, right, top = self.bounds[rows].T
        meets = (left <= east) & (right >= west) & (bottom <= north) & (top >= south)
        inside = np.zeros(len(rows), dtype=bool)
        if shapely.box(west, south, east, north).equals(shape):
            inside = (left >= west) & (right <= east) & (bottom >= south) & (top <= north)
        # Bounds that lie across the shape's edge say nothing of what is inside them.
        for each in np.flatnonzero(meets & ~inside).tolist():
            meets[each] = shapely.from_geojson(self.features[rows[each]]).intersects(shape)
        return np.asarray(meets)

    def _in_window(self, box: Box, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        west, south, east, north = (float(each) for each in np.clip(box, -1e9, 1e9))
        keep: NDArray[np.bool_] = np.isnan(self.bounds[rows, 0])  # without a geometry
        spans = [(west, east)] if west <= east else [(west, 1e9), (-1e9, east)]
        for least, most in spans:
            keep |= self.meeting(shapely.box(least, south, most, north), rows)
        return keep


def with_outline_of(feature: bytes, other: bytes) -> bytes:
    """Return a feature with the geometry of another; both have it last."""
    return _with_outline(feature, other.rpartition(GEOMETRY)[2].removesuffix(b"}"))


def _with_outline(feature: bytes, outline: bytes) -> bytes:
    return b"".join((feature.rpartition(GEOMETRY)[0], GEOMETRY, outline, b"}"))


@memory.by_facts
def _simplified(held: Collection, zoom: int) -> tuple[bytes, ...]:
    """Return a collection's outlines as GeoJSON that fit each other, a pixel exact."""
    shapes = np.asarray(shapely.from_geojson(held.features))
    window = shapely.box(*shapely.total_bounds(shapes))
    simple = generalise(shapes, shapes[:0], window=window, degrees=PIXEL / 2**zoom).own
    outlines = shapely.to_geojson(multipolygons(shapely.orient_polygons(simple)))
    return tuple(str(each).encode() for each in outlines)


def _json_type(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    kinds = {bool: "boolean", int: "integer", float: "number", type(None): "null"}
    return kinds.get(type(value), "string")


def _widest(types: set[str]) -> str:
    known = types - {"null"}
    if known == {"integer", "number"}:
        return "number"
    return known.pop() if len(known) == 1 else "string"
