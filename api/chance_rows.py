"""Whether sites stand as chance would have it, and how unevenly districts share them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from api import limits
from geo import clusters, density
from geo.facts import boundaries, catalog, own_regions
from geo.geometry import lonlat
from geo.measures import hot_spots, pair_test, random_points, region_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.measures.pair_test import PairTest
    from geo.measures.region_pattern import Pattern

SIMULATIONS: Final = 199
"""How often places are drawn at random."""

PAIRS: Final = ("pairs_in_districts", "pairs_in_region")
LOCAL: Final = "gi_star"
TESTS: Final = (
    *(*PAIRS, "nearest_neighbour", "moran", LOCAL),
    *("gini", "theil", "theil_between", "top_share"),
)

FIGURES: Final = ("value", "expected", "low", "high", "z", "p", "p_fdr", "spot", "n", "empty")
OF_DISTRICT: Final = ("city_adcode", "name_zh", "name_en")
DRAWN: Final = ("simulations", "random_seed")
COLUMNS: Final = (
    *("id", "region", "test", "distance", "district"),
    *(*OF_DISTRICT, *FIGURES, *DRAWN),
)
WHOLE: Final = ("distance", "n", *DRAWN)


def table(region: str) -> gpd.GeoDataFrame:
    """Return what is tested of a region's sites, pairs within every distance that clusters have.

    Parameters
    ----------
    region
        Id of a region, or of one that somebody brought: no row tells that, since it holds a key.

    Returns
    -------
    GeoDataFrame
        As `rows`; without pairs where there are too many sites.
    """
    sites, districts = catalog.sites(region), boundaries.districts(region)
    counts = density.density(sites, districts)
    distances = clusters.DISTANCES_M if len(sites) <= limits.MOST_CLUSTERED else ()
    pairs = {
        float(each): pair_test.pair_test(sites, districts, distance_m=each, simulations=SIMULATIONS)
        for each in distances
    }
    return rows(
        region_pattern.pattern(sites, districts, table=counts),
        pairs,
        hot_spots.hot_spots(counts["per_100_km2"].astype("float64"), districts).table,
        districts,
        region="" if own_regions.is_own(region) else region,
    )


def rows(
    pattern: Pattern,
    pairs: Mapping[float, PairTest],
    spots: pd.DataFrame,
    districts: gpd.GeoDataFrame,
    *,
    region: str,
) -> gpd.GeoDataFrame:
    """Return what is tested as the collection and files have it.

    Parameters
    ----------
    pattern
        Of `region_pattern.pattern`.
    pairs
        Of `pair_test.pair_test`, by the distance (metres), each of `SIMULATIONS`.
    spots
        The table of `hot_spots.hot_spots`.
    districts
        What they are of.
    region
        Of which they are, as ids and the column say; empty where neither does.

    Returns
    -------
    GeoDataFrame
        Index ``id``: `COLUMNS`, as ``data/columns.csv`` explains them; WGS84 points where a row is
        of one district, its label's.
    """
    of_region = pd.DataFrame([*_of_pairs(pairs), *_of_region(pattern, spots)])
    local = spots.reset_index(names="district").assign(
        test=LOCAL, empty=pattern.empty["moran"], **_drawn(spots)
    )
    columns = ["test", "distance", "district", *FIGURES, *DRAWN]
    # Those with a place come first: GDAL takes the first feature's type for all.
    frame = pd.concat([local, of_region], ignore_index=True).reindex(columns=columns)
    frame = frame.astype(dict.fromkeys(WHOLE, "Int64"))
    frame = frame.join(districts[[*OF_DISTRICT, "lon", "lat"]], on="district")
    of_one = frame["district"].fillna(frame["distance"].astype("string"))
    ids = frame["test"] + ("." + of_one).fillna("")
    frame = frame.assign(id=f"{region}." + ids if region else ids, region=region)
    points = np.array(gpd.points_from_xy(frame["lon"], frame["lat"]), dtype=object)
    points[frame["district"].isna()] = None
    found = gpd.GeoDataFrame(frame[[*COLUMNS]], geometry=points, crs=lonlat.CRS84)
    return found.set_index(pd.Index(found["id"], name=None))


def _of_pairs(pairs: Mapping[float, PairTest]) -> Iterator[dict[str, object]]:
    for metres, test in pairs.items():
        for name, random in zip(PAIRS, (test.in_districts, test.in_region), strict=True):
            yield {
                "test": name,
                "distance": metres,
                "value": test.pairs,
                "expected": random.mean,
                "low": random.low,
                "high": random.high,
                "p": random.p,
                "n": test.places,
                "empty": test.empty,
                "simulations": SIMULATIONS,
                "random_seed": random_points.SEED,
            }


def _of_region(pattern: Pattern, spots: pd.DataFrame) -> Iterator[dict[str, object]]:
    ratio, z, _ = pattern.nearest
    yield {
        "test": "nearest_neighbour",
        "value": ratio,
        "expected": 1.0,
        "z": z,
        "n": pattern.n_places,
        "empty": pattern.empty["nearest"],
    }
    index, expected, z, p = pattern.moran
    yield {
        "test": "moran",
        "value": index,
        "expected": expected,
        "z": z,
        "p": p,
        "n": int(spots["value"].notna().sum()),
        "empty": pattern.empty["moran"],
        **_drawn(spots),
    }
    shares = {
        "gini": pattern.gini,
        "theil": pattern.theil.total,
        "theil_between": pattern.theil.between,
        "top_share": pattern.top_share,
    }
    for name, value in shares.items():
        n = pattern.n_top if name == "top_share" else len(spots)
        yield {"test": name, "value": value, "n": n, "empty": pattern.empty["gini"]}


def _drawn(spots: pd.DataFrame) -> dict[str, int]:
    """Return how often districts were permuted, and by which numbers."""
    return {"simulations": spots.attrs["permutations"], "random_seed": spots.attrs["seed"]}
