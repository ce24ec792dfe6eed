"""总览 Overview: where the creative sites of a region are, and how dense."""

from __future__ import annotations

from ui import (
    controls,
    downloads,
    fields,
    figures,
    frame,
    headline,
    mapframe,
    notices,
    results,
    selected,
    sentences,
)
from ui.view import View, close_view, open_view


def page() -> None:
    """Draw the page."""
    view = open_view(fields.OVERVIEW)
    overall, table = results.overall(view.query), results.table(view.query)
    sentence = sentences.overview(view, overall, table)
    frame.headline(sentence)
    filter_row(view)
    notices.show(view)
    left, right = frame.sheet()
    with left:
        mapframe.with_sites(view, table, indicator=view.values["shade"])
    with right:
        frame.headline(sentence, narrow=True)
        frame.write(figures.grid(headline.grid(view, overall)))
        mapframe.finder(view)
        if overall.n == 0:
            controls.clear(view, key="clear_empty")
        with frame.chosen(view.values["at"]):
            frame.write(
                selected.card(view) or figures.paragraph(view.t("overview.pick"), kind="lead")
            )
        frame.write(headline.unlocated(view, overall))
        frame.write(headline.ranking(view, table, indicator=view.values["shade"], most=7))
        frame.write(headline.sources(view, overall, results.places(view.query)))
    close_view(view, fields.OVERVIEW)


def filter_row(view: View) -> None:
    """Draw the filters and tools."""
    with frame.bar():
        with frame.filters():
            controls.region(view)
            controls.sector(view)
            controls.kind(view)
            controls.more(view, (fields.LEVEL, fields.STATUS, fields.EVIDENCE))
            controls.shading(view, fields.SHADE, fields.SHADINGS, label="shade")
            controls.radius(view)
            controls.base_map(view)
        with frame.tools():
            controls.language(view)
            controls.copy_link(view, "overview")
            downloads.popover(view)


if __name__ == "__main__":
    page()
