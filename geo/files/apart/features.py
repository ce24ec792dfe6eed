"""Job: a layer that GDAL reads, as Arrow. One driver alone is there: nothing is sniffed."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
from pyogrio import raw

MOST_BYTES = 1 << 29
"""Of the rows that are handed over."""

EXACT = 2**53
"""Up to which every whole number is a float."""


def run(driver: str, path: str, layer: str, most_rows: str) -> tuple[dict[str, Any], bytes]:
    """Return names, types and CRS of a layer, how many there are; and its rows.

    Parameters
    ----------
    driver
        Of GDAL.
    path
        A file in a folder that is removed.
    layer
        Its name; empty for the first that has rows.
    most_rows
        One more is read.
    """
    if set(pyogrio.list_drivers()) != {driver}:
        return {"refused": "unreadable"}, b""
    if driver == "GPKG":
        layers = _tables(path)
        if layers is None:
            return {"refused": "live_tables"}, b""
    else:
        layers = [str(name) for name, _ in pyogrio.list_layers(path)]
    if layer and layer not in layers:
        return {"refused": "no_layer", "layer": layer, "known": ", ".join(layers)}, b""
    return _read(path, [layer] if layer else layers, layers, int(most_rows) + 1)


def _read(
    path: str, order: list[str], layers: list[str], most: int
) -> tuple[dict[str, Any], bytes]:
    # A shapefile says in many ways how its texts are written, and often wrongly: they come as
    # bytes, each a letter of Latin-1, and are decoded by who asked.
    encoding = None if path.endswith(".gpkg") else "ISO-8859-1"
    for name in order:
        meta, _, geometry, columns = raw.read(
            path, layer=name, max_features=most, encoding=encoding, force_2d=True
        )
        count = len(geometry) if geometry is not None else max(map(len, columns), default=0)
        if not count:
            continue
        arrays = list(map(_array, columns, meta["dtypes"]))
        names = [f"c{at}" for at in range(len(arrays))]
        if geometry is not None:
            arrays.append(pa.array(geometry, pa.large_binary()))
            names.append("geometry")
        table = pa.table(arrays, names=names)
        if table.nbytes > MOST_BYTES:
            return {"refused": "too_costly"}, b""
        said = {
            "layers": layers,
            "layer": name,
            "crs": meta["crs"],
            "geometry": geometry is not None,
            "names": [str(field) for field in meta["fields"]],
        }
        return said, _written(table)
    return {"refused": "no_rows"}, b""


def _array(column: np.ndarray[Any, Any], kind: str) -> pa.Array:
    """Return a column as Arrow: whole numbers with gaps come as floats, and are whole again."""
    whole = column.dtype.kind == "f" and np.dtype(kind).kind in "iu"
    if whole and not (np.abs(column) > EXACT).any():
        return pa.array(column, pa.from_numpy_dtype(kind), from_pandas=True)
    if column.dtype == object:
        column = np.array([_plain(each) for each in column], dtype=object)
    return pa.array(column, from_pandas=True)


def _plain(value: object) -> str | None:
    """Return bytes and lists as text: they are no cells."""
    if value is None or isinstance(value, str):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)


def _written(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


INDEX = re.compile(
    r"CREATE VIRTUAL TABLE (?:IF NOT EXISTS )?(?:\"[^\"]*\"|\w+) USING (?:RTREE|FTS[345])\b.*"
)
"""Of positions, of words: the virtual tables that a GeoPackage may have."""


def _tables(path: str) -> list[str] | None:
    """Return the layers of a GeoPackage, where they are plain tables.

    A view, a virtual table or a generated column computes when it is read, without end or from
    another file.
    """
    # Immutable: nobody else writes here, and no journal beside it is taken for one of its own.
    database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        database.execute("PRAGMA trusted_schema = OFF")
        rows = database.execute(
            "SELECT type, name, coalesce(sql, '') FROM sqlite_master"
        ).fetchall()
        written = {
            str(name): " ".join(str(sql).upper().split())
            for kind, name, sql in rows
            if kind == "table"
        }
        virtual = {name for name, sql in written.items() if sql.startswith("CREATE VIRTUAL")}
        if not all(INDEX.fullmatch(written[name]) for name in virtual):
            return None
        asked = database.execute(
            "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes')"
        ).fetchall()
        layers = [str(name) for (name,) in asked]
        if not (written.keys() - virtual).issuperset(layers):
            return None
        hidden = "SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden > 1"
        computed = any(database.execute(hidden, (name,)).fetchone() for name in layers)
        return None if computed else layers
    finally:
        database.close()
