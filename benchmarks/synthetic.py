"""A catalogue with many sites, for measuring the running app."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geo import settings
from geo.facts import boundaries

if TYPE_CHECKING:
    from pathlib import Path

DECIMALS = 6


def catalogue_with(folder: Path, *, n: int, region: str = "shanghai", seed: int = 0) -> Path:
    """Write a copy of the facts in which a region has `n` located sites.

    Parameters
    ----------
    folder : Path
        Folder to write to; must not exist.
    n : int
        Sites of the region; those of other regions stay.
    region : str
        Whose sites are replaced.
    seed : int
        Of the random positions, each inside its district.

    Returns
    -------
    Path
        The folder: give it to the app as CHUANGTU_DATA.
    """
    shutil.copytree(settings.OWN_DATA, folder)
    path = folder / "sites.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    own = rows[(rows["region"] == region) & (rows["lon"] != "")]
    random = np.random.default_rng(seed)
    many = own.iloc[random.integers(0, len(own), n)].reset_index(drop=True)
    many["id"] = [f"synthetic-{number}" for number in range(n)]
    many["precision"] = "building"
    districts = boundaries.districts(region)
    for adcode, group in many.groupby("adcode"):
        lon, lat = _inside(districts.geometry[str(adcode)], len(group), random)
        many.loc[group.index, "lon"] = [f"{value:.{DECIMALS}f}" for value in lon]
        many.loc[group.index, "lat"] = [f"{value:.{DECIMALS}f}" for value in lat]
    others = rows[rows["region"] != region]
    every = pd.concat([others, many], ignore_index=True)
    every.to_csv(path, index=False)
    path = folder / "milestones.csv"
    milestones = pd.read_csv(path, dtype=str, keep_default_na=False)
    milestones[milestones["site"].isin(every["id"])].to_csv(path, index=False)
    return folder


def _inside(
    polygon: shapely.Geometry, n: int, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw positions evenly inside a polygon, by rejection."""
    west, south, east, north = shapely.bounds(polygon)
    shapely.prepare(polygon)
    lon, lat = np.empty(0), np.empty(0)
    while len(lon) < n:
        x, y = random.uniform(west, east, 4 * n), random.uniform(south, north, 4 * n)
        inside = shapely.contains_xy(polygon, x, y)
        lon, lat = np.append(lon, x[inside]), np.append(lat, y[inside])
    return lon[:n], lat[:n]
