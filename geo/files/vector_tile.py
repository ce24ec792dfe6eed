"""Vector tiles (Mapbox Vector Tile 2.1): the rows of a layer, cut to squares of a web map.

Tiles are those of Web Mercator (x from the west, y from the north). They are for drawing: below
the last zoom a crowded tile holds some of its points alone, so that nothing can be counted in one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import numpy as np
import pyarrow as pa
import shapely
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from pmtiles.tile import zxy_to_tileid

from geo.geometry import mercator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from google.protobuf.message import Message
    from numpy.typing import NDArray

    Rows = NDArray[np.intp]
    Geometries = NDArray[np.object_]
    Path = tuple[int, list[int]]
    """Type and commands of a feature, as the format has them."""

EXTENT: Final = 4096
"""Units across a tile."""

BUFFER: Final = 64
"""Units round a tile that are in it too, so that what is drawn across its edge is whole."""

POINTS_TO: Final = 14
"""Last zoom of points: a unit is 0.6 m at the equator. Programs enlarge its tiles from there."""

OUTLINES_TO: Final = 10
"""Last zoom of lines and areas: a unit is 10 m at the equator."""

MOST_POINTS: Final = 4096
"""Points of a tile below the last zoom; of more, the first of each of so many cells is in it."""

CELLS: Final = 64
"""Cells across a tile that are left a point each."""

MEDIA: Final = "application/vnd.mapbox-vector-tile"


class Address(NamedTuple):
    """Which tile: its zoom, its column from the west, its row from the north."""

    z: int
    x: int
    y: int


@dataclass(frozen=True, eq=False)
class PointLayer:
    """A layer of points, as many as there may be.

    Attributes
    ----------
    name
        Of the layer in its tiles.
    properties
        What is known of each row; nulls are left out.
    xy : ndarray of float64, shape (n, 2)
        Places on the map's square, see `mercator.on_square`; NaN where there is none.
    """

    name: str
    properties: pa.Table
    xy: NDArray[np.float64]
    last_zoom: int = POINTS_TO


@dataclass(frozen=True, eq=False)
class OutlineLayer:
    """A layer of lines, of areas, or of all kinds.

    Attributes
    ----------
    name, properties
        As of a `PointLayer`.
    bounds : ndarray of float64, shape (n, 4)
        Of each row on the map's square: west, north, east, south; NaN where there is nothing.
    shapes : callable
        Returns the geometries in degrees, simplified for a zoom; None or empty where there is
        nothing.
    """

    name: str
    properties: pa.Table
    bounds: NDArray[np.float64]
    shapes: Callable[[int], Geometries]
    last_zoom: int = OUTLINES_TO


Layer = PointLayer | OutlineLayer


def tile(layer: Layer, address: Address, *, among: Rows | None = None) -> bytes:
    """Return a tile.

    Parameters
    ----------
    layer
        Whose rows it holds.
    address
        Which tile.
    among : ndarray of int, optional
        Numbers of the rows that may be in it, ascending; all of them where omitted.

    Returns
    -------
    bytes
        A layer of `EXTENT` units; nothing where no row is in the tile. The id of a feature is the
        number of its row, the same in every tile.
    """
    rows = _inside(layer, address, among)
    if isinstance(layer, PointLayer):
        rows, paths = _points(layer, address, rows)
    else:
        rows, paths = _outlines(layer, address, rows)
    return _written(layer, rows, paths) if len(rows) else b""


def pyramid(layer: Layer, *, among: Rows | None = None) -> Iterator[tuple[Address, bytes]]:
    """Return every tile of a layer that holds anything, zoom by zoom, each along Hilbert's curve.

    Parameters
    ----------
    layer
        The layer.
    among
        As for `tile`.
    """
    level = [(Address(0, 0, 0), _inside(layer, Address(0, 0, 0), among))]
    for _ in range(layer.last_zoom + 1):
        below: list[tuple[Address, Rows]] = []
        for address, rows in level:
            if content := tile(layer, address, among=rows):
                yield address, content
            # What is in a quarter, with the edge round it, is in the whole with its own.
            for quarter in _quarters(address):
                inside = _inside(layer, quarter, rows)
                if len(inside):
                    below.append((quarter, inside))
        level = sorted(below, key=lambda each: zxy_to_tileid(*each[0]))


def _quarters(address: Address) -> Iterable[Address]:
    z, x, y = address
    return (Address(z + 1, 2 * x + right, 2 * y + low) for right in (0, 1) for low in (0, 1))


def _inside(layer: Layer, address: Address, among: Rows | None) -> Rows:
    """Return the rows that are in a tile or just round it, by their bounds."""
    z, x, y = address
    edge = BUFFER / EXTENT
    west, north, east, south = (
        each / 2**z for each in (x - edge, y - edge, x + 1 + edge, y + 1 + edge)
    )
    bounds = layer.xy if isinstance(layer, PointLayer) else layer.bounds
    if among is not None:
        bounds = bounds[among]
    left, top, right, bottom = bounds.T if bounds.shape[1] == 4 else (*bounds.T, *bounds.T)
    inside = np.flatnonzero((left <= east) & (right >= west) & (top <= south) & (bottom >= north))
    return inside if among is None else among[inside]


def _points(layer: PointLayer, address: Address, rows: Rows) -> tuple[Rows, list[Path]]:
    """Return the points of a tile, of a crowded one below the last zoom one a cell."""
    z, *corner = address
    places = layer.xy[rows] * 2**z
    if z < layer.last_zoom and len(rows) > MOST_POINTS:
        column, line = np.floor(places * CELLS).astype(np.int64).T
        _, first = np.unique(line * (CELLS * 2**z + 1) + column, return_index=True)
        first.sort()
        rows, places = rows[first], places[first]
    units = np.rint((places - corner) * EXTENT).astype(np.int64)
    commands = np.column_stack([np.full(len(rows), 9), _zigzag(units)])
    return rows, [(1, each) for each in commands.tolist()]


def _outlines(layer: OutlineLayer, address: Address, rows: Rows) -> tuple[Rows, list[Path]]:
    """Return what of lines and areas is in a tile, on its grid of units, valid there."""
    z, *corner = address
    whole = layer.shapes(z)[rows]
    units = shapely.transform(
        whole,
        lambda lonlat: (mercator.on_square(lonlat) * 2**z - corner) * EXTENT,
        interleaved=True,
    )
    cut = shapely.clip_by_rect(units, -BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
    cut = np.where(shapely.is_valid(cut), cut, shapely.make_valid(cut))
    # Outer rings that run counter-clockwise by their numbers run clockwise where y grows downward.
    fitted = shapely.orient_polygons(shapely.set_precision(cut, 1.0))
    dimensions = shapely.get_dimensions(whole)
    paths = [_path(shape, at) for shape, at in zip(fitted, dimensions.tolist(), strict=True)]
    kept = np.flatnonzero([bool(commands) for _, commands in paths])
    return rows[kept], [paths[each] for each in kept.tolist()]


def _path(shape: shapely.Geometry, dimension: int) -> Path:
    """Return the parts of a geometry that have the dimension of the whole."""
    commands: list[int] = []
    cursor = np.zeros(2, dtype=np.int64)
    for part in shapely.get_parts(shape):
        if shapely.get_dimensions(part) != dimension or shapely.is_empty(part):
            continue
        for line in shapely.get_rings(part) if dimension == 2 else (part,):
            places = np.rint(shapely.get_coordinates(line)).astype(np.int64)
            places = places[:-1] if dimension == 2 else places
            steps = _zigzag(np.diff(places, axis=0, prepend=cursor[np.newaxis]))
            commands += [9, *steps[0].tolist()]
            if len(steps) > 1:
                commands += [(len(steps) - 1) << 3 | 2, *steps[1:].ravel().tolist()]
            commands += [15] if dimension == 2 else []
            cursor = places[-1]
    return dimension + 1, commands


def _zigzag(steps: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return signed numbers as the format has them: 0, -1, 1, -2 are 0, 1, 2, 3."""
    return (steps << 1) ^ (steps >> 63)


