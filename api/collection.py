"""Rows held in memory as GeoJSON text, ready to be joined to a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.files import geojson, plain_values
from geo.geometry import lonlat

if TYPE_CHECKING:
    from collections.abc import Iterable

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

WHOLE_TYPES: Final = {"b": "boolean", "i": "integer", "u": "integer", "f": "number"}
"""JSON types of columns that hold one type, by the kind of their dtype."""

GEOMETRY: Final = b',"geometry":'
"""What stands between a feature's properties and its geometry; no text in JSON can hold it."""


NO_GEOMETRY: Final = b"null}"
"""The end of a feature without one."""


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
class Written:
    """Features that are ready: each was written once.

    Parameters
    ----------
    texts : tuple of bytes, length n
        Each feature as GeoJSON, UTF-8.
    columns : tuple of str
        Names of the properties that they have, for where there is no feature to tell them.
    """

    texts: tuple[bytes, ...]
    columns: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.texts)

    def at(self, rows: Iterable[int]) -> list[bytes]:
        """Return the features of some rows as GeoJSON."""
        return [self.texts[row] for row in rows]

    def shapes(self, rows: Iterable[int]) -> NDArray[np.object_]:
        """Return the geometries of some rows in degrees, None where there is none."""
        known = [None if each.endswith(NO_GEOMETRY) else each for each in self.at(rows)]
        return np.asarray(shapely.from_geojson(np.array(known, dtype=object)))

    @property
    def places(self) -> gpd.GeoSeries:
        """Every geometry, None where there is none."""
        return gpd.GeoSeries(self.shapes(range(len(self))), crs=lonlat.CRS84)

    @property
    def properties(self) -> pd.DataFrame:
        """The properties, a column each, as JSON has them."""
        if not self.texts:
            return pd.DataFrame(columns=list(self.columns), dtype=object)
        return pd.DataFrame([json.loads(each)["properties"] for each in self.texts], dtype=object)


@dataclass(frozen=True, eq=False)
class Unwritten:
    """Features that are written whenever they are read: half a million take no half gigabyte.

    Parameters
    ----------
    frame : GeoDataFrame, n rows
        Geometries and properties.
    """

    frame: gpd.GeoDataFrame

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def texts(self) -> tuple[bytes, ...]:
        """Every feature as GeoJSON."""
        return tuple(geojson.features(self.frame))

    def at(self, rows: Iterable[int]) -> list[bytes]:
        """Return the features of some rows as GeoJSON."""
        return geojson.features(self.frame.iloc[list(rows)])

    def shapes(self, rows: Iterable[int]) -> NDArray[np.object_]:
        """Return the geometries of some rows in degrees, None where there is none."""
        return lonlat.lonlat(self.frame.iloc[list(rows)])

    @property
    def places(self) -> gpd.GeoSeries:
        """Every geometry, empty or None where there is none."""
        return self.frame.geometry

    @property
    def properties(self) -> pd.DataFrame:
        """The properties, a column each."""
        return pd.DataFrame(self.frame.drop(columns=self.frame.active_geometry_name))


class Outline(NamedTuple):
    """What is said of a collection; its rows need not be known for it.

    Attributes
    ----------
    filters, shape, units, days
        As of `Collection`.
    extent
        West, south, east, north of what all features lie in, None where none has a geometry.
    """

    filters: Filters
    shape: Shape
    units: bool
    extent: list[float] | None
    days: NDArray[np.str_] | None = None


