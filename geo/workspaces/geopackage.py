"""A whole workspace as one GeoPackage, and back.

GDAL writes it, so that every program reads it: sites and boundaries are layers, the rest are
tables without geometry. A file that comes back may be anybody's: it is read with SQLite alone,
as plain tables, in a process of its own, and nothing in it is run.
"""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, NoReturn, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely
from pandas.api.types import pandas_dtype

from geo import settings
from geo.checks import frames
from geo.errors import RefusedJobError, WorkspaceFileError
from geo.files import isolation
from geo.files.rows import free
from geo.workspaces.content import GEOGRAPHIC, GEOMETRY, Name, from_tables, tables

if TYPE_CHECKING:
    from geo.workspaces.content import Tables, Workspace

COLUMNS: Final = "columns"
"""The table that says how each column is called and of what type it is."""
KEY, PLACE = "fid", "geom"
MAGIC: Final = b"SQLite format 3\x00"
MOST_BYTES: Final = settings.WORKSPACE_MB * 2**20
BARE: Final = 2**18
"""Bytes of a file whose tables have no rows, at most."""
KINDS: Final = re.compile(r"str|bool|boolean|int64|Int64|float64|datetime64\[[\w ,:/+-]+\]")
"""The types of plain columns."""
UNREADABLE: Final = (
    shapely.GEOSException,
    ValueError,  # InputError is one
    TypeError,
    LookupError,
    OverflowError,
    AttributeError,
)
"""What comes of a file that is not what it says."""
REFUSALS: Final = {"too_costly": "reading it takes too much memory or time"}
"""Why the process that reads a file gives up."""
ENVELOPES: Final = (0, 32, 48, 48, 64)
"""Bytes of the bounds in a geometry's head, by their kind (OGC 12-128r17, 2.1.3)."""


def export(content: Workspace) -> bytes:
    """Return a workspace as a GeoPackage: all that it holds, and no key."""
    held = tables(content)
    columns = [
        (name, str(column), field, str(kind))
        for name, table in held.items()
        for (column, kind), field in zip(_cells(table).dtypes.items(), _fields(table), strict=True)
    ]
    described = pd.DataFrame(columns, columns=["table", "column", "field", "type"], dtype="str")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workspace.gpkg"
        for name, table in (*held.items(), (COLUMNS, described)):
            _write(path, name, table)
        return path.read_bytes()


def is_taken_back(content: Workspace) -> bool:
    """Return whether `import_` takes what `export` makes of a workspace.

    The file is made for it only where it may be too large: it holds little more than the tables
    do, and mostly less.
    """
    held = tables(content).values()
    if max(map(len, held)) > settings.current().upload_rows:
        return False
    if BARE + 2 * sum(map(_size, held)) < MOST_BYTES:
        return True
    return len(export(content)) <= MOST_BYTES


def _size(table: pd.DataFrame) -> int:
    """Return about how many bytes a table has."""
    places = np.asarray(table.geometry) if isinstance(table, gpd.GeoDataFrame) else np.array([])
    drawn = 16 * int(shapely.get_num_coordinates(places.astype(object)).sum())
    return drawn + int(table.memory_usage(deep=True).sum())


def import_(file: bytes) -> Workspace:
    """Return the workspace that was exported to a GeoPackage.

    Raises
    ------
    WorkspaceFileError
        When the file is none, is too large, or is damaged: what was found and what was expected.
    """
    if len(file) > MOST_BYTES:
        raise WorkspaceFileError(
            f"{len(file) / 2**20:.0f} MB; at most {MOST_BYTES / 2**20:.0f} MB are taken"
        )
    if not file.startswith(MAGIC):
        raise WorkspaceFileError("no GeoPackage; expected one that was exported from a workspace")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workspace.gpkg"
        path.write_bytes(file)
        try:
            return from_tables(_read(path))
        except UNREADABLE as error:
            if isinstance(error, WorkspaceFileError):
                raise
            _refuse(error)


def _refuse(why: object) -> NoReturn:
    raise WorkspaceFileError(
        f"no workspace can be read from this GeoPackage ({why}); expected one that was exported "
        "from a workspace"
    ) from (why if isinstance(why, BaseException) else None)


