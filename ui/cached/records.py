"""The catalogue's sites, read once per process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo import memory
from geo.facts import boundaries, catalog, own_regions
from geo.measures import assignment
from geo.search import criteria, matching

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd
    import pandas as pd

    from geo.policy.model import Area


WITHIN: Final = "/"
"""Between the region and the id of a site that somebody brought."""


@own_regions.by_region
def all_sites(area: Area) -> gpd.GeoDataFrame:
    """Return all sites of a region.

    Of a layout's own area they are those that the catalogue has in its units, often none.
    """
    if isinstance(area, str):
        return catalog.sites(area, scope=catalog.WIDE)
    every = catalog.sites(scope=catalog.WIDE)
    inside = assignment.assign(every, boundaries.districts(area)).notna()
    return every[inside].reset_index(drop=True)


@own_regions.by_region
def counted_sites(area: Area) -> gpd.GeoDataFrame:
    """Return the sites of a region that count where no filter is on: the creative ones."""
    return matching.select(all_sites(area), criteria.Criteria())


@own_regions.by_region
def ids(area: Area) -> frozenset[str]:
    """Return the ids of a region's sites, or of those in a layout's area."""
    return frozenset(all_sites(area)["id"])


@memory.by_facts
def every_id() -> frozenset[str]:
    """Return the ids of all sites."""
    return frozenset(_every("")["id"])


def within_reach(region: str) -> frozenset[str]:
    """Return the ids of sites that a page on a region can show: all, or those somebody brought."""
    return ids(region) if own_regions.is_own(region) else every_id()


def reference(region: str, key: str) -> str:
    """Return what the address of a site's page calls it: one that somebody brought by its region.

    The ids of the catalogue are one set; those of somebody's file may be the same.
    """
    return f"{region}{WITHIN}{key}" if own_regions.is_own(region) else key


def referred(reference: str) -> tuple[str, str]:
    """Return region and id of a site; the region is empty where the catalogue tells it."""
    if not own_regions.is_own(reference):
        return "", reference
    region, _, key = reference.partition(WITHIN)
    return region, key


def exists(reference: str) -> bool:
    """Return whether there is such a site."""
    region, key = referred(reference)
    if not region:
        return key in every_id()
    return own_regions.is_open(region) and key in ids(region)


def site(key: str, region: str = "") -> pd.Series:
    """Return one site that is within the reach of a region."""
    every = _every(whose(region))
    return every[every.index == key].iloc[0]


def listed(keys: Collection[str], region: str = "") -> gpd.GeoDataFrame:
    """Return some sites that are within the reach of a region, in the order of their ids."""
    every = _every(whose(region))
    return every.loc[list(keys)] if keys else every.head(0)


def whose(region: str) -> str:
    """Return the region that has sites of its own; empty where they are the catalogue's."""
    return region if own_regions.is_own(region) else ""


@own_regions.by_region
def _every(region: str) -> gpd.GeoDataFrame:
    return catalog.sites(region or None, scope=catalog.WIDE).set_index("id", drop=False)
