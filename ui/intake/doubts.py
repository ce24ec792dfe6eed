"""Cells of the preview that cannot be read or will be changed: what is said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geo import formats
from geo.intake import cells, validation
from ui.intake import wording, work

if TYPE_CHECKING:
    from geo.intake.columns import Field
    from ui.intake.draft import Draft
    from ui.state.view import View

OF_PAIR: Final = {
    "swapped",
    "swapped_void",
    "zero",
    "beyond",
    "metres",
    "half",
    "district_only",
    "city_only",
}
"""Faults of longitude and latitude together."""


def of_rows(view: View, draft: Draft, rows: pd.Index) -> dict[tuple[int, str], str]:
    """Return what is said of the cells of some rows, by row and column.

    The column is empty where the row as a whole is meant.
    """
    held, t = work.held_columns(draft), wording.texts(view)
    pair = [held[field] for field in ("lon", "lat") if field in held]
    said: dict[tuple[int, str], list[str]] = {}
    found = work.tried(draft).faults
    found = found[found["row"].isin(rows)]
    for row, column, code in zip(found["row"], found["column"], found["code"], strict=True):
        told = view.t("intake.doubt", fault=t(f"fault.{code}"), treatment=t(f"treatment.{code}"))
        for place in pair if pair and code in OF_PAIR else [column]:
            said.setdefault((row, place), []).append(told)
    _converted(view, draft, rows, said)
    stop = view.t("list.stop")
    return {at: stop.join(dict.fromkeys(told)) for at, told in said.items()}


def _converted(
    view: View, draft: Draft, rows: pd.Index, said: dict[tuple[int, str], list[str]]
) -> None:
    """Add the years and areas that are read as another number than stands there."""
    held, read = work.held_columns(draft), work.table(draft)
    fields: tuple[Field, ...] = tuple(validation.AMOUNTS)
    for field in fields:
        if field not in held:
            continue
        column = read.cells.loc[rows, held[field]]
        written, amounts = (
            cells.text(column),
            validation.amount(column, field, bare=draft.treatments.bare_area),
        )
        plain = pd.to_numeric(written, errors="coerce")
        for row in rows[(amounts.notna() & ~plain.eq(amounts).fillna(value=False)).to_numpy()]:
            value = amounts[row]
            number = formats.whole(value) if field == "area_m2" else f"{value:.0f}"
            told = view.t(f"intake.read_{field}", value=number)
            said.setdefault((int(row), held[field]), []).append(told)
