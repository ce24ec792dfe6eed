"""The sentence that opens a page, written from the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import finding, formats, rankings
from ui.results import COLUMN

if TYPE_CHECKING:
    import pandas as pd

    from geo.summary import Summary
    from ui.language import Texts
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
    tied = int((table["n"] == table["n"].max()).sum()) > 1
    return view.say(
        "overview.headline_tie" if tied else "overview.headline_two",
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


def targets(t: Texts, measures: pd.DataFrame) -> str:
    """Return the headline of goals and reported figures: how many, how many can be compared."""
    if measures.empty:
        return t("targets.headline_empty")
    compared = int(measures["progress"].notna().sum())
    blanks: dict[str, object] = {
        "goals": int(measures["goal_source"].notna().sum()),
        "actuals": int(measures["actual_source"].notna().sum()),
    }
    if not compared:
        return t("targets.headline_none", **blanks)
    said = t("targets.headline", n=compared, **blanks)
    reached = int(measures["is_reached"].sum())
    return said + t("targets.headline_reached", n=reached) if reached else said


def find(view: View) -> str:
    """Return the headline of 选园: how many fit, what they are, and where most of them stand."""
    t = view.t
    n = len(finding.found(view))
    blanks: dict[str, object] = {
        "region": view.region_short,
        "n": formats.whole(n),
        "what": _what(view, n),
    }
    if not n:
        return t("find.headline_none", **blanks)
    per = finding.per_district(view)
    if per.empty:
        return t("find.headline_unplaced", unit=view.noun(1), **blanks)
    first, most = str(per.index[0]), int(per.iloc[0])
    blanks |= {"first": view.district_name(first), "m": most, "k": len(per)}
    if len(per) == 1 and most == n:
        return t("find.headline_one_place", **blanks)
    if len(per) == 1:
        return t("find.headline_one_known", **blanks)
    if int(per.iloc[1]) == most:
        return t("find.headline_tie", unit=view.noun(len(per)), **blanks)
    return t("find.headline", unit=view.noun(len(per)), **blanks)


def _what(view: View, n: int) -> str:
    """Return what is looked for: parks in fashion or architecture."""
    t = view.t
    kinds, families = view.values["kind"], view.values["sector"]
    sectors = ""
    if families:
        together = view.values["match"] == "all" and len(families) > 1
        called = [view.family(key) for key in families]
        joined = t("find.and" if together else "find.or").join(
            called if t.lang == "zh" else [name.lower() for name in called]
        )
        sectors = t("find.sectors_all" if together else "find.sectors_any", names=joined)
    kind = t(f"find.kind_{kinds[0] if len(kinds) == 1 else 'any'}", n=n)
    return t("find.what", sectors=sectors, kind=kind)
