"""The scenarios that a workspace keeps: a row for each pin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import pandas as pd

from geo.checks import frames
from geo.workspaces import region as regions
from geo.workspaces.home import home

if TYPE_CHECKING:
    from geo.planning.scenario import Scenario

COLUMNS: Final = ("id", "scenario", "letter", "radius_m", "filters", "lon", "lat")


def table(region: str) -> gpd.GeoDataFrame:
    """Return a row for each pin of a workspace's scenarios.

    Parameters
    ----------
    region
        Id of the workspace's region.

    Returns
    -------
    GeoDataFrame
        WGS84 points, index ``id``: `COLUMNS`, as ``data/columns.csv`` explains them.
    """
    key = regions.key_of(region)
    held = () if key is None else _scenarios(key, regions.version_of(region))
    rows = [
        (f"{kept.name}.{letter}", kept.name, letter, kept.radius_m, kept.asked, lon, lat)
        for kept in held
        for letter, lon, lat in kept.pins
    ]
    frame = pd.DataFrame(rows, columns=pd.Index(COLUMNS, dtype="str"))
    points = gpd.points_from_xy(frame["lon"], frame["lat"], crs=frames.WGS84)
    return gpd.GeoDataFrame(frame, geometry=points).set_index(frame["id"].rename(None))


def _scenarios(key: str, version: int) -> tuple[Scenario, ...]:
    return home().open(key, version=version).content.scenarios
