"""GeoParquet 1.1: columns of one type each, geometry as WKB."""

from __future__ import annotations

import io
import json
import math
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq

from geo.facts import dictionary
from geo.files import plain_values, rows
from geo.geometry import lonlat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.files.about import About

VERSION: Final = "1.1.0"
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
    found = rows.of(frame, table=table)
    names = [column.name for column in found.columns]
    columns = {
        name: pd.Series(values, dtype=DTYPES[kind])
        for name, values, kind in zip(names, found.values, found.kinds(), strict=True)
    }
    place = rows.free("geometry", taken=names)
    located = gpd.GeoSeries(lonlat.lonlat(frame), crs=lonlat.CRS84)
    filled = gpd.GeoDataFrame({**columns, place: located}, geometry=place)
    plain = io.BytesIO()
    filled.to_parquet(plain, index=False, geometry_encoding="WKB", schema_version=VERSION)
    return _described(plain, found, about, table=table)


def _described(
    plain: io.BytesIO, found: rows.Rows, about: About, *, table: dictionary.Table
) -> bytes:
    """Return the file with its own description, and its geometry's in full."""
    content = pq.read_table(plain)
    schema = content.schema
    for column in found.columns:
        if meaning := column.meaning[about.language]:
            position = schema.get_field_index(column.name)
            field = schema.field(position).with_metadata({"description": meaning})
            schema = schema.set(position, field)
    geo = json.loads(schema.metadata[b"geo"])
    for described in geo["columns"].values():
        described["orientation"] = "counterclockwise"
        if not all(map(math.isfinite, described.get("bbox", ()))):  # nothing is located
            del described["bbox"]
    names = [column.name for column in found.columns]
    described = about.metadata(dictionary.explained(names, table=table, lang=about.language))
    own = {
        b"geo": plain_values.to_json(geo).encode(),
        METADATA: plain_values.to_json(described).encode(),
    }
    target = io.BytesIO()
    pq.write_table(content.cast(schema.with_metadata({**schema.metadata, **own})), target)
    return target.getvalue()
