"""Clusters of the sites that a page shows, and what is tested of them, computed once."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, NamedTuple

from api import chance_rows, limits
from geo import memory
from geo.measures import (
    cluster_profiles,
    clusters,
    hot_spots,
    location_quotient,
    pair_test,
    random_points,
    sector_counts,
    site_nearness,
)
from geo.policy import cluster_naming, layouts
from geo.search import criteria
from ui.cached import indicators, names, records

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.measures.hot_spots import HotSpots
    from geo.measures.pair_test import PairTest
    from geo.measures.site_nearness import Nearness
    from geo.policy.site_profile import Naming
    from ui.cached.indicators import FigureQuery

MOST: Final = limits.MOST_CLUSTERED
"""Sites among which clusters are looked for."""

SIMULATIONS: Final = chance_rows.SIMULATIONS
"""How often places are drawn at random, for what chance would make."""


class Setting(NamedTuple):
    """How near to each other sites cluster, metres, and how many they are at least."""

    distance_m: float
    min_sites: int


def parameters(setting: Setting) -> dict[str, object]:
    """Return what a file says of how clusters were found."""
    return {
        "algorithm": "DBSCAN",
        **setting._asdict(),
        "simulations": SIMULATIONS,
        "seed": random_points.SEED,
    }


def n_sites(query: FigureQuery) -> int:
    """Return how many sites pass."""
    return int(records.passing(query.region, query.criteria).sum())


def too_many(query: FigureQuery) -> bool:
    """Return whether so many sites pass that clusters are not looked for."""
    return n_sites(query) > MOST


@memory.by_view(latest=64)
def _found(query: FigureQuery, setting: Setting) -> tuple[gpd.GeoDataFrame, pd.Series]:
    rows, labels = clusters.clusters(
        indicators.sites(query),
        region=indicators.units(query),
        distance_m=setting.distance_m,
        min_sites=setting.min_sites,
        simulations=SIMULATIONS,
    )
    return rows, labels


@memory.by_view(latest=64)
def _sensitivity(query: FigureQuery, setting: Setting) -> tuple[pd.DataFrame, pd.DataFrame]:
    strip, kept = clusters.sensitivity(indicators.sites(query), _found(query, setting)[1])
    return strip, kept


def strip(query: FigureQuery, setting: Setting) -> pd.DataFrame:
    """Return how many clusters each setting makes, and of how many sites."""
    return _sensitivity(query, setting)[0]


@memory.by_view(latest=64)
def profiles(query: FigureQuery, setting: Setting) -> gpd.GeoDataFrame:
    """Return the clusters with all that is said of them, from the one with most sites on."""
    return cluster_profiles.profiles(
        clusters.Clusters(*_found(query, setting)),
        indicators.sites(query),
        indicators.units(query),
        kept=_sensitivity(query, setting)[1],
    )


def of_all_sectors(query: FigureQuery) -> FigureQuery:
    """Return a query without its filter of sectors: a quotient compares them all."""
    wanted = dataclasses.replace(query.criteria, sector=(), match=criteria.ANY)
    return dataclasses.replace(query, criteria=wanted)


def counts(query: FigureQuery) -> pd.DataFrame:
    """Return how many sites of each family each district has."""
    return indicators.families(of_all_sectors(query))


@memory.by_view(latest=64)
def specialisation(query: FigureQuery) -> pd.DataFrame:
    """Return quotient, interval and stars of each district and family, against the region."""
    every = of_all_sectors(query)
    region = sector_counts.totals(indicators.figured(every))
    return location_quotient.specialisation(counts(query), reference=region)


@memory.by_view(latest=64)
def namings(query: FigureQuery, setting: Setting) -> pd.Series:
    """Return the elements of layouts that name the place of each cluster."""
    known = layouts.within_reach(query.region) if isinstance(query.region, str) else None
    return cluster_naming.named_by(profiles(query, setting), known=known)


@memory.by_view(latest=64)
def declared(query: FigureQuery, adcode: str, family: str) -> tuple[Naming, ...]:
    """Return the elements of layouts that name a district, and a sector of a family there."""
    known = layouts.within_reach(query.region) if isinstance(query.region, str) else None
    place = indicators.units(query).loc[[adcode]]
    cities = place["city_adcode"].map(lambda code: (str(code),))
    nobody = cities.map(lambda _: ())
    one = place.assign(members=nobody, districts=cities.map(lambda _: (adcode,)), cities=cities)
    of = names.family_of_sector()
    return tuple(
        each
        for each in cluster_naming.named_by(one, known=known).iloc[0]
        if any(of[code] == family for spec in each.element.specialisations for code in spec.sectors)
    )


@memory.by_view(latest=64)
def pairs(query: FigureQuery, distance_m: float) -> PairTest:
    """Return how many pairs lie within a distance, and how many chance would make."""
    return pair_test.pair_test(
        indicators.figured(query),
        indicators.units(query),
        distance_m=distance_m,
        simulations=SIMULATIONS,
    )


def _densities(query: FigureQuery) -> pd.DataFrame:
    """Return the density of each district, without the coverage that takes longer."""
    return indicators.table(dataclasses.replace(query, covered=False))


@memory.by_view(latest=64)
def nearness(query: FigureQuery) -> Nearness:
    """Return the nearest-neighbour index, over the land of the region."""
    land = float(_densities(query)["area_km2"].sum())
    return site_nearness.nearness(indicators.figured(query), indicators.units(query), area_km2=land)


@memory.by_view(latest=64)
def spots(query: FigureQuery) -> HotSpots:
    """Return the districts that are dense, or empty, together with their neighbours."""
    return hot_spots.hot_spots(_densities(query)["per_100_km2"], indicators.units(query))
