"""A correction of one cell, and the frame that corrections make of another."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields, replace
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import RefusedCorrectionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LON: Final = "lon"
LAT: Final = "lat"
DEGREES: Final = (LON, LAT)


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell of a row, put right.

    Attributes
    ----------
    date
        Day, YYYY-MM-DD.
    id
        Of the row.
    field
        Its column; ``lon`` and ``lat`` (degrees, WGS84) are its position.
    old, new
        The cell before and after, as :func:`written`.
    reason
        See `geo.corrections.reasons`.
    """

    date: str
    id: str
    field: str
    old: str
    new: str
    reason: str


def written(cell: object) -> str:
    """Return a cell as a correction holds it: a number so that it reads back exactly.

    Examples
    --------
    >>> written(121.47), written(None), written("田子坊")
    ('121.47', '', '田子坊')
    """
    if cell is None or cell is pd.NA or (isinstance(cell, float) and np.isnan(cell)):
        return ""
    return repr(float(cell)) if isinstance(cell, float | np.floating) else str(cell)


def corrected(
    sites: gpd.GeoDataFrame, corrections: Iterable[Correction], *, degrees: bool = True
) -> gpd.GeoDataFrame:
    """Return sites with corrections made.

    Parameters
    ----------
    sites : GeoDataFrame
        Points, WGS84, and a column ``id`` whose values are unique. Not changed.
    corrections
        In the order in which they were made.
    degrees
        Whether the columns ``lon`` and ``lat`` hold the position as well, as in
        `geo.facts.catalog.sites`; where they do not, columns of these names are somebody's own.

    Returns
    -------
    GeoDataFrame
        The same rows, columns, dtypes and index.

    Raises
    ------
    RefusedCorrectionError
        ``unknown``: there is no such row or column, or the new cell does not fit the column;
        ``changed``: another value stood there than the correction says.
    """
    frame = sites.copy()
    cells: dict[tuple[int, str], str] = {}
    rows = pd.Series(range(len(frame)), index=frame["id"].astype(str))
    for each in corrections:
        at = int(rows.get(each.id, -1))
        if at < 0:
            raise RefusedCorrectionError("unknown", id=each.id)
        stood = cells.get((at, each.field))
        if stood is None:
            stood = cell(sites, at, each.field, degrees=degrees)
        if stood != each.old:
            raise RefusedCorrectionError("changed", id=each.id, field=each.field)
        cells[at, each.field] = each.new
    for field in dict.fromkeys(field for _, field in cells):
        new = {at: text for (at, name), text in cells.items() if name == field}
        if field not in DEGREES or degrees:
            frame[field] = _with_cells(frame[field], new)
    moved = sorted({at for at, field in cells if field in DEGREES})
    if moved:
        frame = frame.set_geometry(_moved(sites, cells, moved, degrees=degrees))
    return gpd.GeoDataFrame(frame)


def cell(sites: gpd.GeoDataFrame, at: int, field: str, *, degrees: bool = True) -> str:
    """Return the cell of a row, counted from 0, as a correction holds it."""
    if field in DEGREES and not degrees:
        pairs = shapely.get_coordinates(sites.geometry.iloc[at])
        return written(float(pairs[0, DEGREES.index(field)])) if len(pairs) else ""
    if field not in sites:
        raise RefusedCorrectionError("unknown", field=field)
    return written(sites[field].iloc[at])


def _with_cells(column: pd.Series, new: dict[int, str]) -> pd.Series:
    """Return a column with other cells, of the same dtype."""
    changed = column.copy()
    for at, text in new.items():
        try:
            changed.iloc[at] = _typed(text, column)
        except (TypeError, ValueError) as error:
            raise RefusedCorrectionError("unknown", field=str(column.name), text=text) from error
    return changed


def _typed(text: str, column: pd.Series) -> object:
    """Return what a text stands for in a column."""
    kind = column.dtype
    if not pd.api.types.is_numeric_dtype(kind):
        return text or None
    if not text:
        return np.nan if pd.api.types.is_float_dtype(kind) else None
    return float(text) if pd.api.types.is_float_dtype(kind) else int(float(text))


def _moved(
    sites: gpd.GeoDataFrame,
    cells: dict[tuple[int, str], str],
    rows: Sequence[int],
    *,
    degrees: bool,
) -> gpd.GeoSeries:
    """Return the points of sites, some of them elsewhere."""
    points = np.array(sites.geometry.array, dtype=object)
    none = next((each for each in points if each is None or each.is_empty), shapely.Point())
    for at in rows:
        pair = [cells.get((at, side), cell(sites, at, side, degrees=degrees)) for side in DEGREES]
        points[at] = shapely.Point(*map(float, pair)) if all(pair) else none
    return gpd.GeoSeries(points, index=sites.index, crs=sites.crs, name=sites.geometry.name)


def reversed_(corrections: Iterable[Correction], *, date: str, reason: str) -> list[Correction]:
    """Return the corrections that take others back."""
    return [
        replace(each, date=date, old=each.new, new=each.old, reason=reason)
        for each in reversed(list(corrections))
    ]


def as_table(corrections: Iterable[Correction]) -> pd.DataFrame:
    """Return corrections as a table of text, a row each."""
    names = [each.name for each in fields(Correction)]
    return pd.DataFrame([astuple(each) for each in corrections], columns=names, dtype="str")


def of_table(table: pd.DataFrame) -> list[Correction]:
    """Return the corrections that a table holds."""
    names = [each.name for each in fields(Correction)]
    cells = table[names].astype(object).where(table[names].notna(), "").to_numpy()
    return [Correction(*map(str, row)) for row in cells]
