"""The districts of a run: of a region, of all of China, or of a file of polygons."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pyogrio
import shapely

from geo.checks import frames
from geo.errors import InputError, UnknownRegionError
from geo.facts import boundaries
from geo.geometry import projection

LABEL: Final = "adcode"
"""Column of a file of polygons that tells their labels; without it they are numbered from 1."""


def districts(name: str) -> gpd.GeoDataFrame:
    """Return districts on their labels.

    Parameters
    ----------
    name
        Id of a region, ``china``, or the path of a file of polygons that GDAL or GeoPandas reads.

    Returns
    -------
    GeoDataFrame
        Valid polygons in WGS84, index ``adcode``; of a file with its own columns.

    Raises
    ------
    InputError
        For a name that is neither, and for a file without polygons; all faults at once.
    """
    path = Path(name)
    if not path.is_file():
        try:
            return boundaries.districts(name)
        except UnknownRegionError as error:
            raise InputError(f"--districts {name}: no such file, and {error}") from error
    areas = read(path)
    if LABEL in areas:
        areas = areas.set_index(areas[LABEL].astype("string")).drop(columns=LABEL)
    else:
        areas.index = (areas.index + 1).astype("string")
    areas.index.name = LABEL
    faults: list[str] = []
    polygons = frames.polygons(areas, faults)
    if faults:
        raise InputError("\n".join(f"{name}: {fault}" for fault in faults))
    outlines = gpd.GeoSeries(projection.mended(polygons), areas.index, crs=frames.WGS84)
    return areas.set_geometry(outlines)


def digest(areas: gpd.GeoDataFrame) -> str:
    """Return what tells districts, their labels included, from all others."""
    told = hashlib.blake2b(digest_size=16)
    for each in shapely.to_wkb(np.asarray(areas.geometry.array)):
        told.update(each)
    told.update("\0".join(map(str, areas.index)).encode())
    return told.hexdigest()


def read(path: Path) -> gpd.GeoDataFrame:
    """Return what a file of shapes has.

    Raises
    ------
    InputError
        Where GDAL or GeoPandas cannot read it.
    """
    try:
        if path.suffix == ".parquet":
            return gpd.read_parquet(path)
        # GDAL's VRT is a text that names other files: what is read is the file alone.
        pyogrio.set_gdal_config_options({"GDAL_SKIP": "VRT OGR_VRT"})
        return gpd.read_file(path, use_arrow=False)
    except (OSError, ValueError, pyogrio.errors.DataSourceError) as error:
        said = next(iter(str(error).splitlines()), "")
        raise InputError(f"{path}: no file of shapes that can be read ({said})") from error