def _written(layer: Layer, rows: Rows, paths: list[Path]) -> bytes:
    """Return a tile of these features."""
    message = Tile()
    content = message.layers.add(name=layer.name, version=2, extent=EXTENT)
    properties = layer.properties.take(pa.array(rows))
    tags: list[list[int]] = [[] for _ in rows]
    numbers = count()
    # A value is written once; 1, 1.0 and true are three.
    values = {kind: defaultdict[object, int](numbers.__next__) for kind in VALUES.values()}
    for name, column in zip(properties.column_names, properties.columns, strict=True):
        if column.null_count < len(rows):
            key, known = len(content.keys), values[VALUES[_type_of_values(column.type)]]
            content.keys.append(name)
            for own, value in zip(tags, column.to_pylist(), strict=True):
                if value is not None:
                    own.extend((key, known[value]))
    numbered = ((n, kind, value) for kind, each in values.items() for value, n in each.items())
    for _, kind, value in sorted(numbered, key=itemgetter(0)):
        content.values.add(**{kind: value})
    for row, own, (type_, commands) in zip(rows.tolist(), tags, paths, strict=True):
        content.features.add(id=row, tags=own, type=type_, geometry=commands)
    return bytes(message.SerializeToString(deterministic=True))


def _type_of_values(type_: pa.DataType) -> pa.DataType:
    """Return the type of a column's values, which may be kept once each."""
    return type_.value_type if pa.types.is_dictionary(type_) else type_


