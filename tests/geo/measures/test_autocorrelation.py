from __future__ import annotations

import contextlib
import math
from itertools import combinations

import libpysal
import numpy as np
import pandas as pd
import pytest
from esda.getisord import G_Local
from esda.moran import Moran
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.graph import Graph
from libpysal.weights import W, lat2W
from scipy import stats

from geo import autocorrelation, boundaries
from geo.errors import InputError
from tests.geo import toy

SEEDS = st.integers(0, 10_000)
LATTICE = lat2W(6, 6)
PATTERNS = 200
LEVEL = 0.05


def test_published_values() -> None:
    found = autocorrelation.moran(range(1, 10), lat2W(3, 3))
    assert (found.I, found.expected) == pytest.approx((0.5, -0.125))


def test_crime_in_columbus() -> None:
    # The data of Anselin 1988, Spatial Econometrics, ch. 12; what R's spdep gives for them:
    # moran.test(columbus$CRIME, nb2listw(col.gal.nb)).
    crime, weights = _columbus()
    weights.transform = "r"
    found = autocorrelation.moran(crime, weights)
    assert found[:2] == pytest.approx((0.500188557, -0.020833333), abs=5e-10)
    assert found.z == pytest.approx(5.5894, abs=5e-5)
    assert found.p == 0.002


@settings(max_examples=10)
@given(seed=SEEDS, by_row=st.booleans())
def test_moran_agrees_with_esda(seed: int, by_row: bool) -> None:  # noqa: FBT001
    values = np.random.default_rng(seed).poisson(3, 36)
    weights = lat2W(6, 6)
    weights.transform = "r" if by_row else "b"
    theirs = Moran(values, weights, transformation=weights.transform, permutations=0)
    ours = autocorrelation.moran(values, weights)
    assert ours[:3] == pytest.approx((theirs.I, theirs.EI, theirs.z_rand))
    # By permutations, and by the normal distribution that they are near to.
    assert ours.p == pytest.approx(theirs.p_rand, abs=0.1)


@settings(max_examples=10)
@given(seed=SEEDS, star=st.booleans())
def test_local_g_agrees_with_esda(seed: int, star: bool) -> None:  # noqa: FBT001
    values = np.random.default_rng(seed).poisson(3, 36) + 1.0
    theirs = G_Local(values, lat2W(6, 6), transform="B", permutations=0, star=star)
    ours = autocorrelation.local_g(values, LATTICE, star=star, permutations=19)
    assert ours["z"].to_list() == pytest.approx(theirs.Zs.tolist())


def test_permutations_agree_with_all_that_there_are() -> None:
    values = np.random.default_rng(4).poisson(3, 9)
    weights = lat2W(3, 3)
    found = autocorrelation.local_g(values, weights, permutations=4999)
    for unit, neighbours in weights.neighbors.items():
        others = np.delete(values, unit)
        drawn = np.array([sum(each) for each in combinations(others, len(neighbours))])
        own = values[neighbours].sum()
        p = min(1, 2 * min((drawn >= own).mean(), (drawn <= own).mean()))
        assert found.loc[unit, "p"] == pytest.approx(p, abs=0.03)


