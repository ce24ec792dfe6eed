"""Files as people bring them, made in memory."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet


def workbook(*sheets: tuple[str, Callable[[Worksheet], object]]) -> bytes:
    """A workbook, each sheet written by a function."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(
        content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}
    ) as book:
        for name, write in sheets:
            write(book.add_worksheet(name))
    return content.getvalue()


def grid(rows: list[list[Any]]) -> Callable[[Worksheet], None]:
    def write(sheet: Worksheet) -> None:
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)

    return write


def compound(name: str, stream: bytes) -> bytes:
    """An OLE container with one stream, as Excel wrote workbooks until 2007."""
    sector, free, end = 512, 0xFFFFFFFF, 0xFFFFFFFE
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % sector)
    count = len(stream) // sector
    head = (
        bytes.fromhex("D0CF11E0A1B11AE1")
        + b"\0" * 16
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    )
    head += b"\0" * 6 + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    table = [0xFFFFFFFD, end, *range(3, 2 + count), end]
    fat = struct.pack("<128I", *table, *[free] * (128 - len(table)))

    def entry(called: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = (called + "\0").encode("utf-16-le") if called else b""
        links = struct.pack("<BBIII", kind, 1, free, free, child)
        return (
            text.ljust(64, b"\0")
            + struct.pack("<H", len(text))
            + links
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )

    entries = [entry("Root Entry", 5, 1, end, 0), entry(name, 2, free, 2, len(stream))]
    entries += [entry("", 0, free, 0, 0)] * 2
    return head + fat + b"".join(entries) + stream


def old_workbook(sheet: str, rows: list[list[str | float]]) -> bytes:
    """A workbook of Excel 97."""

    def record(kind: int, content: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def text(value: str, size: str) -> bytes:
        return struct.pack(size, len(value)) + b"\1" + value.encode("utf-16-le")

    cells = b"".join(
        record(0x204, struct.pack("<HHH", y, x, 0) + text(value, "<H"))
        if isinstance(value, str)
        else record(0x203, struct.pack("<HHHd", y, x, 0, value))
        for y, row in enumerate(rows)
        for x, value in enumerate(row)
    )
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    named = text(sheet, "<B")
    offset = len(begin) + 4 + 6 + len(named) + 4
    book = begin + record(0x85, struct.pack("<IH", offset, 0) + named) + record(0x0A)
    page = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    return compound("Workbook", book + page + cells + record(0x0A))


def zipped(members: Mapping[str | zipfile.ZipInfo, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def unzipped(content: bytes) -> dict[str | zipfile.ZipInfo, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sites(crs: str = "EPSG:4326", x: float = 114.3, y: float = 30.6) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"名称": ["汉阳造文化创意产业园", "楚天181文化创意产业园"], "面积": [42000, None]},
        geometry=gpd.points_from_xy([x, x], [y, y + 0.01]),
        crs=crs,
    )


def shapefile(
    folder: Path,
    frame: gpd.GeoDataFrame,
    *,
    encoding: str = "UTF-8",
    without: tuple[str, ...] = (),
    inner: str = "sites",
) -> dict[str | zipfile.ZipInfo, bytes]:
    """The parts of a shapefile, by how they are called in the zip."""
    folder.mkdir(parents=True, exist_ok=True)
    frame.to_file(folder / "s.shp", encoding=encoding)
    return {
        inner + part.suffix: part.read_bytes()
        for part in sorted(folder.iterdir())
        if part.suffix not in without
    }


def geopackage(folder: Path, **layers: gpd.GeoDataFrame) -> bytes:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "made.gpkg"
    for name, frame in layers.items():
        frame.to_file(path, layer=name)
    return path.read_bytes()


def geojson(*geometries: object, **members: object) -> bytes:
    """A collection with a feature for each geometry."""
    features = [
        {"type": "Feature", "properties": {"name": f"n{at}"}, "geometry": geometry}
        for at, geometry in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


def point(*coordinates: object) -> dict[str, object]:
    return {"type": "Point", "coordinates": list(coordinates)}


def polygon(*rings: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}
