"""What a page shows, computed once for each combination of inputs."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo import memory, settings
from geo.facts import boundaries, catalog, completeness, own_regions
from geo.facts import years as facts_years
from geo.measures import (
    areal_indicators,
    areal_units,
    assignment,
    classes,
    coverage,
    density,
    district_profile,
    district_table,
    location_quotient,
    ranking,
    region_pattern,
    region_summary,
    sector_counts,
)
from geo.measures import residents as residents_reached
from geo.measures.containment import NOWHERE
from geo.measures.indicator_list import AREAL, INDICATORS
from geo.planning import taking_part
from geo.search import matching
from geo.search.criteria import Criteria
from layers import palette
from layers.ground import inset
from ui.cached import names, records

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.facts.own_population import OwnPopulation
    from geo.measures.indicator_list import Rule
    from geo.planning.taking_part import Stay
    from geo.policy.model import Area
    from layers.ground import base_document


FIGURED: Final = frozenset(
    {"adcode", "city_adcode", "sectors", "status", "precision", "evidence", "geometry"}
)
"""Columns of sites that figures are made of."""


@dataclass(frozen=True)
class FigureQuery:
    """What a figure depends on, and so the key under which it is remembered."""

    region: Area
    unit: boundaries.Level
    criteria: Criteria
    radius_m: float
    covered: bool = True
    """Whether coverage is asked for: of many sites it takes longer than all else together."""
    stay: Stay = taking_part.OWN
    """Whose sites a plan keeps: `sites` are these, and no other figure hangs on it."""


def unfiltered(region: Area) -> FigureQuery:
    """Return the query of all sites of a region by district, which asks for no coverage."""
    return FigureQuery(region, "district", Criteria(), settings.RADIUS_M, covered=False)


def busiest(region: str, family: str) -> str:
    """Return the code of the district with most sites of a family, of those alike with most."""
    figures = quotients(unfiltered(region), family)
    return str(figures.sort_values(["x_ds", "n"], ascending=False, kind="stable").index[0])


def units(query: FigureQuery) -> gpd.GeoDataFrame:
    """Return the units of a query's region, read once per process."""
    return _units(query.region, query.unit)


@own_regions.by_region
def _units(area: Area, unit: boundaries.Level) -> gpd.GeoDataFrame:
    return boundaries.districts(area, level=unit)


def sites(query: FigureQuery) -> gpd.GeoDataFrame:
    """Return the region's sites, or whose are to stay, that pass the filters."""
    return _sites(query.region, query.criteria, query.stay)


@memory.by_view(latest=64)
def _sites(area: Area, wanted: Criteria, stay: Stay) -> gpd.GeoDataFrame:
    own = stay == taking_part.OWN
    every = records.all_sites(area) if own else taking_part.today(str(area), stay)
    return matching.select(every, wanted)


def figured(query: FigureQuery) -> gpd.GeoDataFrame:
    """Return of the sites that pass what figures are made of: of a million all takes seconds."""
    return _figured(query.region, records.passing(query.region, query.criteria))


def _figured(area: Area, kept: NDArray[np.bool_]) -> gpd.GeoDataFrame:
    every = records.all_sites(area)
    narrow = every[[name for name in every if name in FIGURED]]
    return narrow if kept.all() else narrow[kept]


@own_regions.by_region
def reported(region: str) -> pd.DataFrame:
    """Return sites on record against what authorities report, of a whole region."""
    return completeness.compared(region)


def _all_years(query: FigureQuery) -> NDArray[np.bool_]:
    """Return which sites pass all filters but that of the year."""
    return records.passing(query.region, dataclasses.replace(query.criteria, until=None))


@memory.by_view(latest=256)
def dated(query: FigureQuery) -> tuple[int, int]:
    """Return of how many sites that pass all filters but that of the year one is known, or none."""
    passing, known = _all_years(query), records.dated(query.region)
    return int((passing & known).sum()), int((passing & ~known).sum())


@memory.by_view(latest=256)
def per_year(query: FigureQuery) -> pd.DataFrame:
    """Return how many sites that pass all filters but that of the year are known since each."""
    return facts_years.per_year(records.since(query.region)[_all_years(query)], facts_years.span())


