"""A search under way: the best plan so far and the bound, told as they improve, and its end."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.siting.plan import Plan, Status

if TYPE_CHECKING:
    from geo.siting.given import Columns

Progress = Callable[[Plan], bool | None]
"""Takes the best plan so far with its bound; ends the search where it returns False."""

PROOF: Final = 1e-6
"""Share of the value that solvers' tolerances leave open."""

TOLD_S: Final = 0.1
"""Seconds after which progress is told again, whether or not anything improved."""


def _as_given(own: Columns) -> Columns:
    return own


@dataclass
class Search:
    """The best value so far, the bound, and whether to go on.

    Attributes
    ----------
    gap
        Share of the value within which the bound is close enough.
    seconds
        After which the search ends.
    progress
        Told several times a second.
    least
        Whether less is better.
    whole
        Whether every plan's value is a whole number, and the bound therefore too.
    columns
        Takes a plan as the model has it; returns its columns as they were given, with the fixed
        ones.
    value, bound
        The best so far.
    too_large
        Whether what is left takes more memory than there is for it.
    """

    gap: float
    seconds: float
    progress: Progress | None = None
    least: bool = False
    whole: bool = False
    columns: Callable[[Columns], Columns] = _as_given
    value: float = field(init=False)
    bound: float = field(init=False)
    too_large: bool = field(default=False, init=False)
    _best: tuple[tuple[int, ...], float] | None = field(default=None, init=False)
    _begun: float = field(default_factory=time.monotonic, init=False)
    _told: float = field(default=-math.inf, init=False)
    _stopped: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.value, self.bound = (math.inf, -math.inf) if self.least else (-math.inf, math.inf)

    def improve(
        self,
        *,
        value: float | None = None,
        bound: float | None = None,
        chosen: Columns | None = None,
    ) -> None:
        """Take a value, with the plan that has it, or a bound where it is better; tell them."""
        best, worst = (min, max) if self.least else (max, min)
        if value is not None:
            self.value = best(self.value, value)
            if chosen is not None and (self._best is None or best(self._best[1], value) == value):
                self._best = tuple(np.sort(self.columns(chosen)).tolist()), value
        if bound is not None and math.isfinite(bound):
            self.bound = worst(self.bound, self._rounded(bound))
        if math.isfinite(self.value):
            # What solvers' tolerances let cross meets.
            self.bound = best(self.bound, self.value)
        self.tell()

    def tell(self) -> None:
        """Tell how far the search is, unless that was done a moment ago."""
        now = time.monotonic()
        if self.progress is None or self._stopped or now - self._told < TOLD_S:
            return
        if self._best is not None:
            self._told = now
            self.tell_of(Plan(*self._best, self.bound, Status.SEARCHING))

    def tell_of(self, plan: Plan) -> bool:
        """Tell of a plan, be it another search's on the way; return whether to go on."""
        if self.progress is not None and not self._stopped:
            self._stopped = self.progress(plan) is False
        return not self._stopped

    @property
    def stopped(self) -> bool:
        """Whether somebody stopped it."""
        return self._stopped

    @property
    def remaining(self) -> float:
        """How many seconds are left, 0 where none are."""
        return max(0.0, self._begun + self.seconds - time.monotonic())

    @property
    def slack(self) -> float:
        """How far the bound may be from the value for the search to end."""
        return max(self.gap, PROOF) * abs(self.value)

    @property
    def over(self) -> bool:
        """Whether the search ends: close enough, stopped, or out of time."""
        return self._stopped or self._close or self.remaining == 0

    @property
    def _close(self) -> bool:
        return math.isfinite(self.value) and abs(self.bound - self.value) <= self.slack

    def plan(self, chosen: tuple[int, ...], value: float) -> Plan:
        """Return a plan with its proof; tell it.

        Parameters
        ----------
        chosen : tuple of int
            The plan.
        value : float
            Its value, computed from what was given.
        """
        self.value, self._best = value, (chosen, value)
        self.improve()
        self._told = -math.inf
        if abs(self.bound - value) <= PROOF * abs(value):
            self.bound, status = value, Status.PROVEN
        elif self._close:
            status = Status.WITHIN_GAP
        elif self._stopped:
            status = Status.STOPPED
        else:
            status = Status.MEMORY_LIMIT if self.too_large else Status.TIME_LIMIT
        self.tell()
        return Plan(chosen, value, self.bound, status)

    def _rounded(self, bound: float) -> float:
        if not self.whole:
            return bound
        near = PROOF * max(1.0, abs(bound))
        return math.ceil(bound - near) if self.least else math.floor(bound + near)
