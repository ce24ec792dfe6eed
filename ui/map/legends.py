"""What the legend under the map says: only signs in use, each with its count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.facts import catalog
from geo.measures import classes, ranking
from layers.legend import strip
from layers.legend.strip import Entry, Legend, Part, RampClass, ShadingPart
from layers.results import result_legend
from ui.blocks import rankings
from ui.cached import indicators, names
from ui.words import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd

    from ui.state.view import View

PRECISE = ("building", "street")


def sites_legend(
    view: View,
    sites: gpd.GeoDataFrame,
    families: pd.Series,
    shading: ShadingPart,
    *,
    sources: Sequence[str],
) -> str:
    """Return the legend of a map with sites on shaded districts."""
    t = view.t
    by_family, by_kind = families.value_counts(), sites["kind"].value_counts()
    precision = sites["precision"].value_counts()
    exact = int(precision.reindex(PRECISE).fillna(0).sum())
    grades = (
        Entry(code="exact", label=t("legend.precise"), count=formats.whole(exact)),
        Entry(
            code="district",
            label=t("legend.approximate"),
            count=formats.whole(precision.get("district", 0)),
        ),
        Entry(
            code="none",
            label=t("legend.unlocated"),
            count=formats.whole(precision.get("none", 0)),
        ),
    )
    return strip.legend_html(
        Legend(
            families=Part(
                title=t("legend.sector"),
                note=t("legend.sector_note"),
                entries=[
                    Entry(
                        code=str(key),
                        label=view.family(str(key), short=t.lang == "en"),
                        short=view.family(str(key), short=True),
                        count=formats.whole(by_family[key]),
                    )
                    for key in names.families("zh")
                    if key in by_family
                ],
            ),
            kinds=Part(
                title=t("legend.kind"),
                entries=[
                    Entry(
                        code=str(code),
                        label=view.term("kind", str(code)),
                        count=formats.whole(by_kind[code]),
                    )
                    for code in names.terms("kind", "zh")
                    if code in by_kind
                ],
            ),
            precision=Part(
                title=t("legend.precision"),
                entries=[entry for entry in grades if entry.count != "0"],
            ),
            shading=shading,
            sources=(t("legend.sources"), sources),
            more=t("legend.button"),
        )
    )


def districts_legend(view: View, shading: ShadingPart, sources: list[str]) -> str:
    """Return the legend of a map of districts alone."""
    t = view.t
    return strip.legend_html(
        Legend(shading=shading, sources=(t("legend.sources"), sources), more=t("legend.button"))
    )


def shading_part(
    view: View, drawn: pd.Series, *, indicator: str, few: pd.Series | None = None
) -> ShadingPart:
    """Return the ramp's boxes with their limits and how many districts are in each.

    Parameters
    ----------
    view : View
        Language and region.
    drawn : Series of Int64
        Class of each district, NA where it has no figure.
    indicator : str
        What is shaded.
    few : Series of bool, optional
        Districts whose figure rests on too few sites.
    """
    t = view.t
    limits = indicators.breaks(view.query, indicator)
    scale = 100.0 if indicator == "coverage" else 1.0
    quotient = indicator == "lq"
    labels = classes.labels([scale * limit for limit in limits], zero_class=not quotient)
    tokens = indicators.ramp(view.query, indicator)
    counts = drawn.value_counts()
    boxes = [
        RampClass(
            token=tokens[at],
            limits=label,
            units=t("legend.units", n=int(counts.get(at, 0))),
        )
        for at, label in enumerate(labels)
    ]
    unit = t("map.lq_note") if quotient else rankings.unit(view, indicator)
    return ShadingPart(
        title=formats.capitalised(t(f"shade.{indicator}")),
        unit=unit,
        classes=boxes,
        none=_sign(view, int(drawn.isna().sum()), _none(view, indicator)),
        few=_sign(view, 0 if few is None else int(few.sum()), "few"),
        few_token=_token_of(drawn, few, tokens),
        weak_title=t("legend.insufficient"),
    )


def _none(view: View, indicator: str) -> str:
    """Return the key of what the sign of no figure means."""
    if indicator == "lq":
        return "no_sites"
    figures = ranking.left_out(indicators.table(view.query), indicators.COLUMN[indicator])
    return "no_comparable" if (figures == ranking.OTHER_YEAR).any() else "no_figure"


def _token_of(drawn: pd.Series, few: pd.Series | None, tokens: Sequence[str]) -> str:
    """Return the colour under the dots in the legend: one that is on the map."""
    weak = drawn[few].dropna() if few is not None else drawn.iloc[:0]
    return tokens[int(weak.iloc[0])] if len(weak) else tokens[-1]


def _sign(view: View, count: int, key: str) -> Entry | None:
    if not count:
        return None
    units = view.t("legend.units", n=count)
    return Entry(code=key, label=view.t(f"legend.{key}"), count=units)


def result_words(view: View, **signs: str) -> result_legend.ResultLegend:
    """Return the words of the legend of sites found; `signs` are those of one map alone."""
    t = view.t
    date = catalog.catalogue_date().isoformat()
    return result_legend.ResultLegend(
        families={key: view.family(key, short=True) for key in names.families("zh")},
        kinds=names.terms("kind", t.lang),
        numbered=t("find.sign_number"),
        approximate=t("legend.approximate"),
        picked=t("find.sign_picked"),
        sources=(t("legend.sources"), [t("layouts.catalogue", date=date)]),
        more=t("legend.button"),
        **signs,
    )
