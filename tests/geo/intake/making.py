"""Files as people bring them, made in memory."""

from __future__ import annotations

import io
import json
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


def zipped(members: Mapping[str | zipfile.ZipInfo, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


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


def polygon(*rings: list[list[float]]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}
