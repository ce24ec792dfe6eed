"""方法 Methods: what each indicator is, worked through with the numbers of a place."""

from __future__ import annotations

import streamlit as st

from ui.blocks import grid, notices
from ui.filters import controls
from ui.methods import catalogue, downloads, filter_row, sheet
from ui.state.pages import Methods
from ui.state.view import PageView, open_view


def page() -> None:
    """Draw the page."""
    view = open_view(Methods)
    sentence = sheet.headline(view)
    grid.headline(sentence)
    bar(view)
    notices.show(view)
    left, middle, right = grid.sheet(grid.LIST_SHEET_FACTS)
    with left, grid.on_screen("methods"):
        grid.write(sheet.listing(view))
    with right:
        catalogue.show(view)
        end = st.empty()
    with middle:
        grid.headline(sentence, narrow=True)
        if view.state.form == "code":
            sheet.code(view)
        else:
            sheet.explained(view)
        below = st.empty()
    # Last, for simulations may take seconds; meanwhile no example of another method stands there.
    example = sheet.example(view)
    if view.state.form == "formula":
        with below.container():
            sheet.worked_through(view, example)
    with end.container():
        grid.write(sheet.section(view.t("methods.cite"), note=view.t("methods.cite_note")))
        st.code(sheet.cited(view, example), language=None, wrap_lines=True)


def bar(view: PageView[Methods]) -> None:
    """Draw the choices and tools."""
    with grid.bar():
        with grid.filters():
            filter_row.choices(view)
        with grid.tools():
            controls.form(view)
            controls.language(view)
            controls.copy_link(view, "methods")
            downloads.listed(view)


if __name__ == "__main__":
    page()
