"""GeoPackage, zipped shapefile, GeoParquet: read in a process of its own, by one driver alone."""

from __future__ import annotations

import codecs
import re
import tempfile
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pyarrow as pa
import pyogrio

from geo.intake import words
from geo.intake.readers import encodings, headings, jobs, limits, shapes, tables
from geo.intake.readers.archives import Archive
from geo.intake.table import Format, RawTable, Reading
from geo.settings import current

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

PARTS: Final = (".shp", ".shx", ".dbf", ".prj")
"""Of a shapefile, that are unpacked; without the second the shapes are not found."""

HEAD: Final = 100
"""Bytes of a shapefile that has no shapes."""


def geopackage(file: str, content: bytes, asked: Reading) -> RawTable:
    """Return a layer of a GeoPackage: the first that has rows, if none is asked for.

    Parameters as of `geo.intake.readers.choice.Reader`.

    Raises
    ------
    RefusedFileError
        Where it cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="chuangtu-") as folder:
        path = Path(folder) / "upload.gpkg"
        path.write_bytes(content)
        said, rows = _features(file, "GPKG", path, asked.layer)
    return _table(file, "geopackage", said, _frame(rows), Reading(layer=said["layer"]))


def shapefile(file: str, content: bytes, asked: Reading) -> RawTable:
    """Return a shapefile from a zip: the first, if none is asked for.

    Its parts are unpacked under names of ours. Texts are UTF-8 where they can be, else as the
    file says, else GB18030.

    Parameters as of `geo.intake.readers.choice.Reader`.

    Raises
    ------
    RefusedFileError
        Where it cannot be read.
    """
    archive = Archive(file, content)
    shp = {
        _without_end(name): member.file_size > HEAD
        for name, member in archive.members.items()
        if _end(name) == ".shp" and not name.startswith("__MACOSX/")
    }
    if not shp:
        words.refuse("no_member", file=file, wanted=".shp")
    layers = tuple(shp)
    chosen = tables.layer_of(file, asked.layer, layers) or max(layers, key=shp.__getitem__)
    members = {_end(name): name for name in archive.members if _without_end(name) == chosen}
    if ".shx" not in members:
        words.refuse("no_part", file=file, layer=chosen, part=".shx")
    with tempfile.TemporaryDirectory(prefix="chuangtu-") as folder:
        path = Path(folder) / "upload.shp"
        for end in PARTS:
            if end in members:
                path.with_suffix(end).write_bytes(archive.read(members[end]))
        said, rows = _features(file, "ESRI Shapefile", path, None)
    stated = archive.read(members[".cpg"]).decode("ascii", "replace") if ".cpg" in members else ""
    frame = _frame(rows)
    texts = [name for name in frame.columns if frame[name].dtype == "str"]
    encoding = asked.encoding or _encoding(said["names"], frame[texts], stated)
    if encoding not in encodings.KNOWN:
        words.refuse(
            "unknown_encoding", file=file, encoding=encoding, known=", ".join(encodings.KNOWN)
        )
    decode = partial(_decoded, encoding=encoding)
    said["names"] = list(map(decode, said["names"]))
    decoded = {name: frame[name].map(decode, na_action="ignore") for name in texts}
    reading = Reading(encoding=encoding, layer=chosen)
    return _table(file, "shapefile", said | {"layers": layers}, frame.assign(**decoded), reading)


def geoparquet(file: str, content: bytes, asked: Reading) -> RawTable:
    """Return the rows of a GeoParquet, or of a Parquet without geometry.

    Parameters as of `geo.intake.readers.choice.Reader`.

    Raises
    ------
    RefusedFileError
        Where it cannot be read.
    """
    tables.layer_of(file, asked.layer, ())
    said, rows = jobs.run("parquet", current().upload_rows, file=file, content=content)
    return _table(file, "geoparquet", said | {"layers": ()}, _frame(rows), Reading())


def _features(
    file: str, driver: str, path: Path, layer: str | None
) -> tuple[dict[str, Any], memoryview]:
    return jobs.run(
        "features", driver, path, layer or "", current().upload_rows,
        file=file, environment={"GDAL_SKIP": _others(driver), "GDAL_DRIVER_PATH": "disable"},
    )  # fmt: skip


@cache
def _others(driver: str) -> str:
    """Return every driver of GDAL but one: those that are left out where it is set."""
    return ",".join([*(name for name in pyogrio.list_drivers() if name != driver), "VRT"])


def _end(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _without_end(name: str) -> str:
    return name[: -len(_end(name))] if _end(name) else name


def _frame(rows: memoryview) -> pd.DataFrame:
    with pa.ipc.open_stream(pa.py_buffer(rows)) as stream:
        # Whole numbers with gaps would be floats: 2005.0 where the file has 2005.
        frame: pd.DataFrame = stream.read_pandas(integer_object_nulls=True)
    return frame


def _encoding(names: Sequence[str], texts: pd.DataFrame, stated: str) -> str:
    """Return how the texts of a shapefile are written; they come as letters of Latin-1.

    A field that is full may end in the middle of a character.
    """
    cells = [*names, *(cell for name in texts for cell in texts[name].dropna())]
    foreign = [cell.encode("latin-1") for cell in cells if not cell.isascii()]
    if all(map(_is_utf8, foreign)):
        return "utf-8"
    return "big5" if re.search("big-?5|950", stated, re.IGNORECASE) else "gb18030"


def _is_utf8(text: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(text)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(text: str, encoding: str) -> str:
    """Return a text without the half character that a full field may end in."""
    return text.encode("latin-1", "replace").decode(encoding, "replace").rstrip(encodings.BROKEN)


def _table(
    file: str, kind: Format, said: dict[str, Any], frame: pd.DataFrame, reading: Reading
) -> RawTable:
    """Return what a job handed over as a table."""
    limits.check_cells(file, *frame.shape)
    frame = frame.set_axis(pd.RangeIndex(1, len(frame) + 1, name=tables.NAME))
    wkb = frame.pop("geometry") if said.get("geometry", True) else None
    names = headings.named(said["names"], frame.shape[1])
    columns = zip(names, map(_cells, (frame[each] for each in frame.columns)), strict=True)
    cells = pd.DataFrame(dict(columns), index=frame.index)
    filled = cells.notna().any(axis=1) | (False if wkb is None else wkb.notna())
    if not filled.any():
        words.refuse("no_rows", file=file)
    cells = cells[filled]
    faults = tables.broken(cells)
    geometry: gpd.GeoSeries | None = None
    if wkb is not None:
        made, lost = shapes.from_wkb(wkb[filled], cells.index)
        geometry, more = shapes.series(made, cells.index, shapes.crs(file, said["crs"]))
        faults = sorted(faults + lost + more, key=lambda fault: fault.row)
    return RawTable(
        file=file,
        format=kind,
        reading=reading,
        layers=tuple(said["layers"]),
        cells=cells,
        geometry=geometry,
        faults=tuple(faults),
    )


def _cells(column: pd.Series) -> pd.Series:
    """Return a column as cells: no empty texts, dates as dates."""
    if column.dtype == "str":
        return column.mask(column.str.strip().eq(""))
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        days = column.dt.normalize().eq(column) | column.isna()
        dates = column.dt.date if days.all() else column
        return dates.astype(object).where(column.notna(), None)
    return column
