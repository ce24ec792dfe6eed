"""目标 Targets: what the documents set and report, goal against actual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.policy import goals
from ui.blocks import grid, markup, notices, sentences
from ui.cached import names
from ui.filters import controls
from ui.pack import offer
from ui.state import fields
from ui.state.pages import Targets
from ui.state.view import PageView, open_view
from ui.targets import downloads, goal_table

if TYPE_CHECKING:
    import pandas as pd


def page() -> None:
    """Draw the page."""
    view = open_view(Targets)
    t = view.t
    state = view.state
    measures = goal_table.chosen(state.place, state.theme, state.state)
    sentence = sentences.targets(view, measures)
    grid.headline(sentence)
    filter_row(view, measures)
    notices.show(view)
    grid.headline(sentence, narrow=True)
    grid.write(markup.paragraph(t("targets.lead")))
    for region in dict.fromkeys(measures["region"]):
        rows = measures[measures["region"] == region]
        if not rows.empty:
            name = names.regions(t.lang)[region]
            grid.write(markup.heading(name, note=t("targets.count", n=len(rows))))
            grid.write(goal_table.table(t, rows, caption=t("targets.caption", region=name)))


def filter_row(view: PageView[Targets], measures: pd.DataFrame) -> None:
    """Draw the filters and tools."""
    t = view.t
    with grid.bar():
        with grid.filters():
            regions = names.regions(t.lang)
            controls.choose_many(view, fields.PLACE, regions, regions.__getitem__, label="region")
            controls.choose_many(
                view,
                fields.THEME,
                goal_table.themes(),
                lambda theme: view.term("theme", theme),
                label="theme",
            )
            controls.choose_many(
                view,
                fields.STATE,
                goals.STATES,
                lambda state: t(f"targets.is_{state}"),
                label="state",
            )
        with grid.tools():
            controls.language(view)
            controls.copy_link(view, "targets")
            downloads.targets(view, measures)
            offer.show(view, "targets")


if __name__ == "__main__":
    page()
