"""The sentence that opens a page, written from the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from geo.measures import ranking
from geo.measures.indicator_list import INDICATORS
from ui.cached import indicators, names
from ui.filters import finding, wording

if TYPE_CHECKING:
    import pandas as pd

    from ui.state.pages import Districts, Find, Targets
    from ui.state.view import PageView, View
    from ui.words.language import PageTexts

FEW = 5
"""Fewer sites than this make no statement about concentration."""

MOST_LEADERS = 3


def overview(view: View) -> str:
    """Return the headline of the overview."""
    t, overall, table = view.t, indicators.overall(view.query), indicators.table(view.query)
    held = overall.concentration
    # Of sites that lie in none of the units the share says nothing.
    few = overall.n < FEW or overall.n_outside
    if few or not held.labels or len(held.labels) >= overall.n_served:
        return _spread(view, overall.n, table["n"])
    return t(
        "overview.headline",
        region=view.region_short,
        n=formats.whole(overall.n),
        what=wording.noun(view, overall.n, otherwise=t("overview.what")),
        share=formats.percent(held.share_of_sites, digits=0),
        land=formats.percent(held.share_of_land),
        ground=t(_ground(table)),
        k=len(held.labels),
        unit=view.noun(len(held.labels)),
    )


def _spread(view: View, n: int, per_unit: pd.Series) -> str:
    """Return how many sites there are, what they are, and where most of them stand."""
    t = view.t
    blanks: dict[str, object] = {
        "region": view.region_short,
        "n": formats.whole(n),
        "what": wording.noun(view, n),
    }
    if not n:
        return t("spread.none", **blanks)
    per = per_unit[per_unit > 0]
    if per.empty:
        return t("spread.unplaced", unit=view.noun(1), **blanks)
    most = int(per.max())
    blanks |= {"first": view.district_name(str(per.idxmax())), "m": most, "k": len(per)}
    if wording.codes(view).get("district") == list(per.index):
        return t("spread.asked", **blanks)  # what they are says where
    if len(per) == 1:
        return t("spread.one_place" if most == n else "spread.one_known", **blanks)
    tied = int((per == most).sum()) > 1
    return t("spread.tie" if tied else "spread.most", unit=view.noun(len(per)), **blanks)


def districts(view: PageView[Districts]) -> str:
    """Return the headline of the districts page for one indicator."""
    t, indicator, focus = view.t, view.state.ranked, view.state.focus
    overall = indicators.overall(view.query)
    table = indicators.with_quotients(view.query, focus=focus)
    if overall.n_placed == 0:
        return _spread(view, overall.n, table["n"])
    column = INDICATORS[indicator].column
    rows = table[ranking.left_out(table, column).isna()]
    # One without sites has a figure too, which is none: it is compared, and not listed.
    known = ranking.compared(table, column).notna()
    blanks: dict[str, object] = {
        "region": view.region_short,
        "total": overall.n_districts,
        "served": overall.n_served,
        "unit": view.noun(overall.n_districts),
        "what": wording.noun(view, 2, otherwise=t("districts.what")),
        "km": view.radius_km,
        "share": formats.percent(overall.coverage),
    }
    if INDICATORS[indicator].quotient:
        rows = rows[~rows["few"]]
        blanks |= {
            "focus": view.family(focus) if t.lang == "zh" else view.family(focus).lower(),
            "enough": len(rows),
            "ranked": view.noun(len(rows)),
        }
    if rows.empty:
        own = f"districts.headline_{indicator}_none"
        return t(own if t.has(own) else "districts.headline_any_none", **blanks)
    if INDICATORS[indicator].per_resident:
        blanks |= {"year": formats.year(ranking.common_year(table)), "enough": int(known.sum())}
    leaders = rows.index[rows[column] == rows[column].max()]
    value = INDICATORS[indicator].written(rows[column].max())
    return view.say(
        f"districts.headline_{indicator}", first=_leaders(view, leaders), tied=len(leaders),
        value=value, **blanks,
    )  # fmt: skip


def _leaders(view: View, codes: pd.Index) -> str:
    """Return the districts that lead, by name: none is called first where several are."""
    t, named = view.t, [view.district_name(str(code)) for code in codes]
    if len(named) == 1:
        return named[0]
    if len(named) == 2:
        return t("districts.level", names=t("layouts.and").join(named))
    return t("districts.level", names=formats.joined(named, t=t, most=MOST_LEADERS))


def _ground(table: pd.DataFrame) -> str:
    """Return the text for what the areas are: land where all are official, else the outlines'."""
    official = (table["area_source"] == "official").all()
    return "overview.land" if official else "overview.outline"


def targets(view: PageView[Targets], measures: pd.DataFrame) -> str:
    """Return the headline of goals and reported figures: which, how many, how many compared."""
    t, state = view.t, view.state
    chosen = [
        t("list.comma").join(words)
        for words in (
            [names.regions(t.lang)[code] for code in state.place],
            [view.term("theme", code).lower() for code in state.theme],
            [t(f"targets.is_{code}").lower() for code in state.state],
        )
        if words
    ]
    text = measures_of(t, measures)
    if chosen:
        return t("targets.headline_of", scope=t("list.stop").join(chosen), text=text)
    return formats.capitalised(text)


def measures_of(t: PageTexts, measures: pd.DataFrame) -> str:
    """Return how many goals and reported figures there are, and how many are compared."""
    if measures.empty:
        return t("targets.headline_empty")
    compared = int(measures["progress"].notna().sum())
    blanks: dict[str, object] = {
        "goals": int(measures["goal_source"].notna().sum()),
        "actuals": int(measures["actual_source"].notna().sum()),
    }
    if not compared:
        return t("targets.headline_none", **blanks)
    sentence = t("targets.headline", n=compared, **blanks)
    reached = int(measures["is_reached"].sum())
    return sentence + t("targets.headline_reached", n=reached) if reached else sentence


def find(view: PageView[Find]) -> str:
    """Return the headline of 选园: how many fit, what they are, and where most of them stand."""
    return _spread(view, len(finding.results(view)), finding.per_district(view))