@memory.by_view(latest=256)
def n_wide(query: FigureQuery) -> int:
    """Return how many technology and start-up parks of the region pass the other filters."""
    wide = dataclasses.replace(query.criteria, scope=catalog.WIDE)
    every = records.all_sites(query.region)
    of_wide = (every["scope"] == catalog.WIDE).to_numpy(dtype=bool)
    return int((records.passing(query.region, wide) & of_wide).sum())


@own_regions.by_region
def _every_home(area: Area, unit: boundaries.Level) -> assignment.Homes:
    return assignment.homes(records.all_sites(area), _units(area, unit))


def _homes(query: FigureQuery) -> assignment.Homes:
    """Return where the sites that pass belong: found once for all sites of the region."""
    kept = records.passing(query.region, query.criteria)
    return _every_home(query.region, query.unit).of(kept)


def home(query: FigureQuery, key: str) -> str | None:
    """Return the unit that a site of the region counts in; None where that is not known."""
    return _home(query.region, query.unit, key)


@memory.by_view(latest=4096)
def _home(area: Area, unit: boundaries.Level, key: str) -> str | None:
    here = np.flatnonzero(records.all_sites(area)["id"] == key)
    known = [row for row in _every_home(area, unit).rows[here] if row != NOWHERE]
    return str(_units(area, unit).index[known[0]]) if known else None


@memory.by_view(latest=256)
def _coverage(query: FigureQuery) -> pd.DataFrame:
    if not query.covered:
        return coverage.unasked(units(query).index)
    return coverage.coverage(figured(query), units(query), radius_m=query.radius_m)


@memory.by_view(latest=256)
def _people(query: FigureQuery) -> pd.DataFrame | None:
    """Return whom the residents that somebody brought have within the radius; None without."""
    if not query.covered:
        return None
    return residents_reached.of_own(
        query.region, figured(query), units(query), radius_m=query.radius_m
    )


def own_population(region: Area) -> OwnPopulation | None:
    """Return the residents by place that somebody brought for a region of theirs."""
    held = own_regions.known(region)
    return None if held is None else held.population


@memory.by_view(latest=256)
def table(query: FigureQuery) -> pd.DataFrame:
    """Return density and coverage of every district, on its adcode.

    Up to a year a district has no figure where nobody knows whether it had sites by then.
    """
    counts = density.of_homes(_homes(query), units(query))
    figures = (
        district_table.with_coverage(
            counts,
            figured(query),
            units(query),
            radius_m=query.radius_m,
            cover=_coverage(query),
            people=_people(query),
        )
        if query.covered
        else district_table.uncovered(counts)
    )
    if query.criteria.until is None:
        return figures
    of_no_year = _figured(query.region, _all_years(query) & ~records.dated(query.region))
    return district_table.with_undated(figures, of_no_year, units(query))


@memory.by_view(latest=256)
def quotients(query: FigureQuery, family: str) -> pd.DataFrame:
    """Return the location quotient of a sector family in every district."""
    return location_quotient.by_district(figured(query), units(query), family=family)


@memory.by_view(latest=64)
def profile(query: FigureQuery) -> pd.DataFrame:
    """Return what is told of every district beside its density and its coverage."""
    return district_profile.profile(figured(query), units(query), table=table(query))


@memory.by_view(latest=64)
def pattern(query: FigureQuery) -> region_pattern.Pattern:
    """Return how the sites are spread over the region."""
    return region_pattern.pattern(figured(query), units(query), table=table(query))


@memory.by_view(latest=32)
def divided(query: FigureQuery) -> areal_units.Divided:
    """Return the sites in districts and in squares."""
    return areal_units.divided(figured(query), units(query))


@memory.by_view(latest=32)
def in_units(query: FigureQuery, indicator: str, focus: str) -> areal_indicators.Measured:
    """Return an indicator in districts and in squares, of `focus` where it is a quotient."""
    return areal_indicators.measured(
        divided(query),
        figured(query),
        units(query),
        indicator=indicator,
        radius_m=query.radius_m,
        family=focus,
    )


