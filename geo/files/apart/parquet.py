"""Job: the rows of a GeoParquet, as Arrow."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

MOST_BYTES = 1 << 29
"""Of the rows, unpacked, and of what is handed over."""


def run(most_rows: str) -> tuple[dict[str, Any], bytes]:
    """Return names and CRS, whether there is geometry; and the rows.

    Parameters
    ----------
    most_rows
        A longer file is not read.
    """
    content = io.BytesIO(sys.stdin.buffer.read())
    about = pq.ParquetFile(content).metadata
    if about.num_rows > int(most_rows):
        return {"refused": "too_many_rows", "most": f"{int(most_rows):,}"}, b""
    groups = (about.row_group(at) for at in range(about.num_row_groups))
    if sum(group.total_byte_size for group in groups) > MOST_BYTES:
        return {"refused": "too_costly"}, b""
    content.seek(0)
    stated = (about.metadata or {}).get(b"geo")
    if stated is None:
        return _handed(pq.read_table(content), {"crs": None, "geometry": False})
    return _with_geometry(content, json.loads(stated))


def _with_geometry(content: io.BytesIO, stated: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return the rows with their geometry, which is last, as WKB."""
    main = stated["primary_column"]
    about = stated["columns"][main]
    crs = about.get("crs", "OGC:CRS84")
    if about["encoding"] == "WKB":
        table = pq.read_table(content)
        wkb = table.column(main).cast(pa.large_binary())
    else:
        # GeoArrow's own encodings, as good as never met with: GeoPandas knows them.
        import geopandas as gpd  # noqa: PLC0415

        frame = gpd.read_parquet(content)  # type: ignore[arg-type]
        wkb = pa.array(frame[main].to_wkb(), pa.large_binary())
        table = pa.Table.from_pandas(
            frame.drop(columns=list(stated["columns"])), preserve_index=False
        )
    others = [name for name in table.column_names if name not in stated["columns"]]
    table = table.select(others).append_column("geometry", wkb)
    named = json.dumps(crs) if isinstance(crs, dict) else crs
    return _handed(table, {"crs": named, "geometry": True})


def _handed(table: pa.Table, said: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    if table.nbytes > MOST_BYTES:
        return {"refused": "too_costly"}, b""
    own = table.column_names[: -1 if said["geometry"] else None]
    columns = []
    for at, column in enumerate(table.columns):
        is_cell = at < len(own)
        columns.append(_cells(column) if is_cell else column)
    names = [f"c{at}" for at in range(len(own))] + ["geometry"] * said["geometry"]
    sink = pa.BufferOutputStream()
    plain = pa.table(columns, names=names)
    with pa.ipc.new_stream(sink, plain.schema) as writer:
        writer.write_table(plain)
    return said | {"names": own}, bytes(sink.getvalue())


def _cells(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    """Return a column as cells; lists and other things within things are told as JSON."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _cells(column.cast(kind.value_type))
    if pa.types.is_decimal(kind):
        return column.cast(pa.float64())
    simple = (
        pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean, pa.types.is_string,
        pa.types.is_large_string, pa.types.is_date, pa.types.is_timestamp, pa.types.is_null,
    )  # fmt: skip
    if any(each(kind) for each in simple):
        return column
    values = column.to_pylist()
    return pa.array(
        [None if v is None else json.dumps(v, ensure_ascii=False, default=str) for v in values],
        pa.large_string(),
    )
