"""Where sites cluster, in every setting that `geo.measures.clusters.sensitivity` looks at."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import pandas as pd

from api.words import ApiTexts
from geo import clusters
from geo.facts import boundaries, catalog, schemas
from geo.measures import cluster_profiles
from geo.policy import cluster_naming
from geo.settings import LANGUAGES

if TYPE_CHECKING:
    import geopandas as gpd

DISTANCE_M: Final = 1_000
LEAST: Final = 3
"""The setting that is served where no other is asked for."""

LISTS: Final = ("members", "districts", "named_by")
"""Columns of several codes."""

COLUMNS: Final = (
    "id", "region", "distance", "least", "number", "name_zh", "name_en", "site", "district",
    "districts", "sector", "sector_share", "sites", "places", "share", "micro", "corridor", "level",
    "p", "kept", "settings", "stable", "named_by", "members", "area_km2", "n", "used", "vague",
    "unlocated", "simulations", "seed", "geometry",
)  # fmt: skip


def tables(region: str) -> list[gpd.GeoDataFrame]:
    """Return the clusters of a region, a table for each setting that finds any.

    Parameters
    ----------
    region
        Id of a region.

    Returns
    -------
    list of GeoDataFrame
        WGS84 polygons, index ``id``: `COLUMNS`, as ``data/columns.csv`` explains them.
    """
    sites, districts = catalog.sites(region), boundaries.districts(region)
    every = (
        _table(region, sites, districts, setting)
        for setting in product(clusters.DISTANCES_M, clusters.MINIMA)
    )
    return [each for each in every if each is not None]


def _table(
    region: str, sites: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, setting: tuple[int, int]
) -> gpd.GeoDataFrame | None:
    distance, least = setting
    found = clusters.clusters(sites, min_sites=least, distance_m=distance, region=districts)
    if found.clusters.empty:
        return None
    _, kept = clusters.sensitivity(sites, found.labels)
    rows = cluster_profiles.profiles(found, sites, districts, kept=kept)
    number = rows.index.to_series()
    named = cluster_naming.named_by(rows)
    rows["named_by"] = named.map(lambda all_: [f"{e.layout.id}.{e.element.id}" for e in all_])
    for column in LISTS:
        rows[column] = rows[column].map(schemas.SEPARATOR.join).astype("string")
    for lang in LANGUAGES:
        t, names = ApiTexts(lang), rows[f"name_{lang}"]
        rows[f"name_{lang}"] = [t("clusters.around", name=name) for name in names]
    told = found.clusters.attrs
    rows = rows.rename(columns={"family": "sector", "family_share": "sector_share"}).assign(
        id=f"{region}.{distance}.{least}." + number.astype(str),
        region=region,
        distance=distance,
        least=least,
        number=number,
        **{name: told[name] for name in ("n", "used", "vague", "unlocated")},
        **{name: told["method"][name] for name in ("simulations", "seed")},
    )
    rows.attrs = {}
    return rows.set_index(pd.Index(rows["id"], name=None))[list(COLUMNS)]
