"""Where things stand on a page: headline, filter row, map left, figures right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ui.blocks import markup

if TYPE_CHECKING:
    from markupsafe import Markup
    from streamlit.delta_generator import DeltaGenerator

    from ui.state.selection import Selection

MAP_TO_FIGURES = (2.14, 1.0)
"""Widths of the two columns: the map takes two thirds."""


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


def sheet(*, swapped: bool = False) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return the columns of the map and of the figures; swapped, the figures have the wide one."""
    with st.container(key="sheet"):
        left, right = st.columns(MAP_TO_FIGURES[:: -1 if swapped else 1])
    return left, right


def on_screen(name: str) -> DeltaGenerator:
    """Return the place of what only a screen can use: choices, files, lists to click on."""
    return st.container(key=f"on_screen_{name}")


def row(name: str) -> DeltaGenerator:
    """Return a row of things beside each other."""
    return st.container(key=name, horizontal=True)
