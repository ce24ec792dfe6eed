"""布局 Layouts: what a policy says about space, beside what stands there."""

from __future__ import annotations

import streamlit as st

from geo.facts import own_regions
from ui.blocks import grid, markup, notes, notices
from ui.cached import names
from ui.filters import controls
from ui.layouts import downloads, element_sites, layout_map, layout_sentence, panel, scores
from ui.layouts.draft import begin, editor, work
from ui.pack import offer
from ui.state import sides
from ui.state.pages import Layouts
from ui.state.view import PageView, open_view


def page() -> None:
    """Draw the page."""
    view = open_view(Layouts)
    work.follow(view.region)
    draft = work.current()
    if view.state.draft and draft is not None:
        editor.page(view, draft)
        return
    if own_regions.is_own(view.region) and not view.state.layout:
        without_layout(view)
        return
    if not view.state.layout:
        # Not one sound file: the notice says what is wrong with each.
        notices.refused_layouts(view)
        return
    shown = sides.sides(view)
    layout = shown[0].layout
    sentence = layout_sentence.headline(view, [side.layout for side in shown])
    grid.headline(sentence)
    filter_row(view)
    notices.show(view)
    begin.lost(view)
    notices.refused_layouts(view)
    if len(shown) > 1:
        windows = layout_map.same_scale(*(side.layout for side in shown))
        for column, side, window in zip(st.columns(2), shown, windows, strict=True):
            with column:
                title = view.t.of(side.layout, "name")
                pattern = view.t.of(side.layout, "pattern")
                grid.write(markup.heading(title, note=pattern))
                layout_map.show(side, key=f"layout{int(side.second)}", window=window)
        grid.headline(sentence, narrow=True)
        begin.offer(view)
        grid.write(scores.together(shown))
        for column, side in zip(st.columns(2), shown, strict=True):
            with column:
                name = names.layout_with_region(side.layout, view.t)
                grid.write(markup.heading(name))
                beside(side)
    else:
        left, right = grid.sheet()
        with left:
            layout_map.show(shown[0], key="layout", window=layout_map.focus(layout))
        with right:
            grid.headline(sentence, narrow=True)
            begin.offer(view)
            beside(shown[0])


def beside(side: sides.Side) -> None:
    """Draw scorecard, elements and links of a layout."""
    t = side.view.t
    grid.write(markup.paragraph(t.of(side.layout, "summary")))
    if own_regions.is_own(side.layout.region):
        notes.show(side.view, side.layout.region, "layout", side.layout.id)
    grid.write(element_sites.marked(side))
    grid.write(markup.heading(t("layouts.scorecard"), note=t("layouts.scorecard_note")))
    grid.write(scores.scorecard(side))
    grid.write(markup.heading(t("layouts.elements"), note=t("layouts.elements_note")))
    grid.write(panel.document(side))
    grid.write(panel.elements(side))
    grid.write(panel.links(side))


def without_layout(view: PageView[Layouts]) -> None:
    """Say that somebody's region has no layout, and offer to draw one."""
    sentence = view.t("layouts.none_of_region", region=view.region_name)
    grid.headline(sentence)
    with grid.bar():
        with grid.filters():
            controls.choose_region(view)
        with grid.tools():
            controls.language(view)
            begin.offer(view)
    notices.show(view)
    begin.lost(view)
    grid.headline(sentence, narrow=True)
    grid.write(markup.paragraph(view.t("layouts.none_note")))
    begin.blank(view)


def filter_row(view: PageView[Layouts]) -> None:
    """Draw the filters and tools."""
    with grid.bar():
        with grid.filters():
            controls.layout(view)
            controls.element(view)
            controls.phase(view)
            controls.radius(view)
        with grid.tools():
            controls.language(view)
            controls.copy_link(view, "layouts")
            downloads.layout(view)
            offer.show(view, "layouts")


if __name__ == "__main__":
    page()
