"""FlatGeobuf 3: features in a row, found by place without reading all."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyogrio
import shapely

from geo.checks import frames
from geo.facts import dictionary
from geo.files import plain_values, rows
from geo.files.geopackage import MEANING, STORED, geometry_types, layer_type
from geo.files.multipart import multipolygons
from geo.geometry import lonlat

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

    from geo.files.about import About

PLACE: Final = "geometry"


def flatgeobuf(frame: gpd.GeoDataFrame, about: About, *, table: dictionary.Table) -> bytes:
    """Return a frame as a FlatGeobuf file.

    Parameters
    ----------
    frame, about, table
        As for `geo.files.geoparquet.geoparquet`.

    Returns
    -------
    bytes
        In WGS84, longitude first, with a spatial index unless some row has no geometry, which
        an index cannot hold. The head has the title, and title, date, method, sources and
        dictionary as JSON in its description; each column has its meaning.

    Raises
    ------
    InputError
        For a missing CRS or column names that are repeated.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.fgb"
        write(frame, path, about, table=table)
        return path.read_bytes()


def write(
    frame: gpd.GeoDataFrame,
    path: Path,
    about: About,
    *,
    table: dictionary.Table,
    size: int = rows.PIECE,
) -> None:
    """Write the same to a path, piece by piece.

    Parameters
    ----------
    frame
        As for `flatgeobuf`.
    path
        Where the file will be.
    about, table, size
        As for `geo.files.geoparquet.write`.

    Raises
    ------
    InputError
        For a missing CRS or column names that are repeated.
    """
    types, missing = _kinds(frame, size)
    head = rows.head(frame, table=table)
    columns = dict(zip(rows.names(head), head.columns, strict=True))
    place = rows.free(PLACE, taken=columns)
    fields = [
        pa.field(name, STORED[kind], metadata={MEANING: column.meaning[about.language]})
        for (name, column), kind in zip(columns.items(), head.kinds(), strict=True)
    ]
    schema = pa.schema([*fields, pa.field(place, pa.binary())])
    explained = dictionary.explained(columns, table=table, lang=about.language)
    pyogrio.write_arrow(
        pa.RecordBatchReader.from_batches(schema, _batches(frame, schema, table, size)),
        path,
        layer=table,
        driver="FlatGeobuf",
        geometry_name=place,
        geometry_type=layer_type(types, table=table),
        crs=frames.WGS84,
        layer_options={
            "SPATIAL_INDEX": "NO" if missing else "YES",
            "TITLE": about.title,
            "DESCRIPTION": plain_values.writable(plain_values.to_json(about.metadata(explained))),
        },
    )


def _kinds(frame: gpd.GeoDataFrame, size: int) -> tuple[set[str], bool]:
    """Return the types of the geometries, and whether some row has none."""
    types: set[str] = set()
    missing = False
    for each in lonlat.pieces(frame, size):
        missing |= bool(shapely.is_missing(each).any())
        types |= geometry_types(multipolygons(each))
    return types, missing


def _batches(
    frame: gpd.GeoDataFrame,
    schema: pa.Schema,
    table: dictionary.Table,
    size: int,
) -> Iterator[pa.RecordBatch]:
    for found, located in rows.located(frame, table=table, size=size):
        bodies = shapely.to_wkb(multipolygons(located), output_dimension=2)
        held = [
            pa.array(each, field.type)
            for each, field in zip([*found.values, bodies], schema, strict=True)
        ]
        yield pa.record_batch(held, schema)
