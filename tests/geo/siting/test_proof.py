"""Bounds and values never cross on the way; a search that is ended keeps the best it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.spatial import distance

from geo import siting

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.siting.search import Progress

    Model = Callable[..., siting.Plan]


def town(n: int = 400, m: int = 60) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    places = rng.uniform(0, 40_000, (n, 2)), rng.uniform(0, 40_000, (m, 2))
    return distance.cdist(*places), rng.integers(1, 500, n).astype(float)


COST, RESIDENTS = town()
MODELS: dict[str, tuple[Model, bool]] = {
    "maximal covering": (
        lambda **how: siting.maximal_covering(COST, RESIDENTS, 8, 6000, **how),
        True,
    ),
    "p-median": (lambda **how: siting.p_median(COST, RESIDENTS, 8, **how), False),
    "set covering": (lambda **how: siting.set_covering(COST, 9000, **how), False),
    "p-centre": (lambda **how: siting.p_center(COST, 8, **how), False),
}
MODEL = pytest.mark.parametrize(("model", "most"), MODELS.values(), ids=MODELS)


def noted(*, stop_after: int = 10**9) -> tuple[list[tuple[float, float]], Progress]:
    seen: list[tuple[float, float]] = []

    def progress(plan: siting.Plan) -> bool:
        seen.append((plan.value, plan.bound))
        return len(seen) < stop_after

    return seen, progress


@MODEL
def test_bounds_never_cross_and_both_only_improve(
    monkeypatch: pytest.MonkeyPatch, model: Model, *, most: bool
) -> None:
    monkeypatch.setattr("geo.siting.search.TOLD_S", 0.0)
    seen, progress = noted()
    plan = model(gap=0, progress=progress)
    sign = 1 if most else -1
    values, bounds = sign * np.array(seen).T
    assert (values <= bounds).all()
    # The last value is computed from what was given, the others from what is saved.
    rounding = 1e-12 * plan.value
    assert (np.diff(values) >= -rounding).all()
    assert (np.diff(bounds) <= rounding).all()
    assert seen[-1] == (plan.value, plan.bound)
    assert plan.status == "proven"


@MODEL
def test_a_stopped_search_keeps_its_best(model: Model, *, most: bool) -> None:
    seen, progress = noted(stop_after=1)
    plan, best = model(gap=0, progress=progress), model(gap=0).value
    assert plan.status == "stopped"
    worse, better = (best, plan.value) if most else (plan.value, best)
    assert worse >= better
    assert plan.value == pytest.approx(seen[-1][0])
    assert plan.bound >= best if most else plan.bound <= best


@MODEL
def test_what_is_told_on_the_way_is_a_plan(
    monkeypatch: pytest.MonkeyPatch, model: Model, *, most: bool
) -> None:
    monkeypatch.setattr("geo.siting.search.TOLD_S", 0.0)
    told: list[siting.Plan] = []
    plan = model(gap=0, progress=told.append)
    assert {each.status for each in told} == {"searching"}
    assert told[-1].chosen == plan.chosen
    assert {each.chosen: each.value for each in told}[plan.chosen] == pytest.approx(plan.value)
    worst = min if most else max
    assert worst(each.value for each in told) == told[0].value


@MODEL
def test_no_time_at_all_still_gives_a_plan(model: Model, *, most: bool) -> None:
    plan = model(gap=0, seconds=0)
    assert plan.status == "time limit"
    assert plan.value <= plan.bound if most else plan.value >= plan.bound


@MODEL
def test_the_gap_that_was_asked_for_is_kept(model: Model, *, most: bool) -> None:
    plan, best = model(gap=0.2), model(gap=0).value
    assert plan.status in {"within gap", "proven"}
    assert plan.gap <= 0.2
    assert best <= plan.value * 1.2 if most else best >= plan.value * 0.8


@pytest.mark.parametrize("limit", ["MOST_STORED", "MOST_COEFFICIENTS"])
def test_a_proof_that_takes_too_much_memory_is_not_begun(
    monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    cost = np.random.default_rng(0).integers(0, 10, (9, 9)).astype(float)
    assert siting.p_median(cost, np.ones(9), 3, gap=0).status == "proven"
    monkeypatch.setattr(f"geo.siting.remainder.{limit}", 0)
    plan = siting.p_median(cost, np.ones(9), 3, gap=0)
    assert (plan.value, plan.status) == (16, "memory limit")
    assert plan.bound < 16
