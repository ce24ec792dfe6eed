"""A workspace as a region that pages, figures and files work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.facts.own_regions import OwnRegion
from geo.geometry.lonlat import with_empty_points

if TYPE_CHECKING:
    from geo.workspaces.content import Workspace


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
    return OwnRegion(
        id=id_,
        name=content.name,
        units=content.region,
        sites=sites.set_geometry(with_empty_points(sites.geometry)),
        areas=None if content.boundaries is None else content.boundaries.set_index("adcode"),
    )
