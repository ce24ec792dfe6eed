"""集聚 Clusters: where sites cluster, how sure that is, and what districts specialise in."""

from __future__ import annotations

from ui.blocks import completeness, grid, notes, notices
from ui.cached import clustering
from ui.clusters import (
    card,
    chance,
    choices,
    cluster_list,
    cluster_map,
    downloads,
    heat_table,
    sentence,
    setting_strip,
)
from ui.filters import controls
from ui.pack import offer
from ui.state import fields
from ui.state.pages import Clusters
from ui.state.view import PageView, open_view


def page() -> None:
    """Draw the page."""
    view = open_view(Clusters)
    headline = sentence.headline(view)
    grid.headline(headline)
    filter_row(view)
    notices.show(view)
    left, right = grid.sheet()
    with left:
        cluster_map.show(view)
        grid.write(cluster_list.table(view, place="ct-wide"))
    with right:
        grid.headline(headline, narrow=True)
        if not clustering.n_sites(view.query):
            controls.clear(view, key="clear_empty")
        with grid.chosen(view.state.at):
            grid.write(card.card(view))
            if view.state.at.kind == "district":
                notes.show(view, view.region, "district", view.state.at.id)
        grid.write(cluster_list.table(view, place="ct-narrow"))
        grid.write(heat_table.table(view))
        grid.write(chance.tests(view))
        grid.write(setting_strip.table(view))
        grid.write(chance.basis(view))
        grid.write(completeness.note(view))


def filter_row(view: PageView[Clusters]) -> None:
    """Draw the filters and tools."""
    with grid.bar():
        with grid.filters():
            controls.region(view)
            controls.sector(view)
            choices.setting(view)
            controls.kind(view)
            controls.more(view, (fields.LEVEL, fields.STATUS, fields.EVIDENCE))
            controls.base_map(view)
        with grid.tools():
            controls.language(view)
            controls.copy_link(view, "clusters")
            downloads.offered(view)
            offer.show(view, "clusters")


if __name__ == "__main__":
    page()
