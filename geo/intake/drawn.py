"""What files draw: the first of their layers with geometry of some kinds, and that geometry."""

from __future__ import annotations

from contextlib import suppress
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Final

import geopandas as gpd

from geo.errors import RefusedFileError
from geo.intake import positions, readers, words
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
        In WGS84, on the rows that have it.

    Raises
    ------
    RefusedFileError
        Where it cannot be read, has no such geometry, or states no CRS.
    """
    for table in _layers(file, content):
        if table.geometry is None:
            continue
        chosen = gpd.GeoSeries(table.geometry[table.geometry.geom_type.isin(kinds)])
        if len(chosen) and chosen.crs is None:
            words.refuse("drawn_no_crs", file=file)
        if len(chosen):
            return table, positions.degrees(table, chosen)
    return words.refuse(missing, file=file)


def _layers(file: str, content: bytes) -> Iterator[RawTable]:
    # The one that is read first has rows.
    table = readers.read(file, content)
    yield table
    for layer in table.layers:
        if layer != table.reading.layer:
            with suppress(RefusedFileError):  # an empty one
                yield readers.read(file, content, reading=Reading(layer=layer))
