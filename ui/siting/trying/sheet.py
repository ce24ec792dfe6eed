"""The sheet of a trial: map and pins left, what they change right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.blocks import completeness, grid, markup, notes, selected
from ui.siting import basis, progress
from ui.siting.trying import controls, elements, tables, trial_map

if TYPE_CHECKING:
    from ui.siting.trying.steps import Steps
    from ui.state.pages import Siting
    from ui.state.view import PageView


def show(view: PageView[Siting], done: Steps, headline: str) -> None:
    """Draw the sheet below the filters."""
    left, right = grid.sheet()
    with left:
        grid.headline(headline, narrow=True)
        trial_map.show(view, done)
        with grid.on_screen("trial"):
            controls.typed(view)
        grid.hold(tables.of_pins(view, done))
        lacking = elements.lacking(view)
        grid.hold(markup.paragraph(lacking) if lacking else None)
    with right:
        with grid.chosen(view.state.at):
            if view.state.at.kind == "district":
                grid.hold(selected.card(view))
                notes.show(view, view.region, "district", view.state.at.id)
        if not view.state.against:
            progress.show(view)
        grid.hold(tables.of_plans(view))
        grid.hold(tables.of_districts(view))
        grid.hold(tables.of_elements(view))
        with grid.on_screen("changes"):
            grid.hold(tables.of_changes(view, done))
        told = view.t("list.sentence").join([view.t("trial.counted"), view.t("trial.note")])
        grid.hold(markup.paragraph(told))
        grid.hold(basis.rests_on(view))
        grid.hold(completeness.note(view))
