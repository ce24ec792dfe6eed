"""区县 Districts: one indicator over all districts, ranked, tabled and compared."""

from __future__ import annotations

from markupsafe import Markup

from ui import (
    compared,
    controls,
    downloads,
    fields,
    frame,
    headline,
    leftout,
    mapframe,
    notices,
    results,
    selected,
    sentences,
    tables,
)
from ui.view import View, close_view, open_view


def page() -> None:
    """Draw the page."""
    view = open_view(fields.DISTRICTS)
    indicator, focus = view.values["by"], view.values["focus"]
    overall = results.overall(view.query)
    table = results.with_quotients(view.query, focus=focus)
    sentence = sentences.districts(view, overall, table, indicator=indicator, focus=focus)
    frame.headline(sentence)
    filter_row(view)
    notices.show(view)
    left, right = frame.sheet()
    with left:
        if view.values["view"] == "table":
            tables.show(view, table, focus=focus)
        else:
            mapframe.of_districts(view, table, indicator=indicator)
    with right:
        frame.headline(sentence, narrow=True)
        frame.write(headline.ranking(view, table, indicator=indicator, focus=focus))
        frame.write(leftout.note(view, table, indicator=indicator))
        compared.show(view, table, focus=focus)
        frame.write(headline.basis(view, overall))
        with frame.chosen(view.values["at"]):
            frame.write(selected.card(view) or Markup(""))
    close_view(view, fields.DISTRICTS)


def filter_row(view: View) -> None:
    """Draw the filters and tools."""
    with frame.bar():
        with frame.filters():
            controls.region(view)
            controls.shading(view, fields.INDICATOR, fields.INDICATORS, label="indicator")
            if view.values["by"] == "lq":
                controls.focus(view)
            else:
                controls.sector(view)
            controls.more(view, (fields.KIND, fields.LEVEL, fields.STATUS, fields.EVIDENCE))
            controls.radius(view)
            controls.base_map(view)
        with frame.tools():
            controls.shown(view)
            controls.language(view)
            controls.copy_link(view, "districts")
            downloads.popover(view)


if __name__ == "__main__":
    page()