@settings(max_examples=30)
@given(p=st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_false_discovery_rate_agrees_with_scipy(p: list[float]) -> None:
    theirs = stats.false_discovery_control(p)
    assert autocorrelation.false_discovery_rate(p) == pytest.approx(theirs.tolist())


@settings(max_examples=10)
@given(seed=SEEDS)
def test_neither_order_nor_names_nor_scale_matter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = pd.Series(rng.poisson(3, 36), index=LATTICE.id_order)
    shuffled = values.sample(frac=1, random_state=seed)
    moran = autocorrelation.moran(values, LATTICE, permutations=99)
    assert autocorrelation.moran(shuffled, LATTICE, permutations=99) == moran
    hot = autocorrelation.local_g(values, LATTICE, permutations=99)
    hot_again = autocorrelation.local_g(shuffled, LATTICE, permutations=99)
    pd.testing.assert_frame_equal(hot_again.loc[hot.index], hot)
    assert hot_again.index.equals(shuffled.index)
    scaled = autocorrelation.moran(values * 10.0 + 7, LATTICE, permutations=99)
    assert scaled == pytest.approx(moran)
    renamed = W({f"u{i}": [f"u{j}" for j in js] for i, js in LATTICE.neighbors.items()})
    named = autocorrelation.local_g(values.rename("u{}".format), renamed, permutations=99)
    np.testing.assert_allclose(named["z"], hot["z"])


def test_chance_is_found_no_more_often_than_the_level_says() -> None:
    patterns = np.random.default_rng(13).poisson(2, size=(PATTERNS, 36))
    local = [autocorrelation.local_g(x, LATTICE, permutations=999) for x in patterns]
    # 3 standard errors of a share of 0.05 among 200.
    limit = LEVEL + 3 * math.sqrt(LEVEL * (1 - LEVEL) / PATTERNS)
    assert np.mean([(each["p_fdr"] <= LEVEL).any() for each in local]) <= limit
    assert np.mean([each["p"] <= LEVEL for each in local]) <= LEVEL
    ps = [autocorrelation.moran(x, LATTICE, permutations=99).p for x in patterns]
    assert np.mean(np.array(ps) <= LEVEL) <= limit


def test_a_hot_corner_is_found_and_is_the_same_again() -> None:
    values = np.ones((6, 6))
    values[:3, :3] = 30
    corners_too = lat2W(6, 6, rook=False)
    found = autocorrelation.local_g(values.ravel(), corners_too)
    hot = ((found["z"] > 0) & (found["p_fdr"] <= LEVEL)).to_numpy().reshape(6, 6)
    assert hot[0, 1]
    assert hot[1, 0]
    assert hot[1, 1]
    assert not hot[4:, 4:].any()
    assert found.equals(autocorrelation.local_g(values.ravel(), corners_too))
    moran = autocorrelation.moran(values.ravel(), LATTICE)
    assert moran.p == 0.002
    assert moran == autocorrelation.moran(values.ravel(), LATTICE)


def test_districts_that_share_a_border_or_a_corner_are_neighbours() -> None:
    places = [(f"{x}{y}", x, y) for x in range(3) for y in range(3)] + [("isle", 9, 9)]
    districts = toy.districts({name: (x, y, x + 1, y + 1) for name, x, y in places})
    graph = autocorrelation.contiguity(districts)
    assert graph.of("00").to_list() == ["01", "10", "11"]
    values = pd.Series(range(10), index=districts.index, dtype=float)
    assert autocorrelation.islands(values, graph) == ["isle"]
    found = autocorrelation.local_g(values, graph)
    assert found.loc["isle"].isna().all()
    assert found.drop("isle").notna().all(axis=None)
    assert autocorrelation.moran(values, graph).I > 0


@pytest.mark.parametrize("region", ["shanghai", "chongqing"])
def test_neighbours_are_those_of_libpysal(region: str) -> None:
    districts = boundaries.districts(region)
    peer = Graph.build_contiguity(districts, rook=False)
    ours = autocorrelation.contiguity(districts)
    assert {code: {*ours.of(code)} for code in ours.unique_ids} == {
        code: {*peer[code].index} - {code} for code in peer.unique_ids
    }


def test_a_unit_without_a_value_is_left_out() -> None:
    values = pd.Series(np.random.default_rng(1).poisson(3, 36), dtype=float)
    values[7] = np.nan
    rest = LATTICE.id_order[:7] + LATTICE.id_order[8:]
    without = W({i: [j for j in LATTICE.neighbors[i] if j != 7] for i in rest}, id_order=rest)
    assert autocorrelation.moran(values, LATTICE) == autocorrelation.moran(values[rest], without)
    found = autocorrelation.local_g(values, LATTICE)
    assert found.loc[7].isna().all()
    pd.testing.assert_frame_equal(found.loc[rest], autocorrelation.local_g(values[rest], without))


@pytest.mark.parametrize(
    ("values", "weights", "reason"),
    [
        ([5], Graph.from_arrays([0], [0], [0]), "too_few"),
        (range(4), lat2W(2, 2), "too_few"),
        ([np.nan] * 30 + [1, 2, 3, 4, 5, 6], LATTICE, "too_few"),
        ([3] * 36, LATTICE, "all_alike"),
        ([0] * 36, LATTICE, "all_alike"),
        (range(9), Graph.from_arrays(range(9), range(9), [0] * 9), "no_neighbours"),
    ],
)
def test_what_cannot_be_compared_is_empty(values: list[float], weights: W, reason: str) -> None:
    index, _, z, p = autocorrelation.moran(values, weights)
    assert np.isnan([index, z, p]).all()
    assert autocorrelation.local_g(values, weights).isna().all(axis=None)
    assert autocorrelation.local_g(values, weights, star=False).isna().all(axis=None)
    assert autocorrelation.why_empty(values, weights) == reason


def test_a_unit_with_all_others_for_neighbours_has_no_local_g() -> None:
    everyone = {i: [j for j in range(9) if j != i] for i in range(9)}
    found = autocorrelation.local_g(range(9), W(everyone))
    assert found.isna().all(axis=None)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(InputError, match="found 2 for weights of 36 units"):
        autocorrelation.moran([1, 2], LATTICE)
    with pytest.raises(InputError, match="labels are not those of the weights"):
        autocorrelation.moran(pd.Series(range(36)).rename("d{}".format), LATTICE)
    with pytest.raises(InputError, match="infinite"):
        autocorrelation.local_g([np.inf] * 36, LATTICE)
    with pytest.raises(InputError, match="permutations: found 0"):
        autocorrelation.local_g(range(36), LATTICE, permutations=0)


def _columbus() -> tuple[list[float], W]:
    table, links = (
        libpysal.io.open(libpysal.examples.get_path(name))
        for name in ("columbus.dbf", "columbus.gal")
    )
    with contextlib.closing(table), contextlib.closing(links):
        return table.by_col("CRIME"), links.read()
