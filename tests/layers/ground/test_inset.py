from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.ground import inset

BOUNDS = (120.0, 30.0, 122.0, 32.0)


def cluster(n: int, *, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Three quarters of the sites within 0.05 degrees of 121.5, 31.2; the others anywhere."""
    rng = np.random.default_rng(seed)
    dense = rng.random(n) < 0.75
    lon = np.where(dense, 121.5 + rng.uniform(-0.05, 0.05, n), rng.uniform(120, 122, n))
    lat = np.where(dense, 31.2 + rng.uniform(-0.05, 0.05, n), rng.uniform(30, 32, n))
    return lon, lat


def test_the_window_lies_on_the_dense_centre() -> None:
    window = inset.densest_window(*cluster(200), bounds=BOUNDS)
    assert window is not None
    assert window.contains(121.5, 31.2)
    assert window.east - window.west < 0.3


def test_the_window_has_the_insets_proportions_on_the_map() -> None:
    window = inset.densest_window(*cluster(200), bounds=BOUNDS)
    assert window is not None
    north, south = np.arcsinh(np.tan(np.radians([window.north, window.south])))
    width = np.radians(window.east - window.west)
    assert width / (north - south) == pytest.approx(inset.ASPECT, rel=1e-4)


@given(st.integers(12, 300), st.integers(0, 50))
def test_a_window_holds_at_least_half_of_the_sites(n: int, seed: int) -> None:
    lon, lat = cluster(n, seed=seed)
    window = inset.densest_window(lon, lat, bounds=BOUNDS)
    assert window is not None
    assert window.contains(lon, lat).sum() >= n / 2


@given(st.integers(0, 50))
def test_the_order_of_sites_does_not_matter(seed: int) -> None:
    lon, lat = cluster(60, seed=seed)
    shuffled = np.random.default_rng(seed).permutation(60)
    assert inset.densest_window(lon, lat, bounds=BOUNDS) == inset.densest_window(
        lon[shuffled], lat[shuffled], bounds=BOUNDS
    )


def test_sites_without_a_position_are_ignored() -> None:
    lon, lat = cluster(60)
    more = np.append(lon, [np.nan] * 30), np.append(lat, [np.nan] * 30)
    assert inset.densest_window(*more, bounds=BOUNDS) == inset.densest_window(
        lon, lat, bounds=BOUNDS
    )


def test_few_sites_hide_nothing_and_need_no_inset() -> None:
    assert inset.densest_window(*cluster(inset.FEWEST - 1), bounds=BOUNDS) is None


def test_evenly_spread_sites_need_no_inset() -> None:
    lon, lat = np.meshgrid(np.linspace(120, 122, 20), np.linspace(30, 32, 20))
    assert inset.densest_window(lon.ravel(), lat.ravel(), bounds=BOUNDS) is None


def test_sites_all_on_one_spot_get_a_window_of_some_size() -> None:
    window = inset.densest_window(np.full(20, 121.0), np.full(20, 31.0), bounds=BOUNDS)
    assert window is not None
    assert window.west < 121.0 < window.east
    assert window.south < 31.0 < window.north
