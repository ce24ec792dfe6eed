"""The map of what is kept: sites on districts shaded by their number, as on 总览."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from geo import formats
from geo.china import adcodes
from geo.intake import outcome
from geo.intake import sites as kept_sites
from geo.measures import classes
from geo.measures.indicator_list import INDICATORS
from layers import palette
from layers.ground import shading
from layers.legend import strip
from layers.legend.strip import Entry, Group, Legend, RampClass
from layers.results import result_view
from layers.scene import MapTexts, Scene
from ui.blocks import grid, markup, rankings
from ui.intake import area, pair_list, work
from ui.intake import draft as drafts
from ui.map import legends, page_map
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from geo.intake.validation import Intake
    from geo.policy.model import Area
    from ui.intake.draft import Draft
    from ui.state.view import View

MOST_COUNTED = 100_000
"""Rows up to which the legend counts all, and not those that are drawn."""

OWN = "own"
"""Id of the region that the list is of, until it is saved."""


def show(
    view: View, draft: Draft, intake: Intake, kept: gpd.GeoDataFrame, waiting: pd.DataFrame
) -> None:
    """Draw the map; rows of pairs that wait stand in rings, and a click opens their pair."""
    t = view.t
    shown = _ground(draft, kept)
    if shown is None:
        return
    asked = {*waiting["row"], *waiting["other_row"]}
    drawn = pd.concat(
        [area.spread(kept, first=asked), kept.loc[outcome.unplaced(kept).index[: area.MOST_POINTS]]]
    )
    held = work.held_columns(draft)
    sites = kept_sites.of_kept(
        drawn, held, region=OWN, source=draft.file, bare_area=draft.treatments.bare_area
    )
    elsewhere = intake.faults.loc[intake.faults["code"].eq("other_district"), "row"]
    doubtful = frozenset(sites.loc[sites["row"].isin(elsewhere), "id"])
    ringed = pair_list.ringed(sites[["id", "row"]], waiting)
    look = dataclasses.replace(page_map.site_look(view, sites), doubtful=doubtful, ringed=ringed)
    every = _counted(draft, kept, sites)
    counts = _counts(shown.of_row, shown)
    away = _counts(shown.of_row[outcome.unplaced(kept).index], shown)
    # Whole numbers: nothing lies between 0 and 1.
    limits = tuple(limit for limit in INDICATORS["count"].breaks(counts) if limit > 1)
    numbers = classes.classify(counts, limits)
    ramp = tokens(limits)
    scene = Scene(
        sites=sites,
        look=look,
        units=shading.shading(
            numbers,
            ramp=ramp,
            unlocated=away,
            captions=counts.map(lambda n: rankings.sites_text(t, n)),
        ),
        legend=_legend(
            view,
            every,
            page_map.site_look(view, every).families,
            _ramp(view, counts, limits),
            doubtful=int(kept["row"].isin(elsewhere).sum()),
            waiting=waiting,
        ),
        texts=_texts(view, len(kept), own=shown.own),
        language=t.lang,
        theme=view.theme,
        short_names=shown.short_names,
        view=result_view.result_window(sites["lon"], sites["lat"]),
    )
    page_map.show(
        scene,
        region=shown.region,
        unit="district",
        key="intake_map",
        chooses=partial(
            pair_list.opens, waiting, dict(zip(sites["id"], sites["row"], strict=True))
        ),
    )
    grid.write(markup.paragraph(_note(view, draft, kept, shown)))


def _counted(draft: Draft, kept: gpd.GeoDataFrame, drawn: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the sites that the legend counts: all, whatever the map draws of them.

    Of a list that takes long to be read as sites those that are drawn, and the page says so.
    """
    if len(kept) == len(drawn) or len(kept) > MOST_COUNTED:
        return drawn
    return drafts.made(
        "counted",
        (work.choices(draft), draft.decisions),
        lambda: kept_sites.of_kept(
            kept, work.held_columns(draft), region=OWN, source=draft.file,
            bare_area=draft.treatments.bare_area,
        ),
    )  # fmt: skip


def tokens(limits: tuple[float, ...]) -> tuple[str, ...]:
    """Return the ramp's colours from its pale end on: points stand on them."""
    return palette.amounts(len(palette.AMOUNT) - 1)[: len(limits) + 2]


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """What the sites stand on: districts, or areas of the reader's own.

    Attributes
    ----------
    region
        What the map is of.
    units
        Labels of the districts or areas.
    of_row
        The one that each kept row counts in, missing where none is known.
    short_names
        Whether they are lettered by their short names.
    left_out
        Cities with rows that the map leaves out.
    own
        Whether they are areas of the reader's own.
    """

    region: Area
    units: Sequence[str]
    of_row: pd.Series
    short_names: bool = False
    left_out: int = 0
    own: bool = False


