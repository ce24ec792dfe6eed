"""Tables as files would give them."""

from __future__ import annotations

import pandas as pd

from geo.intake import columns
from geo.intake.plan import Plan
from geo.intake.table import RawTable, Reading
from geo.intake.validation import Intake, take_in


def table(first_row: int = 2, /, **cells: list[object]) -> RawTable:
    """A table of columns, its first row being that of a spreadsheet with one row of headings."""
    frame = pd.DataFrame(cells, dtype=object)
    frame.index = pd.RangeIndex(first_row, first_row + len(frame), name="row")
    return RawTable(file="list.csv", format="csv", reading=Reading(header=1), cells=frame)


def taken(raw: RawTable, **asked: object) -> Intake:
    """What becomes of a table whose columns are recognised."""
    return take_in(raw, Plan(columns=columns.recognise(raw.cells), **asked))  # type: ignore[arg-type]


def codes(intake: Intake, row: int) -> set[str]:
    """The faults of a row."""
    return set(intake.faults.loc[intake.faults["row"] == row, "code"])
