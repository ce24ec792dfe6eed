"""GeoParquet 1.1: columns of one type each, geometry as WKB."""

from __future__ import annotations

import io
import json
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.facts import dictionary
from geo.files import plain_values, rows
from geo.geometry import lonlat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geo.files.about import About

VERSION: Final = "1.1.0"
GROUP: Final = 50_000
"""Rows of a group: readers skip groups by their bounds, and each has a head of its own."""
DTYPES: Final[Mapping[rows.Kind, str]] = {
    str: "string", int: "Int64", float: "Float64", bool: "boolean",
}  # fmt: skip
METADATA: Final = b"metadata"
"""Key of what the file says about itself, beside "geo"; JSON, as in the GeoJSON files."""


def geoparquet(frame: gpd.GeoDataFrame, about: About, *, table: dictionary.Table) -> bytes:
    """Return a frame as a GeoParquet file.

    Parameters
    ----------
    frame : GeoDataFrame
        Geometries in any CRS that has one; null where a geometry is missing or empty.
    about
        What the file says about itself.
    table
        Whose dictionary explains the columns.

    Returns
    -------
    bytes
        Longitude and latitude on WGS84 (OGC:CRS84), rings counter-clockwise. The key "metadata"
        of the file has title, date, method, sources and the dictionary as JSON; each explained
        column has its meaning as "description".

    Raises
    ------
    InputError
        For a missing CRS or column names that are repeated.
    """
    target = io.BytesIO()
    write(frame, target, about, table=table)
    return target.getvalue()


def write(
    frame: gpd.GeoDataFrame,
    target: IO[bytes],
    about: About,
    *,
    table: dictionary.Table,
    size: int = GROUP,
) -> None:
    """Write the same to an open file, a row group of at most `size` rows after the other.

    Parameters
    ----------
    frame
        As for `geoparquet`.
    target
        The file.
    about, table
        As for `geoparquet`.
    size
        Rows of a group; no more are in memory beside the frame.

    Raises
    ------
    InputError
        For a missing CRS or column names that are repeated.
    """
    whole = _geometries(frame, size)
    with ExitStack() as opened:
        writer: pq.ParquetWriter | None = None
        for found, located in rows.located(frame, table=table, size=size):
            content = _content(found, located)
            if writer is None:
                schema = _described(content.schema, found, about, whole, table=table)
                writer = opened.enter_context(pq.ParquetWriter(target, schema))
            writer.write_table(content.cast(schema))


def _geometries(frame: gpd.GeoDataFrame, size: int) -> dict[str, object]:
    """Return types and bounds of all geometries; no bounds where nothing is located."""
    types: set[str] = set()
    bounds = [np.full(4, np.nan)]
    for each in lonlat.pieces(frame, size):
        types |= {*gpd.GeoSeries(each).geom_type.dropna()}
        bounds.append(gpd.GeoSeries(each).total_bounds)
    corners = np.array(bounds)[1:]
    known = corners[~np.isnan(corners).any(axis=1)]
    if not len(known):
        return {"geometry_types": []}
    box = [*known[:, :2].min(axis=0).tolist(), *known[:, 2:].max(axis=0).tolist()]
    return {"geometry_types": sorted(types), "bbox": box}


def _content(found: rows.Rows, located: NDArray[np.object_]) -> pa.Table:
    """Return rows as columns of one type each, geometry as WKB."""
    names = [column.name for column in found.columns]
    columns = {
        name: pd.Series(values, dtype=DTYPES[kind])
        for name, values, kind in zip(names, found.values, found.kinds(), strict=True)
    }
    place = rows.free("geometry", taken=names)
    places = gpd.GeoSeries(located, crs=lonlat.CRS84)
    filled = gpd.GeoDataFrame({**columns, place: places}, geometry=place)
    plain = io.BytesIO()
    filled.to_parquet(plain, index=False, geometry_encoding="WKB", schema_version=VERSION)
    return pq.read_table(plain)


def _described(
    schema: pa.Schema,
    found: rows.Rows,
    about: About,
    whole: Mapping[str, object],
    *,
    table: dictionary.Table,
) -> pa.Schema:
    """Return the schema with the file's own description, and its geometry's in full."""
    for column in found.columns:
        if meaning := column.meaning[about.language]:
            position = schema.get_field_index(column.name)
            field = schema.field(position).with_metadata({"description": meaning})
            schema = schema.set(position, field)
    geo = json.loads(schema.metadata[b"geo"])
    (described,) = geo["columns"].values()
    described.pop("bbox", None)
    described |= {**whole, "orientation": "counterclockwise"}
    names = [column.name for column in found.columns]
    explained = about.metadata(dictionary.explained(names, table=table, lang=about.language))
    own = {
        b"geo": plain_values.to_json(geo).encode(),
        METADATA: plain_values.to_json(explained).encode(),
    }
    return schema.with_metadata({**schema.metadata, **own})
