"""What 选园 asks for and finds: criteria, sites in order, and the counts beside every choice."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from geo import memory
from geo.facts import catalog
from geo.measures import assignment
from geo.search import criteria, facets, matching, ordering, suggestions
from geo.search.criteria import Criteria
from ui.cached import indicators, points, records
from ui.cached.indicators import FigureQuery
from ui.state import fields

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import geopandas as gpd
    import pandas as pd

    from geo.facts import boundaries
    from ui.state.pages import Find
    from ui.state.view import PageView, View


ROWS = 10
"""Results in view of the list at once."""

MOST_NUMBERED = 30
"""Results that all have their number on the map; of more, only those in view of the list."""

YEARS = ("2000", "2005", "2010", "2015", "2020")
AREAS_M2 = ("10000", "20000", "50000", "100000", "500000", "1000000")
DISTANCES_KM = ("1", "2", "3", "5", "10", "20")


@memory.by_view(latest=64)
def _results(region: str, wanted: Criteria, order: str) -> gpd.GeoDataFrame:
    # Ordered first: the words of a region are made ready for searching once, not for each result.
    every, passing = records.all_sites(region), records.passing(region, wanted)
    rows = ordering.order(every, by=order, text=wanted.text, near=wanted.near)
    return every.iloc[rows[passing[rows]]]


def results(view: PageView[Find]) -> gpd.GeoDataFrame:
    """Return the sites that pass, in the reader's order."""
    return _results(view.region, view.state.criteria, view.state.sort)


@memory.by_view(latest=64)
def _distances(region: str, near: tuple[float, float]) -> dict[str, float]:
    sites = records.all_sites(region)
    pairs = zip(sites["id"], matching.distances_m(sites, near), strict=True)
    return {str(key): float(metres) for key, metres in pairs}


def distance_m(view: PageView[Find], key: str) -> float:
    """Return how far a site is from the place that distances start from, metres."""
    near = view.state.criteria.near
    return float("nan") if near is None else _distances(view.region, near)[key]


def order(view: PageView[Find]) -> str:
    """Return what the list is in the order of: a search by words goes before the level."""
    asked_for = view.state.sort
    return "match" if asked_for == "level" and view.state.text else asked_for


def within_km(view: PageView[Find]) -> str:
    """Return the greatest distance in force, as text."""
    return f"{view.state.criteria.distance_km:g}"


def others(view: PageView[Find]) -> gpd.GeoDataFrame:
    """Return the region's sites that do not pass, as the map has them: none of many."""
    every = records.all_sites(view.region)
    if points.many(view.region):
        return every.head(0)
    return every[~every.index.isin(results(view).index)]


@memory.by_view(latest=256)
def _counts(region: str, wanted: Criteria) -> Mapping[str, Mapping[str, int]]:
    return facets.counts(records.all_sites(region), wanted)


def counts(view: PageView[Find]) -> Mapping[str, Mapping[str, int]]:
    """Return how many sites each choice of each list would leave."""
    return _counts(view.region, view.state.criteria)


@memory.by_view(latest=2048)
def _left(region: str, wanted: Criteria) -> int:
    return int(matching.meeting(records.all_sites(region), wanted).sum())


def left(view: PageView[Find], name: str, options: Collection[str]) -> dict[str, int]:
    """Return how many sites each value of a single-valued filter would leave."""
    wanted = view.state.criteria
    near = wanted.near if name == "within_km" else None
    free = catalog.WIDE if name == "scope" else None
    off: dict[str, Any] = {"near": None if near else wanted.near, name: free}
    others_on = dataclasses.replace(wanted, **off)
    kept = matching.select(records.all_sites(view.region), others_on)
    place = {"scope": wanted.scope} | ({"near": view.state.near} if near else {})
    asked = {option: criteria.parse({**place, name: option})[0] for option in options}
    return {option: int(matching.meeting(kept, each).sum()) for option, each in asked.items()}


def without_area(view: PageView[Find]) -> tuple[int, int]:
    """Return how many sites have no published area, and of how many, whatever area is asked for."""
    wanted = dataclasses.replace(view.state.criteria, area_min=None)
    sites = matching.select(records.all_sites(view.region), wanted)
    return int(sites["area_m2"].isna().sum()), len(sites)


@memory.by_view(latest=64)
def _meant(region: str, wanted: Criteria) -> tuple[tuple[str, str], ...]:
    others = matching.select(records.all_sites(region), dataclasses.replace(wanted, text=""))
    rows = others.iloc[suggestions.nearest(others, wanted.text)]
    return tuple(zip(rows["name_zh"], rows["name_en"], strict=True))


def _searchable(name: str) -> bool:
    """Whether the search takes a name as it is: some are too long for it."""
    return not criteria.parse({"text": name})[1]


def meant(view: PageView[Find]) -> list[str]:
    """Return the names that a search without a result may have meant, in the reader's language."""
    named = [names[view.t.lang == "en"] for names in _meant(view.region, view.state.criteria)]
    return list(filter(_searchable, named))


def per_region(view: PageView[Find], regions: Collection[str]) -> dict[str, int]:
    """Return how many sites each region would have with the other filters as they are."""
    wanted = dataclasses.replace(view.state.criteria, district=())
    return {region: _left(region, wanted) for region in regions}


def per_district(view: PageView[Find]) -> pd.Series:
    """Return how many of the sites found each unit has, the most first, none with none."""
    return _per_unit(view.region, view.unit, view.state.criteria)


@memory.by_view(latest=256)
def _per_unit(region: str, unit: boundaries.Level, wanted: Criteria) -> pd.Series:
    sites = matching.select(records.all_sites(region), wanted)
    units = indicators.units(FigureQuery(region, unit, Criteria(), 0.0))
    return assignment.assign(sites, units).value_counts()


def picked(view: View) -> gpd.GeoDataFrame:
    """Return the shortlist in the order in which it was made, of whatever regions."""
    return records.listed(view.state.pick or (), view.region)


def beside(view: PageView[Find]) -> list[str]:
    """Return the ids of the sites compared: those chosen, else the first of the shortlist."""
    chosen = list(view.state.versus or view.state.pick)
    return chosen[: fields.MAX_BESIDE]


def page_of(view: PageView[Find]) -> int:
    """Return the page of the list in view, from 0: that of the selected result, else as asked."""
    ids = results(view)["id"]
    chosen = view.state.at.of("site") or ""
    at = np.flatnonzero(ids == chosen)
    if at.size:
        return int(at[0]) // ROWS
    return min(int(view.state.page) - 1, max(0, (len(ids) - 1) // ROWS))


def numbers(view: PageView[Find]) -> dict[str, int]:
    """Return the number on the map of each result that has one."""
    ids = results(view)["id"]
    if len(ids) <= MOST_NUMBERED:
        return {key: at + 1 for at, key in enumerate(ids)}
    first = page_of(view) * ROWS
    return {key: first + at + 1 for at, key in enumerate(ids.iloc[first : first + ROWS])}


def drawn(view: PageView[Find]) -> gpd.GeoDataFrame:
    """Return the results that the page draws itself: of a region of many those that stand out."""
    sites = results(view)
    if not points.many(view.region):
        return sites
    standing_out = {*numbers(view), *view.state.pick, view.state.at.of("site")}
    return sites[sites["id"].isin(standing_out)]
