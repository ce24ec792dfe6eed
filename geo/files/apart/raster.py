"""Job: who lives in which cell of a GeoTIFF, as columns of float64."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import rasterio
from rasterio.io import MemoryFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rasterio import DatasetReader

    Cells = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]

CELLS = 1_000_000
"""Cells that are in memory at once."""

DEGREES = {4326, 4490}
"""EPSG codes of WGS84 and of CGCS2000, which is the same to a decimetre."""


class Refused(Exception):  # noqa: N818 - it is no error of the job
    """What is wrong with the file."""

    def __init__(self, code: str, **blanks: str) -> None:
        super().__init__(code)
        self.said = {"refused": code, **blanks}


def run(west: str, south: str, east: str, north: str, most: str) -> tuple[dict[str, Any], bytes]:
    """Return how many people live beyond bounds; and of the cells within that have any the middles.

    Parameters
    ----------
    west, south, east, north
        Bounds in degrees.
    most
        So many cells with people within them are handed over; of a file with more, none.
    """
    box = (float(west), float(south), float(east), float(north))
    try:
        # Beside a file in memory there is no other that GDAL would read with it.
        with MemoryFile(sys.stdin.buffer.read()) as file, file.open(driver="GTiff") as raster:
            return _read(raster, box, int(most))
    except rasterio.errors.RasterioError:
        return {"refused": "raster_unreadable"}, b""
    except Refused as refused:
        return refused.said, b""


def _read(
    raster: DatasetReader, box: tuple[float, float, float, float], most: int
) -> tuple[dict[str, Any], bytes]:
    if raster.count > 1:
        raise Refused("raster_bands", n=str(raster.count))
    if raster.crs is None:
        raise Refused("raster_no_crs")
    if raster.crs.to_epsg() not in DEGREES:
        raise Refused("raster_other_crs", crs=raster.crs.to_string()[:80])
    west, south, east, north = box
    beyond, count = 0.0, 0
    kept: list[Cells] = []
    for lon, lat, people in _parts(raster):
        within = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        beyond += float(people[~within].sum())
        count += int(within.sum())
        if count > most:
            raise Refused("too_many_places", most=f"{most:,}")
        kept.append((lon[within], lat[within], people[within]))
    columns = [np.concatenate(each) for each in zip(*kept, strict=True)]
    return {"beyond": beyond}, b"".join(each.tobytes() for each in columns)


def _parts(raster: DatasetReader) -> Iterator[Cells]:
    """Yield the middles of cells that have people, and how many."""
    a, b, c, d, e, f = raster.transform[:6]
    rows = max(1, CELLS // raster.width)
    for top in range(0, raster.height, rows):
        window = (top, min(top + rows, raster.height)), (0, raster.width)
        band = raster.read(1, window=window, masked=True)
        people = np.ma.filled(band.astype(np.float64), 0.0)
        people[np.isnan(people)] = 0.0
        wrong = (people < 0) | np.isinf(people)
        if wrong.any():
            raise Refused("raster_negative", value=f"{people[wrong][0]:g}")
        row, column = np.nonzero(people)
        x, y = column + 0.5, row + top + 0.5
        yield a * x + b * y + c, d * x + e * y + f, people[row, column]
