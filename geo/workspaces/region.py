"""A workspace as a region that pages, figures and files work on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo import memory
from geo.errors import InputError, UnknownKeyError, WorkspaceError
from geo.facts import own_regions
from geo.facts.own_regions import OwnRegion
from geo.geometry.lonlat import with_empty_points
from geo.measures import assignment
from geo.workspaces import keys
from geo.workspaces.home import home

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.workspaces.content import Workspace


NUMBER: Final = "."
"""Between a workspace's key and the number of its version, in the id of its region."""
VERSION: Final = re.compile("[0-9]{1,9}")

LARGE: Final = 20_000
"""Sites of a list from which on its texts are kept once."""

ROWS_PER_TEXT: Final = 8
"""So many rows a text, and a column of such a list is kept as categories."""


def opened(key: str) -> str:
    """Return the id of the region of a workspace as it stands, opened for this process.

    Parameters
    ----------
    key
        Its read or write key; the region names the read key alone.

    Raises
    ------
    WorkspaceError
        Where there is no such workspace, or nothing can be read.
    """
    store, read = home(), keys.read_key(key)
    standing = [each for each in store.versions(read) if each.beside is None][-1]
    id_ = f"{own_regions.PREFIX}{read}{NUMBER}{standing.number}"
    if id_ not in own_regions.opened():
        found = store.open(read, version=standing.number)
        own_regions.remember(own_region(found.content, id_=id_))
    return id_


def _again(id_: str) -> OwnRegion | None:
    """Return the region of a workspace by its id, in the version that the id names."""
    key, _, number = id_.removeprefix(own_regions.PREFIX).partition(NUMBER)
    try:
        # A region's id names the key that reads, and no other.
        if VERSION.fullmatch(number) is None or keys.read_key(key) != key:
            return None
        return own_region(home().open(key, version=int(number)).content, id_=id_)
    except (WorkspaceError, InputError):
        return None


own_regions.read_by(_again)


def delete(key: str) -> None:
    """Delete a workspace for good: where it is kept, and what this process remembers of it.

    Parameters
    ----------
    key
        Its write key.

    Raises
    ------
    WorkspaceError
        As `geo.workspaces.store.Store.delete`; nothing is forgotten then.
    """
    home().delete(key)
    named = f"{own_regions.PREFIX}{keys.read_key(key)}{NUMBER}"
    for region in own_regions.opened():
        if region.startswith(named):
            own_regions.forget(region)
    memory.forget_views()


def key_of(region: str) -> str | None:
    """Return the key that the id of a region was written with; None where it is no workspace's."""
    if not own_regions.is_own(region):
        return None
    key = region.removeprefix(own_regions.PREFIX).partition(NUMBER)[0]
    try:
        keys.hashes(key)
    except UnknownKeyError:
        return None
    return key


def version_of(region: str) -> int:
    """Return the number of the version that the id of a workspace's region names."""
    return int(region.rpartition(NUMBER)[2])


def own_region(content: Workspace, *, id_: str) -> OwnRegion:
    """Return the region of a workspace.

    Parameters
    ----------
    content
        What the workspace holds.
    id_
        Of the region, see `geo.facts.own_regions.OwnRegion`.
    """
    sites = content.sites.assign(region=id_)
    sites = sites.set_geometry(with_empty_points(sites.geometry))
    areas = None if content.boundaries is None else content.boundaries.set_index("adcode")
    return OwnRegion(
        id=id_,
        name=content.name,
        units=tuple(sorted({*content.region})),
        sites=_each_text_once(sites if areas is None else _by_areas(sites, areas)),
        areas=areas,
        layouts=content.layouts,
        shortlists=content.shortlists,
        notes=content.notes,
        population=content.population,
        streets=content.streets,
        barriers=content.barriers,
        forbidden=content.forbidden,
        candidates=content.candidates,
    )


def _each_text_once(sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return sites with columns of few texts as categories: of a million, 150 MB in place of 550.

    In the order of the texts, so that they sort as these do.
    """
    if len(sites) < LARGE:
        return sites
    texts = [name for name, kind in sites.dtypes.items() if isinstance(kind, pd.StringDtype)]
    few = [name for name in texts if ROWS_PER_TEXT * sites[name].nunique() <= len(sites)]
    return sites.astype(dict.fromkeys(few, "category"))


def _by_areas(sites: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return sites with the areas they lie in as their districts.

    Of a site in none, or without a position, the district is not known: what its list says of an
    administrative unit stays in ``district_listed``.
    """
    area = assignment.by_position(sites, areas)
    unknown = pd.Series(pd.NA, sites.index, dtype="string")
    names = area.map(areas["name_zh"].astype("string")).astype("string")
    return sites.assign(adcode=area, city_adcode=unknown, district=names)
