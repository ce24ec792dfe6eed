"""Rows held in memory as GeoJSON text, ready to be joined to a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from api.filters import Filters

Choose = Callable[[Mapping[str, str]], "NDArray[np.bool_]"]
"""Takes a collection's filters as written; returns which rows pass, or raises `RefusedRequest`."""

DTYPES: Final = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
}
"""Columns that know null, by JSON type."""

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
    filters : mapping of str to Filter
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
        JSON types of properties that are known beforehand, unless features have other values.
    usual : mapping of str to str
        Filters that are on unless the address, or a filter in CQL2, says otherwise.
    days : ndarray of str, shape (n,), optional
        The day of each feature, YYYY-MM-DD, where features have one; all others are of any time.
    """

    name: str
    features: tuple[bytes, ...]
    ids: tuple[str, ...]
    bounds: NDArray[np.float64]
    filters: Filters
    choose: Choose
    shape: Shape = MIXED
    key: str | None = None
    units: bool = False
    drawn_as: Collection | None = None
    types: Mapping[str, str] = field(default_factory=dict)
    usual: Mapping[str, str] = field(default_factory=dict)
    days: NDArray[np.str_] | None = None

    @property
    def listed(self) -> tuple[str, ...]:
        """Names of the filters that take codes in a list: filters in CQL2 take them as well."""
        return tuple(name for name, each in self.filters.items() if each.many)

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
        kinds: dict[str, set[str]] = {}
        for feature in self.features:
            for name, value in json.loads(feature)["properties"].items():
                kinds.setdefault(name, set()).add(_json_type(value))
        return {name: {"type": _type(each, self.types.get(name))} for name, each in kinds.items()}

    @cached_property
    def table(self) -> pd.DataFrame:
        """The properties, a column each, of types that know null."""
        rows = [json.loads(feature)["properties"] for feature in self.features]
        dtypes = {name: DTYPES[schema["type"]] for name, schema in self.fields.items()}
        return pd.DataFrame(rows, columns=list(dtypes), dtype=object).astype(dtypes)

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


def with_outline_of(feature: bytes, other: bytes) -> bytes:
    """Return a feature with the geometry of another; both have it last."""
    return with_outline(feature, other.rpartition(GEOMETRY)[2].removesuffix(b"}"))


def with_outline(feature: bytes, outline: bytes) -> bytes:
    """Return a feature with another geometry, which is GeoJSON; it has it last."""
    return b"".join((feature.rpartition(GEOMETRY)[0], GEOMETRY, outline, b"}"))


def _json_type(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    kinds = {bool: "boolean", int: "integer", float: "number", type(None): "null"}
    return kinds.get(type(value), "string")


def _type(found: set[str], known: str | None) -> str:
    """Return the type that is known; that of what was found where it is another."""
    return known if known and _widest(found | {known}) == known else _widest(found)


def _widest(types: set[str]) -> str:
    known = types - {"null"}
    if known == {"integer", "number"}:
        return "number"
    return known.pop() if len(known) == 1 else "string"
