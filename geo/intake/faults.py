"""What is wrong with a file, cell by cell, and what becomes of the row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.intake.words import IntakeTexts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.settings import Language

COLUMNS: Final = ("row", "column", "value", "code")

REJECTING: Final = ("total", "footnote", "no_name", "outside", "nowhere", "no_place")
"""Faults that a row cannot be kept with, the first that applies is its reason; with all others it
is kept, mended or without what cannot be read."""

SHAPES: Final[Mapping[int, str]] = {
    0: "Point", 1: "LineString", 2: "LinearRing", 3: "Polygon", 4: "MultiPoint",
    5: "MultiLineString", 6: "MultiPolygon", 7: "GeometryCollection",
}  # fmt: skip
"""Names of geometries by their number in GEOS."""

MOST_ROWS: Final = 10
"""Rows that a message names."""

MOST_SHOWN: Final = 80
"""Characters of a cell that a fault repeats."""


@dataclass(slots=True)
class Faults:
    """The faults of a file as they are noted.

    Attributes
    ----------
    parts
        Tables of :data:`COLUMNS`, one for each fault of a column.
    """

    parts: list[pd.DataFrame] = field(default_factory=list)

    def note(self, rows: pd.Series, column: str, code: str, values: pd.Series) -> None:
        """Note one fault of some rows.

        Parameters
        ----------
        rows : Series of bool
            Which, on the rows of the file.
        column
            The file's name of the column; empty for the row as a whole.
        code
            Of the fault.
        values : Series
            What stands there, on the same index.
        """
        chosen = rows.index[rows.fillna(value=False).to_numpy(dtype=bool)]
        if len(chosen):
            written = values.loc[chosen].astype("string").fillna("").str.slice(0, MOST_SHOWN)
            self.parts.append(
                pd.DataFrame(
                    {"row": chosen, "column": column, "value": written.array, "code": code}
                )
            )

    def table(self) -> pd.DataFrame:
        """Return all faults: ``row``, ``column``, ``value``, ``code``; by row."""
        if not self.parts:
            return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
        return pd.concat(self.parts, ignore_index=True).sort_values(
            "row", kind="stable", ignore_index=True
        )


def reasons(table: pd.DataFrame) -> pd.Series:
    """Return why rows cannot be kept: the code of each rejected row, on its number."""
    rejecting = table[table["code"].isin(REJECTING)]
    rank = rejecting["code"].map({code: at for at, code in enumerate(REJECTING)})
    first = rejecting.assign(rank=rank).sort_values(["row", "rank"]).drop_duplicates("row")
    return first.set_index("row")["code"]


def of_treatment(table: pd.DataFrame) -> pd.DataFrame:
    """Return the faults that decided what became of their row.

    Of a row that cannot be kept this is its reason: a row of totals has no place either, and one
    would not help it. Of all other rows these are all.
    """
    decided = table["row"].map(reasons(table))
    return table[decided.isna() | table["code"].eq(decided)]


def described(table: pd.DataFrame, lang: Language) -> pd.DataFrame:
    """Return faults with their words: what is wrong, what was expected, what becomes of the row."""
    t = IntakeTexts(lang)
    codes = table["code"]
    decided = table["row"].map(reasons(table)).astype("string").fillna(codes)
    return table.assign(
        fault=codes.map(lambda code: t(f"fault.{code}")),
        expected=codes.map(lambda code: t(f"expected.{code}")),
        treatment=decided.map(lambda code: t(f"treatment.{code}")),
    )
