"""What else would do: plans almost as good as the best, and where each of its places may move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd
from scipy import sparse

from geo import siting
from geo.measures import nearest
from geo.planning import choice

if TYPE_CHECKING:
    from geo.planning.proposal import Case, Proposal
    from geo.siting import Plan

ALMOST: Final = 0.01
"""Share of its value by which a plan may be worse than the best to be told."""

MOST: Final = 5
"""Plans beside the best."""

LITTLE: Final = 0.05
"""Share of what a place gives that is lost at most where it moves."""

MODELS: Final = frozenset({"cover", "median"})
"""Those whose plans have others beside them."""


class _Solved(NamedTuple):
    """What a plan was made of, as `geo.siting.near_best` takes it."""

    task: choice.Task
    radius: float | None


def others(given: Case, plan: Plan) -> tuple[Plan, ...]:
    """Return plans almost as good as the best, each with a place that the others lack.

    Places within the radius of each other are one: that a place can move is told by `moves`.

    Parameters
    ----------
    given : Case
        Which the plan is of.
    plan : Plan
        The best.

    Returns
    -------
    tuple of Plan
        The best first, at most `MOST`, none worse by more than `ALMOST`; none at all for models
        that are not among `MODELS`.

    Examples
    --------
    >>> from geo import boundaries, catalog
    >>> from geo.planning import Question, best, case
    >>> jinan = case(catalog.sites("jinan"), boundaries.districts("jinan"), Question(p=2))
    >>> plan = best(jinan).plan
    >>> all(plan.value * 0.99 <= each.value <= plan.bound for each in others(jinan, plan))
    True
    """
    if given.asked.model not in MODELS:
        return ()
    task, radius = _solved(given)
    near = nearest.within(task.lonlat, task.lonlat, most_m=given.asked.radius_m)
    near.data[:] = 1.0  # Those at one place are near each other, too.
    if task.fixed:
        near = sparse.block_diag([sparse.eye_array(1), near], format="csr")
    beside = siting.near_best(
        plan, task.cost, task.residents, radius, task.fixed, count=MOST, alike=near
    )
    return tuple(each for each in beside if abs(each.value - plan.value) <= ALMOST * plan.value)


def moves(given: Case, proposal: Proposal) -> pd.DataFrame:
    """Return where each place of a plan may move and lose little.

    Parameters
    ----------
    given : Case
        Which the plan is of.
    proposal : Proposal
        The plan, see `geo.planning.proposal.of_plan`.

    Returns
    -------
    DataFrame
        A row for each place and candidate: ``number`` of the place, ``lon`` and ``lat`` of the
        candidate, ``loss`` (what is lost with the place there: a share of what it gives, at most
        `LITTLE`). Empty for models that are not among `MODELS`.

    Examples
    --------
    >>> from geo import boundaries, catalog
    >>> from geo.planning import Question, best, case
    >>> jinan = case(catalog.sites("jinan"), boundaries.districts("jinan"), Question(p=2))
    >>> bool((moves(jinan, best(jinan))["loss"] <= 0.05).all())
    True
    """
    rows = [pd.DataFrame({"number": [], "lon": [], "lat": [], "loss": []}).astype({"number": int})]
    if given.asked.model not in MODELS:
        return rows[0]
    task, radius = _solved(given)
    first = len(task.fixed)
    lost = siting.moves(proposal.plan, task.cost, task.residents, radius, task.fixed)
    places = proposal.places[["lon", "lat"]].to_numpy()
    for column, shares in lost.items():
        own = task.lonlat[column - first]
        number = proposal.places.index[(places == own).all(axis=1)]
        there = shares[first:] <= LITTLE
        there[column - first] = False
        if not len(number):
            continue  # A place that adds nobody is none of the proposal.
        lon, lat = task.lonlat[there].T
        rows.append(
            pd.DataFrame(
                {"number": number[0], "lon": lon, "lat": lat, "loss": shares[first:][there]}
            )
        )
    return pd.concat(rows, ignore_index=True)


def _solved(given: Case) -> _Solved:
    task = choice.task(given.among, given.known.now, given.asked)
    return _Solved(task, given.asked.radius_m if given.asked.model == "cover" else None)
