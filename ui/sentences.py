"""The sentence that opens a page, written from the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import formats, layoutmap, names, rankings, results
from ui.results import COLUMN

if TYPE_CHECKING:
    import pandas as pd

    from geo.layout_model import Layout
    from geo.summary import Summary
    from ui.view import View

FEW = 5
"""Fewer sites than this make no statement about concentration."""


def overview(view: View, overall: Summary, table: pd.DataFrame) -> str:
    """Return the headline of the overview."""
    t = view.t
    if overall.n == 0:
        return t("overview.headline_none", region=view.region_short)
    if overall.n_placed == 0:
        return t("overview.headline_unplaced", region=view.region_short, n=overall.n)
    held = overall.concentration
    if overall.n >= FEW and held.labels and len(held.labels) < overall.n_served:
        return view.say(
            "overview.headline",
            region=view.region_short,
            n=overall.n,
            share=formats.percent(held.share_of_sites, digits=0),
            land=formats.percent(held.share_of_land),
            ground=t(_ground(table)),
            k=len(held.labels),
            unit=view.noun(len(held.labels)),
        )
    first = str(table["n"].idxmax())
    return view.say(
        "overview.headline_two",
        region=view.region_short,
        n=overall.n,
        served=overall.n_served,
        unit=view.noun(overall.n_served),
        first=view.district_name(first),
        top=formats.whole(table["n"].max()),
    )


def districts(
    view: View, overall: Summary, table: pd.DataFrame, *, indicator: str, focus: str
) -> str:
    """Return the headline of the districts page for one indicator."""
    t = view.t
    if overall.n == 0:
        return t("overview.headline_none", region=view.region_short)
    if overall.n_placed == 0:
        return t("overview.headline_unplaced", region=view.region_short, n=overall.n)
    rows = table.dropna(subset=[COLUMN[indicator]])
    blanks: dict[str, object] = {
        "region": view.region_short,
        "total": overall.n_districts,
        "served": overall.n_served,
        "unit": view.noun(overall.n_districts),
        "km": view.radius_km,
        "share": formats.percent(overall.coverage),
    }
    if indicator == "lq":
        rows = rows[~rows["few"]]
        blanks |= {
            "focus": view.family(focus) if view.t.lang == "zh" else view.family(focus).lower(),
            "enough": len(rows),
        }
        if rows.empty:
            return view.say("districts.headline_lq_none", **blanks)
    if rows.empty:
        return t("overview.headline_two", first=formats.MISSING, top=0, n=overall.n, **blanks)
    column = COLUMN[indicator]
    first = str(rows[column].idxmax())
    value = rankings.value_text(indicator, rows.loc[first, column])
    return view.say(
        f"districts.headline_{indicator}", first=view.district_name(first), value=value, **blanks
    )


def _ground(table: pd.DataFrame) -> str:
    """Return the text for what the areas are: land where all are official, else the outlines'."""
    official = (table["area_source"] == "official").all()
    return "overview.land" if official else "overview.outline"


def layout(view: View, shown: Layout) -> str:
    """Return the headline of a layout: what its named places hold, and who is not named."""
    t = view.t
    named = [each.id for each in shown.elements if each.kind in {"core", "node"} and each.located]
    held = {key for element in named for key in layoutmap.present(shown.id).get(element, ())}
    strong = [
        names.districts(shown.region, layoutmap.unit(shown), t.lang)[code]
        for code in layoutmap.strongholds(shown.id)
    ]
    blanks: dict[str, object] = {
        "region": names.regions(t.lang)[shown.region],
        "name": layoutmap.name(view, shown),
        "share": formats.percent(len(held) / len(results.all_sites(shown.region)), digits=0),
        "n": len(named),
        "strong": formats.joined(strong, t=t, most=3),
    }
    key = "named" if named else "unnamed"
    return t(f"layouts.headline_{key}{'_strong' if strong else ''}", **blanks)
