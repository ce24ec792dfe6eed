"""The changes in view: which there are, the sentence that sums them up, the list of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo import formats
from geo.errors import DataError
from geo.facts import boundaries, catalog, revisions
from geo.measures import revised
from geo.search import criteria
from layers import templates
from ui.blocks import markup, record, site_links
from ui.cached import names, records
from ui.state import fields, links

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
    every = _since(view)
    return every[every["region"] == view.region]


def _since(view: PageView[Data]) -> pd.DataFrame:
    """Return the lines of every region, and of none, that the filters let through."""
    every = revisions.since_release()
    kept = every["date"] >= since(view)
    if view.state.reason:
        kept &= every["reason"].isin(view.state.reason)
    return every[kept]


def _ordered(view: PageView[Data]) -> pd.DataFrame:
    """Return the lines in view by entry, the latest day first, what came and went before the rest.

    An entry is what changed of a row on a day; ``entry`` numbers them from 0.
    """
    shown = lines(view)
    for field in ("reason", "table"):
        place = {code: at for at, code in enumerate(names.terms(field, "zh"))}
        shown[f"{field}_place"] = shown[field].map(place)
    ordered = shown.sort_values(
        ["date", "reason_place", "table_place"], ascending=[False, True, True], kind="stable"
    )
    rows = ordered.groupby(["date", "table", "row"], sort=False)
    return ordered.assign(entry=rows.ngroup()).sort_values("entry", kind="stable")


def moved(view: PageView[Data]) -> pd.DataFrame | None:
    """Return the districts whose figures moved; None where the record cannot say."""
    try:
        return revised.revised(view.region, since(view)) if since(view) else None
    except DataError:
        return None


def headline(view: PageView[Data]) -> str:
    """Return what changed since when, of which region, and how many districts' figures moved."""
    t, day = view.t, since(view)
    if not day:
        return t("data.headline_unreleased", region=view.region_short)
    shown, reasons = lines(view), view.state.reason
    chosen = view.state.since
    blanks = {
        "since": t("data.since_day", day=chosen)
        if chosen
        else t("data.since_release", version=revisions.release()),
        "region": view.region_short,
        "n": formats.whole(len(shown)),
    }
    if reasons:
        words = t("list.comma").join(view.term("reason", code).lower() for code in reasons)
        key = "data.headline_none_reason" if shown.empty else "data.headline_reason"
        return t(key, reasons=words, **blanks)
    if shown.empty:
        return t("data.headline_none", **blanks)
    sentence = t("data.headline", **blanks)
    new = shown.loc[(shown["table"] == "sites") & (shown["reason"] == "added"), "row"]
    sites = catalog.sites(scope=catalog.WIDE)
    scopes = sites.loc[sites["id"].isin(new), "scope"].value_counts()
    for scope in criteria.SCOPES:
        if n := int(scopes.get(scope, 0)):
            sentence += t(f"data.headline_{scope}", n=n)
    districts = moved(view)
    if districts is None:
        return sentence
    total = len(boundaries.districts(view.region))
    unit, n = view.noun(total), len(districts)
    return sentence + t("data.headline_moved", total=total, n=n, unit=unit)


def summary(view: PageView[Data]) -> Markup:
    """Return how many changes there are of each table and field, for each reason."""
    t, shown = view.t, lines(view)
    counts = shown.fillna({"field": ""}).groupby(["table", "reason", "field"]).size()
    reasons, tables = (list(names.terms(field, "zh")) for field in ("reason", "table"))
    keys = sorted(
        counts.index,
        key=lambda key: (reasons.index(key[1]), tables.index(key[0]), -counts[key]),
    )
    rows = [
        (
            view.term("table", table),
            t("list.dot").join(
                filter(None, (record.title(view, table, field), view.term("reason", reason)))
            ),
            formats.whole(counts[table, reason, field]),
        )
        for table, reason, field in keys
    ]
    if rows:
        rows.append((t("data.total"), "", formats.whole(len(shown))))
    heads = [t("data.table"), t("data.entries")]
    head = markup.heading(t("data.summary"))
    drawn = templates.piece(TEMPLATE, "summary")(t("data.summary"), heads, rows)
    n = int(_since(view)["region"].isna().sum())
    return head + drawn + (markup.paragraph(t("data.elsewhere", n=n)) if n else "")


def listed(view: PageView[Data]) -> Markup:
    """Return a page of the changes in view, an entry for each row and day, the newest first."""
    t = view.t
    ordered = _ordered(view)
    if ordered.empty:
        return markup.paragraph(t("data.none"))
    n = int(ordered["entry"].max()) + 1
    last = (n - 1) // ROWS
    page = min(int(view.state.part) - 1, last)
    first = page * ROWS
    shown = ordered[ordered["entry"].between(first, first + ROWS - 1)]
    entries = [_entry(view, rows) for _, rows in shown.groupby("entry")]
    place = t(
        "data.shown",
        first=formats.whole(first + 1),
        last=formats.whole(first + len(entries)),
        n=formats.whole(n),
    )
    beside = links.pages_beside(view, fields.PART, page, last=last)
    head = markup.heading(t("data.list"), note=place)
    return head + templates.piece(TEMPLATE, "entries")(t("data.list"), entries, beside)


def _entry(view: PageView[Data], rows: pd.DataFrame) -> Entry:
    t, lines_of_row = view.t, revisions.texts(rows)
    first = lines_of_row[0]
    table, key = first["table"], first["row"]
    name = first[f"name_{view.t.lang}"] or first["name_zh"] or key
    known = table == "sites" and records.is_known(key)
    return Entry(
        name=site_links.profile(view, key, text=name) if known else name,
        table=view.term("table", table),
        date=first["date"],
        reasons=list(dict.fromkeys(view.term("reason", line["reason"]) for line in lines_of_row)),
        facts=t("list.stop").join(
            dict.fromkeys(record.fact(view, table, line) for line in lines_of_row)
        ),
    )