def _ground(draft: Draft, kept: gpd.GeoDataFrame) -> _Ground | None:
    """Return what the map is drawn on; None where no row lies anywhere."""
    own, region, of_row = work.areas(draft), work.area_region(draft, kept), None
    if own is not None and region is not None:
        of_row = work.area_of(draft, kept)
    if own is not None and region is not None and of_row is not None:
        return _Ground(region=region, units=list(own.index), of_row=of_row, own=True)
    shown = area.of(kept["city_adcode"], work.region(draft))
    if shown is None:
        return None
    return _Ground(
        region=shown.units,
        units=shown.units,
        of_row=kept["adcode"],
        short_names=shown.short_names(),
        left_out=shown.left_out,
    )


def _texts(view: View, n: int, *, own: bool) -> MapTexts:
    """Return the map's words; of areas of the reader's own whose boundaries they are."""
    said = page_map.texts(view, view.t("intake.map_label", n=formats.whole(n)))
    if not own:
        return said
    of_areas = PageTexts(view.t.lang, variants=["areas"])
    return dataclasses.replace(said, note=of_areas("map.boundary", state=adcodes.STATE))


def _counts(labels: pd.Series, shown: _Ground) -> pd.Series:
    """Return how many rows lie in each district of the map."""
    counts = labels.dropna().value_counts()
    return counts.reindex(list(shown.units)).fillna(0).astype(int)


def _ramp(view: View, counts: pd.Series, limits: tuple[float, ...]) -> Group:
    t = view.t
    found = classes.classify(counts, limits).value_counts()
    ramp = tokens(limits)
    boxes = [
        RampClass(token=ramp[at], limits=label, units=t("legend.units", n=int(found.get(at, 0))))
        for at, label in enumerate(classes.whole_labels(limits, values=counts))
    ]
    return Group(name="shading", title=t("intake.kept_places"), note=t("unit.count"), ramp=boxes)


def _legend(
    view: View,
    sites: gpd.GeoDataFrame,
    families: pd.Series,
    ramp: Group,
    *,
    doubtful: int,
    waiting: pd.DataFrame,
) -> Legend:
    """Return the legend of 总览, with the signs of doubtful positions and pairs among them."""
    legend = legends.sites_legend(view, sites, families, [ramp], sources=[])
    label, pairs = pair_list.sign(view, waiting)
    signs = [
        Entry(
            sign=strip.sign("doubtful"),
            label=view.t("intake.sign_elsewhere"),
            count=formats.whole(doubtful),
        )
    ] * bool(doubtful) + [Entry(sign=strip.sign("ringed"), label=label, count=pairs)] * (
        len(waiting) > 0
    )
    groups = [
        dataclasses.replace(each, entries=[*each.entries, *signs])
        if each.name == "precision"
        else each
        for each in legend.groups
    ]
    return dataclasses.replace(legend, groups=groups)


def _note(view: View, draft: Draft, kept: gpd.GeoDataFrame, shown: _Ground) -> str:
    t = view.t
    said = [t(f"intake.result_{_read(draft, kept)}")]
    if shown.own:
        said.append(areas_sum(view, kept, shown.of_row))
    if len(kept) > area.MOST_POINTS:
        counted = "points" if len(kept) > MOST_COUNTED else "points_counted"
        said.append(t(f"intake.map_{counted}", n=formats.whole(area.MOST_POINTS)))
    if shown.left_out:
        said.append(t("intake.map_cities", n=formats.whole(shown.left_out)))
    return t("list.sentence").join(said)


def areas_sum(view: View, kept: gpd.GeoDataFrame, of_row: pd.Series) -> str:
    """Return how many of the kept rows lie in areas, in none, and nobody knows where."""
    away = len(outcome.unplaced(kept))
    inside = int(of_row.notna().sum())
    parts = {"n": len(kept), "inside": inside, "none": len(kept) - inside - away, "away": away}
    written = {name: formats.whole(n) for name, n in parts.items()}
    return view.t("intake.areas_sum", **written)


def _read(draft: Draft, kept: gpd.GeoDataFrame) -> str:
    """Return how the positions were read: converted, as they stand, or there are none."""
    if len(outcome.unplaced(kept)) == len(kept):
        return "unplaced"
    return "converted" if work.is_placed(draft) and work.converts(draft) else "as_it_is"
