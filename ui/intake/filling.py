"""The table of unplaced rows: handed out, and taken back with the positions filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats
from geo.china.datum import DATUMS
from geo.errors import RefusedFileError
from geo.files import csv_file
from geo.intake import filled, readers, words
from layers import templates
from ui.blocks import grid
from ui.intake import draft as drafts
from ui.intake import result_files, wording, work
from ui.intake.mapping import TEMPLATE
from ui.words import markdown

if TYPE_CHECKING:
    import pandas as pd

    from geo.settings import Language
    from ui.intake.draft import Draft
    from ui.state.view import View

KEY: Final = "intake_filled"


def hand_out(view: View, draft: Draft, rows: pd.DataFrame) -> None:
    """Offer the table to fill in."""
    held = work.held_columns(draft)
    address = held.get("address", "")
    shown = address if address in rows else f"{address}_" if f"{address}_" in rows else ""
    st.download_button(
        view.t("intake.unplaced_csv"),
        data=lambda: csv_file.csv(filled.table(rows, view.t.lang, address=shown)),
        file_name=f"{result_files.stem_of(draft.file)}-unplaced.csv",
        mime="text/csv",
        on_click="ignore",
        key="intake_unplaced_csv",
        type="tertiary",
    )


def take_back(view: View, draft: Draft) -> None:
    """Ask for the table filled in, and for the datum of its positions."""
    t = view.t
    with st.popover(t("intake.filled"), key=KEY):
        grid.write(templates.piece(TEMPLATE, "told")([(t("intake.filled_note"), False)]))
        datum = f"{KEY}_datum_{draft.number}"
        if datum not in st.session_state:
            st.session_state[datum] = work.datum(draft) or DATUMS[0]
        st.selectbox(
            t("intake.datum_title"),
            DATUMS,
            key=datum,
            format_func=lambda kind: wording.datum(view, kind),
        )
        key = f"{KEY}_file_{draft.number}_{len(draft.found)}"
        st.file_uploader(
            t("intake.filled_file"),
            key=key,
            on_change=_take,
            args=(key, datum, view.t.lang),
        )


def _take(key: str, datum: str, lang: Language) -> None:
    """Join the table by the numbers of its rows."""
    draft, chosen = drafts.held(), st.session_state.get(key)
    if draft is None or chosen is None:
        return
    intake = work.intake(draft, lambda _: None)
    try:
        table = readers.read(chosen.name, chosen.getvalue())
        told = filled.read(table, intake.kept, datum=st.session_state[datum])
    except RefusedFileError as error:
        drafts.change(refused=words.refusal(error, lang), filled=None, lookup=None)
        return
    batches = (*draft.found, told.found) if told.found else draft.found
    drafts.change(found=batches, filled=told, lookup=None, refused="")


def told(view: View, draft: Draft) -> None:
    """Say what was taken of the table, and what not and why."""
    t = view.t
    if draft.refused:
        grid.write(templates.piece(TEMPLATE, "told")([(draft.refused, True)]))
    if draft.filled is None:
        return
    taken = formats.whole(len(draft.filled.found))
    lines = [(t("intake.filled_taken", n=taken), False)]
    if draft.filled.empty:
        lines.append((t("intake.filled_empty", n=formats.whole(draft.filled.empty)), False))
    for why, numbers in draft.filled.refused.items():
        said = t(
            f"intake.filled_{why}",
            n=formats.whole(len(numbers)),
            rows=wording.rows(view, numbers),
        )
        lines.append((said, True))
    grid.write(templates.piece(TEMPLATE, "told")(lines))


def way_back(view: View, draft: Draft) -> None:
    """Offer to take the positions back that rows were given last."""
    if draft.found:
        n = formats.whole(len(draft.found[-1]))
        st.button(
            view.t("intake.undo_found", n=n, source=_source(view, draft)),
            key="intake_undo_found",
            type="tertiary",
            on_click=_undo,
        )


def _source(view: View, draft: Draft) -> str:
    """Return what told the positions that rows were given last."""
    source = draft.found[-1][0].source
    key = f"intake.service_{source.split(' ')[0]}"
    return view.t(key) if view.t.has(key) else markdown.as_it_is(source)


def _undo() -> None:
    draft = drafts.held()
    if draft is not None:
        drafts.change(found=draft.found[:-1], lookup=None, filled=None)
