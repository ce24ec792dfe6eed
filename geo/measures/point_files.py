"""Points of Parquet files, part by part."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.checks.frames import WGS84
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

PART: Final = 1_000_000
"""Rows that are in memory at once."""

NUMBERS: Final = (pa.types.is_floating, pa.types.is_integer, pa.types.is_decimal)


def parts(
    path: str | os.PathLike[str], *, lon: str, lat: str, category: str | None = None
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.object_] | None]]:
    """Yield the points of a file: longitudes, latitudes and categories.

    A file without rows yields one part without points.

    Raises
    ------
    InputError
        See `geo.measures.counting.count_parquet`.
    """
    name = os.fspath(path)
    columns = [lon, lat, *([] if category is None else [category])]
    try:
        with pq.ParquetFile(path) as file:
            _check(name, file.schema_arrow, lon, lat, columns)
            empty = True
            for batch in file.iter_batches(PART, columns=columns):
                empty = False
                yield _arrays(batch, lon, lat, category)
            if empty:
                yield _arrays(file.schema_arrow.empty_table().select(columns), lon, lat, category)
    except (pa.ArrowException, OSError) as error:
        said = next(iter(str(error).splitlines()), "")
        raise InputError(f"{name}: no Parquet file that can be read whole ({said})") from error


def _arrays(
    batch: pa.RecordBatch | pa.Table, lon: str, lat: str, category: str | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.object_] | None]:
    x, y = (
        batch.column(name).cast(pa.float64()).to_numpy(zero_copy_only=False)
        if isinstance(batch, pa.RecordBatch)
        else batch.column(name).cast(pa.float64()).to_numpy()
        for name in (lon, lat)
    )
    return x, y, None if category is None else batch.column(category).to_pandas().to_numpy()


def _check(name: str, schema: pa.Schema, lon: str, lat: str, columns: list[str]) -> None:
    """Refuse a file that lacks a column, or whose coordinates are no degrees in WGS84."""
    absent = [column for column in columns if column not in schema.names]
    if absent:
        raise InputError(f"{name}: no column {', '.join(absent)}; it has {', '.join(schema.names)}")
    for column in (lon, lat):
        kind = schema.field(column).type
        if not any(is_kind(kind) for is_kind in NUMBERS):
            raise InputError(f"{name}, column {column}: found {kind}, expected numbers")
    crs = _stated_crs(name, schema)
    if (
        crs is not None
        and crs.to_epsg() != CRS(WGS84).to_epsg()
        and crs.to_authority()
        != (
            "OGC",
            "CRS84",
        )
    ):
        raise InputError(f"{name}: its CRS is {crs.name!r}, expected degrees in WGS84")


def _stated_crs(name: str, schema: pa.Schema) -> CRS | None:
    """Return the CRS of a GeoParquet file; None where it says none, which is WGS84."""
    metadata = schema.metadata or {}
    if b"geo" not in metadata:
        return None
    try:
        told = json.loads(metadata[b"geo"])
        crs = told["columns"][told["primary_column"]].get("crs")
        return None if crs is None else CRS.from_json_dict(crs)
    except (ValueError, KeyError, TypeError, AttributeError, CRSError) as error:
        raise InputError(f"{name}: what it says of its CRS cannot be read ({error})") from error
