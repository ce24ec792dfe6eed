from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.errors import InputError, NoCandidateError
from geo.facts import own_population
from geo.facts.own_population import OwnPopulation
from geo.measures import coverage
from geo.planning import Question, demand, gains, propose
from geo.siting import Status
from tests.geo import toy
from tests.geo.planning import toy_plan

if TYPE_CHECKING:
    from geo.planning.question import Candidates

REGION = toy_plan.region()
QUICK = settings(max_examples=12, deadline=None)
WEST = [(121.42, 31.12)]


@QUICK
@given(toy.positions(max_size=4), toy_plan.questions())
def test_what_places_add_and_what_was_reached_is_what_is_reached(
    positions: list[toy.Position], asked: Question
) -> None:
    assume(positions or asked.p or asked.model in {"cover", "worst"})
    found = propose(toy.sites(positions), REGION, asked)
    places, districts, totals = found.places, found.districts, found.totals
    assert totals.before + places["residents"].sum() == pytest.approx(totals.after)
    assert totals.km2_before + places["km2"].sum() == pytest.approx(totals.km2_after)
    assert totals.before <= totals.after <= totals.residents + 1e-6
    assert places["residents"].is_monotonic_decreasing
    assert districts["before"].sum() == pytest.approx(totals.before)
    assert districts["after"].sum() == pytest.approx(totals.after)
    assert (districts["before"] <= districts["after"]).sum() == districts["residents"].notna().sum()
    assert [sum(n for _, n in each) for each in places["by_district"]] == pytest.approx(
        places["residents"].to_list()
    )
    assert len(places) <= asked.p


@QUICK
@given(toy.positions(max_size=4).map(lambda some: [*WEST, *some]), toy_plan.questions())
def test_without_new_sites_it_is_today_s_reach(
    positions: list[toy.Position], asked: Question
) -> None:
    sites = toy.sites(positions)
    found = propose(sites, REGION, replace(asked, p=0))
    assert found.places.empty
    known = coverage.coverage(sites, REGION, radius_m=asked.radius_m)
    people = (known["share"] * REGION["population"]).dropna()
    totals = found.totals._asdict()
    assert (totals["before"], totals["km2_before"]) == pytest.approx(
        (people.sum(), known["covered_km2"].sum()), abs=1e-3
    )
    for table in (totals, found.districts):
        columns = [str(each) for each in table]
        for name in (each.removesuffix("_before") for each in columns if "_before" in each):
            assert pd.Series(table[f"{name}_after"]).equals(pd.Series(table[f"{name}_before"]))
    assert totals["after"] == totals["before"]
    assert found.districts["before"].equals(found.districts["after"])
    assert not found.districts["newly"].any()


@QUICK
@given(toy.positions(max_size=3), st.integers(0, 3), st.sampled_from([1000.0, 2500.0]))
def test_a_larger_number_never_reaches_fewer(
    positions: list[toy.Position], p: int, radius_m: float
) -> None:
    asked = Question(p=p, radius_m=radius_m)
    fewer, more = (
        propose(toy.sites(positions), REGION, replace(asked, p=n)).totals.after for n in (p, p + 1)
    )
    assert fewer <= more + 1e-6


@QUICK
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_sites_changes_nothing(random: object) -> None:
    positions = [*WEST, (121.55, 31.25), (121.44, 31.28)]
    shuffled = random.sample(positions, len(positions))  # type: ignore[attr-defined]
    first, second = (propose(toy.sites(each), REGION) for each in (positions, shuffled))
    assert first.totals == second.totals
    assert first.places.drop(columns="nearest").equals(second.places.drop(columns="nearest"))


def test_a_district_of_unknown_residents_is_not_one_without_any() -> None:
    found = propose(toy.sites(WEST), REGION)
    nobody, unknown = found.districts.loc["310104"], found.districts.loc["310106"]
    assert nobody["residents"] == nobody["after"] == 0
    assert np.isnan(nobody["share_after"])
    assert unknown[["residents", "before", "after", "share_after"]].isna().all()
    assert found.basis.unknown == ("310106",)


def test_sites_known_to_3_km_take_no_part_and_both_ends_are_told() -> None:
    sites = toy.sites([*WEST, (121.46, 31.16), None]).assign(
        precision=["street", "district", "none"]
    )
    found = propose(sites, REGION, Question(p=1, radius_m=4000))
    basis = found.basis
    assert (basis.fixed, basis.vague, basis.unlocated) == (1, 1, 1)
    totals = [
        propose(toy.sites(each), REGION, Question(p=1, radius_m=4000)).totals
        for each in (WEST, [*WEST, (121.46, 31.16)])
    ]
    assert found.totals == totals[0]
    assert list(found.ends.loc["without"]) == [totals[0].before, totals[0].after]
    assert list(found.ends.loc["with"]) == [totals[1].before, totals[1].after]


