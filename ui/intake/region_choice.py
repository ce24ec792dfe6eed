"""The region of the list: proposed from where its rows lie, or chosen from all of China's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.intake import regions
from ui.blocks import grid, markup
from ui.intake import draft as drafts
from ui.intake import wording, work

if TYPE_CHECKING:
    from ui.intake.draft import Draft
    from ui.state.view import View

KEY: Final = "intake_region"
MOST: Final = 30
"""Places that a region is put together from."""


def show(view: View, draft: Draft) -> None:
    """Draw the choice; rows elsewhere are rejected."""
    t = view.t
    now = work.region(draft)
    note = t("intake.region_chosen" if draft.region is not None else "intake.region_proposed")
    grid.write(markup.heading(t("intake.region_title"), note=note))
    known = regions.named(t.lang)
    st.session_state[KEY] = list(now)
    st.multiselect(
        t("intake.region_title"),
        list(known),
        key=KEY,
        format_func=known.__getitem__,
        on_change=_chosen,
        max_selections=MOST,
        placeholder=wording.region(view, ()),
        label_visibility="collapsed",
    )
    grid.write(markup.paragraph(t("intake.region_note")))


def _chosen() -> None:
    drafts.change(region=tuple(st.session_state.get(KEY, ())))
