"""A workspace as a region that pages, figures and files work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.facts.own_regions import OwnRegion

if TYPE_CHECKING:
    import geopandas as gpd

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
    return OwnRegion(
        id=id_,
        name=content.name,
        units=content.region,
        sites=_placed(content.sites.assign(region=id_)),
        areas=None if content.boundaries is None else content.boundaries.set_index("adcode"),
    )


def _placed(sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return sites with an empty point where none is known, as the catalogue has them."""
    points = np.asarray(sites.geometry.array)
    points = np.where(shapely.is_missing(points), shapely.Point(), points)
    return sites.set_geometry(points, crs=sites.crs)
