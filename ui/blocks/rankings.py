"""Which districts come first: the ranking of an indicator as bars."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from markupsafe import Markup

from geo import formats
from geo.measures import classes, district_table, ranking
from geo.measures.indicator_list import INDICATORS
from ui.blocks import markup, method_link
from ui.blocks.markup import Bar
from ui.cached import indicators

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from ui.state.pages import Figures
    from ui.state.view import PageView, View
    from ui.words.language import PageTexts

LQ_AXIS = (0.18, 5.6)
"""Ends of the logarithmic axis of location quotients; beyond them bars are cut."""

LQ_TICKS = (0.25, 0.5, 1.0, 2.0, 4.0)


def unit(view: View, indicator: str, *, year: object = None) -> str:
    """Return an indicator's unit; per resident, of which year they are.

    Without a `year`, that of the figures that are compared.
    """
    if INDICATORS[indicator].per_resident:
        year = ranking.common_year(indicators.table(view.query)) if year is None else year
        text = year if isinstance(year, str) else formats.year(year)
        return view.t("unit.people_of", unit=view.t("unit.people"), year=text)
    return view.t(f"unit.{indicator}")


def note(view: View, table: pd.DataFrame, *, indicator: str) -> str:
    """Return an indicator's unit; of shares in bounds also that they are the middle of these."""
    width = district_table.widest(table)
    if not (INDICATORS[indicator].share and width):
        return unit(view, indicator)
    bounds = view.t("districts.bounds_note", width=formats.at_most(width))
    return view.t("list.stop").join([unit(view, indicator), bounds])


def label(view: View, indicator: str) -> str:
    """Return what an indicator is called beside a figure of one district."""
    # A share is one of a radius.
    key = f"card.{indicator}" if INDICATORS[indicator].share else f"shade.{indicator}"
    return formats.capitalised(view.t(key, km=view.radius_km))


def with_unit(view: View, indicator: str, value: object, *, year: object) -> str:
    """Return a figure of an indicator with its unit, of which year it is; a dash for none."""
    figure = INDICATORS[indicator].written(value)
    if not INDICATORS[indicator].has_unit or figure == formats.MISSING:
        return figure
    return f"{figure} {unit(view, indicator, year=year)}"


def listed(table: pd.DataFrame, *, indicator: str) -> pd.DataFrame:
    """Return the districts that a ranking lists, in its order: quotients on few sites last."""
    column = INDICATORS[indicator].column
    if INDICATORS[indicator].quotient:
        return table.dropna(subset=[column]).sort_values(
            ["few", column], ascending=[True, False], kind="stable"
        )
    rows = table[ranking.left_out(table, column).isna()]
    return rows.sort_values([column, "n"], ascending=False, kind="stable")


def amounts(
    view: View,
    table: pd.DataFrame,
    *,
    indicator: str,
    fills: Sequence[str],
    breaks: tuple[float, ...],
    most: int | None = None,
    marked: Sequence[str] = (),
) -> list[Bar]:
    """Return bars from zero, the largest first, districts with nothing left out.

    Parameters
    ----------
    view : View
        Language and region.
    table : DataFrame
        Figures on adcodes.
    indicator : str
        Key of `INDICATORS`, but of no quotient.
    fills : Sequence of str
        Colour of each class, the map's own.
    breaks : tuple of float
        Class limits, the map's own.
    most : int, optional
        Rows kept.
    marked : Sequence of str
        Adcodes to set in bold.
    """
    column = INDICATORS[indicator].column
    rows = listed(table, indicator=indicator)
    if most is not None:
        rows = rows.head(most)
    if rows.empty:
        return []
    largest = float(rows[column].max())
    drawn = classes.classify(rows[column], breaks)
    return [
        Bar(
            name=view.district_name(code),
            value=INDICATORS[indicator].written(row[column]),
            note=sites_text(view.t, row["n"]),
            high=float(row[column]) / largest,
            fill=fills[int(drawn[code])],
            marked=code in marked,
        )
        for code, (_, row) in zip(rows.index.astype(str), rows.iterrows(), strict=True)
    ]


def quotients(
    view: View,
    table: pd.DataFrame,
    *,
    indicator: str,
    fills: Sequence[str],
    marked: Sequence[str] = (),
) -> list[Bar]:
    """Return bars from 1 on a logarithmic axis, those on fewer than five sites last."""
    column, written = INDICATORS[indicator].column, INDICATORS[indicator].written
    rows = listed(table, indicator=indicator)
    drawn = classes.classify(rows[column], classes.LQ_BREAKS, zero_class=False)
    return [
        Bar(
            name=view.district_name(code),
            value=written(row[column]),
            note=f"{row['x_ds']:.1f} / {sites_text(view.t, row['n'])}",
            low=lq_place(1.0),
            high=lq_place(float(row[column])),
            fill=fills[int(drawn[code])],
            weak=bool(row["few"]),
            remark="" if row[column] > 0 else view.t("districts.lq_zero"),
            marked=code in marked,
        )
        for code, (_, row) in zip(rows.index.astype(str), rows.iterrows(), strict=True)
    ]


def lq_place(value: float) -> float:
    """Return the place (0-1) of a quotient on the logarithmic axis."""
    low, high = (math.log2(end) for end in LQ_AXIS)
    at = math.log2(min(max(value, LQ_AXIS[0]), LQ_AXIS[1]))
    return (at - low) / (high - low)


def sites_text(t: PageTexts, n: float) -> str:
    """Return a count of sites with its unit."""
    return t("unit.n_sites", n=formats.whole(n))


def chart(
    view: PageView[Figures],
    table: pd.DataFrame,
    *,
    indicator: str,
    focus: str = "ind",
    most: int | None = None,
) -> Markup:
    """Return the ranking of districts for an indicator; all of them, or the first few."""
    t = view.t
    marked, rule = view.state.compare, view.state.classes
    fills = list(map(markup.colour, indicators.ramp(view.query, indicator, rule)))
    if INDICATORS[indicator].quotient:
        bars = quotients(view, table, indicator=indicator, fills=fills, marked=marked)
        below = t("districts.ranking_lq_note", focus=view.family(focus))
        ticks = [(lq_place(tick), f"{tick:g}") for tick in LQ_TICKS]
        head = (t("districts.lq_value"), t("districts.lq_parts"))
        zero = lq_place(1.0)
    else:
        bars = amounts(
            view,
            table,
            indicator=indicator,
            fills=fills,
            breaks=indicators.breaks(view.query, indicator, rule),
            most=most,
            marked=marked,
        )
        below, ticks, zero = note(view, table, indicator=indicator), [], None
        head = (t(f"shade.{indicator}"), t("column.n"))
    if not bars:
        return Markup("")
    title = (
        t("districts.ranking")
        if most is None
        else t(f"overview.first_{indicator}", k=len(bars), unit=view.noun(len(bars)))
    )
    if most is None and not INDICATORS[indicator].quotient:
        below = t("list.of", name=t(f"shade.{indicator}"), unit=below)
    drawn = markup.ranking(
        bars,
        caption=t("overview.ranking_caption", title=title, unit=below),
        heads=(view.noun(), *head),
        ticks=ticks,
        zero=zero,
    )
    how = method_link.link(view, indicator, t("methods.link"), name="ct-method")
    return markup.heading(title, note=Markup.escape(t("list.dot")).join([below, how])) + drawn
