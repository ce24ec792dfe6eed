"""A plan of maximal covering or of the p-median, with the form in which it was solved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.checks import amounts, frames
from geo.checks.written import shortened
from geo.siting import given, reach
from geo.siting.maximal_covering import form as covering
from geo.siting.maximal_covering import reached
from geo.siting.p_median import form as median
from geo.siting.p_median import metres

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike
    from scipy import sparse

    from geo.siting.given import Columns, Costs, Floats
    from geo.siting.plan import Plan
    from geo.siting.savings import Savings


@dataclass(frozen=True, kw_only=True)
class Form:
    """What each candidate saves, and which of them a plan has.

    Attributes
    ----------
    savings
        Of the candidates that are not fixed.
    columns
        Which columns they are.
    new
        Those of them that the plan has.
    kept
        Columns of the fixed ones.
    ways
        From demand to candidates; of a radius those within it.
    demand
        Weights.
    covers
        Whether it is one of maximal covering.
    """

    savings: Savings
    columns: Columns
    new: Columns
    kept: Columns
    ways: sparse.csr_array[Any]
    demand: Floats
    covers: bool

    def value(self, chosen: Columns) -> float:
        """Return the value of a plan."""
        measure = reached if self.covers else metres
        return measure(self.ways, self.demand, chosen)


def form(
    plan: Plan,
    cost: Costs,
    weights: ArrayLike,
    radius: float | None,
    fixed: Iterable[int],
    faults: list[str],
) -> Form:
    """Return the form of a plan.

    Parameters
    ----------
    plan : Plan
        As a model returned it.
    cost, weights, radius, fixed
        What that was given; without a radius it is the p-median.
    faults : list of str
        What is wrong so far.

    Raises
    ------
    InputError
        For these faults, what the models refuse, a plan that is none of these candidates or lacks
        a fixed one.
    """
    table = given.costs(cost, faults)
    n, m = table.shape
    demand = given.demand(weights, n, faults)
    kept = given.sites(fixed, m, faults)
    chosen = np.array(plan.chosen, dtype=np.intp)
    if not np.isin(chosen, np.arange(m)).all() or not np.isin(kept, chosen).all():
        faults.append(
            f"plan: found {shortened(repr(plan.chosen))}, expected columns of the cost, the fixed "
            "ones among them"
        )
    if radius is not None:
        amounts.check_radii([radius], faults, name="radius")
    frames.refuse(faults)
    if radius is None:
        given.reached(table, faults, counted=demand > 0)
        frames.refuse(faults)
    ways = table if radius is None else reach.within(table, radius)
    solved = median if radius is None else covering
    savings, columns = solved(ways, demand, kept)
    new = np.flatnonzero(np.isin(columns, np.setdiff1d(chosen, kept)))
    return Form(
        savings=savings,
        columns=columns,
        new=new,
        kept=kept,
        ways=ways,
        demand=demand,
        covers=radius is not None,
    )
