"""Cells of the preview that cannot be read or will be changed: what is said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo import formats
from geo.intake import cells, faults, validation
from ui.intake import wording, work

if TYPE_CHECKING:
    import pandas as pd

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
    found = faults.of_treatment(work.tried(draft).faults)
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
    """Add the areas that are read as another number than stands there."""
    held = work.held_columns(draft)
    if "area_m2" not in held:
        return
    column = work.table(draft).cells.loc[rows, held["area_m2"]]
    areas = validation.amount(column, "area_m2", bare=draft.treatments.bare_area).dropna()
    written = cells.half_width(column).str.replace(",", "").loc[areas.index]
    for row, area, text in zip(areas.index, areas, written, strict=True):
        if f"{area:.10g}" not in text:
            told = view.t("intake.read_area_m2", value=formats.whole(area))
            said.setdefault((int(row), held["area_m2"]), []).append(told)
