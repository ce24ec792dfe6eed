"""Plans: which candidates are chosen, what they give, and how good that is at most."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """Why a search ended.

    Attributes
    ----------
    PROVEN
        No plan is better, to a millionth of the value.
    WITHIN_GAP
        None is better by more than the gap that was asked for.
    TIME_LIMIT
        Time ran out before.
    MEMORY_LIMIT
        To prove more would take more memory than a server has for it.
    STOPPED
        Somebody stopped it before.
    SEARCHING
        It is the best so far of a search that goes on.
    NEAR_BEST
        It is one of those beside a plan: see `geo.siting.near_best`.
    ALL_COVERED
        The fixed sites reach all demand already: no new one adds anything.
    """

    PROVEN = "proven"
    WITHIN_GAP = "within gap"
    TIME_LIMIT = "time limit"
    MEMORY_LIMIT = "memory limit"
    STOPPED = "stopped"
    SEARCHING = "searching"
    NEAR_BEST = "near best"
    ALL_COVERED = "all covered"


class Plan(NamedTuple):
    """A plan and its proof.

    Attributes
    ----------
    chosen
        Positions of the chosen candidates, ascending, the fixed ones among them.
    value
        What the plan gives, by the measure of the model.
    bound
        What no plan exceeds where more is better, or falls below where less is: between this and
        the value lies the best that there is.
    status
        Why the search ended.
    """

    chosen: tuple[int, ...]
    value: float
    bound: float
    status: Status

    @property
    def gap(self) -> float:
        """How much better a plan could be at most, a share of this one's value.

        Examples
        --------
        >>> Plan((2, 5), 400.0, 402.0, Status.WITHIN_GAP).gap
        0.005
        """
        if self.bound == self.value:
            return 0.0
        return abs(self.bound - self.value) / abs(self.value) if self.value else math.inf
