"""The catalogue's sites, read once per process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo import memory
from geo.facts import catalog, own_regions, years
from geo.measures import assignment
from geo.search import criteria, matching

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

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
    return assignment.catalogued(area)


@own_regions.by_region
def counted_sites(area: Area) -> gpd.GeoDataFrame:
    """Return the sites of a region that count where no filter is on: the creative ones."""
    return matching.select(all_sites(area), criteria.Criteria())


@own_regions.by_region
def catalogued(region: str) -> bool:
    """Return whether the catalogue has any creative site within a region's districts."""
    return bool((assignment.catalogued(region)["scope"] == catalog.CORE).any())


@memory.by_view(latest=64)
def passing(area: Area, wanted: criteria.Criteria) -> NDArray[np.bool_]:
    """Return which sites of a region pass the filters."""
    met = matching.meeting(all_sites(area), wanted)
    met.flags.writeable = False
    return met


@own_regions.by_region
def since(area: Area) -> pd.DataFrame:
    """Return since when each site of a region is known, see `geo.facts.years.known`."""
    return years.known(all_sites(area))


@own_regions.by_region
def dated(area: Area) -> NDArray[np.bool_]:
    """Return of which sites of a region a year is known."""
    known = since(area)["year"].notna().to_numpy(dtype=bool, copy=True)
    known.flags.writeable = False
    return known


@memory.by_view(latest=256)
def has(area: Area, key: str) -> bool:
    """Return whether a region, or a layout's area, has a site of this id."""
    return bool((all_sites(area)["id"] == key).any())


def is_known(key: str) -> bool:
    """Return whether the catalogue has a site of this id."""
    return bool((_every("")["id"] == key).any())


def within_reach(region: str, key: str) -> bool:
    """Return whether a page on a region can show a site: any, or one that somebody brought."""
    return has(region, key) if own_regions.is_own(region) else is_known(key)


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
        return is_known(key)
    return own_regions.is_open(region) and has(region, key)


def site(key: str, region: str = "") -> pd.Series:
    """Return one site that is within the reach of a region."""
    return listed((key,), region).iloc[0]


def listed(keys: Collection[str], region: str = "") -> gpd.GeoDataFrame:
    """Return some sites that are within the reach of a region, in the order of their ids."""
    every = _every(whose(region))
    # An index of a million ids would take 100 MB: those few are looked for instead.
    few = every[every["id"].isin(keys)] if keys else every.head(0)
    return few.set_index("id", drop=False).loc[list(keys)]


def whose(region: str) -> str:
    """Return the region that has sites of its own; empty where they are the catalogue's."""
    return region if own_regions.is_own(region) else ""


@own_regions.by_region
def _every(region: str) -> gpd.GeoDataFrame:
    return catalog.sites(region or None, scope=catalog.WIDE)