@dataclass(frozen=True, eq=False)
class Collection:
    """A collection of features.

    Parameters
    ----------
    name : str
        Its id in addresses.
    features : Written or Unwritten, length n
        The features.
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
    features: Written | Unwritten
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
        """Names of the filters that choose by a list of codes: filters in CQL2 take them too."""
        return tuple(name for name, each in self.filters.items() if each.many and each.of_rows)

    @property
    def outline(self) -> Outline:
        """What is said of it."""
        return Outline(self.filters, self.shape, self.units, self.extent, self.days)

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
        found = {str(name): _json_types(each) for name, each in self.features.properties.items()}
        return {name: {"type": _type(each, self.types.get(name))} for name, each in found.items()}

    @cached_property
    def table(self) -> pd.DataFrame:
        """The properties, a column each, of types that know null; text may be categories."""
        properties = self.features.properties
        columns = {
            name: _typed(properties[name], DTYPES[schema["type"]])
            for name, schema in self.fields.items()
        }
        return pd.DataFrame(columns, index=pd.RangeIndex(len(self.features)))

    def part(self, rows: NDArray[np.intp]) -> pd.DataFrame:
        """Return the properties of some rows, ascending; of all of them nothing is copied."""
        every = len(rows) == len(self.features)
        return self.table if every else self.table.iloc[rows].reset_index(drop=True)

    def frame(self, rows: NDArray[np.intp]) -> gpd.GeoDataFrame:
        """Return some rows, ascending, with their geometries; of all of them nothing is copied."""
        every = len(rows) == len(self.features)
        places = self.features.places if every else self.features.places.iloc[rows]
        return gpd.GeoDataFrame(self.part(rows), geometry=places.reset_index(drop=True))

    def meeting(self, shape: BaseGeometry, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which of these rows have a geometry that meets a shape."""
        west, south, east, north = shape.bounds
        left, bottom, right, top = self.bounds[rows].T
        meets = (left <= east) & (right >= west) & (bottom <= north) & (top >= south)
        inside = np.zeros(len(rows), dtype=bool)
        if shapely.box(west, south, east, north).equals(shape):
            inside = (left >= west) & (right <= east) & (bottom >= south) & (top <= north)
        # Bounds that lie across the shape's edge say nothing of what is inside them.
        shapely.prepare(shape)
        across, point = meets & ~inside, (left == right) & (bottom == top)
        meets[across & point] = shapely.intersects_xy(
            shape, *self.bounds[rows[across & point], :2].T
        )
        other = np.flatnonzero(across & ~point)
        meets[other] = shapely.intersects(shape, self.features.shapes(rows[other].tolist()))
        return np.asarray(meets)


def with_outline_of(feature: bytes, other: bytes) -> bytes:
    """Return a feature with the geometry of another; both have it last."""
    return with_outline(feature, other.rpartition(GEOMETRY)[2].removesuffix(b"}"))


def with_outline(feature: bytes, outline: bytes) -> bytes:
    """Return a feature with another geometry, which is GeoJSON; it has it last."""
    return b"".join((feature.rpartition(GEOMETRY)[0], GEOMETRY, outline, b"}"))


def _json_types(column: pd.Series) -> set[str]:
    """Return the JSON types that the values of a column have, null where some are unknown."""
    kind = getattr(column.dtype, "kind", "O")
    if plain_values.is_text(column) or kind in WHOLE_TYPES:
        whole = WHOLE_TYPES.get(kind, "string")
        known = _finite(column).notna().to_numpy()
        return ({whole} if known.any() else set()) | (set() if known.all() else {"null"})
    return set(map(_json_type, plain_values.values(column)))


def _typed(column: pd.Series, dtype: Any) -> pd.Series:  # noqa: ANN401 - one of `DTYPES`
    """Return the values of a column as one type that knows null."""
    plain = _finite(column.reset_index(drop=True))
    if isinstance(plain.dtype, pd.CategoricalDtype):
        return plain
    if not isinstance(plain.dtype, pd.StringDtype) and plain.dtype.kind not in WHOLE_TYPES:
        plain = pd.Series(plain_values.values(plain), dtype=object)
    return pd.Series(pd.array(plain, dtype=dtype))


def _finite(column: pd.Series) -> pd.Series:
    """Return a column without the numbers that JSON does not know."""
    if getattr(column.dtype, "kind", "O") != "f":
        return column
    return column.where(np.isfinite(column.to_numpy(np.float64, na_value=np.nan)))


def _json_type(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
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
