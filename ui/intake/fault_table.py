"""Every kind of fault of the file: in which rows, what stands there, what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from geo.intake import faults
from layers import templates
from ui.blocks import grid, markup
from ui.intake import wording
from ui.intake.mapping import TEMPLATE

if TYPE_CHECKING:
    import pandas as pd

    from geo.intake.validation import Intake
    from ui.state.view import View

VALUES = 2
"""Values that are quoted of a kind."""

SHOWN = 24
"""Characters of a value that are quoted."""


def show(view: View, intake: Intake, *, title: str, note: str = "") -> None:
    """Draw the kinds of faults that there are; of none, say so."""
    t = view.t
    grid.write(markup.heading(title, note=note))
    rows = _rows(view, intake)
    if not rows:
        grid.write(markup.paragraph(t("intake.no_faults")))
        return
    heads = [t(f"intake.fault_{head}") for head in ("what", "n", "numbers", "value", "treatment")]
    grid.write(templates.piece(TEMPLATE, "faults")(title, heads, rows))


def _rows(view: View, intake: Intake) -> list[tuple[str, str, str, str, str, bool]]:
    t, words, stop = view.t, wording.texts(view), view.t("list.stop")
    rows = []
    for code, group in _ordered(intake.faults):
        numbers = group["row"].drop_duplicates()
        values = group["value"].drop_duplicates().head(VALUES)
        rows.append(
            (
                words(f"fault.{code}"),
                formats.whole(len(numbers)),
                wording.rows(view, numbers),
                stop.join(_quoted(view, value) for value in values),
                words(f"treatment.{code}"),
                code in faults.REJECTING,
            )
        )
    if len(intake.pairs):
        numbers = intake.pairs["other_row"].drop_duplicates()
        rows.append(
            (
                t("intake.pairs"),
                formats.whole(len(intake.pairs)),
                wording.rows(view, numbers),
                t("intake.pairs_value"),
                t("intake.pairs_treatment"),
                False,
            )
        )
    stacks = intake.stacks.head(VALUES)
    columns = (stacks["lon"], stacks["lat"], stacks["rows"], stacks["first_row"])
    for lon, lat, count, first in zip(*columns, strict=True):
        n = formats.whole(count)
        rows.append(
            (
                t("intake.stack", n=n),
                n,
                t("intake.from_row", row=first),
                f"{lon:.6f}, {lat:.6f}",
                t("intake.stack_treatment"),
                False,
            )
        )
    return rows


def _ordered(found: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the faults by kind, those that rows are refused for first, then by their number."""
    kinds = [(str(code), group) for code, group in found.groupby("code", sort=False)]
    return sorted(kinds, key=lambda each: (each[0] not in faults.REJECTING, -len(each[1])))


def _quoted(view: View, value: str) -> str:
    if not value:
        return view.t("intake.empty")
    return value if len(value) <= SHOWN else f"{value[: SHOWN - 1]}…"
