from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import DBSCAN

from geo import clusters
from geo.errors import InputError
from tests.geo import toy

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

METRES = "EPSG:32651"
EAST, NORTH = 350_000, 3_450_000
SEEDS = st.integers(0, 10_000)
PATTERNS = 200


def sites_at(xy: ArrayLike, *, precision: str = "building", **columns: object) -> gpd.GeoDataFrame:
    """Sites by metres from one place in Shanghai."""
    x, y = np.add(np.reshape(xy, (-1, 2)), (EAST, NORTH)).T
    points = gpd.points_from_xy(x, y)
    table = pd.DataFrame({"precision": [precision] * len(points), **columns})
    return gpd.GeoDataFrame(table, geometry=points, crs=METRES)


def group(x: float, y: float, *, n: int = 6, seed: int = 0) -> NDArray[np.float64]:
    off = np.random.default_rng(seed).uniform(-200, 200, (n, 2))
    return np.add(off, (x, y))


def partition(labels: object) -> set[frozenset[int]]:
    """Rows that are together, whatever their labels."""
    known = pd.Series(labels).astype("Int64").reset_index(drop=True)
    known = known[known.notna() & (known != -1)]
    return {frozenset(rows) for rows in known.groupby(known).groups.values()}


@settings(max_examples=8)
@given(seed=SEEDS, min_sites=st.integers(2, 6))
def test_agrees_with_scikit_learn(seed: int, min_sites: int) -> None:
    xy = np.random.default_rng(seed).uniform(0, 10_000, size=(60, 2))
    sites = sites_at(xy)
    found = clusters.micro_clusters(sites, min_sites=min_sites)
    # UTM's metres are not those of the ground.
    plane = sites.to_crs("+proj=laea +lat_0=31.2 +lon_0=121.47 +ellps=WGS84").get_coordinates()
    theirs = DBSCAN(eps=1000, min_samples=min_sites).fit(plane)
    cores = theirs.core_sample_indices_
    assert partition(found.iloc[cores]) == partition(theirs.labels_[cores])
    # Places between two go to one of them by the rows' order there, to the nearer one here.
    assert (found.notna() == (theirs.labels_ >= 0)).all()
    # Clusters are those, together where they touch.
    _, labels = clusters.clusters(sites, min_sites=min_sites)
    assert (labels.notna() == found.notna()).all()
    assert labels.groupby(found).nunique().max() in {1, np.nan} or found.isna().all()


@settings(max_examples=8)
@given(seed=SEEDS)
def test_neither_order_nor_place_matters(seed: int) -> None:
    xy = np.random.default_rng(seed).uniform(0, 8_000, size=(50, 2))
    sites = sites_at(xy)
    found, labels = clusters.clusters(sites, min_sites=3)
    shuffled = sites.sample(frac=1, random_state=seed)
    again, labels_again = clusters.clusters(shuffled, min_sites=3)
    pd.testing.assert_frame_equal(again, found)
    pd.testing.assert_series_equal(labels_again.loc[labels.index], labels)
    micro = clusters.micro_clusters(sites, min_sites=3)
    assert clusters.micro_clusters(shuffled, min_sites=3).loc[micro.index].equals(micro)
    moved = clusters.clusters(sites_at(xy + 100), min_sites=3)
    assert partition(moved.labels) == partition(labels)


def test_a_cluster_in_figures() -> None:
    xy = np.concatenate([group(0, 0), group(9_000, 0, n=5), [[50_000, 0]]])
    sites = sites_at(xy, sectors=["film"] * 4 + ["fashion;film"] * 2 + ["crafts"] * 5 + [None])
    found, labels = clusters.clusters(sites)
    assert found.index.to_list() == [1, 2]
    assert found["sites"].to_list() == [6, 5]
    assert found["share"].to_list() == pytest.approx([6 / 12, 5 / 12])
    assert found["sector"].to_list() == ["film", "crafts"]
    assert found["micro"].to_list() == [1, 1]
    assert found["corridor"].isna().all()
    assert found["p"].isna().all()
    assert labels.to_list() == [1] * 6 + [2] * 5 + [pd.NA]
    hull = shapely.convex_hull(shapely.multipoints(xy[:6]))
    assert found["area_km2"].iloc[0] == pytest.approx(shapely.area(hull) / 1e6, rel=2e-3)
    assert found.attrs["used"] == 12
    assert found.attrs["method"] == {"min_sites": 5, "distance_m": 1000}


def test_micro_clusters_that_reach_the_same_place_are_one_cluster() -> None:
    west = [[x, 0] for x in (0, 10, 20, 30, 200)]
    east = [[2_300 - x, 0] for x, _ in west]
    apart = clusters.clusters(sites_at(west + east))
    assert apart.clusters["sites"].to_list() == [5, 5]
    # Within the distance of one of either, and so no core itself.
    between = sites_at([*west, *east, [1_150, 0]])
    found, labels = clusters.clusters(between)
    micro = clusters.micro_clusters(between)
    assert micro.nunique() == 2
    assert labels.to_list() == [1] * 11
    assert found["micro"].to_list() == [2]


def test_a_chain_of_clusters_is_a_corridor_and_a_heap_of_them_is_none() -> None:
    chain = np.concatenate([group(3_000 * at, 200 * at, seed=at) for at in range(4)])
    found = clusters.clusters(sites_at(chain)).clusters
    assert found["corridor"].to_list() == [1] * 4
    corners = [(0, 0), (3_000, 0), (0, 3_000), (3_000, 3_000)]
    heap = np.concatenate([group(x, y, seed=x + y) for x, y in corners])
    found = clusters.clusters(sites_at(heap)).clusters
    assert len(found) == 4
    assert found["corridor"].isna().all()


