"""Set covering: fewest sites that reach all demand (Toregas, Swain, ReVelle and Bergman 1971)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.checks import amounts, frames
from geo.siting import cover, given, reach
from geo.siting.plan import Plan, Status
from geo.siting.search import Search

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.siting.given import Costs
    from geo.siting.search import Progress


def set_covering(
    cost: Costs,
    radius: float,
    fixed: Iterable[int] = (),
    *,
    gap: float = 0,
    seconds: float = 30,
    progress: Progress | None = None,
) -> Plan:
    """Return the plan with fewest sites that has all demand within its reach.

    With N_i the candidates within the radius of demand i and F the fixed ones, it is

        min sum_j y_j   with   sum of y_j over j in N_i >= 1,   y_j = 1 for j in F,
                               y_j in {0, 1}.

    Parameters
    ----------
    cost : array_like or scipy sparse, shape (n, m)
        Metres from demand to candidates; infinite, or in a sparse one not stored, is out of
        reach. A sparse one of truth values says who reaches whom: true counts as 1 metre.
    radius : float
        Metres; demand as far away as this is reached.
    fixed : iterable of int, optional
        Candidates that are kept in any case, by column.
    gap : float, optional
        Share of the value: how much better a plan may be at most for the search to end.
    seconds : float, optional
        After which the best so far is the answer.
    progress : callable, optional
        Takes the best plan so far with its bound, several times a second; where it returns False
        that is the answer.

    Returns
    -------
    Plan
        Its value is how many sites there are, the fixed ones among them.

    Raises
    ------
    InputError
        For demand that no candidate reaches, costs that are negative or no numbers, no demand, no
        candidate, a radius that is no distance, fixed ones that are no columns; all faults at
        once.

    References
    ----------
    Toregas, C., Swain, R., ReVelle, C. and Bergman, L. (1971), The location of emergency service
    facilities, Operations Research 19 (6), pp. 1363-1373.

    Examples
    --------
    >>> metres = [[100, 900, 5000], [900, 100, 5000], [5000, 1000, 100], [5000, 5000, 1000]]
    >>> set_covering(metres, radius=1000)
    Plan(chosen=(1, 2), value=2.0, bound=2.0, status=<Status.PROVEN: 'proven'>)
    """
    faults: list[str] = []
    table = given.costs(cost, faults)
    kept = given.sites(fixed, table.shape[1], faults)
    amounts.check_radii([radius], faults, name="radius")
    given.limits(gap, seconds, faults)
    frames.refuse(faults)
    near = reach.within(table, radius)
    given.reached(near, faults, radius=radius)
    frames.refuse(faults)
    search = Search(
        gap, seconds, progress, least=True, whole=True, columns=lambda new: np.r_[kept, new]
    )
    open_ = near[np.diff(near[:, kept].indptr) == 0]
    new = cover.fewest(open_, search, besides=len(kept))
    chosen = np.sort(np.r_[kept, new])
    plan = search.plan(tuple(chosen.tolist()), float(len(chosen)))
    return plan._replace(status=Status.ALL_COVERED) if not open_.shape[0] else plan
