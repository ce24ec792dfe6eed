"""选园 Find a park: filter, see, compare, shortlist, take along."""

from __future__ import annotations

from ui import (
    controls,
    downloads,
    fields,
    figures,
    findcontrols,
    finding,
    findmap,
    frame,
    notices,
    resultlist,
    sentences,
    shortlist,
    sitecompare,
)
from ui.view import View, close_view, open_view


def page() -> None:
    """Draw the page."""
    view = open_view(fields.FIND)
    finding.back_to_the_first_page(view)
    sentence = sentences.find(view)
    frame.headline(sentence)
    filter_rows(view)
    notices.show(view)
    left, right = frame.sheet()
    with left:
        findmap.show(view)
        frame.write(sitecompare.table(view, place="ct-wide"))
    with right:
        frame.headline(sentence, narrow=True)
        results(view)
        shortlist.box(view)
        if said := resultlist.unlocated(view):
            frame.write(figures.paragraph(said))
        frame.write(sitecompare.table(view, place="ct-narrow"))
    close_view(view, fields.FIND)


def results(view: View) -> None:
    """Draw the list of results, or how to get some."""
    t = view.t
    found = finding.found(view)
    with frame.row("found"):
        note = t(f"find.list_note_{finding.order(view)}", km=finding.within_km(view))
        frame.write(figures.heading(t("find.list_title", n=len(found)), note=note))
        findcontrols.sort(view)
    if found.empty:
        findcontrols.clear_button(view)
    frame.write(resultlist.rows(view))


def filter_rows(view: View) -> None:
    """Draw the filters and tools."""
    with frame.bar():
        with frame.filters():
            findcontrols.first_row(view)
        with frame.tools():
            controls.language(view)
            controls.copy_link(view, "find")
            downloads.found(view)
    with frame.row("choices"):
        findcontrols.second_row(view)


if __name__ == "__main__":
    page()
