"""What breaks: a plan beside the best that is the same but for a step, a move that costs a lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.measures import nearest
from geo.planning import Question, best, case, choice, moves, others
from geo.planning.alternatives import ALMOST, LITTLE, MODELS, MOST
from geo.planning.question import MODELS as ALL
from tests.geo import toy
from tests.geo.planning import toy_plan

if TYPE_CHECKING:
    from geo.planning.proposal import Case
    from geo.planning.question import Model
    from geo.siting import Plan

    Floats = np.typing.NDArray[np.float64]

REGION = toy_plan.region()
QUICK = settings(max_examples=15, deadline=None)
questions = st.builds(
    Question,
    model=st.sampled_from(sorted(MODELS)),
    p=st.integers(1, 3),
    radius_m=st.sampled_from([1500.0, 3000.0]),
)


def asked(positions: list[toy.Position], question: Question) -> Case:
    return case(toy.sites(positions), REGION, question)


def value(of: Case, new: Floats) -> float:
    """Of new sites at these places, by the squares that the model looks at, from every pair."""
    here = of.among.here
    lonlat = here.lonlat[here.residents > 0]
    residents = here.residents[here.residents > 0]
    sites = np.concatenate([of.known.now, new])
    if of.asked.model == "median":
        return float(nearest.within(lonlat, sites, most_m=np.inf).toarray().min(axis=1) @ residents)
    near = nearest.within(lonlat, sites, most_m=of.asked.radius_m)
    return float((np.diff(near.indptr) > 0) @ residents)


def new_sites(of: Case, plan: Plan) -> Floats:
    return choice.places(of.among, of.known.now, plan)


@QUICK
@given(toy.positions(max_size=3), questions)
def test_each_plan_beside_the_best_is_almost_as_good_and_has_a_place_that_is_elsewhere(
    positions: list[toy.Position], question: Question
) -> None:
    of = asked(positions, question)
    plan = best(of).plan
    beside = others(of, plan)
    assert len(beside) <= MOST
    sign = 1 if question.model == "cover" else -1
    values = [sign * each.value for each in beside]
    assert values == pytest.approx(sorted(values, reverse=True))
    for each in beside:
        assert each.value == pytest.approx(value(of, new_sites(of, each)))
        assert abs(each.value - plan.value) <= ALMOST * plan.value
    every = [new_sites(of, each) for each in (plan, *beside)]
    for row, one in enumerate(every):
        for other in every[:row]:
            own, gone = (
                {*map(tuple, a)} - {*map(tuple, b)} for a, b in ((one, other), (other, one))
            )
            near = nearest.within(
                np.array(sorted(own)), np.array(sorted(gone)), most_m=question.radius_m
            ).tocoo()
            assert len({*near.row}) < len(own) or len({*near.col}) < len(gone)


@QUICK
@given(toy.positions(max_size=3), questions)
def test_a_place_moves_where_the_plan_loses_what_is_told(
    positions: list[toy.Position], question: Question
) -> None:
    of = asked(positions, question)
    proposal = best(of)
    table = moves(of, proposal)
    places = proposal.places[["lon", "lat"]].to_numpy()
    assert set(table["number"]) <= set(proposal.places.index)
    assert (table["loss"] <= LITTLE).all()
    candidates = {tuple(at) for at in of.among.lonlat}
    whole = value(of, places)
    for number, lon, lat, loss in table.sample(min(len(table), 8), random_state=7).to_numpy():
        assert (lon, lat) in candidates
        rest = np.delete(places, int(number) - 1, axis=0)
        gives = abs(whole - value(of, rest)) if len(rest) + len(of.known.now) else np.nan
        if np.isfinite(gives):
            moved = value(of, np.concatenate([rest, [(lon, lat)]]))
            assert abs(whole - moved) == pytest.approx(abs(loss) * gives, abs=1e-6 * whole)
    assert not set(map(tuple, places)) & set(map(tuple, table[["lon", "lat"]].to_numpy()))


@pytest.mark.parametrize("model", [each for each in ALL if each not in MODELS])
def test_models_whose_plans_have_none_beside_them_tell_none(model: Model) -> None:
    of = asked([], Question(model=model, p=2, candidates="districts", share=0.5))
    found = best(of, seconds=5)
    assert others(of, found.plan) == ()
    assert moves(of, found).empty
