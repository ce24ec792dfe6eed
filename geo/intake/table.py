"""A file as it was read: its cells, its positions if it states any, and how it was understood."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import geopandas as gpd

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

Format = Literal["csv", "excel", "geojson", "geopackage", "shapefile", "geoparquet", "kml"]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a file is understood; a reader may correct what was detected.

    Attributes
    ----------
    encoding
        Of text: ``utf-8``, ``gb18030`` ...; None for formats that state theirs.
    separator
        Between the cells of a text table; None elsewhere.
    header
        The row of headings, counted from 1 as a spreadsheet shows it; 0 where there is none,
        None for formats that name their columns.
    layer
        The sheet or layer; None where the format has one table only.
    """

    encoding: str | None = None
    separator: str | None = None
    header: int | None = None
    layer: str | None = None


@dataclass(frozen=True, kw_only=True)
class RowFault:
    """Something wrong in a row of the file.

    Attributes
    ----------
    row
        As the file counts, see `RawTable.cells`.
    column
        The file's own name of the column; empty where the row as a whole is meant.
    value
        What stands there, as text.
    code
        Which fault: a key of the texts.
    """

    row: int
    column: str
    value: str
    code: str


@dataclass(frozen=True, kw_only=True)
class RawTable:
    """A table as a file holds it, nothing interpreted yet.

    Attributes
    ----------
    file
        Name of the file, without folders.
    format
        What kind of file it is.
    reading
        How it was understood: detected, or as asked.
    layers
        Every sheet or layer of the file; empty where the format has one table only.
    cells
        Columns named as in the file, in its order, each name once (a repeated one has its number
        behind it: ``name_2``; one without a heading is called A, B ... as in a spreadsheet);
        values are str, int, float, bool or date, and missing (``isna``) for an empty cell.
        The index ``row`` is the row in the file counted from 1 as a spreadsheet shows it, or the
        number of the feature. Rows that are empty throughout are no rows.
    geometry
        What the file itself states as geometry, in its CRS, on the index of `cells`; None for
        tables of cells alone.
    faults
        Rows whose geometry or cells could not be read; they are rows of `cells` all the same.
    """

    file: str
    format: Format
    reading: Reading
    cells: pd.DataFrame
    layers: tuple[str, ...] = ()
    geometry: gpd.GeoSeries | None = None
    faults: tuple[RowFault, ...] = field(default=())

    def rows(self, chosen: slice | NDArray[np.intp]) -> RawTable:
        """Return the table with some of its rows, counted from 0."""
        cells = self.cells.iloc[chosen]
        kept = None
        if self.geometry is not None:
            kept = gpd.GeoSeries(self.geometry.iloc[chosen], crs=self.geometry.crs)
        faults = tuple(each for each in self.faults if each.row in cells.index)
        return replace(self, cells=cells, geometry=kept, faults=faults)