@memory.by_view(latest=256)
def families(query: FigureQuery) -> pd.DataFrame:
    """Return how many sites of each sector family every district has."""
    return sector_counts.counts(figured(query), units(query))


def families_of_all(query: FigureQuery, code: str) -> pd.DataFrame:
    """Return how many sites of each sector family a whole region has, in one row of that label."""
    return sector_counts.totals(figured(query), name=code).to_frame().T.rename_axis("adcode")


@own_regions.by_region
def residents(region: Area) -> tuple[int, int] | None:
    """Return a region's published number of residents and its year; None where none is given."""
    table = catalog.regions()
    known = table["population"].dropna()
    if not isinstance(region, str) or region not in known.index:
        return None
    return int(known[region]), int(table["population_year"][region])


@memory.by_view(latest=256)
def overall(query: FigureQuery) -> region_summary.Summary:
    """Return the region's headline figures."""
    graded = records.all_sites(query.region)[["evidence", "status"]]
    return region_summary.of_tables(
        graded[records.passing(query.region, query.criteria)],
        _homes(query),
        table=table(query),
        cover=_coverage(query),
        radius_m=query.radius_m,
        residents=residents(query.region),
        people=_people(query),
    )


def values(table: pd.DataFrame, indicator: str) -> pd.Series:
    """Return an indicator's figures that may be compared: per resident, those of one year."""
    return ranking.compared(table, INDICATORS[indicator].column)


@memory.by_view(latest=256)
def breaks(query: FigureQuery, indicator: str, rule: Rule) -> tuple[float, ...]:
    """Return an indicator's class limits by a rule.

    They are those of the whole catalogue of the region, whatever the filters: the same colour
    means the same figure on every page and behind every link. Fixed ones are those of all regions
    of the catalogue that have the level; the reader's own is classed by them too.
    """
    classed = INDICATORS[indicator]
    if classed.quotient:
        return classes.LQ_BREAKS
    queries = [dataclasses.replace(query, criteria=Criteria())]
    if rule == "fixed":
        queries = _everywhere(query, covered=classed.share)
    return classed.breaks(pd.concat([values(table(each), indicator) for each in queries]), rule)


@memory.by_view(latest=64)
def breaks_in_units(
    query: FigureQuery, indicator: str, focus: str, rule: Rule
) -> tuple[float, ...]:
    """Return the class limits of an indicator in districts and squares, the same in all of them.

    Fixed ones are those of all regions of the catalogue, as of `breaks`; others are of what is
    shown, for a filter leaves few of the squares.
    """
    classed = AREAL[indicator]
    if classed.quotient:
        return classes.LQ_BREAKS
    queries = _everywhere(query, covered=query.covered) if rule == "fixed" else [query]
    every = [each for one in queries for each in in_units(one, indicator, focus).values]
    return classed.breaks(pd.Series(np.concatenate(every)), rule)


def _everywhere(query: FigureQuery, *, covered: bool) -> list[FigureQuery]:
    """Return a query without filters of each region of the catalogue that has its level."""
    whole = dataclasses.replace(query, criteria=Criteria(), covered=covered)
    regions = (name for name in names.regions("zh") if query.unit in names.levels_of(name))
    return [dataclasses.replace(whole, region=region) for region in regions]


def ramp(query: FigureQuery, indicator: str, rule: Rule) -> tuple[str, ...]:
    """Return the colour token of each class of an indicator."""
    if INDICATORS[indicator].quotient:
        return palette.QUOTIENT
    return palette.amounts(len(breaks(query, indicator, rule)) + 1)


@own_regions.by_region
def window(region: str, bounds: base_document.Bounds) -> inset.Window | None:
    """Return the inset's window: that of all sites, so that the map stays while filters change."""
    sites = records.counted_sites(region)
    return inset.densest_window(sites["lon"], sites["lat"], bounds=bounds)


def with_quotients(query: FigureQuery, *, focus: str) -> pd.DataFrame:
    """Return `table` with the location quotient of a sector family beside it."""
    return table(query).join(quotients(query, focus)[["lq", "x_ds", "few"]])
