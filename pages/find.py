"""选园 Find a park: filter, see, compare, shortlist, take along."""

from __future__ import annotations

from geo import formats
from ui.blocks import grid, markup, notices, sentences
from ui.filters import controls, finding
from ui.find import (
    comparison,
    downloads,
    filter_bar,
    kept_lists,
    result_list,
    result_map,
    shortlist,
)
from ui.pack import offer
from ui.state import fields, paging
from ui.state.pages import Find
from ui.state.view import PageView, open_view


def page() -> None:
    """Draw the page."""
    view = open_view(Find)
    listed = (view.region, view.state.criteria, view.state.sort)
    view = paging.back_to_the_first(view, fields.PAGE, listed)
    sentence = sentences.find(view)
    grid.headline(sentence)
    filter_rows(view)
    notices.show(view)
    left, right = grid.sheet()
    with left:
        result_map.show(view)
        grid.write(comparison.table(view, place="ct-wide"))
    with right:
        grid.headline(sentence, narrow=True)
        results(view)
        shortlist.box(view)
        kept_lists.show(view)
        if unlocated := result_list.unlocated(view):
            grid.write(markup.paragraph(unlocated))
        grid.write(comparison.table(view, place="ct-narrow"))


def results(view: PageView[Find]) -> None:
    """Draw the list of results, or how to get some."""
    t = view.t
    sites = finding.results(view)
    with grid.row("found"):
        note = t(f"find.list_note_{finding.order(view)}", km=finding.within_km(view))
        grid.write(markup.heading(t("find.list_title", n=formats.whole(len(sites))), note=note))
        filter_bar.sort(view)
    if sites.empty:
        controls.clear(view, key="clear_none")
    grid.write(result_list.rows(view))


def filter_rows(view: PageView[Find]) -> None:
    """Draw the filters and tools."""
    with grid.bar():
        with grid.filters():
            filter_bar.first_row(view)
        with grid.tools():
            controls.language(view)
            controls.copy_link(view, "find")
            downloads.results(view)
            offer.show(view, "find")
    with grid.row("choices"):
        filter_bar.second_row(view)


if __name__ == "__main__":
    page()
