"""Whom new sites are to serve: other sites count as residents of their places would."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.measures import containment, nearest
from geo.planning import Question, demand, propose
from geo.planning.question import demands
from tests.geo import toy
from tests.geo.planning import toy_plan

REGION = toy_plan.region()
QUICK = settings(max_examples=12, deadline=None)
INSIDE = [(121.45, 31.15), (121.55, 31.25), (121.47, 31.27)]


@QUICK
@given(toy.positions(min_size=1), st.sampled_from([1000.0, 2500.0]))
def test_a_site_within_the_region_counts_once(
    positions: list[toy.Position], radius_m: float
) -> None:
    known = demand.of_sites(toy.sites(positions, sectors=None), REGION, radius_m=radius_m)
    lon, lat = np.array(positions).T
    inside = containment.rows(lon, lat, REGION.geometry.to_numpy(), REGION.index) >= 0
    assert known.amounts.sum() == inside.sum()
    assert known.vague == (~inside).sum()


@QUICK
@given(st.integers(1, 3))
def test_each_is_reached_where_a_site_stands_in_its_place(p: int) -> None:
    served = demand.of_sites(toy.sites(INSIDE, sectors=None), REGION, radius_m=2500)
    found = propose(toy.sites(INSIDE[:p]), REGION, Question(p=0, radius_m=2500), demand=served)
    assert (found.totals.residents, found.totals.before) == (len(INSIDE), p)
    assert found.districts["residents"].sum() == len(INSIDE)


def test_new_sites_serve_those_whom_none_reaches_yet() -> None:
    served = demand.of_sites(toy.sites(INSIDE, sectors=None), REGION, radius_m=2500)
    found = propose(toy.sites(INSIDE[:1]), REGION, Question(p=2, radius_m=2500), demand=served)
    assert found.totals.after == 3
    assert found.basis.people == "sites"
    assert {*found.places["district"]} == {"310105", "310106"}


@QUICK
@given(toy.positions(min_size=1, max_size=30), st.floats(300, 4000))
def test_a_place_is_reached_by_its_own_distance(
    positions: list[toy.Position], radius_m: float
) -> None:
    served = demand.of_sites(toy.sites(positions, sectors=None), REGION, radius_m=radius_m)
    assume(len(served.lonlat))
    found = propose(toy.sites(INSIDE), REGION, Question(p=0, radius_m=radius_m), demand=served)
    metres = nearest.distances(served.lonlat, np.array(INSIDE))[1][:, 0]
    assert found.totals.before == (metres <= radius_m).sum()
    assert found.totals.residents == len(served.lonlat)


def test_of_a_family_those_count_that_are_in_it() -> None:
    sites = toy.sites(INSIDE, sectors=["fashion;film_tv", "film_tv", None])
    known = {
        of: demand.of_sites(sites, REGION, of=of).lonlat.tolist() for of in ("fas", "film", "arc")
    }
    assert known == {"fas": [[*INSIDE[0]]], "film": [[*each] for each in INSIDE[:2]], "arc": []}


def test_who_is_known_roughly_or_nowhere_is_counted_apart() -> None:
    sites = toy.sites([*INSIDE, None, (120.0, 31.2)], sectors=None)
    sites["precision"] = ["building", "district", "street", "none", "building"]
    known = demand.of_sites(sites, REGION)
    assert (len(known.lonlat), known.vague) == (2, 3)


def test_none_to_serve_is_said() -> None:
    none = demand.of_sites(toy.sites(INSIDE, sectors=None), REGION, of="fas")
    with pytest.raises(InputError, match="demand: found none"):
        propose(toy.sites(INSIDE), REGION, Question(demand="fas"), demand=none)
    with pytest.raises(InputError, match="demand: found 'firms', expected one of residents, sites"):
        Question(demand="firms")
    assert all(Question(demand=code).demand == code for code in demands())
