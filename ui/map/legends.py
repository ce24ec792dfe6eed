"""What the legend under the map says: only signs in use, each with its count."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Final

import numpy as np

from geo import formats
from geo.facts import catalog
from geo.measures import classes, district_table, ranking
from geo.measures.cells import Cell
from geo.measures.indicator_list import INDICATORS
from layers.legend import strip
from layers.legend.strip import Entry, Group, Legend, RampClass
from layers.results import result_legend
from layers.sites import counted
from ui.blocks import cell_card, rankings
from ui.cached import indicators, names
from ui.state import fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from geo.measures.cells import Counts
    from layers.legend.strip import Precision
    from ui.state.pages import Figures
    from ui.state.view import PageView, View

ROWS = 3
"""Signs below each other: what the legend has room for."""

PRECISE = ("building", "street")

TOP: Final = 10
"""Cells whose share of what is in view is told."""


def sites_legend(
    view: View,
    sites: gpd.GeoDataFrame,
    families: pd.Series,
    shading: Sequence[Group],
    *,
    sources: Sequence[str],
    venues: bool = False,
) -> Legend:
    """Return the legend of a map with sites on shaded districts, and with venues where shown."""
    t = view.t
    return Legend(
        groups=[*_signs(view, sites, families, venues=venues), *shading],
        sources=(t("legend.sources"), sources) if sources else None,
        paper=True,
        more=t("legend.button"),
    )


def counted_legend(view: View, shading: Sequence[Group], *, sources: Sequence[str]) -> Legend:
    """Return the legend of a map that fills in what lies in its view, see `in_view`."""
    t = view.t
    return Legend(
        groups=shading,
        sources=(t("legend.sources"), sources),
        paper=True,
        more=t("legend.button"),
        counted=True,
    )


def in_view(
    view: View, found: Counts, limits: Sequence[int], *, every: int, sites: gpd.GeoDataFrame,
    families: pd.Series,
) -> Legend:  # fmt: skip
    """Return what a legend says of the cells in view, and of the sites drawn there one by one.

    Parameters
    ----------
    view : View
        Language.
    found
        All cells in view that have sites.
    limits
        Where the classes of their numbers begin, but for the lowest.
    every
        Sites that have a position, in view or not.
    sites, families
        Those drawn one by one, and their families.
    """
    t, n = view.t, int(found.n.sum())
    drawn = counted.one_by_one(found)
    figures = [t("cells.share", share=formats.percent(n / every if every else math.nan),
                 every=formats.whole(every))]  # fmt: skip
    if drawn.all():
        groups = _signs(view, sites, families)
    else:
        groups = [_counts(view, found.n[~drawn], limits, few=int(drawn.sum()))]
        at = int(found.n.argmax())
        middle = Cell(found.zoom, int(found.x[at]), int(found.y[at]))
        most = formats.whole(found.n[at])
        top = formats.percent(np.sort(found.n)[-TOP:].sum() / n, digits=0)
        figures += [
            t("cells.size", size=cell_card.size(view, middle)),
            t("cells.most", n=most) if len(found.n) <= TOP else t("cells.top", n=most, share=top),
        ]
        if drawn.any():
            figures.append(t("cells.points", n=formats.whole(len(sites)), cells=int(drawn.sum())))
    return Legend(groups=groups, notes=[(t("cells.in_view", n=formats.whole(n)), figures)])


def _counts(view: View, n: NDArray[np.int64], limits: Sequence[int], *, few: int) -> Group:
    """Return the ramp of the numbers that cells bear, with how many cells are in each class.

    Before them those, so `few`, whose sites are drawn one by one.
    """
    t = view.t
    per_class = np.bincount(
        np.searchsorted(np.asarray(limits, dtype=np.int64), n, side="right"),
        minlength=len(limits) + 1,
    )
    labels = classes.whole_labels(limits, least=counted.FEW if few else 1, values=n)[1:]
    rows = [*zip(counted.ramp(limits), labels, per_class, strict=True)]
    if few:
        rows.insert(0, ("own", t("cells.few", n=counted.FEW), few))
    boxes = [
        RampClass(token=token, limits=label, units=t("cells.units", n=formats.whole(units)))
        for token, label, units in rows
    ]
    return Group(name="cells", title=t("cells.title"), note=t("cells.note"), ramp=boxes)


def _signs(
    view: View, sites: gpd.GeoDataFrame, families: pd.Series, *, venues: bool = False
) -> list[Group]:
    """Return the signs of sites drawn one by one, each with how many there are."""
    t = view.t
    by_family, by_kind = families.value_counts(), sites["kind"].value_counts()
    precision = sites["precision"].value_counts()
    exact = int(precision.reindex(PRECISE).fillna(0).sum())
    kinds = [
        Entry(
            sign=strip.symbol(code, "kind"),
            label=view.term("kind", code),
            count=formats.whole(by_kind[code]),
        )
        for code in names.terms("kind", "zh")
        if code in by_kind
    ]
    grades: tuple[tuple[Precision, str, int], ...] = (
        ("exact", "precise", exact),
        ("district", "approximate", precision.get("district", 0)),
        ("none", "unlocated", precision.get("none", 0)),
    )
    positions = [
        Entry(
            sign=strip.symbol("park", "art", grade),
            label=t(f"legend.{key}"),
            count=formats.whole(n),
        )
        for grade, key, n in grades
        if n
    ]
    if venues:
        kinds.append(Entry(sign=strip.sign("venue"), label=t("legend.venues")))
    return [
        Group(
            name="families",
            title=t("legend.sector"),
            note=t("legend.sector_note"),
            entries=family_entries(view, by_family),
            rows=ROWS,
        ),
        Group(
            name="kinds",
            title=t("legend.kind"),
            entries=kinds,
            rows=ROWS if len(kinds) <= ROWS else (len(kinds) + 1) // 2,
            folded=True,
        ),
        Group(
            name="precision",
            title=t("legend.precision"),
            entries=positions,
            rows=ROWS,
            folded=True,
        ),
    ]


def family_entries(view: View, counts: pd.Series, *, short: bool = False) -> list[Entry]:
    """Return the sector families with how many sites each has, as buttons that isolate one."""
    return [
        Entry(
            family=key,
            sign=strip.symbol("park", key),
            label=view.family(key, short=short or view.t.lang == "en"),
            short=view.family(key, short=True),
            count=formats.whole(counts[key]),
        )
        for key in names.families("zh")
        if key in counts
    ]


def districts_legend(view: View, shading: Sequence[Group], sources: list[str]) -> Legend:
    """Return the legend of a map of districts alone."""
    ramp, weak = shading
    t = view.t
    return Legend(
        groups=[dataclasses.replace(ramp, name="shading ct-solo"), weak],
        sources=(t("legend.sources"), sources),
        more=t("legend.button"),
    )


def shading_groups(
    view: PageView[Figures],
    drawn: pd.Series,
    *,
    figures: pd.Series,
    indicator: str,
    few: pd.Series | None = None,
) -> tuple[Group, Group]:
    """Return the ramp, with how many districts are in each class, and the signs of weak figures.

    Parameters
    ----------
    view : View
        Language, region and how its classes are made.
    drawn : Series of Int64
        Class of each district, NA where it has no figure.
    figures : Series of float
        What is classed.
    indicator : str
        What is shaded.
    few : Series of bool, optional
        Districts whose figure rests on too few sites.
    """
    t, rule = view.t, view.state.classes
    limits = indicators.breaks(view.query, indicator, rule)
    scale = 100.0 if INDICATORS[indicator].share else 1.0
    quotient = INDICATORS[indicator].quotient
    if INDICATORS[indicator].counted:
        labels = classes.whole_labels(limits, values=figures)
    else:
        scaled = [scale * limit for limit in limits]
        labels = classes.labels(scaled, zero_class=not quotient, values=scale * figures)
    tokens = indicators.ramp(view.query, indicator, rule)
    counts = drawn.value_counts()
    boxes = [
        RampClass(
            token=tokens[at],
            limits=label,
            units=t("legend.units", n=formats.whole(counts.get(at, 0))),
        )
        for at, label in enumerate(labels)
    ]
    signs = (
        (int(drawn.isna().sum()), _none(view, drawn, indicator), "none"),
        (
            0 if few is None else int(few.sum()),
            t("legend.few"),
            f"few-{_token_of(drawn, few, tokens)}",
        ),
    )
    note = rankings.note(view, indicators.table(view.query), indicator=indicator)
    if rule != fields.CLASSES.default:
        note = t("list.stop").join([note, t(f"legend.classes_{rule}")])
    weak = [
        Entry(
            sign=strip.sign("weak", pattern),
            label=label,
            count=t("legend.units", n=n),
        )
        for n, label, pattern in signs
        if n
    ]
    return (
        Group(
            name="shading",
            title=formats.capitalised(t(f"shade.{indicator}")),
            note=t("map.lq_note") if quotient else note,
            ramp=boxes,
        ),
        Group(name="weak", title=t("legend.insufficient"), entries=weak, rows=len(weak)),
    )


def _none(view: View, drawn: pd.Series, indicator: str) -> str:
    """Return what the sign of no figure means."""
    t, table = view.t, indicators.table(view.query)
    quotient = INDICATORS[indicator].quotient
    column = INDICATORS["count" if quotient else indicator].column
    reasons = ranking.left_out(table, column)
    if undecided := int((reasons == district_table.YEARS_UNKNOWN).sum()):
        every = undecided == int(drawn.isna().sum())
        return t("legend.years_unknown" if every else "legend.years_unknown_part", n=undecided)
    if quotient:
        return view.say("legend.no_sites")
    other = (reasons == ranking.OTHER_YEAR).any()
    return t("legend.no_comparable" if other else "legend.no_figure")


def _token_of(drawn: pd.Series, few: pd.Series | None, tokens: Sequence[str]) -> str:
    """Return the colour under the dots in the legend: one that is on the map."""
    weak = drawn[few].dropna() if few is not None else drawn.iloc[:0]
    return tokens[int(weak.iloc[0])] if len(weak) else tokens[-1]


def result_words(view: View, **signs: str) -> result_legend.ResultWords:
    """Return the words of the legend of sites found; `signs` are those of one map alone."""
    t = view.t
    date = catalog.catalogue_date().isoformat()
    source = view.say("layouts.catalogue", date=date, list=view.region_name)
    return result_legend.ResultWords(
        families={key: view.family(key, short=True) for key in names.families("zh")},
        kinds=names.terms("kind", t.lang),
        numbered=t("find.sign_number"),
        approximate=t("legend.approximate"),
        picked=t("find.sign_picked"),
        sources=(t("legend.sources"), [source]),
        more=t("legend.button"),
        **signs,
    )