def test_many_rows_in_one_place_are_no_cluster() -> None:
    sites = sites_at([[0, 0]] * 40)
    found, labels = clusters.clusters(sites)
    assert len(found) == 0
    assert labels.isna().all()
    assert found.attrs["empty"] == "one_place"
    # With four others it is five places, all of its sites in them.
    found, _ = clusters.clusters(sites_at([[0, 0]] * 40 + [[0, 99 * at] for at in range(1, 5)]))
    assert found[["sites", "places"]].to_numpy().tolist() == [[44, 5]]


def test_positions_known_to_3_km_are_left_out_and_counted() -> None:
    near = toy.sites([(121.5 + at / 1000, 31.2) for at in range(6)], precision="street")
    vague = toy.sites([(121.5 + at / 1000, 31.2) for at in range(6)], precision="district")
    nowhere = toy.sites([None, None], precision="none")
    every = pd.concat([near, vague, nowhere], ignore_index=True)
    found, labels = clusters.clusters(every)
    assert found["sites"].to_list() == [6]
    assert labels.isna().to_list() == [False] * 6 + [True] * 8
    assert {name: found.attrs[name] for name in ("n", "used", "vague", "unlocated")} == {
        "n": 14,
        "used": 6,
        "vague": 6,
        "unlocated": 2,
    }


def test_chance_is_found_no_more_often_than_the_level_says() -> None:
    region = gpd.GeoDataFrame(
        geometry=[shapely.box(EAST, NORTH, EAST + 10_000, NORTH + 10_000)], crs=METRES
    ).to_crs(toy.CRS)
    patterns = np.random.default_rng(13).uniform(0, 10_000, size=(PATTERNS, 40, 2))
    find = partial(clusters.clusters, min_sites=3, region=region, simulations=19)
    sites = sites_at(patterns).to_crs(toy.CRS)
    lowest = [
        find(sites[at : at + 40], seed=at).clusters["p"].min() for at in range(0, len(sites), 40)
    ]
    # 3 standard errors of a share of 0.05 among 200.
    limit = 0.05 + 3 * math.sqrt(0.05 * 0.95 / PATTERNS)
    assert np.mean(np.array(lowest) <= 0.05) <= limit
    planted = np.concatenate([patterns[0][:20], group(5_000, 5_000, n=20)])
    found = find(sites_at(planted)).clusters
    assert found["p"].iloc[0] == 0.05
    pd.testing.assert_frame_equal(found, find(sites_at(planted)).clusters)


def test_which_clusters_other_settings_keep() -> None:
    dense, loose = group(0, 0, n=12), [[20_000 + 900 * at, 0] for at in range(5)]
    sites = sites_at(np.concatenate([dense, loose]))
    found, labels = clusters.clusters(sites, min_sites=3)
    strip, kept = clusters.sensitivity(sites, labels)
    assert len(strip) == kept.shape[1] == 12
    figures = dict(zip(strip.index, strip.to_numpy().tolist(), strict=True))
    assert figures[1000, 3] == [2, 17, 12]
    assert figures[500, 8] == [1, 12, 12]
    assert kept.index.equals(found.index)
    assert kept.loc[1].all()
    assert not kept.loc[2, (500, 3)]
    assert (kept.mean(axis=1) > 0.5).to_list() == [True, False]


@pytest.mark.parametrize("xy", [[], [[0, 0]], [[0, 0], [9, 9]]])
def test_too_few_sites_have_no_cluster(xy: list[list[float]]) -> None:
    sites = sites_at(xy, sectors=["film"] * len(xy))
    found, labels = clusters.clusters(sites, region=toy.quarters())
    assert len(found) == 0
    assert found.attrs["empty"] == "too_few"
    assert labels.index.equals(sites.index)
    strip, kept = clusters.sensitivity(sites, labels)
    assert (strip == 0).all(axis=None)
    assert kept.empty


def test_places_on_a_line_are_a_cluster_without_an_area() -> None:
    found, _ = clusters.clusters(toy.sites([(121.5, 31.2 + at / 1000) for at in range(6)]))
    assert found["sites"].to_list() == [6]
    assert found["area_km2"].to_list() == [0]


def test_every_fault_is_named() -> None:
    with pytest.raises(InputError, match=r"distance_m: found(.|\n)*min_sites(.|\n)*no column prec"):
        clusters.clusters(sites_at([[0, 0]]).drop(columns="precision"), min_sites=1, distance_m=0)
    with pytest.raises(InputError, match="simulations: found 0"):
        clusters.clusters(sites_at([[0, 0]]), simulations=0)
    with pytest.raises(InputError, match="labels: found another index"):
        clusters.sensitivity(sites_at([[0, 0]]), pd.Series([1, 2]))


def test_each_setting_is_looked_at_once_for_all_clusterings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sites = sites_at([[0, 0], [100, 0], [200, 0], [5000, 0], [5100, 0], [5200, 0]])
    labels = [clusters.clusters(sites, min_sites=least).labels for least in (2, 3)]
    alone = [clusters.sensitivity(sites, each) for each in labels]
    asked: list[tuple[int, float]] = []
    look = clusters._density  # noqa: SLF001

    def counted(points: np.ndarray, *setting: Any) -> Any:  # noqa: ANN401 - as it is
        asked.append(setting)
        return look(points, *setting)

    monkeypatch.setattr(clusters, "_density", counted)
    together = clusters.sensitivities(sites, labels)
    assert len(asked) == len(clusters.DISTANCES_M) * len(clusters.MINIMA)
    for one, other in zip(alone, together, strict=True):
        pd.testing.assert_frame_equal(one.strip, other.strip)
        pd.testing.assert_frame_equal(one.kept, other.kept)
