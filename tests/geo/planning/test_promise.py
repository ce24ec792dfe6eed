"""What breaks: candidates that promise nobody, a square left out that adds more than is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import boundaries, catalog
from geo.geometry import sphere
from geo.planning import Question, best, case, choice
from geo.planning.demand import Demand
from geo.planning.ground import EXACT
from tests.geo import toy

if TYPE_CHECKING:
    from collections.abc import Hashable

    import geopandas as gpd

    from geo.planning.proposal import Case

    Floats = np.typing.NDArray[np.float64]

FEW = 25


def region(*population: float) -> gpd.GeoDataFrame:
    """Four quarters of some 2 km, and a yard beside them that is smaller than a square."""
    boxes: dict[Hashable, tuple[float, float, float, float]] = {
        "sw": (121.4, 31.1, 121.42, 31.12),
        "se": (121.42, 31.1, 121.44, 31.12),
        "nw": (121.4, 31.12, 121.42, 31.14),
        "ne": (121.42, 31.12, 121.44, 31.14),
        "yard": (121.44, 31.11, 121.441, 31.111),
    }
    return toy.districts(boxes, population=population).assign(lon=121.41, lat=31.11)


REGION = region(40_000, 0, 9_000, 500, 7_000)

places = st.lists(
    st.tuples(st.floats(121.4, 121.44), st.floats(31.1, 31.14), st.integers(1, 900)),
    min_size=1,
    max_size=30,
)


def demand(some: list[tuple[float, float, int]]) -> Demand:
    table = np.array(some, dtype=np.float64)
    return Demand(table[:, :2], table[:, 2], "points")


def looked_at(asked: Question, sites: list[toy.Position], own: Demand | None) -> Case:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(choice, "MOST_CANDIDATES", FEW)
        return case(toy.sites(sites), REGION, asked, demand=own)


def metres(given: Case) -> Floats:
    """From each square to each place, by the geodesic of every pair."""
    here = given.here
    squares, n = here.lonlat[: len(here.steps)], len(here.lonlat)
    at, to = np.repeat(squares, n, axis=0), np.tile(here.lonlat, (len(squares), 1))
    return np.asarray(sphere.WGS84.inv(*at.T, *to.T)[2]).reshape(-1, n)


@settings(max_examples=40, deadline=None)
@given(
    st.one_of(st.none(), places.map(demand)),
    st.sampled_from([90.0, 250.0, 400.0, 750.0]),
    st.lists(st.tuples(st.floats(121.4, 121.44), st.floats(31.1, 31.14)), max_size=2),
)
def test_no_square_that_is_left_out_adds_more_than_is_told(
    own: Demand | None, radius_m: float, sites: list[toy.Position]
) -> None:
    given = looked_at(Question(p=2, radius_m=radius_m), sites, own)
    here, beyond = given.here, given.among.places.beyond
    unserved = here.residents * (given.start.metres > radius_m)
    far = metres(given)
    added, wider = (far <= radius_m) @ unserved, (far <= 1.001 * radius_m) @ unserved
    candidates = {tuple(at) for at in given.among.lonlat}
    left_out = np.array([tuple(at) not in candidates for at in here.lonlat[: len(far)]])
    assert added[left_out].max() <= beyond + 1e-6
    # Discs that are wider by a thousandth have it all.
    assert beyond <= wider[left_out].max() + 1e-6
    # Of those half a radius apart none that is left out adds more than one that is not.
    k = max(1, round(radius_m / (2 * here.size_m)))
    apart = np.isin(np.arange(len(far)), here.every(k, np.ones(len(here.lonlat), dtype=bool)))
    assert (~left_out).sum() == FEW
    assert apart[~left_out].all()
    assert added[left_out & apart].max() <= wider[~left_out].min() + 1e-6


@pytest.mark.parametrize("radius_m", [100.0, 240.0])
def test_a_radius_smaller_than_a_square_finds_where_most_live(
    radius_m: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "MOST_CANDIDATES", FEW)
    crowded = region(10, 10, 10, 40_000, 0)
    given = case(toy.sites([]), crowded, Question(p=1, radius_m=radius_m))
    assert best(given).places["district"].to_list() == ["ne"]
    assert given.here.size_m > radius_m


@pytest.mark.parametrize("radius_m", [200.0, 600.0])
def test_residents_who_all_live_in_one_square_are_reached(
    radius_m: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "MOST_CANDIDATES", FEW)
    tower = np.full((EXACT + 1, 2), (121.433, 31.133))
    own = Demand(tower, np.ones(len(tower)), "points")
    given = case(toy.sites([]), REGION, Question(p=1, radius_m=radius_m), demand=own)
    assert np.count_nonzero(given.here.residents) == 1
    assert best(given).totals.after == len(tower)


def test_whoever_many_live_close_together_is_found_in_a_large_region() -> None:
    boxes: dict[Hashable, tuple[float, float, float, float]] = {
        "city": (121.413, 31.113, 121.437, 31.137),
        **{f"land {n}": (121.437 + n, 31.113, 122.437 + n, 32.113) for n in range(4)},
    }
    region = toy.districts(boxes, population=[500_000, *[20_000] * 4])
    middle = region.to_crs("EPSG:32651").centroid.to_crs(toy.CRS)
    given = case(
        toy.sites([]), region.assign(lon=middle.x, lat=middle.y), Question(p=1, radius_m=2000)
    )
    found = best(given)
    assert found.totals.after >= 490_000


@pytest.mark.parametrize("model", ["worst", "fewest", "median", "center"])
def test_other_aims_look_at_all_of_the_region(model: str) -> None:
    asked = Question(model=model, p=2, radius_m=3000)  # type: ignore[arg-type]
    given = case(catalog.sites("jinan"), boundaries.districts("jinan"), asked)
    assert np.isnan(given.among.places.beyond)
