"""Where things stand on a page: headline, filter row, map left, figures right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ui.blocks import markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup
    from streamlit.delta_generator import DeltaGenerator

    from ui.state.selection import Selection

MAP_TO_FIGURES = (2.14, 1.0)
"""Widths of the two columns: the map takes two thirds."""

LIST_SHEET_FACTS = (206, 698, 432)
"""Widths where a list stands left of what is chosen from it."""


def headline(text: str, *, narrow: bool = False) -> None:
    """Write the page's sentence; on a phone the narrow one, below the map, is shown instead."""
    if not narrow:
        # The tab, the history and a bookmark say what the page says.
        st.set_page_config(page_title=text)
    st.html(markup.headline(text, "narrow" if narrow else "wide"))


def write(block: Markup | None) -> None:
    """Write a block of HTML, or nothing where there is nothing to say."""
    if block:
        st.html(block)


def hold(block: Markup | None) -> None:
    """Write a block of HTML into a place of its own, which stays empty where there is none.

    On a page that waits once it is drawn: what an earlier run drew would else stay meanwhile.
    """
    place = st.empty()
    if block:
        place.html(block)


def write_formulas(block: Markup) -> None:
    """Write a block of HTML with formulas in TeX, which Streamlit sets with what it ships.

    `st.html` takes MathML out. Screen readers get it here, beside the formula that is drawn.
    """
    st.markdown(block, unsafe_allow_html=True)


def above() -> DeltaGenerator:
    """Return the place above the sheet: of what is written after it."""
    return st.container(key="above")


def bar() -> DeltaGenerator:
    """Return the row of filters and tools; on a phone the tools stand below."""
    return st.container(key="bar", horizontal=True)


def filters() -> DeltaGenerator:
    """Return the row that holds the filters."""
    return st.container(key="filters", horizontal=True)


def tools() -> DeltaGenerator:
    """Return the right end of the filter row: language, link, files."""
    return st.container(key="tools", horizontal=True, width="content")


def chosen(selection: Selection) -> DeltaGenerator:
    """Return the place of the selected thing's card: on a phone, right below the map."""
    return st.container(key="chosen" if selection else "nothing_chosen")


def sheet(widths: Sequence[float] = MAP_TO_FIGURES) -> list[DeltaGenerator]:
    """Return the columns of a page: those of the map and of the figures, or others."""
    with st.container(key="sheet"):
        return st.columns(widths)


def on_screen(name: str) -> DeltaGenerator:
    """Return the place of what only a screen can use: choices, files, lists to click on."""
    return st.container(key=f"on_screen_{name}")


def row(name: str) -> DeltaGenerator:
    """Return a row of things beside each other."""
    return st.container(key=name, horizontal=True)
