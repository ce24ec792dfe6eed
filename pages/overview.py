"""总览 Overview: where the creative sites of a region are, and how dense."""

from __future__ import annotations

from functools import partial

from ui.blocks import (
    completeness,
    grid,
    markup,
    notices,
    onfoot,
    rankings,
    selected,
    sentences,
    years,
)
from ui.cached import indicators
from ui.downloads import menu
from ui.downloads import onfoot as onfoot_file
from ui.filters import controls
from ui.map import page_map
from ui.overview import figures
from ui.pack import offer
from ui.state import fields, map_listener
from ui.state.pages import Overview
from ui.state.view import PageView, open_view


def page() -> None:
    """Draw the page."""
    view = open_view(Overview)
    above = grid.above()
    left, right = grid.sheet()
    with left:
        # Before all else: while the figures are computed, the browser paints.
        page_map.show(
            page_map.with_sites(view),
            region=view.region,
            unit=view.unit,
            position=map_listener.shown(view, "overview"),
        )
    overall, table = indicators.overall(view.query), indicators.table(view.query)
    sentence = sentences.overview(view)
    with above:
        grid.headline(sentence)
        filter_row(view)
        notices.show(view)
    with right:
        grid.headline(sentence, narrow=True)
        grid.write(markup.figures(figures.of_region(view, overall)))
        page_map.finder(view)
        if overall.n == 0:
            controls.clear(view, key="clear_empty")
        with grid.chosen(view.state.at):
            grid.write(
                selected.card(view) or markup.paragraph(view.t("overview.pick"), kind="lead")
            )
        grid.write(figures.unlocated(view, overall))
        grid.write(rankings.chart(view, table, indicator=view.state.shade, most=7))
        grid.write(figures.whole_table(view))
        onfoot.show(view)
        grid.write(completeness.note(view))
        years.show(view)
        grid.write(figures.sources(view, overall, indicators.units(view.query)))


def filter_row(view: PageView[Overview]) -> None:
    """Draw the filters and tools."""
    with grid.bar():
        with grid.filters():
            controls.region(view)
            controls.sector(view)
            controls.kind(view)
            controls.more(view, (fields.LEVEL, fields.STATUS, fields.EVIDENCE))
            controls.shading(view, fields.SHADE, fields.SHADINGS, label="shade")
            controls.radius(view)
            controls.base_map(view)
        with grid.tools():
            controls.language(view)
            controls.copy_link(view, "overview")
            menu.popover(view, before=partial(onfoot_file.offer, view))
            offer.show(view, "overview")


if __name__ == "__main__":
    page()
