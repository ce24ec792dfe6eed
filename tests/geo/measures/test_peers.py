"""Peers: the same whoever is asked first, and none where something is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

from geo import boundaries, catalog, density, peers
from geo.errors import InputError
from geo.measures import sector_counts
from geo.measures.peers import Weights

if TYPE_CHECKING:
    from collections.abc import Callable

SEEDS = st.integers(0, 999)
WEIGHT = st.sampled_from([0.0, 0.5, 1.0, 3.0])
WEIGHTS = st.tuples(WEIGHT, WEIGHT, WEIGHT).filter(any).map(lambda each: Weights(*each))


def random(seed: int, n: int = 12) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Districts that can all be compared, and their sites of four sectors."""
    rng = np.random.default_rng(seed)
    labels = [f"d{i:02d}" for i in range(n)]
    counts = pd.DataFrame(rng.integers(0, 9, (n, 4)).astype(float), labels, list("abcd"))
    counts["a"] += 5
    units = pd.DataFrame(
        {
            "n": counts.sum(axis=1),
            "residents": rng.integers(10_000, 2_000_000, n),
            "area_km2": rng.uniform(20, 4_000, n),
        },
        index=labels,
    )
    return units, counts


@settings(max_examples=30)
@given(seed=SEEDS, weights=WEIGHTS)
def test_agrees_with_scikit_learn(seed: int, weights: Weights) -> None:
    units, counts = random(seed)
    persons = np.log(units["residents"])
    variables = np.column_stack(
        [persons, persons - np.log(units["area_km2"]), counts.div(counts.sum(axis=1), axis=0)]
    )
    scaled = StandardScaler().fit_transform(variables) * np.sqrt(1 - 1 / len(units))
    each = np.array([weights.residents, weights.density, *[weights.mix / 4] * 4])
    search = NearestNeighbors(n_neighbors=5).fit(scaled * np.sqrt(each / np.mean(weights)))
    far, rows = search.kneighbors()
    for at, label in enumerate(units.index):
        found = peers.distances(units, counts, of=label, weights=weights)
        near = peers.nearest(found, of=label, k=5)
        assert found.loc[near, "distance"].to_numpy() == pytest.approx(far[at], abs=1e-9)
        if len(np.unique(far[at].round(9))) == 5:
            assert near == units.index[rows[at]].to_list()


@settings(max_examples=30)
@given(seed=SEEDS, weights=WEIGHTS, scale=st.sampled_from([0.25, 3.0, 1e6]))
def test_order_labels_units_and_the_scale_of_weights_do_not_matter(
    seed: int, weights: Weights, scale: float
) -> None:
    units, counts = random(seed)
    found = peers.distances(units, counts, of="d03", weights=weights)
    order = np.random.default_rng(seed).permutation(len(units))
    shuffled = peers.distances(
        units.iloc[order], counts.iloc[order], of="d03", weights=weights
    ).loc[units.index]
    pd.testing.assert_frame_equal(shuffled, found, check_exact=True)
    renamed = {label: label.replace("d", "x") for label in units.index}
    other = peers.distances(
        units.rename(renamed), counts.rename(renamed), of="x03", weights=weights
    )
    assert other["distance"].to_list() == found["distance"].to_list()
    heavier = Weights(*(scale * each for each in weights))
    mu = units.assign(area_km2=15 * units["area_km2"])
    for again in (
        peers.distances(units, counts, of="d03", weights=heavier),
        peers.distances(mu, 7 * counts, of="d03", weights=weights),
    ):
        assert again["distance"].to_numpy() == pytest.approx(found["distance"], abs=1e-9)


@settings(max_examples=30)
@given(seed=SEEDS, weights=WEIGHTS)
def test_a_distance_is_that_of_both_and_of_its_parts(seed: int, weights: Weights) -> None:
    units, counts = random(seed, n=6)
    found = {each: peers.distances(units, counts, of=each, weights=weights) for each in units.index}
    for one, table in found.items():
        assert table.loc[one, "distance"] == 0
        for other in units.index:
            back = found[other].loc[one, "distance"]
            assert table.loc[other, "distance"] == pytest.approx(back, abs=1e-12)
        parts = (table[list(Weights._fields)] ** 2).sum(axis=1)
        assert parts.to_numpy() == pytest.approx(table["distance"] ** 2, abs=1e-12)


