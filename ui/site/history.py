"""What the record of changes says of a site, a line each, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from geo.facts import own_regions, revisions
from layers import templates
from ui.blocks import markup, record

if TYPE_CHECKING:
    import pandas as pd

    from ui.state.pages import Site
    from ui.state.view import PageView

TEMPLATE: Final = "ui/site/profile.html"


def history(view: PageView[Site], site: pd.Series) -> Markup:
    """Return what changed of a site since release 0.1.0: day, what it was, and why.

    The record is one of the catalogue: of a site of somebody's own there is nothing to say.
    """
    if own_regions.is_own(view.region):
        return Markup()
    t = view.t
    head = markup.heading(t("site.history"), note=t("site.history_note"))
    lines = revisions.recorded()
    own = lines[(lines["table"] == "sites") & (lines["row"] == site["id"])]
    if own.empty:
        return head + markup.paragraph(t("site.history_none"))
    rows = [
        (line["date"], record.fact(view, "sites", line), view.term("reason", line["reason"]))
        for line in reversed(revisions.texts(own))
    ]
    return head + templates.piece(TEMPLATE, "history")(rows)
