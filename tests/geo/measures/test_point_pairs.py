from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import spatial
from sklearn.cluster import DBSCAN

from geo.measures import point_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEEDS = st.integers(0, 10_000)


def sets(seed: int, n: int, *, whole: bool) -> NDArray[np.float64]:
    """Three sets, of them one in a narrow band; whole coordinates have pairs at the very radius."""
    rng = np.random.default_rng(seed)
    some = rng.uniform(-40, 40, size=(3, n, 2))
    some *= np.array([[[1, 1]], [[1, 0.01]], [[5, 5]]])
    return some.round() if whole else some


@settings(max_examples=30)
@given(seed=SEEDS, n=st.integers(0, 60), whole=st.booleans())
def test_counts_agree_with_a_tree(seed: int, n: int, whole: bool) -> None:  # noqa: FBT001
    drawn, radii = sets(seed, n, whole=whole), np.array([1.0, 5.0, 30.0])
    ours = point_pairs.counts(drawn, radii)
    for own, xy in zip(ours, drawn, strict=True):
        tree = spatial.cKDTree(xy)
        theirs = [len(tree.query_pairs(radius)) for radius in radii] if n else [0, 0, 0]
        assert own.tolist() == theirs


@settings(max_examples=30)
@given(seed=SEEDS, n=st.integers(1, 60), least=st.integers(2, 6), whole=st.booleans())
def test_the_largest_cluster_agrees_with_scikit_learn(
    seed: int,
    n: int,
    least: int,
    whole: bool,  # noqa: FBT001
) -> None:
    drawn = sets(seed, n, whole=whole)
    for found, xy in zip(point_pairs.largest(drawn, least, 5.0), drawn, strict=True):
        theirs = DBSCAN(eps=5.0, min_samples=least).fit(xy)
        # A place that two clusters reach joins them here.
        tree, joined = spatial.cKDTree(xy), spatial.cKDTree(xy[theirs.core_sample_indices_])
        together = np.eye(n, dtype=bool)
        for core, reached in zip(
            theirs.core_sample_indices_, joined.query_ball_tree(tree, 5.0), strict=True
        ):
            together[core, reached] = together[reached, core] = True
        for _ in range(n):
            together = together @ together
        held = theirs.labels_ >= 0
        assert found == (together[held][:, held].sum(axis=1).max() if held.any() else 0)


@pytest.mark.parametrize("xy", [[], [[0.0, 0.0]], [[7.0, 7.0]] * 4])
def test_few_points_and_one_place(xy: list[list[float]]) -> None:
    one = np.reshape(xy, (1, -1, 2)).astype(float)
    n = len(xy)
    assert point_pairs.counts(one, np.array([2.0])).tolist() == [[n * (n - 1) / 2]]
    assert point_pairs.largest(one, 2, 2.0).tolist() == [n if n > 1 else 0]
