"""Rows that may be one place: shown in pairs, merged or kept as the reader decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats
from geo.intake.decisions import Decision
from layers import templates
from ui.blocks import grid, markup
from ui.intake import draft as drafts
from ui.intake.mapping import TEMPLATE

if TYPE_CHECKING:
    import pandas as pd

    from geo.intake.decisions import Verdict
    from geo.intake.validation import Intake
    from ui.intake.draft import Draft
    from ui.state.view import View

SHOWN: Final = 8
"""Pairs that are shown at once; the next follow as these are decided."""


def show(view: View, draft: Draft, intake: Intake, waiting: pd.DataFrame) -> None:
    """Draw the pairs that wait, and the way back from what was decided."""
    t = view.t
    if intake.pairs.empty:
        return
    title = t("intake.pairs_title", n=formats.whole(len(waiting)))
    grid.write(markup.heading(title, note=t("intake.pairs_note")))
    names = intake.kept.set_index("row")["name"]
    shown = waiting.head(SHOWN)
    columns = (shown["row"], shown["other_row"], shown["reason"], shown["metres"])
    for row, other, reason, metres in zip(*columns, strict=True):
        said = t(f"intake.pair_{reason}", metres=formats.whole(metres))
        _pair(view, (row, other), (str(names[row]), str(names[other])), said)
    if len(waiting) > SHOWN:
        more = t("intake.pairs_more", n=formats.whole(len(waiting) - SHOWN))
        grid.write(markup.paragraph(more))
    if draft.decisions:
        last = draft.decisions[-1]
        key = "merge" if last.verdict == "merge" else "keep"
        st.button(
            t(f"intake.undo_{key}", row=last.row, other=last.other_row),
            key="intake_undo",
            type="tertiary",
            on_click=_undo,
        )


def _pair(view: View, rows: tuple[int, int], names: tuple[str, str], reason: str) -> None:
    t, (row, other) = view.t, rows
    with st.container(
        key=f"intake_pair_{row}_{other}", horizontal=True, vertical_alignment="center"
    ):
        first, second = (t("intake.row_number", row=each) for each in rows)
        drawn = templates.piece(TEMPLATE, "pair")
        grid.write(drawn(names[0], first, names[1], second, reason))
        verdicts: tuple[Verdict, ...] = ("merge", "keep")
        for verdict in verdicts:
            st.button(
                t(f"intake.{verdict}"),
                key=f"intake_{verdict}_{row}_{other}",
                on_click=_decide,
                args=(Decision(row=row, other_row=other, verdict=verdict),),
            )


def _decide(decision: Decision) -> None:
    draft = drafts.held()
    if draft is not None:
        drafts.change(decisions=(*draft.decisions, decision))


def _undo() -> None:
    draft = drafts.held()
    if draft is not None:
        drafts.change(decisions=draft.decisions[:-1])