VALUES: Final = {
    pa.string(): "string_value",
    pa.large_string(): "string_value",
    pa.int64(): "int_value",
    pa.float64(): "double_value",
    pa.bool_(): "bool_value",
}
"""How a value is kept, by its type."""


def _field(number: int, name: str, type_: str, *, many: bool = False) -> dict[str, object]:
    """Return a field of a message; a type with a dot before it is another message."""
    kind = {"typeName": type_, "type": "TYPE_MESSAGE"} if type_[0] == "." else {"type": type_}
    packed = {"options": {"packed": True}} if many and type_ == "TYPE_UINT32" else {}
    label = "LABEL_REPEATED" if many else "LABEL_OPTIONAL"
    return {"name": name, "number": number, "label": label, **kind, **packed}


SCHEMA: Final = {
    "name": "vector_tile.proto",
    "package": "vector_tile",
    "messageType": [
        {
            "name": "Value",
            "field": [
                _field(1, "string_value", "TYPE_STRING"),
                _field(3, "double_value", "TYPE_DOUBLE"),
                _field(4, "int_value", "TYPE_INT64"),
                _field(7, "bool_value", "TYPE_BOOL"),
            ],
        },
        {
            "name": "Feature",
            "field": [
                _field(1, "id", "TYPE_UINT64"),
                _field(2, "tags", "TYPE_UINT32", many=True),
                _field(3, "type", "TYPE_UINT32"),
                _field(4, "geometry", "TYPE_UINT32", many=True),
            ],
        },
        {
            "name": "Layer",
            "field": [
                _field(1, "name", "TYPE_STRING"),
                _field(2, "features", ".vector_tile.Feature", many=True),
                _field(3, "keys", "TYPE_STRING", many=True),
                _field(4, "values", ".vector_tile.Value", many=True),
                _field(5, "extent", "TYPE_UINT32"),
                _field(15, "version", "TYPE_UINT32"),
            ],
        },
        {"name": "Tile", "field": [_field(3, "layers", ".vector_tile.Layer", many=True)]},
    ],
}
"""What of the format is written, as its vector_tile.proto has it."""


def _message_class() -> type[Message]:
    """Return the class of a whole tile, in a pool of its own: others bring the same names."""
    pool = descriptor_pool.DescriptorPool()
    pool.Add(json_format.ParseDict(SCHEMA, descriptor_pb2.FileDescriptorProto()))
    found = message_factory.GetMessageClass(pool.FindMessageTypeByName("vector_tile.Tile"))
    return cast("type[Message]", found)


Tile: Final = _message_class()
