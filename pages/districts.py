"""区县 Districts: an indicator over all districts, ranked and compared; peers; other units."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo.measures.indicator_list import AREAL, INDICATORS
from ui.blocks import (
    completeness,
    grid,
    leftout,
    notes,
    notices,
    onfoot,
    pattern,
    rankings,
    selected,
    sentences,
    years,
)
from ui.cached import indicators
from ui.districts import basis, compared, full_table, profile
from ui.districts.peers import choice, comparison, plots, sentence
from ui.districts.peers import files as peer_files
from ui.districts.peers import sheet as peer_sheet
from ui.districts.units import division, sheet
from ui.districts.units import files as division_files
from ui.downloads import menu
from ui.downloads import onfoot as onfoot_file
from ui.filters import controls
from ui.map import page_map
from ui.pack import offer
from ui.state import fields, map_listener
from ui.state.pages import Districts
from ui.state.view import PageView, open_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.districts.peers.comparison import Comparison
    from ui.districts.units.division import Shown


def page() -> None:
    """Draw the page."""
    view = open_view(Districts)
    if view.state.view == "peers":
        beside_peers(comparison.comparison(view))
    elif view.state.view == "units":
        in_units(division.shown(view))
    else:
        of_all(view)


def of_all(view: PageView[Districts]) -> None:
    """Draw an indicator of all districts."""
    indicator, focus = view.state.by, view.state.focus
    overall = indicators.overall(view.query)
    table = indicators.with_quotients(view.query, focus=focus)
    headline = sentences.districts(view)
    grid.headline(headline)
    filter_row(view)
    notices.show(view)
    left, right = grid.sheet()
    with left:
        if view.state.view == "table":
            full_table.show(view, table, focus=focus)
        else:
            page_map.show(
                page_map.of_districts(view),
                region=view.region,
                unit=view.unit,
                position=map_listener.shown(view, "districts"),
            )
    with right:
        grid.headline(headline, narrow=True)
        grid.write(rankings.chart(view, table, indicator=indicator, focus=focus))
        grid.write(leftout.note(view, table, indicator=indicator))
        onfoot.show(view)
        compared.show(view, table, focus=focus)
        grid.write(basis.line(view, overall))
        grid.write(pattern.block(view))
        grid.write(completeness.note(view))
        years.show(view)
        with grid.chosen(view.state.at):
            grid.write(selected.card(view, more=profile.rows(view)))
            grid.write(choice.way(view))
            if view.state.at.kind == "district":
                notes.show(view, view.region, "district", view.state.at.id)


def beside_peers(shown: Comparison) -> None:
    """Draw one district, or a whole city, beside those most like it."""
    view, found = shown.view, plots.measures(shown)
    grid.headline(sentence.headline(shown, found))
    with grid.bar():
        with grid.filters():
            controls.region(view)
            choice.compared(shown)
            choice.rule(shown)
            controls.sector(view)
            controls.more(view, (fields.KIND, fields.LEVEL, fields.STATUS, fields.EVIDENCE))
            controls.radius(view)
        tools(view, files=partial(peer_files.offer, shown))
    notices.show(view)
    peer_sheet.show(shown, found)


def in_units(shown: Shown) -> None:
    """Draw the same sites in districts and in squares."""
    grid.headline(sheet.sentence(shown))
    view = shown.view
    with grid.bar():
        with grid.filters():
            controls.region(view)
            controls.shading(view, fields.INDICATOR, AREAL, label="indicator")
            if view.state.quotient:
                controls.focus(view)
            else:
                controls.sector(view)
            controls.more(view, (fields.KIND, fields.LEVEL, fields.STATUS, fields.EVIDENCE))
            if view.state.covered:
                controls.radius(view)
            with st.popover(view.t("control.classes")):
                controls.classes(view)
        tools(view, files=partial(division_files.offer, shown))
    notices.show(view)
    sheet.show(shown)


def filter_row(view: PageView[Districts]) -> None:
    """Draw the filters and tools."""
    with grid.bar():
        with grid.filters():
            controls.region(view)
            controls.shading(view, fields.INDICATOR, INDICATORS, label="indicator")
            if view.state.quotient:
                controls.focus(view)
            else:
                controls.sector(view)
            controls.more(view, (fields.KIND, fields.LEVEL, fields.STATUS, fields.EVIDENCE))
            controls.radius(view)
            controls.base_map(view)
        tools(view, files=partial(onfoot_file.offer, view))


def tools(view: PageView[Districts], *, files: Callable[[], None] | None = None) -> None:
    """Draw the tools; `files` offers those of one view."""
    with grid.tools():
        controls.shown(view)
        controls.language(view)
        controls.copy_link(view, "districts")
        menu.popover(view, before=files)
        offer.show(view, "districts")


if __name__ == "__main__":
    page()
