"""How the file is read: shown, and corrected where it was detected wrongly."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.intake.readers import encodings
from geo.intake.table import Reading
from ui.intake import draft as drafts
from ui.intake import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.intake.table import RawTable
    from ui.intake.draft import Draft
    from ui.state.view import View

MOST_HEADER: Final = 50
"""The last row that can hold the headings."""


def correct(view: View, draft: Draft, read: RawTable | None) -> None:
    """Offer what can be corrected, behind a button that says how the file was read.

    Of a file that could not be read everything is offered that a table of text has.
    """
    t = view.t
    now = draft.reading if read is None else read.reading
    with st.popover(t("intake.change_reading"), key="intake_reading"):
        if read is None or now.encoding:
            _choose(view, draft, "encoding", encodings.KNOWN, now.encoding, str.upper)
        if read is None or now.separator:
            signs = dict.fromkeys([*wording.SEPARATORS, *filter(None, [now.separator])])
            _choose(
                view, draft, "separator", list(signs), now.separator,
                lambda sign: wording.separator(view, sign),
            )  # fmt: skip
        if read is not None and read.layers:
            _choose(view, draft, "layer", read.layers, now.layer, str)
        if read is None or now.header is not None:
            rows = range(MOST_HEADER + 1)
            _choose(view, draft, "header", rows, now.header, lambda row: _header(view, row))


def _header(view: View, row: int) -> str:
    return view.t("intake.header_row", row=row) if row else view.t("intake.header_none")


def _choose(
    view: View,
    draft: Draft,
    name: str,
    options: Sequence[object],
    now: object,
    said: Callable[..., str],
) -> None:
    """Draw one choice of how the file is read."""
    key = f"intake_reading_{draft.number}_{name}"
    every = list(options) if now is None or now in options else [now, *options]
    st.session_state[key] = now
    st.selectbox(
        view.t(f"intake.{name}"),
        every,
        key=key,
        index=None,
        format_func=said,
        on_change=_corrected,
        args=(name, key),
        placeholder=view.t("intake.detected"),
    )


def _corrected(name: str, key: str) -> None:
    """Read the file as the reader says; another table has other columns."""
    draft = drafts.held()
    chosen = st.session_state.get(key)
    if draft is None or chosen is None:
        return
    if name == "layer":
        # Another sheet has headings of its own.
        reading = Reading(layer=str(chosen))
    else:
        change: dict[str, object] = {name: chosen}
        reading = dataclasses.replace(draft.reading, **change)  # type: ignore[arg-type]
    drafts.change(
        reading=reading, columns=None, datum=None, region=None, decisions=(), found=(),
        lookup=None, filled=None, refused="",
    )  # fmt: skip