def _cells(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(table.drop(columns=GEOMETRY if _has_place(table) else []))


def _has_place(table: pd.DataFrame) -> bool:
    return isinstance(table, gpd.GeoDataFrame)


def _fields(table: pd.DataFrame) -> list[str]:
    """Return a name for each column that SQLite tells apart from the others."""
    fields: list[str] = []
    for column in _cells(table):
        fields.append(free(str(column) or "_", taken=[KEY, PLACE, *fields]))
    return fields


def _write(path: Path, name: str, table: pd.DataFrame) -> None:
    """Add a table to a file. Moments become text, which keeps all of their digits."""
    cells = _cells(table)
    for column, kind in cells.dtypes.items():
        if pd.api.types.is_datetime64_any_dtype(kind):
            cells[column] = (
                cells[column].map(pd.Timestamp.isoformat, na_action="ignore").astype("str")
            )
    cells.columns = pd.Index(_fields(table))
    arrow = pa.Table.from_pandas(cells, preserve_index=False).replace_schema_metadata()
    geometry: dict[str, str] = {}
    if _has_place(table):
        arrow = arrow.append_column(
            PLACE, pa.array(shapely.to_wkb(np.asarray(table.geometry.array)), pa.binary())
        )
        geometry = {"geometry_name": PLACE, "geometry_type": "Unknown", "crs": frames.WGS84}
    pyogrio.write_arrow(
        arrow,
        path,
        layer=name,
        driver="GPKG",
        append=path.exists(),
        dataset_options={"VERSION": "1.3"},
        layer_options={"SPATIAL_INDEX": "NO", "FID": KEY},
        **geometry,
    )


def _read(path: Path) -> Tables:
    """Return the tables of a file, which a process of its own reads."""
    most = settings.current().upload_rows
    names = get_args(Name)
    try:
        _, told = isolation.run("stored", path, most, *names, COLUMNS)
    except RefusedJobError as refused:
        if refused.code == "too_many_rows":
            raise WorkspaceFileError(
                f"{refused.blanks['table']}: more than {most:,} rows; at most so many are taken "
                "(CHUANGTU_UPLOAD_ROWS)"
            ) from refused
        _refuse(refused.blanks.get("why", REFUSALS.get(refused.code, "damaged")))
    stored = {
        name: pd.DataFrame(each["rows"], columns=each["columns"], dtype=object)
        for name, each in json.loads(bytes(told), object_hook=_stored).items()
    }
    described = stored[COLUMNS].astype("str")
    return {
        name: _typed(
            name,
            stored[name].drop(columns=KEY, errors="ignore"),
            described[described["table"] == name],
        )
        for name in names
        if name in stored
    }


def _stored(told: dict[str, Any]) -> Any:  # noqa: ANN401 - a cell, or what holds cells
    """Return bytes for what stands for them."""
    return base64.b64decode(told["bytes"]) if "bytes" in told else told


def _typed(name: Name, rows: pd.DataFrame, described: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the columns' own names and types; columns that others added stay text."""
    types = dict(described[["field", "type"]].to_numpy())
    named = dict(described[["field", "column"]].to_numpy())
    places = rows.pop(PLACE) if name in GEOGRAPHIC else None
    cells = pd.DataFrame(
        {field: _column(values, types.get(field, "str")) for field, values in rows.items()},
        index=rows.index,
    ).set_axis([named.get(field, field) for field in rows], axis="columns")
    if places is None:
        return cells
    return gpd.GeoDataFrame(
        cells,
        geometry=gpd.GeoSeries.from_wkb(places.map(_wkb, na_action="ignore")),
        crs=frames.WGS84,
    )


def _column(values: pd.Series, kind: str) -> pd.Series:
    if KINDS.fullmatch(kind) is None:
        raise ValueError(f"a column of type {kind[:40]!r}")
    return (
        values.astype("int64").astype("bool")
        if kind == "bool"
        else values.astype(pandas_dtype(kind))
    )


def _wkb(blob: bytes) -> bytes:
    """Return a geometry without the head that a GeoPackage puts before it."""
    bounds = blob[3] >> 1 & 7
    if blob[:2] != b"GP" or bounds >= len(ENVELOPES):
        raise ValueError("geometry that is none")
    return blob[8 + ENVELOPES[bounds] :]
