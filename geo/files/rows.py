"""A frame as rows of a file: plain values of one type a column, each column explained."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from itertools import repeat
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.facts import dictionary, schemas
from geo.files import plain_values
from geo.geometry import lonlat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

Kind = type[str] | type[int] | type[float] | type[bool]
KINDS: Final[Mapping[schemas.ColumnType, Kind]] = {
    "integer": int,
    "year": int,
    "number": float,
    "boolean": bool,
}
"""How values of a type are kept; what is not named is text."""
PIECE: Final = 5_000
"""Rows that are plain values at a time: forty columns of more take a hundred megabytes."""
LARGEST_WHOLE: Final = 2**63 - 1
"""What the formats hold: 64 bits."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a table holds, without geometry.

    Attributes
    ----------
    columns
        The columns in order, each explained; `type` is that of the values found.
    values
        The values of each column, in the same order; ``None`` where nothing is known.
    count
        How many rows there are, even without columns.
    """

    columns: tuple[dictionary.ExplainedColumn, ...]
    values: tuple[list[object], ...]
    count: int

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        return zip(*self.values, strict=True) if self.values else repeat((), self.count)

    def kinds(self) -> list[Kind]:
        """Return the Python type of each column's values."""
        return [KINDS.get(column.type, str) for column in self.columns]


def of(
    frame: pd.DataFrame,
    *,
    table: dictionary.Table,
    metadata: Mapping[str, object] | None = None,
) -> Rows:
    """Return the rows of a frame.

    Parameters
    ----------
    frame : DataFrame
        Any columns; a named index comes first, geometries are left out.
    table
        Whose dictionary explains the columns.
    metadata : mapping, optional
        Further columns, the same in every row.

    Returns
    -------
    Rows
        Every column has values of one type: that of the dictionary where they fit, else the
        narrowest that they do fit, text at last.

    Raises
    ------
    InputError
        When column names are repeated.
    """
    columns = _settled(frame, table, metadata)
    return _filled(frame, columns, metadata)


def head(frame: pd.DataFrame, *, table: dictionary.Table) -> Rows:
    """Return the columns of `pieces`, without any row.

    Raises
    ------
    InputError
        When column names are repeated.
    """
    return _filled(frame.iloc[:0], _settled(frame, table, None), None)


def pieces(
    frame: pd.DataFrame,
    *,
    table: dictionary.Table,
    metadata: Mapping[str, object] | None = None,
    size: int = PIECE,
) -> Iterator[Rows]:
    """Return the rows of a frame piece by piece, so that no more are plain values at a time.

    Parameters
    ----------
    frame, table, metadata
        As for `of`; the columns are the same in every piece.
    size
        Rows of a piece; there is one of none where the frame has none.

    Raises
    ------
    InputError
        When column names are repeated.
    """
    columns = _settled(frame, table, metadata)
    for start in range(0, max(len(frame), 1), size):
        yield _filled(frame.iloc[start : start + size], columns, metadata)


def located(
    frame: gpd.GeoDataFrame, *, table: dictionary.Table, size: int
) -> Iterator[tuple[Rows, NDArray[np.object_]]]:
    """Return `pieces`, each with the geometries of its rows as `geo.geometry.lonlat` has them.

    Raises
    ------
    InputError
        For a missing CRS or column names that are repeated.
    """
    return zip(pieces(frame, table=table, size=size), lonlat.pieces(frame, size), strict=True)


def free(name: str, *, taken: Iterable[str]) -> str:
    """Return a name for a further column: with "_" behind it where one is called so already."""
    known = {each.casefold() for each in taken}
    while name.casefold() in known:
        name += "_"
    return name


def names(found: Rows) -> list[str]:
    """Return the columns' names, made different where only their case tells them apart."""
    unique: list[str] = []
    for column in found.columns:
        unique.append(free(column.name or "_", taken=unique))
    return unique


def _settled(
    frame: pd.DataFrame, table: dictionary.Table, metadata: Mapping[str, object] | None
) -> tuple[dictionary.ExplainedColumn, ...]:
    """Return the columns, each with the first type that all of its values have."""
    samples = [_sample(each) for each in plain_values.series(frame).values()]
    names = [*plain_values.columns(frame.iloc[:0], metadata=metadata)]
    samples += [[plain_values.plain(each)] for each in (metadata or {}).values()]
    explained = dictionary.describe(map(plain_values.writable, names), table=table)
    return tuple(
        replace(column, type=_first_type(column, sample))
        for column, sample in zip(explained, samples, strict=True)
    )


def _sample(column: pd.Series) -> list[object]:
    """Return values that tell the type of all: a text, or of numbers the ends and a fraction."""
    if plain_values.is_text(column):
        column = column[column.notna()].head(1)
    elif column.dtype.kind in "iuf":
        known = column.dropna()
        known = known[np.isfinite(known)]
        if len(known):
            ends = known.iloc[[int(known.argmin()), int(known.argmax())]]
            column = pd.concat([ends, known[known % 1 != 0].head(1)])
    return plain_values.values(column)


def _filled(
    frame: pd.DataFrame,
    columns: tuple[dictionary.ExplainedColumn, ...],
    metadata: Mapping[str, object] | None,
) -> Rows:
    found = plain_values.columns(frame, metadata=metadata).values()
    values = tuple(_converted(each.type, held) for each, held in zip(columns, found, strict=True))
    return Rows(columns, values, len(frame))


def _first_type(column: dictionary.ExplainedColumn, values: Sequence[object]) -> schemas.ColumnType:
    """Return the first type that all values have."""
    known = [value for value in values if value is not None]
    declared: tuple[schemas.ColumnType, ...] = (column.type,) if column.known else ()
    for type_ in (*declared, *(_narrowest(known) if known else ())):
        if all(FITS[KINDS.get(type_, str)](value) for value in known):
            return type_
    return "text"


def _converted(type_: schemas.ColumnType, values: Sequence[object]) -> list[object]:
    """Return values as a type has them."""
    convert = CONVERT[KINDS.get(type_, str)]
    return [None if value is None else convert(value) for value in values]


def _narrowest(known: Sequence[object]) -> tuple[schemas.ColumnType, ...]:
    """Return the types to try for values nobody explained; 1.0 is no whole number then."""
    whole = not any(isinstance(value, float) for value in known)
    return ("boolean", "integer", "number") if whole else ("number",)


def _is_text(value: object) -> bool:
    return isinstance(value, str | list | dict)


def _is_whole(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    whole = isinstance(value, int) or value.is_integer()
    return whole and -LARGEST_WHOLE <= value <= LARGEST_WHOLE


def _is_number(value: object) -> bool:
    # The limit is for whole numbers that no float holds.
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and -sys.float_info.max <= value <= sys.float_info.max
    )


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


def _text(value: object) -> str:
    return plain_values.writable(value if isinstance(value, str) else plain_values.to_json(value))


FITS: Final[Mapping[Kind, Callable[[object], bool]]] = {
    str: _is_text,
    int: _is_whole,
    float: _is_number,
    bool: _is_truth,
}
CONVERT: Final[Mapping[Kind, Callable[..., object]]] = {
    str: _text,
    int: int,
    float: float,
    bool: bool,
}
