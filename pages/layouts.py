"""布局 Layouts: what a policy says about space, beside what stands there."""

from __future__ import annotations

import streamlit as st

from geo import layouts
from ui import (
    controls,
    downloads,
    fields,
    figures,
    frame,
    layoutmap,
    layoutpanel,
    notices,
    sentences,
)
from ui.address import render
from ui.view import View, close_view, open_view


def page() -> None:
    """Draw the page."""
    view = open_view(fields.LAYOUTS)
    layout = layouts.layout(view.values["layout"])
    other = view.values["beside"]
    frame.headline(sentences.layout(view, layout))
    filter_row(view)
    notices.show(view)
    if other:
        pair = (layout, layouts.layout(other))
        windows = layoutmap.same_scale(*pair)
        for side, (column, shown, window) in enumerate(
            zip(st.columns(2), pair, windows, strict=True)
        ):
            with column:
                title = layoutmap.name(view, shown)
                frame.write(figures.heading(title, note=getattr(shown, f"pattern_{view.t.lang}")))
                layoutmap.show(view, shown, key=f"layout{side}", window=window)
                beside(view, shown)
    else:
        left, right = frame.sheet()
        with left:
            layoutmap.show(view, layout, key="layout", window=layoutmap.focus(layout))
        with right:
            frame.headline(sentences.layout(view, layout), narrow=True)
            beside(view, layout)
    close_view(view, fields.LAYOUTS)


def beside(view: View, layout: layouts.Layout) -> None:
    """Draw elements and scorecard of a layout."""
    t = view.t
    frame.write(figures.paragraph(getattr(layout, f"summary_{t.lang}")))
    frame.write(figures.heading(t("layouts.scorecard"), note=t("layouts.scorecard_note")))
    frame.write(layoutpanel.scorecard(view, layout))
    frame.write(figures.heading(t("layouts.elements"), note=t("layouts.elements_note")))
    frame.write(layoutpanel.elements(view, layout))


def filter_row(view: View) -> None:
    """Draw the filters and tools."""
    with frame.bar():
        with frame.filters():
            controls.layout(view)
            controls.element(view)
            controls.phase(view)
            controls.radius(view)
        with frame.tools():
            controls.language(view)
            controls.copy_link(view, render(view.values, fields.LAYOUTS))
            downloads.layout(view)


if __name__ == "__main__":
    page()
