"""Where sites cluster, in every setting that `geo.measures.clusters.sensitivity` looks at."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import pandas as pd

from api import limits
from api.refusals import RefusedRequest
from api.words import ApiTexts
from geo import clusters
from geo.facts import boundaries, catalog, own_regions, schemas
from geo.measures import cluster_profiles
from geo.policy import cluster_naming, layouts
from geo.settings import LANGUAGES

if TYPE_CHECKING:
    import geopandas as gpd

DISTANCE_M: Final = 1_000
LEAST: Final = 3
"""The setting that is served where no other is asked for."""

LISTS: Final = ("members", "districts", "named_by")
"""Columns of several codes."""

CALLED: Final = {"family": "sector", "family_share": "sector_share", "sites": "n"}
"""Columns of profiles that are called otherwise in files, as those of other tables are."""

COLUMNS: Final = (
    "id", "region", "distance", "least", "number", "name_zh", "name_en", "site", "district",
    "districts", "sector", "sector_share", "n", "places", "share", "micro", "corridor", "level",
    "p", "kept", "settings", "stable", "named_by", "members", "area_km2", "n_sites", "used",
    "vague", "unlocated", "simulations", "random_seed", "geometry",
)  # fmt: skip


def tables(region: str) -> list[gpd.GeoDataFrame]:
    """Return the clusters of a region, a table for each setting that finds any.

    Parameters
    ----------
    region
        Id of a region, or of one that somebody brought: that of no row, since it holds a key.

    Returns
    -------
    list of GeoDataFrame
        WGS84 polygons, index ``id``: `COLUMNS`, as ``data/columns.csv`` explains them.

    Raises
    ------
    RefusedRequest
        Where there are too many sites to look for clusters among.
    """
    sites, districts = catalog.sites(region), boundaries.districts(region)
    if len(sites) > limits.MOST_CLUSTERED:
        raise RefusedRequest("too_many_sites", n=f"{len(sites)}")
    every = {
        (distance, least): clusters.clusters(
            sites, min_sites=least, distance_m=distance, region=districts
        )
        for distance, least in product(clusters.DISTANCES_M, clusters.MINIMA)
    }
    found = {setting: each for setting, each in every.items() if len(each.clusters)}
    survived = clusters.sensitivities(sites, [each.labels for each in found.values()])
    return [
        _table(region, cluster_profiles.profiles(each, sites, districts, kept=kept), setting)
        for (setting, each), (_, kept) in zip(found.items(), survived, strict=True)
    ]


def _table(region: str, profiles: gpd.GeoDataFrame, setting: tuple[int, int]) -> gpd.GeoDataFrame:
    named = cluster_naming.named_by(profiles, known=layouts.within_reach(region))
    brought = own_regions.is_own(region)
    table = rows(profiles, named, region="" if brought else region, setting=setting)
    return table.drop(columns="region") if brought else table


def rows(
    profiles: gpd.GeoDataFrame,
    named: pd.Series,
    *,
    region: str,
    setting: tuple[float, int],
) -> gpd.GeoDataFrame:
    """Return profiles of clusters as the collection and files have them.

    Parameters
    ----------
    profiles
        Of `cluster_profiles.profiles`.
    named
        Which elements of layouts name each, see `cluster_naming.named_by`.
    region
        Of which they are, as ids and the column say; empty where neither does.
    setting
        Distance (metres) and minimum that they were found with.

    Returns
    -------
    GeoDataFrame
        WGS84 polygons, index ``id``: `COLUMNS`, as ``data/columns.csv`` explains them.
    """
    (distance, least), told = setting, profiles.attrs
    number = profiles.index.to_series()
    t = {lang: ApiTexts(lang) for lang in LANGUAGES}
    frame = profiles.rename(columns=CALLED).assign(
        id=f"{region}{'.' if region else ''}{distance:g}.{least}." + number.astype(str),
        region=region,
        distance=distance,
        least=least,
        number=number,
        named_by=named.map(lambda all_: [f"{e.layout.id}.{e.element.id}" for e in all_]),
        n_sites=told["n"],
        **{name: told[name] for name in ("used", "vague", "unlocated")},
        simulations=told["method"]["simulations"],
        random_seed=told["method"]["seed"],
        **{
            f"name_{lang}": [
                t[lang]("clusters.around", name=name) for name in profiles[f"name_{lang}"]
            ]
            for lang in LANGUAGES
        },
    )
    for column in LISTS:
        frame[column] = frame[column].map(schemas.SEPARATOR.join).astype("string")
    frame.attrs = {}
    return frame.set_index(pd.Index(frame["id"], name=None))[list(COLUMNS)]
