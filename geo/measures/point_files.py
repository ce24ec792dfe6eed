"""Points of Parquet files, part by part: local ones, and of any store that fsspec knows."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.checks.frames import SAME_DEGREES
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

PART: Final = 1_000_000
"""Rows that are in memory at once."""

NUMBERS: Final = (pa.types.is_floating, pa.types.is_integer, pa.types.is_decimal)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which columns of a file hold what.

    Attributes
    ----------
    lon, lat
        Degrees, WGS84.
    category
        Of each point; None where nobody asks.
    """

    lon: str = "lon"
    lat: str = "lat"
    category: str | None = None

    @property
    def names(self) -> list[str]:
        """All of them."""
        return [self.lon, self.lat, *([] if self.category is None else [self.category])]


def row_groups(path: str | os.PathLike[str], columns: Columns) -> list[int]:
    """Return how many rows each row group of a file has.

    Raises
    ------
    InputError
        See `geo.measures.counting.count_parquet`.
    """
    with _opened(path, columns) as file:
        return [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]


def parts(
    path: str | os.PathLike[str], columns: Columns, *, groups: Iterable[int] | None = None
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.object_] | None]]:
    """Yield the points of a file, or of some of its row groups: longitudes, latitudes, categories.

    A file without rows yields one part without points.

    Raises
    ------
    InputError
        See `geo.measures.counting.count_parquet`.
    """
    with _opened(path, columns) as file:
        empty = True
        chosen = None if groups is None else list(groups)
        # Whoever asks for some row groups has others read at once, and every core at work.
        batches = file.iter_batches(
            PART, row_groups=chosen, columns=columns.names, use_threads=chosen is None
        )
        for batch in batches:
            empty = False
            yield _arrays(pa.Table.from_batches([batch]), columns)
        if empty:
            yield _arrays(file.schema_arrow.empty_table(), columns)


@contextmanager
def _opened(path: str | os.PathLike[str], columns: Columns) -> Iterator[pq.ParquetFile]:
    """Open a file that has the columns, and say which it is where it cannot be read."""
    name = os.fspath(path)
    try:
        files, plain = fsspec.url_to_fs(name)
        with pq.ParquetFile(plain, filesystem=files) as file:
            _check(name, file.schema_arrow, columns)
            yield file
    except (pa.ArrowException, OSError) as error:
        said = next(iter(str(error).splitlines()), "")
        raise InputError(f"{name}: no Parquet file that can be read whole ({said})") from error
    except (ImportError, ValueError) as error:  # an address that fsspec does not know
        if isinstance(error, InputError):
            raise
        raise InputError(f"{name}: {error}") from error


def _arrays(
    table: pa.Table, columns: Columns
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.object_] | None]:
    x, y = (table.column(name).cast(pa.float64()).to_numpy() for name in (columns.lon, columns.lat))
    if columns.category is None:
        return x, y, None
    return x, y, table.column(columns.category).to_pandas().to_numpy()


def _check(name: str, schema: pa.Schema, columns: Columns) -> None:
    """Refuse a file that lacks a column, or whose coordinates are no degrees in WGS84."""
    absent = [column for column in columns.names if column not in schema.names]
    if absent:
        raise InputError(f"{name}: no column {', '.join(absent)}; it has {', '.join(schema.names)}")
    for column in (columns.lon, columns.lat):
        kind = schema.field(column).type
        if not any(is_kind(kind) for is_kind in NUMBERS):
            raise InputError(f"{name}, column {column}: found {kind}, expected numbers")
    crs = _stated_crs(name, schema)
    if crs is None or crs.to_authority() == ("OGC", "CRS84"):
        return
    if crs.to_epsg() not in SAME_DEGREES:
        raise InputError(f"{name}: its CRS is {crs.name!r}, expected degrees in WGS84 or CGCS2000")


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
