"""What the record of changes says of a site, a line each, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.facts import catalog, dictionary
from layers import templates
from ui.blocks import markup

if TYPE_CHECKING:
    import pandas as pd
    from markupsafe import Markup

    from geo.facts.dictionary import Column
    from ui.state.pages import Site
    from ui.state.view import PageView

TEMPLATE: Final = "ui/site/profile.html"


def history(view: PageView[Site], site: pd.Series) -> Markup:
    """Return what changed of a site since release 0.1.0: day, what it was, and why."""
    t = view.t
    head = markup.heading(t("site.history"), note=t("site.history_note"))
    recorded = catalog.changes()
    own = recorded[(recorded["table"] == "sites") & (recorded["id"] == site["id"])].fillna("")
    if own.empty:
        return head + markup.paragraph(t("site.history_none"))
    lines = [
        (line["date"], _said(view, line), t(f"record.{line['reason']}"))
        for line in reversed(own.to_dict("records"))
    ]
    return head + templates.piece(TEMPLATE, "history")(lines)


def _said(view: PageView[Site], line: dict[str, str]) -> str:
    """Return what a line tells of: the whole entry, or a fact with what it was and is."""
    t = view.t
    if not line["field"]:
        return t("site.history_entry")
    column = dictionary.columns("sites")[line["field"]]
    name = column.title[t.lang]
    if not _is_told(column):
        return name
    old, new = (_value(view, column, line[side]) for side in ("old", "new"))
    return t("site.history_fact", name=name, old=old, new=new)


def _is_told(column: Column) -> bool:
    """Whether its values are told: remarks and sources are written for the table, not for here."""
    return not column.name.endswith(("source", "note"))


def _value(view: PageView[Site], column: Column, cell: str) -> str:
    """Return a cell in words; one whose code has no word any more as told by another rule."""
    t = view.t
    if not cell:
        return t("site.history_empty")
    if not column.codes:
        return cell
    known = column.codes
    words = [known[code][t.lang] if code in known else "" for code in cell.split(";")]
    return t("list.comma").join(words) if all(words) else t("site.history_former")
