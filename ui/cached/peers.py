"""Peers of districts and of whole cities, found once for each combination of inputs."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pandas as pd

from api import peer_rows
from geo import memory, settings
from geo.china.romanise import specific_part
from geo.facts import catalog, own_regions
from geo.measures import autocorrelation, peers, ranking
from geo.search.criteria import Criteria
from ui.cached import indicators, names
from ui.cached.indicators import FigureQuery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.peer_rows import PeerQuery
    from geo.facts import boundaries
    from geo.measures.peers import Weights

DESCRIBED: Final = ("name_zh", "name_en", "short_zh", "city", "province", "region", "lon", "lat")


def level(region: str, unit: boundaries.Level, of: str) -> boundaries.Level:
    """Return what something is compared with: a region that is a city as a whole with cities."""
    return "city" if unit == "city" or (of and of == names.whole_city(region)) else "district"


def codes(region: str, level: boundaries.Level) -> tuple[str, ...]:
    """Return everything that can stand beside something of a region."""
    if own_regions.is_own(region):
        return tuple(names.districts(region, "district", "zh"))
    return _catalogue_codes(level)


@memory.by_facts
def _catalogue_codes(level: boundaries.Level) -> tuple[str, ...]:
    return tuple(
        code
        for region in names.regions("zh")
        for code in (
            names.districts(region, level, "zh")
            if level in names.levels_of(region)
            else [names.whole_city(region)]
        )
    )


@own_regions.by_region
def foremost(region: str, unit: boundaries.Level) -> str:
    """Return the unit of a region that has the most sites, the first of several.

    One that has residents that may be compared, where there is any.
    """
    table = indicators.table(_unfiltered(region, unit))
    peopled = table[peers.residents(table).notna()]
    counts = (table if peopled.empty else peopled)["n"]
    return str(counts.idxmax()) if len(counts) else ""


@own_regions.by_region
def neighbours(region: str, unit: boundaries.Level) -> Mapping[str, tuple[str, ...]]:
    """Return the neighbours of each unit of a region, within it."""
    known = autocorrelation.contiguity(indicators.units(_unfiltered(region, unit)))
    return MappingProxyType(
        {str(code): tuple(map(str, known.of(code))) for code in known.unique_ids}
    )


def units(region: str, level: boundaries.Level) -> pd.DataFrame:
    """Return what can be compared, with its sites by family: of the whole catalogue, unfiltered.

    What somebody brought is no catalogue: it is compared within its own region.
    """
    return _units(region if own_regions.is_own(region) else "", level)


@own_regions.by_region
def _units(region: str, level: boundaries.Level) -> pd.DataFrame:
    regions = [region] if region else list(names.regions("zh"))
    table = pd.concat([_of_region(_unfiltered(each, level)) for each in regions])
    return table.assign(residents=peers.residents(table))


def distances(asked: PeerQuery) -> pd.DataFrame:
    """Return how unlike everything is, see `geo.measures.peers.distances`."""
    return _distances(asked.region, asked.of, asked.level, asked.weights)


@memory.by_view(latest=256)
def _distances(region: str, of: str, level: boundaries.Level, weights: Weights) -> pd.DataFrame:
    known = units(region, level)
    return peers.distances(known, known[list(names.families("zh"))], of=of, weights=weights)


def nearest(asked: PeerQuery) -> list[str]:
    """Return the peers, the most alike first: those chosen, else those that the rule finds."""
    found = distances(asked)
    among: list[str] = [code for code in asked.chosen if code != asked.of]
    if among:
        far = found["distance"].reindex(among).sort_values(kind="stable", na_position="last")
        return list(map(str, far.index))
    everything = units(asked.region, asked.level)
    within = everything if asked.everywhere else everything[everything["region"] == asked.region]
    return list(map(str, peers.nearest(found, of=asked.of, k=asked.k, among=list(within.index))))


def figures(query: FigureQuery, asked: PeerQuery, compared: list[str]) -> pd.DataFrame:
    """Return the figures of the region and of what it is compared with, filters applied.

    They are those of `peer_rows.figures`, on adcodes.
    """
    where = units(asked.region, asked.level)["region"].reindex(compared)
    regions = dict.fromkeys([asked.region, *where.dropna()])
    queries = (dataclasses.replace(query, region=each, unit=asked.level) for each in regions)
    return peer_rows.figures(pd.concat(map(_of_region, queries)))


@memory.by_view(latest=64)
def _of_region(query: FigureQuery) -> pd.DataFrame:
    """Return a region's units, or the whole city that it is, with figures and sites by family."""
    if query.unit not in names.levels_of(str(query.region)):
        return _whole(dataclasses.replace(query, unit="district"))
    known = pd.DataFrame(indicators.units(query))[list(DESCRIBED)].assign(region=query.region)
    return known.join(indicators.table(query)).join(indicators.families(query))


def _whole(query: FigureQuery) -> pd.DataFrame:
    """Return the row of a region that is one city."""
    told, places = indicators.overall(query), indicators.units(query)
    region = pd.Series(catalog.regions().loc[str(query.region)])
    code = names.whole_city(str(query.region))
    row = {
        "name_zh": region["name_zh"],
        "name_en": region["name_en"],
        "short_zh": specific_part(str(region["name_zh"])),
        "city": region["name_zh"],
        "province": region["province_zh"],
        "region": query.region,
        "lon": float(places["lon"].mean()),
        "lat": float(places["lat"].mean()),
        "n": told.n_placed + told.n_unplaced,
        "per_100_km2": told.per_100_km2,
        ranking.PEOPLE: told.per_100k_residents,
        ranking.COVERAGE: told.coverage,
        "area_km2": told.area_km2,
        "population": told.population,
        "population_year": told.population_year,
    }
    counts = indicators.families_of_all(query, code)
    return pd.DataFrame([row], index=pd.Index([code], name="adcode")).join(counts)


def _unfiltered(region: str, unit: boundaries.Level) -> FigureQuery:
    return FigureQuery(region, unit, Criteria(), settings.RADIUS_M, covered=False)
