"""Geometry that a file states, looked at before anybody counts with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError

from geo.intake import words
from geo.intake.table import RowFault

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

AUTHORITY: Final = re.compile(
    r"(?:urn:ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?"
    r"(?P<authority>EPSG|OGC|ESRI)[:/](?:[\w.]*[:/])?(?P<code>\w+)",
    re.IGNORECASE,
)
"""How a CRS is named. What else PROJ takes can name files, and is not passed on."""


def series(
    shapes: NDArray[np.object_], index: pd.Index, crs: pyproj.CRS | None
) -> tuple[gpd.GeoSeries, list[RowFault]]:
    """Return geometry without what cannot be read, and a word on each that was left out.

    Outlines that cross themselves stay: who takes areas mends them, who takes points leaves
    them out.

    Parameters
    ----------
    shapes
        Geometry, flat or with heights (they are dropped), None where there is none.
    index
        Number of each row.
    crs
        Of the coordinates.
    """
    flat = shapely.force_2d(shapes)
    # Heights that are no number are dropped, and no fault.
    coordinates, owners = shapely.get_coordinates(flat, return_index=True)
    lost = np.unique(owners[~np.isfinite(coordinates).all(axis=1)])
    faults = [
        RowFault(row=int(index[at]), column="geometry", value=_words(flat[at]), code="not_finite")
        for at in lost
    ]
    flat[lost] = None
    flat[shapely.is_empty(flat)] = None
    return gpd.GeoSeries(flat, index=index, crs=crs, name="geometry"), faults


def _words(shape: shapely.Geometry) -> str:
    return str(shapely.to_wkt(shape, trim=True))[:80]


def from_wkb(
    wkb: Iterable[bytes | None], index: pd.Index
) -> tuple[NDArray[np.object_], list[RowFault]]:
    """Return geometry of WKB, and the rows in which it is none."""
    written = np.array(list(wkb), dtype=object)
    shapes = np.asarray(shapely.from_wkb(written, on_invalid="ignore"), dtype=object)
    lost = [at for at, each in enumerate(written) if each is not None and shapes[at] is None]
    return shapes, [
        RowFault(row=int(index[at]), column="geometry", value="", code="no_shape") for at in lost
    ]


def crs(file: str, named: str | None) -> pyproj.CRS | None:
    """Return the CRS that a file names; None where it names none.

    Parameters
    ----------
    file
        Name of the file.
    named
        ``EPSG:4490``, a URN or address of OGC, WKT or PROJJSON.

    Raises
    ------
    RefusedFileError
        Where nobody knows it.
    """
    if not named or "undefined" in named[:40].lower():
        return None
    match = AUTHORITY.fullmatch(named.strip())
    try:
        if match:
            return pyproj.CRS.from_authority(match["authority"].upper(), match["code"])
        return pyproj.CRS.from_json(named) if named.startswith("{") else pyproj.CRS.from_wkt(named)
    except (CRSError, ValueError, RecursionError):
        words.refuse("unknown_crs", file=file, crs=named[:80])
