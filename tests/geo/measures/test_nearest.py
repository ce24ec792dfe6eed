"""Nearest sites against every pair's geodesic."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.measures import nearest
from tests.geo import toy

GEOD = pyproj.Geod(ellps="WGS84")
ANYWHERE = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
TOGETHER = st.tuples(st.floats(121.0, 121.001), st.floats(31.0, 31.001))
PLACES = st.lists(st.one_of(ANYWHERE, TOGETHER), min_size=1, max_size=12)


@settings(max_examples=60)
@given(start=PLACES, end=PLACES, k=st.integers(1, 3))
def test_no_site_is_nearer_than_those_that_are_named(
    start: list[toy.Position], end: list[toy.Position], k: int
) -> None:
    k = min(k, len(end))
    row, metres = nearest.distances(np.array(start), np.array(end), k=k)
    for at, rows, far in zip(start, row, metres, strict=True):
        every = np.array([GEOD.inv(*at, *to)[2] for to in end])
        np.testing.assert_allclose(far, np.sort(every)[:k], atol=1e-6)
        np.testing.assert_allclose(every[rows], far, atol=1e-6)


@settings(max_examples=60)
@given(start=PLACES, end=PLACES, part=st.floats(0, 1.5), data=st.data())
def test_pairs_within_a_distance_are_those_of_the_geodesic(
    start: list[toy.Position], end: list[toy.Position], part: float, data: st.DataObject
) -> None:
    every = np.array([[GEOD.inv(*at, *to)[2] for to in end] for at in start])
    # Often exactly as far as a pair is apart.
    most_m = data.draw(st.sampled_from(every.ravel().tolist())) * (1.0 if part > 1 else part)
    table = nearest.within(np.array(start), np.array(end), most_m=most_m).tocoo()
    held = np.zeros(every.shape, dtype=bool)
    held[table.coords] = True
    doubtful = np.abs(every - most_m) < 1e-8
    assert ((held == (every <= most_m)) | doubtful).all()
    near = every[table.coords] < 1e6
    np.testing.assert_allclose(table.data[near], every[table.coords][near], rtol=1.2e-5, atol=1e-6)


def test_all_pairs_are_within_an_infinite_distance() -> None:
    at = np.array([[121.0, 31.0], [-59.0, -31.0], [121.0, 31.001]])
    assert nearest.within(at, at, most_m=np.inf).nnz == 9
    assert nearest.within(at[:0], at, most_m=np.inf).shape == (0, 3)


def test_labels_ranks_and_places_without_a_position() -> None:
    sites = toy.sites([None, (121.5, 31.2), (121.6, 31.2)]).set_index(pd.Index(["x", "b", "c"]))
    places = toy.sites([(121.59, 31.2), None])
    table = nearest.nearest(places, sites, k=3)
    assert table.index.to_list() == [(at, rank) for at in (0, 1) for rank in (1, 2, 3)]
    assert table["site"].fillna("-").to_list() == ["c", "b", "-", "-", "-", "-"]
    assert table["metres"].isna().to_list() == [False, False, True, True, True, True]
    assert nearest.nearest(places, sites)["site"].fillna("-").to_list() == ["c", "-"]
    assert nearest.nearest(places, toy.sites([]))["metres"].isna().all()


@pytest.mark.parametrize("k", [0, -1, 1.5, True, None])
def test_impossible_numbers_of_sites(k: object) -> None:
    lines = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (1, 1)])], crs=toy.CRS)
    with pytest.raises(InputError, match=r"no point(.|\n)*k: found"):
        nearest.nearest(lines, toy.sites([]), k=k)  # type: ignore[arg-type]
