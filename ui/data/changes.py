"""The changes in view: which there are, the sentence that sums them up, the list of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo import formats
from geo.errors import DataError
from geo.facts import boundaries, revisions
from geo.measures import revised
from layers import templates
from ui.blocks import markup, record, site_links
from ui.cached import names, records
from ui.state import links

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from markupsafe import Markup

    from ui.state.pages import Data
    from ui.state.view import PageView

TEMPLATE: Final = "ui/data/changes.html"
ROWS: Final = 40
"""Entries on a page of the list."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row of a table that changed on a day: what it is, what changed of it, and why."""

    name: Markup | str
    table: str
    date: str
    reasons: Sequence[str]
    facts: str


def since(view: PageView[Data]) -> str:
    """Return the day from which changes are in view, the first on record where none is chosen."""
    return view.state.since or min(revisions.days(), default="")


def lines(view: PageView[Data]) -> pd.DataFrame:
    """Return the lines of the record in view, in its order."""
    every = revisions.recorded()
    kept = (every["region"] == view.region) & (every["date"] >= since(view))
    if view.state.reason:
        kept &= every["reason"].isin(view.state.reason)
    return every[kept]


def _entries(view: PageView[Data]) -> list[pd.DataFrame]:
    """Return the lines in view by day and row, the latest day first and sites before the rest."""
    tables = list(names.terms("table", "zh"))
    place = {table: at for at, table in enumerate(tables)}
    shown = lines(view)
    ordered = shown.assign(place=shown["table"].map(place)).sort_values(
        ["date", "place"], ascending=[False, True], kind="stable"
    )
    return [rows for _, rows in ordered.groupby(["date", "table", "row"], sort=False)]


def moved(view: PageView[Data]) -> pd.DataFrame | None:
    """Return the districts whose figures moved; None where the record cannot say."""
    try:
        return revised.revised(view.region, since(view)) if since(view) else None
    except DataError:
        return None


def headline(view: PageView[Data]) -> str:
    """Return what changed since when, of which region, and how many districts' figures moved."""
    t = view.t
    shown = lines(view)
    day = since(view)
    blanks = {
        "since": t("data.since_day", day=day)
        if view.state.since
        else t("data.since_release", version=revisions.release()),
        "region": view.region_short,
        "n": formats.whole(len(shown)),
        "rows": formats.whole(len(shown.drop_duplicates(["table", "row"]))),
    }
    if not day or shown.empty:
        return t("data.headline_none", **blanks)
    if reasons := view.state.reason:
        words = t("list.comma").join(view.term("reason", code).lower() for code in reasons)
        return t("data.headline_reason", reasons=words, **blanks)
    new = shown[(shown["table"] == "sites") & (shown["reason"] == "added")]
    said = t("data.headline", **blanks)
    if len(new):
        said += t("data.headline_added", added=formats.whole(len(new)))
    districts = moved(view)
    if districts is None:
        return said
    total = len(boundaries.districts(view.region))
    return said + t(
        "data.headline_moved", total=total, n=len(districts), unit=view.noun(len(districts))
    )


def summary(view: PageView[Data]) -> Markup:
    """Return how many entries of each table changed for each reason."""
    t = view.t
    changed = lines(view).drop_duplicates(["table", "row", "reason"])
    counts = changed.groupby(["table", "reason"]).size()
    rows = [
        (what, why, formats.whole(counts[table, reason]))
        for table, what in names.terms("table", t.lang).items()
        for reason, why in names.terms("reason", t.lang).items()
        if (table, reason) in counts
    ]
    heads = [t("data.table"), t("data.entries")]
    head = markup.heading(t("data.summary"))
    return head + templates.piece(TEMPLATE, "summary")(t("data.summary"), heads, rows)


def listed(view: PageView[Data]) -> Markup:
    """Return a page of the changes in view, an entry for each row and day, the newest first."""
    t = view.t
    groups = _entries(view)
    if not groups:
        return markup.paragraph(t("data.none"))
    last = (len(groups) - 1) // ROWS
    page = min(int(view.state.part) - 1, last)
    first = page * ROWS
    entries = [_entry(view, rows) for rows in groups[first : first + ROWS]]
    place = t(
        "data.shown",
        first=formats.whole(first + 1),
        last=formats.whole(first + len(entries)),
        n=formats.whole(len(groups)),
    )
    beside = [
        links.to(view, text=t(f"find.{key}"), part=str(page + 1 + step))
        for step, key, there in ((-1, "before", page > 0), (1, "after", page < last))
        if there
    ]
    head = markup.heading(t("data.list"), note=t("data.list_note"))
    return head + templates.piece(TEMPLATE, "entries")(t("data.list"), entries, place, beside)


def _entry(view: PageView[Data], rows: pd.DataFrame) -> Entry:
    t, told = view.t, revisions.texts(rows)
    first = told[0]
    table, key = first["table"], first["row"]
    name = first[f"name_{view.t.lang}"] or first["name_zh"] or key
    known = table == "sites" and key in records.every_id()
    return Entry(
        name=site_links.profile(view, key, text=name) if known else name,
        table=view.term("table", table),
        date=first["date"],
        reasons=list(dict.fromkeys(view.term("reason", line["reason"]) for line in told)),
        facts=t("list.stop").join(dict.fromkeys(record.fact(view, table, line) for line in told)),
    )
