"""Rows that may be one place: shown in pairs, merged or kept as the reader decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats
from geo.intake import cells, decisions
from geo.intake.decisions import Decision
from layers import templates
from ui.blocks import grid, markup
from ui.intake import draft as drafts
from ui.intake import work
from ui.intake.mapping import TEMPLATE

if TYPE_CHECKING:
    import pandas as pd

    from geo.intake.decisions import Verdict
    from geo.intake.validation import Intake
    from layers.transport import message
    from ui.intake.draft import Draft
    from ui.state.view import View

SHOWN: Final = 8
"""Pairs that are shown at once; the next follow as these are decided."""

REASONS: Final = ("same", "near", "like", "point")
"""Kinds of pairs, the surest first."""

VERDICTS: Final[tuple[Verdict, ...]] = ("merge", "keep")

OPEN: Final = "intake_pair_in_view"


def in_view(waiting: pd.DataFrame) -> tuple[int, int] | None:
    """Return the pair that is open, side by side; None where none is."""
    pair: tuple[int, int] | None = st.session_state.get(OPEN)
    known = zip(waiting["row"], waiting["other_row"], strict=True)
    return pair if pair in {(int(row), int(other)) for row, other in known} else None


def opens(waiting: pd.DataFrame, rows: dict[str, int], clicked: message.Clicked) -> None:
    """Open the pair of a row that was clicked on the map; `rows` are those of the ids."""
    row = rows.get(clicked.id, 0) if clicked.kind == "site" else 0
    found = waiting[waiting["row"].eq(row) | waiting["other_row"].eq(row)]
    if len(found):
        first = found.iloc[0]
        st.session_state[OPEN] = (int(first["row"]), int(first["other_row"]))


def show(view: View, draft: Draft, intake: Intake, waiting: pd.DataFrame) -> None:
    """Draw the pairs that wait, and the way back from what was decided."""
    t = view.t
    if intake.pairs.empty and not draft.decisions:
        return
    title = t("intake.pairs_title", n=formats.whole(len(waiting)))
    grid.write(markup.heading(title, note=t("intake.pairs_note")))
    names = intake.kept.set_index("row")["name"]
    left = SHOWN
    for reason in REASONS:
        pairs = waiting[waiting["reason"].eq(reason)]
        if pairs.empty or left <= 0:
            continue
        if len(pairs) > 1:
            _kind(view, reason, len(pairs))
        shown = pairs.head(left)
        left -= len(shown)
        columns = (shown["row"], shown["other_row"], shown["metres"])
        for row, other, metres in zip(*columns, strict=True):
            said = t(f"intake.pair_{reason}", metres=formats.whole(metres))
            rows = (int(row), int(other))
            _pair(view, rows, (str(names[row]), str(names[other])), said)
            if in_view(waiting) == rows:
                _beside(view, draft, intake, rows)
    if len(waiting) > SHOWN:
        more = t("intake.pairs_more", n=formats.whole(len(waiting) - SHOWN))
        grid.write(markup.paragraph(more))
    if left_out := len(draft.decisions) - len(work.decided(draft, intake)):
        grid.write(markup.paragraph(t("intake.pairs_left_out", n=formats.whole(left_out))))
    _way_back(view, draft)


def _way_back(view: View, draft: Draft) -> None:
    """Offer to take the last decision back, or all those that were taken at once."""
    if not draft.decisions:
        return
    t, taken = view.t, decisions.last(draft.decisions)
    each = taken[0]
    if len(taken) > 1:
        label = t(f"intake.undo_all_{each.verdict}", n=formats.whole(len(taken)))
    else:
        label = t(f"intake.undo_{each.verdict}", row=each.row, other=each.other_row)
    st.button(label, key="intake_undo", type="tertiary", on_click=_undo)


def _kind(view: View, reason: str, n: int) -> None:
    """Draw what decides on all pairs of a kind at once."""
    t = view.t
    with st.container(
        key=f"intake_pair_all_{reason}", horizontal=True, vertical_alignment="center"
    ):
        count = formats.whole(n)
        grid.write(markup.paragraph(t(f"intake.pairs_{reason}", n=count)))
        for verdict in VERDICTS:
            st.button(
                t(f"intake.{verdict}_all", n=count),
                key=f"intake_{verdict}_all_{reason}",
                on_click=_decide_all,
                args=(reason, verdict),
            )


def _pair(view: View, rows: tuple[int, int], names: tuple[str, str], reason: str) -> None:
    t, (row, other) = view.t, rows
    with st.container(
        key=f"intake_pair_{row}_{other}", horizontal=True, vertical_alignment="center"
    ):
        first, second = (t("intake.row_number", row=each) for each in rows)
        drawn = templates.piece(TEMPLATE, "pair")
        grid.write(drawn(names[0], first, names[1], second, reason))
        opened = st.session_state.get(OPEN) == rows
        st.button(
            t("intake.pair_close" if opened else "intake.pair_open"),
            key=f"intake_open_{row}_{other}",
            on_click=_open,
            args=(None if opened else rows,),
        )
        for verdict in VERDICTS:
            st.button(
                t(f"intake.{verdict}"),
                key=f"intake_{verdict}_{row}_{other}",
                on_click=_decide,
                args=(Decision(row=row, other_row=other, verdict=verdict),),
            )


def _beside(view: View, draft: Draft, intake: Intake, rows: tuple[int, int]) -> None:
    """Draw both rows side by side, and what a merge makes of them."""
    t, (row, other) = view.t, rows
    both = work.table(draft).cells.loc[list(rows)]
    written = {str(name): cells.text(both[name]).fillna("") for name in both}
    lines = [(name, each[row], each[other], each[row] != each[other]) for name, each in
             written.items() if each[row] or each[other]]  # fmt: skip
    heads = [t("intake.row_number", row=each) for each in rows]
    with st.container(key=f"intake_beside_{row}_{other}"):
        caption = t("intake.pair_beside", row=row, other=other)
        drawn = templates.piece(TEMPLATE, "compared")
        grid.write(drawn(caption, t("intake.column"), heads, lines, t("intake.differs")))
        names = intake.kept.set_index("row")["name"]
        keys = {what: f"intake_{what}_of_{row}_{other}" for what in ("stays", "name")}
        for what, said in (
            ("stays", lambda each: t("intake.row_number", row=each)),
            ("name", lambda each: str(names[each])),
        ):
            if what == "name" and names[row] == names[other]:
                continue
            st.radio(
                t(f"intake.pair_{what}"),
                list(rows),
                key=keys[what],
                format_func=said,
                horizontal=what == "stays",
            )
        st.button(
            t("intake.merge_so"),
            key=f"intake_merge_so_{row}_{other}",
            on_click=_merge_so,
            args=(rows, keys["stays"], keys["name"]),
        )


def _open(rows: tuple[int, int] | None) -> None:
    st.session_state[OPEN] = rows


def _merge_so(rows: tuple[int, int], stays: str, name: str) -> None:
    """Merge a pair into the row, and under the name, that were chosen."""
    into = int(st.session_state.get(stays, rows[0]))
    named = int(st.session_state.get(name, into))
    (gone,) = (each for each in rows if each != into)
    _decide(Decision(row=into, other_row=gone, verdict="merge", named_by=named))


def _decide(*taken: Decision) -> None:
    draft = drafts.held()
    if draft is not None and taken:
        drafts.change(decisions=decisions.together(draft.decisions, taken))


def _decide_all(reason: str, verdict: Verdict) -> None:
    draft = drafts.held()
    if draft is not None:
        intake = work.intake(draft, lambda _: None)
        waiting = decisions.undecided(intake.pairs, work.decided(draft, intake))
        _decide(*decisions.of_kind(waiting, reason, verdict))


def _undo() -> None:
    draft = drafts.held()
    if draft is not None:
        drafts.change(decisions=decisions.without_last(draft.decisions))


def ringed(view_of: pd.DataFrame, waiting: pd.DataFrame) -> dict[str, bool]:
    """Return the sites that pairs are asked about, by id; those of the open pair strongly.

    Parameters
    ----------
    view_of : DataFrame
        ``id`` and ``row`` of the sites on the map.
    waiting : DataFrame
        The pairs.
    """
    opened = set(in_view(waiting) or ())
    asked = {*waiting["row"], *waiting["other_row"]}
    ids = zip(view_of["id"], view_of["row"], strict=True)
    return {str(key): row in opened for key, row in ids if row in asked}


def sign(view: View, waiting: pd.DataFrame) -> tuple[str, str]:
    """Return what the ring on the map means, and how many pairs there are."""
    return view.t("intake.pairs"), view.t("intake.pairs_n", n=formats.whole(len(waiting)))
