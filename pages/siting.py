"""选址 Plan a site: where the next sites would serve most residents, why, and how good that is."""

from __future__ import annotations

import streamlit as st

from ui.blocks import completeness, grid, notes, notices, onfoot
from ui.filters import controls
from ui.pack import offer
from ui.siting import (
    basis,
    card,
    choices,
    curve,
    district_table,
    downloads,
    figures,
    keeping,
    others,
    place_list,
    plan_map,
    progress,
    sentence,
)
from ui.siting.trying import controls as trial_controls
from ui.siting.trying import downloads as trial_downloads
from ui.siting.trying import sentence as trial_sentence
from ui.siting.trying import sheet as trial_sheet
from ui.siting.trying import steps
from ui.state import fields
from ui.state.pages import Siting
from ui.state.view import PageView, open_view


def page() -> None:
    """Draw the page."""
    view = open_view(Siting)
    if view.state.tries:
        trying(view)
        return
    with st.spinner(view.t("siting.looking")):
        progress.begin(view)
        headline = sentence.headline(view)
    grid.headline(headline)
    filter_row(view)
    notices.show(view)
    grid.hold(choices.served_instead(view))
    left, right = grid.sheet()
    with left:
        plan_map.show(view)
        grid.write(district_table.table(view, place="ct-wide"))
    with right:
        grid.headline(headline, narrow=True)
        with grid.chosen(view.state.at):
            grid.write(card.card(view))
            if view.state.at.kind == "district":
                notes.show(view, view.region, "district", view.state.at.id)
        grid.hold(others.note(view))
        grid.hold(figures.block(view))
        progress.show(view)
        grid.hold(place_list.table(view))
        grid.hold(others.listed(view))
        grid.hold(basis.proof(view))
        grid.hold(curve.chart(view))
        grid.hold(district_table.table(view, place="ct-narrow"))
        onfoot.show(view)
        grid.hold(basis.rests_on(view))
        grid.hold(completeness.note(view))


def trying(view: PageView[Siting]) -> None:
    """Draw the page with pins of the reader's own."""
    done = steps.follow(view)
    with st.spinner(view.t("siting.looking")):
        progress.begin(view)
        headline = trial_sentence.headline(view)
    grid.headline(headline)
    with grid.bar():
        with grid.filters():
            controls.region(view)
            controls.radius(view)
            trial_controls.layout(view)
            trial_controls.against(view)
            which_sites(view)
        with grid.tools():
            controls.mode(view)
            trial_controls.undo_and_redo(view, done)
            controls.language(view)
            controls.copy_link(view, "siting")
            keeping.offer(view, view.state.pinned)
            trial_downloads.offered(view)
            offer.show(view, "siting")
    notices.show(view)
    grid.hold(choices.served_instead(view))
    keeping.said(view)
    trial_sheet.show(view, done, headline)


def filter_row(view: PageView[Siting]) -> None:
    """Draw the filters and tools."""
    with grid.bar():
        with grid.filters():
            controls.region(view)
            choices.new_sites(view)
            controls.radius(view)
            choices.model(view)
            which_sites(view)
        with grid.tools():
            controls.mode(view)
            controls.language(view)
            controls.copy_link(view, "siting")
            downloads.offered(view)
            offer.show(view, "siting")


def which_sites(view: PageView[Siting]) -> None:
    """Choose which of today's sites there are."""
    controls.sector(view)
    controls.more(view, (fields.KIND, fields.LEVEL, fields.STATUS, fields.EVIDENCE))


if __name__ == "__main__":
    page()
