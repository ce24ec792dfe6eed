"""Columns that were read, made a table: no empty rows, each column named once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.intake import words
from geo.intake.readers.encodings import BROKEN
from geo.intake.table import RowFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

EXACT: Final = 2**53
"""Up to which every whole number is a float."""

NAME: Final = "row"
"""Of the index."""


def from_objects(
    columns: Mapping[str, Sequence[object]], rows: Iterable[int] | None = None
) -> pd.DataFrame:
    """Return a table of cells as Python has them: a column of one kind becomes one of that kind.

    Parameters
    ----------
    columns
        The cells of each, None where one is empty.
    rows
        Number of each row; from 1 on if not given.
    """
    count = len(next(iter(columns.values()), ()))
    index = pd.Index(range(1, count + 1) if rows is None else list(rows), name=NAME)
    return pd.DataFrame(
        {name: _column(cells, index) for name, cells in columns.items()}, index=index
    )


def _column(cells: Sequence[object], index: pd.Index) -> pd.Series:
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds == {str}:
        return pd.Series(cells, index, dtype="str")
    if kinds and kinds <= {int, float} and all(map(_fits, cells)):
        if float in kinds:
            return pd.Series(cells, index, dtype="float64")
        if None not in cells:
            return pd.Series(cells, index, dtype="int64")
    return pd.Series(cells, index, dtype=object)


def _fits(cell: object) -> bool:
    """Whether a number is the same as a float of 64 bits."""
    return not isinstance(cell, int) or abs(cell) <= EXACT


def layer_of(file: str, asked: str | None, layers: Sequence[str]) -> str | None:
    """Return the layer that was asked for.

    Raises
    ------
    RefusedFileError
        Where there is none of that name.
    """
    if asked is not None and asked not in layers:
        words.refuse("no_layer", file=file, layer=asked, known=", ".join(layers))
    return asked


def broken(cells: pd.DataFrame) -> list[RowFault]:
    """Return the cells of which characters are lost."""
    texts = [name for name in cells.columns if cells[name].dtype == "str"]
    return [
        RowFault(row=row, column=str(name), value=value, code="broken_text")
        for name in texts
        for lost in [cells[name][cells[name].str.contains(BROKEN, na=False)]]
        for row, value in zip(lost.index.tolist(), lost.tolist(), strict=True)
    ]
