"""The catalogue's sites, read once per process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import memory
from geo.facts import boundaries, catalog
from geo.measures import assignment
from geo.search import criteria, matching

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd
    import pandas as pd

    from geo.policy.model import Area


@memory.by_facts
def all_sites(area: Area) -> gpd.GeoDataFrame:
    """Return all sites of a region.

    Of a layout's own area they are those that the catalogue has in its units, often none.
    """
    if isinstance(area, str):
        return catalog.sites(area, scope=catalog.WIDE)
    every = catalog.sites(scope=catalog.WIDE)
    inside = assignment.assign(every, boundaries.districts(area)).notna()
    return every[inside].reset_index(drop=True)


@memory.by_facts
def counted_sites(area: Area) -> gpd.GeoDataFrame:
    """Return the sites of a region that count where no filter is on: the creative ones."""
    return matching.select(all_sites(area), criteria.Criteria())


@memory.by_facts
def ids(area: Area) -> frozenset[str]:
    """Return the ids of a region's sites, or of those in a layout's area."""
    return frozenset(all_sites(area)["id"])


@memory.by_facts
def every_id() -> frozenset[str]:
    """Return the ids of all sites."""
    return frozenset(_every()["id"])


def site(key: str) -> pd.Series:
    """Return one site, of whatever region."""
    every = _every()
    return every[every.index == key].iloc[0]


def listed(keys: Collection[str]) -> gpd.GeoDataFrame:
    """Return some sites, of whatever regions, in the order of their ids."""
    return _every().loc[list(keys)]


@memory.by_facts
def _every() -> gpd.GeoDataFrame:
    return catalog.sites(scope=catalog.WIDE).set_index("id", drop=False)
