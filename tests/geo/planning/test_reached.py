from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import boundaries, catalog
from geo.measures import coverage
from geo.planning import Question, propose
from geo.planning.account import account, start
from geo.planning.ground import ground
from geo.planning.taking_part import staying
from geo.planning.travel import Straight
from tests.geo import toy
from tests.geo.planning import toy_plan

REGION = toy_plan.region()
QUICK = settings(max_examples=15, deadline=None)
PLACES = st.tuples(st.floats(121.42, 121.58), st.floats(31.12, 31.28))
RADII = st.sampled_from([700.0, 2500.0, 6000.0])


@pytest.mark.parametrize("radius_m", [1000.0, 3000.0])
def test_without_new_sites_it_is_today_s_coverage_to_the_last_digit(radius_m: float) -> None:
    sites, districts = catalog.sites("jinan"), boundaries.districts("jinan")
    found = propose(sites, districts, Question(p=0, radius_m=radius_m))
    known = coverage.coverage(sites[staying(sites, radius_m)], districts, radius_m=radius_m)
    people = (known["share"] * districts["population"].astype(float)).sum()
    assert found.basis.exact
    assert found.totals.before == pytest.approx(people, rel=1e-12)
    assert found.totals.km2_before == pytest.approx(known["covered_km2"].sum(), rel=1e-12)
    assert found.districts["km2_before"].to_numpy() == pytest.approx(
        known["covered_km2"].to_numpy(), rel=1e-12
    )


@QUICK
@given(toy.positions(max_size=4), st.lists(PLACES, min_size=1, max_size=4), RADII)
def test_what_new_sites_add_is_what_coverage_gains(
    now: list[toy.Position], new: list[toy.Position], radius_m: float
) -> None:
    here = ground(REGION, radius_m=radius_m)
    old, added = (np.array(each, dtype=np.float64).reshape(-1, 2) for each in (now, new))
    first = start(here, old, radius_m=radius_m, travel=Straight())
    told = account(first, added)
    known = coverage.coverage(toy.sites([*now, *new]), REGION, radius_m=radius_m)
    assert told.districts["km2_after"].to_numpy() == pytest.approx(
        known["covered_km2"].to_numpy(), abs=1e-4
    )
    with_people = told.districts["residents"] > 0
    assert told.districts["share_after"][with_people].to_numpy() == pytest.approx(
        known["share"][with_people].to_numpy(), abs=1e-6
    )
    assert told.places["residents"].is_monotonic_decreasing
    assert told.places["overlap"].between(0, 1).all()


@QUICK
@given(st.lists(PLACES, min_size=1, max_size=4, unique=True))
def test_squares_say_about_the_same(new: list[toy.Position]) -> None:
    fine, radius_m = ground(REGION, radius_m=2500), 2500.0
    none, added = np.empty((0, 2)), np.array(new)
    first = start(fine, none, radius_m=radius_m, travel=Straight())
    discs, squares = (account(each, added) for each in (first, first._replace(exact=None)))
    assert squares.totals.km2_after == pytest.approx(discs.totals.km2_after, rel=0.06)
    assert squares.totals.mean_m_after == discs.totals.mean_m_after


def test_a_disc_in_the_middle_of_a_district_has_its_area() -> None:
    first = start(ground(REGION), np.empty((0, 2)), radius_m=2000.0, travel=Straight())
    (km2,) = account(first, np.array([[121.45, 31.15]])).places["km2"]
    assert km2 == pytest.approx(np.pi * 4, rel=1e-5)
