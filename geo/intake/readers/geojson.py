"""GeoJSON, read as JSON and never by GDAL: whatever is called so is opened as nothing else."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.errors import InputError
from geo.intake import words
from geo.intake.readers import encodings, headings, limits, shapes, tables
from geo.intake.table import RawTable, Reading, RowFault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
"""A character in two halves; half of one can be no text."""

MOST_NESTED: Final = 8
"""Collections within collections."""

CRS84: Final = "OGC:CRS84"


class _BrokenShapeError(InputError):
    """A geometry cannot be read."""

    def __init__(self, code: str, value: object) -> None:
        self.code, self.value = code, value
        super().__init__(code)


def read(file: str, content: bytes, asked: Reading) -> RawTable:
    """Return the features of a GeoJSON text; a single feature or geometry is a table of one row.

    Parameters as of `geo.intake.readers.choice.Reader`.

    Raises
    ------
    RefusedFileError
        Where it is no GeoJSON.
    """
    text, encoding = encodings.decode(file, content, asked.encoding)
    document = _document(file, text)
    features = _features(file, document)
    if not features:
        words.refuse("no_rows", file=file)
    limits.check_rows(file, len(features))
    index = pd.RangeIndex(1, len(features) + 1, name=tables.NAME)
    read_shapes, faults = _shapes(features, index)
    geometry, more = shapes.series(read_shapes, index, shapes.crs(file, _crs(file, document)))
    cells = _cells(file, features, whole=not SURROGATE.search(text))
    return RawTable(
        file=file,
        format="geojson",
        reading=Reading(encoding=encoding),
        cells=tables.from_objects(cells, index) if cells else pd.DataFrame(index=index),
        geometry=geometry,
        faults=tuple(sorted(faults + more, key=lambda fault: fault.row)),
    )


def _document(file: str, text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        words.refuse("not_json", file=file, row=error.lineno, column=error.colno)
    except RecursionError:
        words.refuse("too_deep", file=file)
    except ValueError:  # a whole number of thousands of digits
        words.refuse("not_geojson", file=file)
    if not isinstance(document, dict) or "type" not in document:
        words.refuse("not_geojson", file=file)
    return document


def _features(file: str, document: dict[str, Any]) -> list[Any]:
    kind = _kind(document)
    if kind == "featurecollection":
        features = document.get("features")
        if not isinstance(features, list):
            words.refuse("not_geojson", file=file)
        return features
    if kind == "feature":
        return [document]
    if kind not in SHAPES and kind != "geometrycollection":
        words.refuse("not_geojson", file=file)
    return [{"type": "Feature", "geometry": document, "properties": {}}]


def _kind(thing: Mapping[str, Any]) -> str:
    """Return what something says it is, in small letters: programs write it either way."""
    kind = thing.get("type")
    return kind.lower() if isinstance(kind, str) else ""


def _crs(file: str, document: dict[str, Any]) -> str:
    """Return the CRS of the member that GeoJSON had for it until 2016; else that of today."""
    member = document.get("crs")
    if member is None:
        return CRS84
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or not name:
        words.refuse("unknown_crs", file=file, crs=json.dumps(member)[:80])
    return name


def _cells(file: str, features: Sequence[Any], *, whole: bool) -> dict[str, list[Any]]:
    """Return what the features have by column: their properties, and their own id before them."""
    tables_of = [
        each["properties"]
        if isinstance(each, dict) and isinstance(each.get("properties"), dict)
        else {}
        for each in features
    ]
    keys = list(dict.fromkeys(key for each in tables_of for key in each))
    limits.check_cells(file, len(features), len(keys))
    columns = [[_plain(each.get(key), whole=whole) for each in tables_of] for key in keys]
    ids = [
        _plain(each.get("id") if isinstance(each, dict) else None, whole=whole) for each in features
    ]
    if any(each is not None for each in ids) and (
        "id" not in keys or columns[keys.index("id")] != ids
    ):
        keys, columns = ["id", *keys], [ids, *columns]
    named = headings.named([_plain(key, whole=whole) for key in keys], len(keys))
    return dict(zip(named, columns, strict=True))


def _plain(value: object, *, whole: bool) -> object:
    """Return a value as a cell: what is nested as JSON, what is no number as nothing."""
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        value = (
            value if whole else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
        return value if value.strip() else None
    return value if not isinstance(value, float) or isfinite(value) else None


def _shapes(
    features: Sequence[Any], index: pd.Index
) -> tuple[np.ndarray[Any, Any], list[RowFault]]:
    """Return the geometry of each feature, and a word on each that cannot be read.

    Points, of which a file can have any number, are made at once.
    """
    made = np.full(len(features), None, dtype=object)
    faults: list[RowFault] = []
    places: list[int] = []
    points: list[tuple[float, float]] = []
    for at, feature in enumerate(features):
        try:
            geometry = _geometry(feature)
            if geometry is None or geometry.get("coordinates") == []:
                continue
            if _kind(geometry) == "point":
                points.append(_position(geometry.get("coordinates")))
                places.append(at)
            else:
                made[at] = _shape(geometry, 0)
        except _BrokenShapeError as error:
            value = json.dumps(error.value, ensure_ascii=True)[:80]
            faults.append(
                RowFault(row=int(index[at]), column="geometry", value=value, code=error.code)
            )
    if points:
        made[places] = shapely.points(np.array(points, dtype=float))
    return made, faults


def _geometry(feature: object) -> dict[str, Any] | None:
    if not isinstance(feature, dict) or _kind(feature) != "feature":
        raise _BrokenShapeError("no_feature", feature)
    geometry = feature.get("geometry")
    if geometry is not None and not isinstance(geometry, dict):
        raise _BrokenShapeError("no_shape", geometry)
    return geometry


def _shape(geometry: object, depth: int) -> shapely.Geometry:
    if not isinstance(geometry, dict) or depth > MOST_NESTED:
        raise _BrokenShapeError("no_shape", geometry if depth <= MOST_NESTED else "")
    kind = _kind(geometry)
    if kind == "geometrycollection":
        parts = _list(geometry.get("geometries"))
        return shapely.GeometryCollection([_shape(each, depth + 1) for each in parts])
    if kind not in SHAPES:
        raise _BrokenShapeError("no_shape", geometry.get("type"))
    coordinates = geometry.get("coordinates")
    return SHAPES[kind](_list(coordinates)) if coordinates != [] else shapely.GeometryCollection()


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise _BrokenShapeError("no_shape", value)
    return value


def _position(value: object) -> tuple[float, float]:
    """Return a position without its height."""
    numbers = _list(value)
    if len(numbers) < 2 or any(type(number) not in (int, float) for number in numbers[:2]):
        raise _BrokenShapeError("no_position", value)
    try:
        lon, lat = float(numbers[0]), float(numbers[1])
    except OverflowError:
        raise _BrokenShapeError("not_finite", "") from None
    if not (isfinite(lon) and isfinite(lat)):
        raise _BrokenShapeError("not_finite", str(value)[:80])
    return lon, lat


def _positions(value: object) -> list[tuple[float, float]]:
    return [_position(each) for each in _list(value)]


def _line(value: object) -> shapely.LineString:
    positions = _positions(value)
    if len(positions) < 2:
        raise _BrokenShapeError("few_positions", value)
    return shapely.LineString(positions)


def _polygon(value: object) -> shapely.Polygon:
    rings = [_ring(each) for each in _list(value)]
    if not rings:
        raise _BrokenShapeError("few_positions", value)
    return shapely.Polygon(rings[0], rings[1:])


def _ring(value: object) -> list[tuple[float, float]]:
    """Return a ring as it must be: it ends where it began, and has four positions or more."""
    positions = _positions(value)
    if positions and positions[0] != positions[-1]:
        raise _BrokenShapeError("not_closed", [positions[0], positions[-1]])
    if len(positions) < 4:
        raise _BrokenShapeError("few_positions", positions)
    return positions


SHAPES: Final[Mapping[str, Callable[[list[Any]], shapely.Geometry]]] = {
    "point": lambda value: shapely.Point(_position(value)),
    "multipoint": lambda value: shapely.MultiPoint(_positions(value)),
    "linestring": _line,
    "multilinestring": lambda value: shapely.MultiLineString([_line(each) for each in value]),
    "polygon": _polygon,
    "multipolygon": lambda value: shapely.MultiPolygon([_polygon(_list(each)) for each in value]),
}
