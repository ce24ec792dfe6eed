"""Residents of a GeoTIFF, WorldPop's form: people a cell, part by part."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.checks.frames import SAME_DEGREES, WGS84
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from rasterio import Affine, DatasetReader

    Floats = NDArray[np.float64]

CELLS: Final = 1_000_000
"""Cells that are in memory at once."""


def parts(
    path: str | os.PathLike[str], bounds: tuple[float, float, float, float]
) -> Iterator[tuple[Floats, Floats, Floats]]:
    """Yield longitudes and latitudes of the middles of cells, and the residents of each.

    Cells without data, and those without residents, are left out.

    Parameters
    ----------
    path
        Of the file.
    bounds
        West, south, east, north in degrees: other cells are not read.

    Raises
    ------
    InputError
        Where the file is no GeoTIFF or is cut off, has several bands, no CRS or another than
        degrees in WGS84 or CGCS2000, or a cell with fewer than no residents.
    """
    # It brings a GDAL of its own: whoever has no raster does without.
    import rasterio  # noqa: PLC0415
    from rasterio.errors import RasterioError  # noqa: PLC0415

    name = os.fspath(path)
    try:
        # Other formats of GDAL's read other files on this machine, or call other hosts.
        with rasterio.open(path, driver="GTiff") as raster:
            _check(name, raster)
            for rows, columns in _windows(raster, bounds):
                band = raster.read(1, window=(rows, columns), masked=True)
                yield _cells(name, raster, band, rows[0], columns[0])
    except RasterioError as error:
        said = next(iter(str(error).splitlines()), "")
        raise InputError(f"{name}: no GeoTIFF that can be read whole ({said})") from error


def _check(name: str, raster: DatasetReader) -> None:
    if raster.count > 1:
        raise InputError(
            f"{name}: has {raster.count} bands, and does not say which of them are all residents; "
            "expected one, see gdal_translate -b"
        )
    if raster.crs is None:
        raise InputError(f"{name}: has no CRS; expected degrees in WGS84, {WGS84}")
    if raster.crs.to_epsg() not in SAME_DEGREES:
        raise InputError(
            f"{name}: its CRS is {raster.crs.to_string()}, expected degrees in WGS84, {WGS84}, "
            f"or CGCS2000, EPSG:4490; see gdalwarp -t_srs {WGS84} -r sum"
        )


def _windows(
    raster: DatasetReader, bounds: tuple[float, float, float, float]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield first row and that behind the last, and columns likewise, of parts within bounds."""
    west, south, east, north = bounds
    corners = np.array([(x, y) for x in (west, east) for y in (south, north)])
    column, row = _moved(~raster.transform, *corners.T)
    first, last = _range(column, raster.width)
    top, bottom = _range(row, raster.height)
    height = max(1, CELLS // max(1, last - first))
    for begin in range(top, bottom, height):
        if first < last:
            yield (begin, min(begin + height, bottom)), (first, last)


def _range(places: Floats, count: int) -> tuple[int, int]:
    first = max(0, int(np.floor(places.min())))
    return first, min(count, int(np.ceil(places.max())))


def _cells(
    name: str, raster: DatasetReader, band: np.ma.MaskedArray, top: int, first: int
) -> tuple[Floats, Floats, Floats]:
    residents = np.ma.filled(band.astype(np.float64), 0.0)
    residents[np.isnan(residents)] = 0.0
    if (residents < 0).any():
        raise InputError(
            f"{name}: a cell with {residents.min():g} residents, and the file does not say that "
            "this means no data; see gdal_edit.py -a_nodata"
        )
    row, column = np.nonzero(residents)
    lon, lat = _moved(raster.transform, column + first + 0.5, row + top + 0.5)
    return lon, lat, residents[row, column]


def _moved(
    transform: Affine, x: NDArray[np.floating], y: NDArray[np.floating]
) -> tuple[Floats, Floats]:
    a, b, c, d, e, f = transform[:6]
    return np.asarray(a * x + b * y + c), np.asarray(d * x + e * y + f)
