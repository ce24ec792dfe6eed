"""Workspaces as regions of the pages: opened by the link that names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import memory
from geo.errors import InputError, WorkspaceError
from geo.facts import own_regions
from geo.workspaces import geopackage, region
from geo.workspaces.home import home

if TYPE_CHECKING:
    from geo.planning.scenario import Scenario
    from geo.workspaces.store import Opened


def newest(written: str) -> str:
    """Return a region, or a site of one, as it is now: that of a workspace in its last version.

    What names no workspace stays as it is written, and is refused like any other unknown code.
    """
    named, slash, site = written.partition("/")
    key = region.key_of(named)
    if key is None:
        return written
    try:
        return f"{region.opened(key)}{slash}{site}"
    except WorkspaceError:
        return written


def opened(region_id: str) -> Opened | None:
    """Return a region's workspace in the version that the region names; None for the catalogue's.

    With all that it holds, beside what the region has of it for every page.

    Raises
    ------
    WorkspaceError
        Where there is no such workspace, or nothing can be read.
    """
    key = region.key_of(region_id)
    return None if key is None else _opened(key, region.version_of(region_id))


def scenarios(region_id: str) -> tuple[Scenario, ...]:
    """Return the scenarios that a region's workspace keeps.

    None of regions of the catalogue, and of a workspace that cannot be opened any more.
    """
    try:
        held = opened(region_id)
    except (WorkspaceError, InputError):
        return ()
    return () if held is None else held.content.scenarios


@memory.by_view(own_regions.LATEST, rows=lambda opened: len(opened.content.sites))
def _opened(key: str, version: int) -> Opened:
    return home().open(key, version=version)


@own_regions.by_region
def is_taken_back(region_id: str) -> bool:
    """Return whether what is exported of a region's workspace can be imported here again.

    Raises
    ------
    WorkspaceError
        As `opened`.
    """
    held = opened(region_id)
    return held is not None and geopackage.is_taken_back(held.content)
