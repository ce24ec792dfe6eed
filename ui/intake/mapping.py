"""Which column holds what: chosen over a preview of the file's first rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats
from geo.intake import cells, validation
from geo.intake.columns import FIELDS
from layers import templates
from ui.blocks import grid, markup
from ui.intake import doubts, reading, wording, work
from ui.intake import draft as drafts
from ui.words import markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from markupsafe import Markup

    from geo.intake.columns import Columns, Field
    from geo.intake.table import RawTable
    from ui.intake.draft import Draft
    from ui.state.view import View

TEMPLATE: Final = "ui/intake/intake.html"
ROWS: Final = 10
"""Rows of the preview."""

COLUMNS: Final = 40
"""Columns of the preview; a file with more is not for this form, and the page says so."""

NARROW, WIDE, WIDEST, NUMBER = 84, 106, 140, 44
"""Widths of columns in px, by what stands in them; that of the row's number."""

LONG: Final = 40
"""Characters of a cell that the preview shows; the rest is in its tooltip."""


def show(view: View, draft: Draft) -> None:
    """Draw the choice of columns over the first rows of the file."""
    t, read = view.t, work.table(draft)
    held = work.held_columns(draft)
    shown = _in_order(draft)
    with st.container(key="intake_title", horizontal=True):
        grid.write(markup.heading(t("intake.columns_title"), note=t("intake.columns_note")))
        said = [read.file, *wording.reading(view, read.reading)]
        grid.write(templates.piece(TEMPLATE, "said")(said))
        reading.correct(view, draft, read)
    widths = [_width(read, column) for column in shown]
    with st.container(key="intake_table"):
        with st.container(key="intake_heads", horizontal=True, wrap=False, gap=None):
            for at, (column, width) in enumerate(zip(shown, widths, strict=True)):
                _choose(view, draft, at, column, held=held, width=width)
        grid.write(_preview(view, draft, shown, widths))
    n = formats.whole(min(ROWS, len(read.cells)))
    with st.container(key="intake_rows"):
        # A phone has no room for them: they open in a sheet of their own.
        if st.button(t("intake.preview_open", n=n), key="intake_rows_open"):
            title = t("intake.preview_open", n=n)
            st.dialog(title)(grid.write)(_preview(view, draft, shown, widths))
    grid.write(_below(view, read, held, shown))


def _in_order(draft: Draft) -> list[str]:
    """Return the columns of the preview: in the file's order, first what was recognised.

    They stay where they are when the reader takes another.
    """
    every = [str(column) for column in work.table(draft).cells]
    taken = set(work.recognised(draft).values())
    return sorted(every, key=lambda column: column not in taken)[:COLUMNS]


def _choose(view: View, draft: Draft, at: int, column: str, *, held: Columns, width: int) -> None:
    """Draw the choice of what a column is."""
    key = f"intake_column_{draft.number}_{at}"
    field: Field | None = next((each for each, name in held.items() if name == column), None)
    st.session_state[key] = field or ""
    with st.container(key=f"intake_head_{at}", width=width):
        st.selectbox(
            markdown.as_it_is(column) or "—",
            ["", *FIELDS],
            key=key,
            format_func=lambda code: (
                wording.field(view, code) if code else view.t("intake.not_taken")
            ),
            on_change=_mapped,
            args=(column, key),
            filter_mode=None,
        )
        sample = cells.text(work.table(draft).cells[column]).dropna().head(2)
        grid.write(templates.piece(TEMPLATE, "sample")([_short(each) for each in sample]))


def _mapped(column: str, key: str) -> None:
    """Take a column for a field; the field has no other then."""
    draft = drafts.held()
    chosen = st.session_state.get(key)
    if draft is None or chosen is None:
        return
    held = {
        field: name
        for field, name in work.held_columns(draft).items()
        if name != column and field != chosen
    }
    if chosen:
        held[chosen] = column
    ordered = tuple((field, held[field]) for field in FIELDS if field in held)
    drafts.change(columns=ordered, region=None)


def missing(view: View, draft: Draft) -> list[str]:
    """Return why the list cannot be read yet, a sentence each."""
    t, held = view.t, work.held_columns(draft)
    reasons = []
    if "name" not in held:
        reasons.append(t("intake.needs_name"))
    if ("lon" in held) != ("lat" in held):
        reasons.append(t("intake.needs_both"))
    words = ("adcode", "district", "city", "address")
    if not work.is_placed(draft) and not any(field in held for field in words):
        reasons.append(t("intake.needs_place"))
    return reasons


def _preview(view: View, draft: Draft, shown: Sequence[str], widths: Sequence[int]) -> Markup:
    """Return the first rows of the file as a table, what is doubtful marked."""
    read = work.table(draft)
    first = read.cells.head(ROWS)
    held = work.held_columns(draft)
    said = doubts.of_rows(view, draft, first.index)
    numeric = {held[field] for field in ("lon", "lat", *validation.AMOUNTS) if field in held}
    texts = {column: cells.text(first[column]).fillna("") for column in shown}
    rows = [
        (
            row,
            said.get((row, ""), ""),
            [
                (
                    _short(texts[column][row]),
                    _title(texts[column][row], said.get((row, column), "")),
                    said.get((row, column), ""),
                    column in numeric,
                )
                for column in shown
            ],
        )
        for row in first.index
    ]
    drawn = templates.piece(TEMPLATE, "preview")
    caption = view.t("intake.preview", file=read.file)
    heads = [(column, column in numeric) for column in shown]
    return drawn(caption, view.t("intake.row"), heads, widths, NUMBER, rows, view.t("intake.empty"))


def _title(written: str, said: str) -> str:
    return f"{written}\n{said}".strip() if said or len(written) > LONG else ""


def _below(view: View, read: RawTable, held: Columns, shown: Sequence[str]) -> Markup:
    """Return what the preview does not show, and what of the file is not taken."""
    t = view.t
    free = [column for column in shown if column not in held.values()]
    names = t("list.comma").join(free[: wording.NAMED])
    left_out = t("intake.left_columns", names=names, n=len(free)) if free else ""
    n = len(read.cells)
    first = t("intake.first_rows", shown=min(ROWS, n), n=formats.whole(n))
    more = len(list(read.cells)) - len(shown)
    cut = t("intake.more_columns", n=more, most=COLUMNS) if more else ""
    return templates.piece(TEMPLATE, "below")(first, t("intake.marked"), left_out, cut)


def _width(read: RawTable, column: str) -> int:
    """Return how wide a column is drawn, by what its first rows hold."""
    texts: pd.Series = cells.text(read.cells[column].head(ROWS)).dropna()
    usual = float(texts.map(_extent).quantile(0.75)) if len(texts) else 0
    return NARROW if usual <= 8 else WIDE if usual <= 13 else WIDEST


def _extent(text: str) -> int:
    """Return the length of a text, Chinese characters counted twice."""
    return sum(1 if char.isascii() else 2 for char in text)


def _short(text: str) -> str:
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"
