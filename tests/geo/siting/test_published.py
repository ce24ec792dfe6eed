"""Values that others published.

`san_francisco.csv` are the residents of 205 census tracts and their metres to 16 stores, of the
tests of spopt (see its licence beside it), rounded to centimetres; the values are those of its
notebook "Empirical examples of facility location problems". `pmed1.txt` is the first p-median
problem of OR-Library (Beasley 1985, European Journal of Operational Research 21 (2), pp. 270-273),
edges of a network and their lengths; of an edge that is there twice the last counts. Its best
p-centre is that of Daskin (2000, Communications of the Operations Research Society of Japan 45,
pp. 428-436).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csgraph

from geo import siting

HERE = Path(__file__).parent
RADIUS_M = 5000
SITES = 4


@pytest.fixture(scope="module")
def stores() -> pd.DataFrame:
    return pd.read_csv(HERE / "san_francisco.csv", index_col="tract", dtype={"tract": str})


@pytest.fixture(scope="module")
def network() -> np.ndarray:
    _, *edges = np.loadtxt(HERE / "pmed1.txt", dtype=int)
    lengths = np.zeros((100, 100))
    for a, b, length in edges:
        lengths[a - 1, b - 1] = lengths[b - 1, a - 1] = length
    return np.asarray(csgraph.shortest_path(lengths))


def test_maximal_covering_of_spopt(stores: pd.DataFrame) -> None:
    metres, residents = stores.iloc[:, 1:], stores["residents"]
    plan = siting.maximal_covering(metres, residents, SITES, RADIUS_M, gap=0)
    assert (plan.value, plan.status) == (875_247, "proven")
    left = (metres.iloc[:, [*plan.chosen]] > RADIUS_M).all(axis=1).sum()
    assert left == 21


def test_p_median_of_spopt(stores: pd.DataFrame) -> None:
    plan = siting.p_median(stores.iloc[:, 1:], stores["residents"], SITES, gap=0)
    assert plan.value / stores["residents"].sum() == pytest.approx(2982.1268579890657, rel=1e-6)
    assert plan.status == "proven"


def test_set_covering_of_spopt(stores: pd.DataFrame) -> None:
    plan = siting.set_covering(stores.iloc[:, 1:], RADIUS_M)
    assert (plan.value, plan.status) == (8, "proven")


def test_p_center_of_spopt(stores: pd.DataFrame) -> None:
    plan = siting.p_center(stores.iloc[:, 1:], SITES)
    assert (round(plan.value, 2), plan.status) == (7403.06, "proven")


def test_p_median_of_or_library(network: np.ndarray) -> None:
    plan = siting.p_median(network, np.ones(100), 5, gap=0)
    assert (plan.value, plan.status) == (5819, "proven")


def test_p_center_of_or_library(network: np.ndarray) -> None:
    plan = siting.p_center(network, 5)
    assert (plan.value, plan.status) == (127, "proven")