def test_what_weighs_nothing_tells_nothing_apart() -> None:
    units, counts = random(1)
    other = units.assign(residents=units["residents"].to_numpy()[::-1])
    without = Weights(residents=0, density=0, mix=1)
    for each in (units, other):
        found = peers.distances(each, counts, of="d00", weights=without)
        assert (found[["residents", "density"]] == 0).all(axis=None)
    assert (
        found["distance"].to_list()
        == peers.distances(units, counts, of="d00", weights=without)["distance"].to_list()
    )


def test_all_alike_are_at_no_distance_in_the_order_of_their_labels() -> None:
    units = pd.DataFrame({"n": 9, "residents": 5e5, "area_km2": 20.0}, index=list("dbca"))
    counts = pd.DataFrame({"film": 9.0}, index=units.index)
    found = peers.distances(units, counts, of="c")
    assert (found["distance"] == 0).all()
    assert peers.nearest(found, of="c", k=9) == ["a", "b", "d"]


def test_one_that_lacks_something_has_no_peers_and_is_nobody_s_and_says_why() -> None:
    units, counts = random(2)
    whole = peers.distances(units.iloc[:8], counts.iloc[:8], of="d00")
    units.loc["d08", "n"] = 4
    units.loc["d09", "residents"] = None
    units.loc["d10", "area_km2"] = 0
    counts.loc["d11"] = 0
    reasons = ["too_few", "no_residents", "no_area", "nothing_counted"]
    assert peers.why_empty(units, counts).iloc[8:].to_list() == reasons
    found = peers.distances(units, counts, of="d00")
    # Those that cannot be compared do not move the others either.
    pd.testing.assert_frame_equal(found.iloc[:8], whole)
    assert found["distance"].iloc[8:].isna().all()
    for label in units.index[8:]:
        assert peers.nearest(peers.distances(units, counts, of=label), of=label, k=3) == []
    only = peers.distances(units.loc[["d00", "d08"]], counts.loc[["d00", "d08"]], of="d00")
    assert only["distance"].to_list()[0] == 0
    assert peers.nearest(only, of="d00", k=3) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda u, c: peers.distances(u.drop(columns="n"), c, of="d00"), "no column n"),
        (lambda u, c: peers.distances(u, c, of="nobody"), "a label of units"),
        (lambda u, c: peers.distances(u, c.iloc[::-1], of="d00"), "the same rows"),
        (lambda u, c: peers.distances(u, -c, of="d00"), "counts, column a"),
        (lambda u, c: peers.distances(u, c, of="d00", weights=Weights(0, 0, 0)), "one above 0"),
        (lambda u, c: peers.distances(u, c, of="d00", weights=Weights(np.inf, 1, 1)), "weights"),
        (lambda u, c: peers.nearest(peers.distances(u, c, of="d00"), of="d00", k=0), "from 1 on"),
        (
            lambda u, c: peers.distances(pd.concat([u, u]), pd.concat([c, c]), of="d00"),
            "labels that come twice",
        ),
    ],
)
def test_a_fault_is_refused_with_what_was_expected(
    change: Callable[[pd.DataFrame, pd.DataFrame], object], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        change(*random(3))


def test_sites_by_family_add_up_to_the_sites_of_a_district() -> None:
    sites, districts = catalog.sites("shanghai"), boundaries.districts("shanghai")
    counts = sector_counts.counts(sites, districts)
    n = density.density(sites, districts)["n"]
    assert counts.sum(axis=1).to_numpy() == pytest.approx(n.to_numpy())
    assert peers.shares(counts)[n > 0].sum(axis=1).to_numpy() == pytest.approx(1)


def test_standing_counts_those_with_a_figure_alone() -> None:
    values = pd.Series({"a": 3.0, "b": 3.0, "c": 8.0, "d": np.nan})
    assert peers.standing(values, of="a", peers=["b", "c", "d"]) == (3.0, 2, 3, 5.5)
    alone = peers.standing(values, of="a", peers=["d"])
    assert alone[:3] == (3.0, 1, 1)
    assert np.isnan(alone.median)
    assert peers.standing(values, of="d", peers=["a", "b"])[1:] == (0, 2, 3.0)


def test_where_none_can_be_compared_nobody_knows_how_far_any_is() -> None:
    units = pd.DataFrame(
        {"n": [1, 2], "residents": [1e6, 2e6], "area_km2": [5, 5]}, index=["a", "b"]
    )
    counts = pd.DataFrame({"fas": [1, 2]}, index=units.index)
    far = peers.from_one(peers.components(units, counts), "a")
    assert far["distance"].isna().all()
    assert (far["empty"] == "too_few").all()