def test_residents_by_place_that_somebody_brought_come_first() -> None:
    lon, lat, people = np.array([121.58, 121.57]), np.array([31.28, 31.27]), np.array([70.0, 30.0])
    own = OwnPopulation(
        source="survey", file="people.csv", basis="points", places=2, residents=100.0, outside=0.0,
        packed=own_population.pack(lon, lat, people),
    )  # fmt: skip
    found = propose(toy.sites(WEST), REGION, Question(p=1), demand=demand.of_population(own))
    assert found.basis.people == "points"
    assert found.basis.unknown == ()
    assert (found.totals.before, found.totals.after) == (0, 100)
    assert found.districts.loc["310106", "newly"]
    assert found.places["district"].to_list() == ["310106"]


def test_what_adds_nobody_is_not_proposed() -> None:
    every = [(float(lon), float(lat)) for lon, lat in REGION[["lon", "lat"]].to_numpy()]
    found = propose(toy.sites(every), REGION, Question(p=3, radius_m=9000))
    assert found.plan.status is Status.ALL_COVERED
    assert found.places.empty
    assert propose(toy.sites([]), REGION, Question(p=9, candidates="districts")).totals.after > 0


def test_the_nearest_site_is_the_nearest_of_those_that_stay() -> None:
    sites = toy.sites([*WEST, (121.45, 31.15)]).assign(precision=["building", "district"])
    found = propose(sites.set_index(pd.Index(["near", "vague"])), REGION, Question(p=2))
    assert set(found.places["nearest"]) == {"near"}
    assert (found.places["nearest_m"] > 0).all()
    assert propose(toy.sites([]), REGION).places["nearest"].isna().all()


def test_the_curve_ends_where_the_plan_is() -> None:
    asked = Question(p=3, radius_m=2500)
    curve = gains(toy.sites(WEST), REGION, asked)
    found = propose(toy.sites(WEST), REGION, asked)
    assert curve["after"].iloc[-1] == pytest.approx(found.totals.after, rel=1e-3)
    assert found.totals.before + curve["gain"].sum() == pytest.approx(curve["after"].iloc[-1])
    assert (curve["gain"] >= 0).all()
    assert (curve["gap"] <= 0.0005).all()


def test_the_curve_ends_where_it_is_stopped() -> None:
    asked = Question(p=3, radius_m=2500)
    assert gains(toy.sites(WEST), REGION, asked, progress=lambda _: False).index.to_list() == [1]


def test_every_fault_of_a_question_is_told_at_once() -> None:
    with pytest.raises(InputError) as refused:
        Question(model="best", p=-1, radius_m=0, candidates="roads")  # type: ignore[arg-type]
    assert [name in str(refused.value) for name in ("model", "p:", "radius_m", "candidates")] == (
        [True] * 4
    )


def test_a_region_of_nobody_is_refused() -> None:
    with pytest.raises(InputError, match="nobody is known to live there"):
        propose(toy.sites(WEST), REGION.assign(population=None))


@QUICK
@given(
    toy.positions(max_size=3),
    st.sampled_from([0.3, 0.8, 1.0]),
    st.sampled_from([1000.0, 2500.0]),
    st.sampled_from([*toy_plan.PLACED]),
)
def test_the_fewest_sites_have_the_share_asked_for_in_reach_or_all_that_can_be(
    positions: list[toy.Position], share: float, radius_m: float, candidates: Candidates
) -> None:
    asked = Question(
        model="fewest",
        share=share,
        radius_m=radius_m,
        candidates=candidates,
        pins=toy_plan.PLACED[candidates],
    )
    found = propose(toy.sites(positions), REGION, asked, seconds=0.3)
    totals, plan = found.totals, found.plan
    beyond = sum(n for _, n in found.basis.beyond)
    if share < 1 and totals.residents - beyond > 1.02 * share * totals.residents:
        assert totals.after >= share * totals.residents * (1 - 1e-6)
    else:  # all whom anything reaches, as far as squares can tell
        least = min(share * totals.residents, totals.residents - beyond)
        assert totals.after >= 0.97 * least
        assert beyond or totals.farthest_m_after <= radius_m
    assert plan.bound <= plan.value == len(found.places) + bool(found.basis.fixed)


def test_the_district_served_worst_comes_first() -> None:
    asked = Question(p=2, radius_m=2500, candidates="districts")
    plans = [propose(toy.sites([]), REGION, replace(asked, model=m)) for m in ("cover", "worst")]
    least = [each.districts["share_after"].min() for each in plans]
    assert 0 < least[1] == pytest.approx(plans[1].plan.value, abs=0.05)
    assert least[0] <= least[1]
    assert plans[1].plan.status == Status.PROVEN


def test_areas_that_are_all_small_get_sites_within_them() -> None:
    yards = toy.districts(
        {"west": (121.4, 31.2, 121.4015, 31.2015), "east": (121.41, 31.21, 121.411, 31.211)},
        population=[3000, 9],
    ).assign(lon=[121.4007, 121.4105], lat=[31.2007, 31.2105])
    found = propose(toy.sites([]), yards, Question(p=1, radius_m=4000))
    assert found.places["district"].isin(["west", "east"]).all()
    assert found.places["part"].ne("").all()
    assert found.totals.after == pytest.approx(3009)


def test_candidates_whom_nobody_is_near_are_told_of() -> None:
    asked = Question(model="fewest", radius_m=100, candidates="districts")
    with pytest.raises(NoCandidateError, match="none is within the radius"):
        propose(toy.sites([]), REGION.assign(lon=121.4001, lat=31.1001), asked)
