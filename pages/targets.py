"""目标 Targets: what the documents set and report, goal against actual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import (
    controls,
    downloads,
    fields,
    figures,
    frame,
    names,
    notices,
    sentences,
    targets,
)
from ui.view import View, close_view, open_view

if TYPE_CHECKING:
    import pandas as pd


def page() -> None:
    """Draw the page."""
    view = open_view(fields.TARGETS)
    t = view.t
    measures = targets.chosen(*(view.values[name] for name in ("place", "theme", "state")))
    said = sentences.targets(view, measures)
    frame.headline(said)
    filter_row(view, measures)
    notices.show(view)
    frame.headline(said, narrow=True)
    frame.write(figures.paragraph(t("targets.lead")))
    for region in dict.fromkeys(measures["region"]):
        rows = measures[measures["region"] == region]
        if not rows.empty:
            name = names.regions(t.lang)[region]
            frame.write(figures.heading(name, note=t("targets.count", n=len(rows))))
            frame.write(targets.table(t, rows, caption=t("targets.caption", region=name)))
    close_view(view, fields.TARGETS)


def filter_row(view: View, measures: pd.DataFrame) -> None:
    """Draw the filters and tools."""
    t = view.t
    with frame.bar():
        with frame.filters():
            regions = names.regions(t.lang)
            controls.choose_many(view, fields.PLACES, regions, regions.__getitem__, label="region")
            controls.choose_many(
                view,
                fields.THEMES,
                targets.themes(),
                lambda theme: view.term("theme", theme),
                label="theme",
            )
            controls.choose_many(
                view,
                fields.STATE,
                targets.STATES,
                lambda state: t(f"targets.is_{state}"),
                label="state",
            )
        with frame.tools():
            controls.language(view)
            controls.copy_link(view, "targets")
            downloads.targets(view, measures)


if __name__ == "__main__":
    page()
