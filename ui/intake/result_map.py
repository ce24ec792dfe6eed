"""The map of what is kept: sites on districts shaded by their number, as on 总览."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pandas as pd

from geo import formats
from geo.intake import outcome
from geo.intake import sites as kept_sites
from geo.measures import classes
from geo.measures.indicator_list import INDICATORS
from layers import palette
from layers.ground import shading
from layers.legend import strip
from layers.legend.strip import Entry, Group, Legend, RampClass
from layers.results import result_view
from layers.transport import overlay
from ui.blocks import grid, markup, rankings
from ui.intake import area, point_map, work
from ui.map import legends, page_map

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd

    from geo.intake.validation import Intake
    from ui.intake.draft import Draft
    from ui.state.view import View

OWN = "own"
"""Id of the region that the list is of, until it is saved."""


def show(view: View, draft: Draft, intake: Intake, kept: gpd.GeoDataFrame) -> None:
    """Draw the map."""
    t = view.t
    shown = area.of(kept["city_adcode"], work.region(draft))
    if shown is None:
        return
    drawn = pd.concat(
        [area.spread(kept), kept.loc[outcome.unplaced(kept).index[: area.MOST_POINTS]]]
    )
    held = work.held_columns(draft)
    sites = kept_sites.of_kept(drawn, held, region=OWN, source=draft.file)
    elsewhere = intake.faults.loc[intake.faults["code"].eq("other_district"), "row"]
    doubtful = frozenset(sites.loc[sites["row"].isin(elsewhere), "id"])
    look = dataclasses.replace(page_map.site_look(view, sites), doubtful=doubtful)
    counts = _counts(kept["adcode"], shown)
    away = _counts(outcome.unplaced(kept)["adcode"], shown)
    limits = INDICATORS["count"].breaks(counts)
    numbers = classes.classify(counts, limits)
    ramp = tokens(limits)
    group = overlay.overlay(
        sites=sites,
        look=look,
        units=shading.shading(
            numbers,
            ramp=ramp,
            unlocated=away,
            captions=counts.map(lambda n: rankings.sites_text(t, n)),
        ),
        legend=_legend(view, sites, look.families, _ramp(view, numbers, limits), doubtful=doubtful),
        texts=page_map.texts(view, t("intake.map_label", n=formats.whole(len(kept)))),
        language=t.lang,
        theme=view.theme,
        short_names=shown.short_names(),
        view=result_view.result_window(sites["lon"], sites["lat"]),
    )
    page_map.show(
        group, region=shown.units, unit="district", key="intake_map", chooses=point_map.nothing
    )
    grid.write(markup.paragraph(_note(view, kept, shown.left_out)))


def tokens(limits: tuple[float, ...]) -> tuple[str, ...]:
    """Return the ramp's colours from its pale end on: points stand on them."""
    return palette.amounts(len(palette.AMOUNT) - 1)[: len(limits) + 2]


def _counts(adcodes: pd.Series, shown: area.Area) -> pd.Series:
    """Return how many rows lie in each district of the map."""
    counts = adcodes.dropna().value_counts()
    return counts.reindex(list(shown.units)).fillna(0).astype(int)


def _ramp(view: View, numbers: pd.Series, limits: tuple[float, ...]) -> Group:
    t = view.t
    found = numbers.value_counts()
    ramp = tokens(limits)
    boxes = [
        RampClass(token=ramp[at], limits=label, units=t("legend.units", n=int(found.get(at, 0))))
        for at, label in enumerate(classes.labels(list(limits)))
    ]
    return Group(name="shading", title=t("intake.kept_places"), note=t("unit.count"), ramp=boxes)


def _legend(
    view: View,
    sites: gpd.GeoDataFrame,
    families: pd.Series,
    ramp: Group,
    *,
    doubtful: Collection[str],
) -> Legend:
    """Return the legend of 总览, with the sign of doubtful positions beside their precision."""
    legend = legends.sites_legend(view, sites, families, [ramp], sources=[])
    if not doubtful:
        return legend
    entry = Entry(
        sign=strip.sign("doubtful"),
        label=view.t("intake.sign_elsewhere"),
        count=formats.whole(len(doubtful)),
    )
    groups = [
        dataclasses.replace(each, entries=[*each.entries, entry])
        if each.name == "precision"
        else each
        for each in legend.groups
    ]
    return dataclasses.replace(legend, groups=groups)


def _note(view: View, kept: gpd.GeoDataFrame, left_out: int) -> str:
    t = view.t
    said = [t("intake.result_note")]
    if len(kept) > area.MOST_POINTS:
        said.append(t("intake.map_points", n=formats.whole(area.MOST_POINTS)))
    if left_out:
        said.append(t("intake.map_cities", n=formats.whole(left_out)))
    return t("list.sentence").join(said)
