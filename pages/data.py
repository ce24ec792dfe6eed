"""数据 Data: a list of one's own, and what changed in the catalogue since a day."""

from __future__ import annotations

from geo.facts import revisions
from ui.blocks import grid, markup, notices
from ui.cached import names
from ui.data import changes, downloads, revised_districts
from ui.data.workspace import held, tools
from ui.data.workspace import page as workspace
from ui.filters import controls
from ui.intake import tool
from ui.intake.comparing import page as comparing
from ui.pinning import tool as pinning
from ui.state import fields, links, paging, session
from ui.state.pages import Data
from ui.state.view import PageView, open_view


def page() -> None:
    """Draw the page."""
    view = open_view(Data)
    now = held.shown(view.region) if view.state.show == "workspace" else None
    if now is not None:
        workspace.show(view, now)
        return
    tools.said(view)
    sheets = {"compare": comparing.show, "pins": pinning.page}
    if view.state.show in sheets:
        sheets[view.state.show](view)
        return
    if not view.state.record:
        tool.show(view)
        return
    if not view.state.show:
        # An address of before: the record stays when what it asked for is taken back.
        session.put(fields.SHOW, "record")
    record(view)


def record(view: PageView[Data]) -> None:
    """Draw what changed in the catalogue."""
    asked = view.state
    view = paging.back_to_the_first(view, fields.PART, (asked.region, asked.since, asked.reason))
    sentence = changes.headline(view)
    grid.headline(sentence)
    filter_row(view)
    notices.show(view)
    grid.headline(sentence, narrow=True)
    grid.write(markup.paragraph(view.t("data.lead")))
    left, right = grid.sheet()
    with left:
        grid.write(revised_districts.table(view))
    with right:
        grid.write(changes.summary(view))
    grid.write(changes.listed(view))


def filter_row(view: PageView[Data]) -> None:
    """Draw the filters and tools."""
    t = view.t
    with grid.bar():
        with grid.filters():
            grid.write(links.to(view, text=t("data.own_link"), name="ct-go", show="own"))
            pinning.way(view)
            controls.choose_region(view)
            controls.choose(
                view,
                fields.SINCE,
                dict.fromkeys(["", *revisions.days(), view.state.since]),
                lambda day: day or t("data.since_first", version=revisions.release()),
                label="since",
            )
            controls.choose_many(
                view,
                fields.REASON,
                names.terms("reason", "zh"),
                lambda code: view.term("reason", code),
                label="reason",
            )
        with grid.tools():
            controls.language(view)
            controls.copy_link(view, "data")
            downloads.lines(view)


if __name__ == "__main__":
    page()
