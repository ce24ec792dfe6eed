"""What files draw: the first of their layers with geometry of some kinds, and that geometry."""

from __future__ import annotations

from contextlib import suppress
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import RefusedFileError
from geo.intake import faults, outlines, positions, readers, words
from geo.intake.table import RawTable, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS: Final = ("Point",)
LINEAR: Final = ("LineString", "MultiLineString")
AREAL: Final = ("Polygon", "MultiPolygon")


def name_of(file: str) -> str:
    """Return a file's name without a folder before it."""
    return PureWindowsPath(PurePosixPath(file).name).name or file


def of_kinds(
    file: str, content: bytes, kinds: tuple[str, ...], missing: str
) -> tuple[RawTable, gpd.GeoSeries]:
    """Return the table of the first layer with geometry of some kinds, and that geometry.

    Parameters
    ----------
    file, content
        Any format of `geo.intake.readers.choice` that has geometry.
    kinds
        `POINTS`, `LINEAR`, `AREAL` or several.
    missing
        Why a file without any is refused, see `geo.intake.words`.

    Returns
    -------
    RawTable
        With its other rows, too.
    GeoSeries
        In WGS84, on the rows that have it; areas that cross themselves are mended, and what is
        collected in one row is apart, on the same row, unless points are asked for: a place is
        one row's.

    Raises
    ------
    RefusedFileError
        Where it cannot be read, has no such geometry, or states no CRS; where rows would be left
        out because their shape cannot be read, or encloses nothing.
    """
    for table in _layers(file, content):
        if table.geometry is None:
            continue
        geometry = table.geometry if {*POINTS} & {*kinds} else _apart(table.geometry)
        chosen = gpd.GeoSeries(geometry[geometry.geom_type.isin(kinds)])
        if len(chosen) or not table.layers:
            _check_rows(table)
        if len(chosen) and chosen.crs is None:
            words.refuse("drawn_no_crs", file=file)
        if len(chosen):
            return table, _mended(file, positions.degrees(table, chosen))
    return words.refuse(missing, file=file)


def _check_rows(table: RawTable) -> None:
    """Refuse a file with shapes that could not be read."""
    assert table.geometry is not None  # noqa: S101 - asked only then
    read_ = table.geometry.index[table.geometry.notna()]
    lost = {each.row for each in table.faults if each.column == table.geometry.name}
    _refuse_rows(table.file, pd.Index(sorted(lost)).difference(read_))


def _refuse_rows(file: str, rows: pd.Index) -> None:
    """Refuse rows that would be left out: what is not there is crossed, or built on."""
    if len(rows):
        rows = rows.unique()
        shown = ", ".join(map(str, rows[: faults.MOST_ROWS]))
        words.refuse("shapes_lost", file=file, n=f"{len(rows):,}", rows=shown)


def _apart(geometry: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return geometry with what is collected in one row apart, each part on its row."""
    while geometry.geom_type.eq("GeometryCollection").any():
        geometry = geometry.explode()
    return geometry


def _mended(file: str, geometry: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return geometry with the areas that cross themselves mended."""
    shapes = np.array(geometry.array, dtype=object)
    areal = shapely.get_dimensions(shapes) == 2
    shapes[areal] = outlines.mended(file, shapes[areal])
    _refuse_rows(file, geometry.index[shapely.is_empty(shapes)])
    return gpd.GeoSeries(shapes, index=geometry.index, crs=geometry.crs)


def _layers(file: str, content: bytes) -> Iterator[RawTable]:
    # The one that is read first has rows.
    table = readers.read(file, content)
    yield table
    for layer in table.layers:
        if layer != table.reading.layer:
            with suppress(RefusedFileError):  # an empty one
                yield readers.read(file, content, reading=Reading(layer=layer))
