"""Workspaces as regions of the pages: opened by the link that names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import WorkspaceError
from geo.facts import own_regions
from geo.workspaces import region
from geo.workspaces.home import home

if TYPE_CHECKING:
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


@own_regions.by_region
def opened(region_id: str) -> Opened | None:
    """Return a region's workspace in the version that the region names; None for the catalogue's.

    Raises
    ------
    WorkspaceError
        Where there is no such workspace, or nothing can be read.
    """
    key = region.key_of(region_id)
    if key is None:
        return None
    return home().open(key, version=int(region_id.rpartition(region.NUMBER)[2]))
