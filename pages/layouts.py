"""布局 Layouts: what a policy says about space, beside what stands there."""

from __future__ import annotations

import streamlit as st

from ui import (
    controls,
    downloads,
    fields,
    figures,
    frame,
    layoutmap,
    layoutpanel,
    layoutscores,
    layoutsentence,
    layoutside,
    layoutsites,
    notices,
)
from ui.view import View, close_view, open_view


def page() -> None:
    """Draw the page."""
    view = open_view(fields.LAYOUTS)
    if not view.values["layout"]:
        # Not one sound file: the notice says what is wrong with each.
        notices.refused_layouts(view)
        return
    shown = layoutside.sides(view)
    layout = shown[0].layout
    said = layoutsentence.headline(view, [side.layout for side in shown])
    frame.headline(said)
    filter_row(view)
    notices.show(view)
    notices.refused_layouts(view)
    if len(shown) > 1:
        windows = layoutmap.same_scale(*(side.layout for side in shown))
        for column, side, window in zip(st.columns(2), shown, windows, strict=True):
            with column:
                title = layoutmap.name(view, side.layout)
                pattern = getattr(side.layout, f"pattern_{view.t.lang}")
                frame.write(figures.heading(title, note=pattern))
                layoutmap.show(side, key=f"layout{int(side.second)}", window=window)
        frame.headline(said, narrow=True)
        frame.write(layoutscores.together(shown))
        for column, side in zip(st.columns(2), shown, strict=True):
            with column:
                name = layoutmap.full_name(view, side.layout)
                frame.write(figures.heading(name))
                beside(side)
    else:
        left, right = frame.sheet()
        with left:
            layoutmap.show(shown[0], key="layout", window=layoutmap.focus(layout))
        with right:
            frame.headline(said, narrow=True)
            beside(shown[0])
    close_view(view, fields.LAYOUTS)


def beside(side: layoutside.Side) -> None:
    """Draw scorecard, elements and links of a layout."""
    t = side.view.t
    frame.write(figures.paragraph(getattr(side.layout, f"summary_{t.lang}")))
    frame.write(layoutsites.marked(side))
    frame.write(figures.heading(t("layouts.scorecard"), note=t("layouts.scorecard_note")))
    frame.write(layoutscores.scorecard(side))
    frame.write(figures.heading(t("layouts.elements"), note=t("layouts.elements_note")))
    frame.write(layoutpanel.document(side))
    frame.write(layoutpanel.elements(side))
    frame.write(layoutpanel.links(side))


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
            controls.copy_link(view, "layouts")
            downloads.layout(view)


if __name__ == "__main__":
    page()
