"""Plans for new sites while they are looked for: one search for all who ask the same.

A search goes on in a thread of its own, whoever waits for it or leaves, until it has proven its
plan, its time is over, or somebody stops it. What it knows so far is one frozen value, `Found`,
with a number that grows with every change that a page would draw.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from threading import Condition, Event, Semaphore, Thread, main_thread
from typing import TYPE_CHECKING, Final

from geo import planning
from geo.planning.proposal import SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from geo.planning import Proposal
    from geo.planning.proposal import Case
    from geo.siting import Plan

SOON_S: float = 1.0
"""How long a page waits for all of it before it shows what is known so far."""

AGAIN_S: Final = 60.0
"""For a search that is begun again, seconds."""

_AT_ONCE: Final = Semaphore(3)
"""Searches at a time: each takes a processor and up to 300 MB."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search knows.

    Attributes
    ----------
    proposal
        The best plan so far; None before there is any.
    bound
        What no plan is better than.
    others
        Plans almost as good, the best first.
    moves
        Where each place may move, see `geo.planning.alternatives.moves`; None until that is known.
    curve
        See `geo.planning.proposal.gains`; None until it is known.
    searching
        Whether a better plan may still come.
    done
        Whether all of it is known.
    number
        How often it changed so that a page would draw something else.
    """

    proposal: Proposal | None = None
    bound: float = math.inf
    others: tuple[Proposal, ...] = ()
    moves: pd.DataFrame | None = None
    curve: pd.DataFrame | None = None
    searching: bool = True
    done: bool = False
    number: int = 0


class Search:
    """A search that is under way, or over.

    Parameters
    ----------
    case
        Returns the question with what its answer hangs on.
    curve
        Returns whom each number of sites reaches.
    """

    def __init__(self, case: Callable[[], Case], curve: Callable[[], pd.DataFrame]) -> None:
        self._case, self._curve = case, curve
        self._news, self._stopped = Condition(), Event()
        self._found = Found()
        self._fault: Exception | None = None
        self._told = False
        self._begin(SECONDS)

    @property
    def found(self) -> Found:
        """What is known now."""
        return self._found

    @property
    def spent(self) -> float:
        """Share of its time that is over, 0-1."""
        return min(1.0, (time.monotonic() - self._begun) / self._seconds)

    def soon(self) -> Found:
        """Return a plan with what is known beside it a moment after the search began."""
        self._wait(lambda found: found.done, SOON_S - (time.monotonic() - self._begun))
        return self._wait(lambda found: found.proposal is not None)

    def complete(self) -> Found:
        """Return all of it once it is known."""
        return self._wait(lambda found: found.done)

    def news(self, *, since: int, within_s: float) -> bool:
        """Return whether there is anything new since a number, as soon as there is."""
        with self._news:
            return self._news.wait_for(lambda: self._found.number != since, within_s)

    def stop(self) -> None:
        """End it with the best plan so far."""
        self._stopped.set()

    def again(self) -> None:
        """Go on from a plan that is not proven, with more time."""
        if self._found.done:
            self._found = replace(self._found, searching=True, done=False)
            self._begin(AGAIN_S)

    def retry(self) -> None:
        """Look anew where the last attempt failed, once a page has shown its fault.

        Not before: a page that draws itself anew with every news would never come to show it.
        """
        with self._news:
            if not self._told:
                return
            self._told, self._fault = False, None
            self._found = Found(number=self._found.number)
        self._begin(SECONDS)

    def _begin(self, seconds: float) -> None:
        self._stopped.clear()
        self._begun, self._seconds = time.monotonic(), seconds
        Thread(target=self._run, name="plan").start()

    def _wait(self, known: Callable[[Found], bool], seconds: float | None = None) -> Found:
        with self._news:
            self._news.wait_for(
                lambda: known(self._found) or self._fault is not None,
                None if seconds is None else max(0.0, seconds),
            )
            if self._fault is not None:
                self._told = True
                raise self._fault
            return self._found

    def _run(self) -> None:
        with _AT_ONCE:
            self._begun = time.monotonic()
            try:
                self._look(self._case())
            except Exception as fault:  # noqa: BLE001 - whoever waits for it is told
                self._fault = fault
                self._tell(searching=False)

    def _look(self, case: Case) -> None:
        def hear(plan: Plan) -> bool:
            known = self._found.proposal
            if known is None or _better(plan, known.plan):
                self._tell(proposal=planning.of_plan(case, plan), bound=plan.bound)
            else:
                self._found = replace(self._found, bound=plan.bound)
            return not self._stopped.is_set() and _running()

        best = planning.best(case, seconds=self._seconds, progress=hear)
        self._tell(proposal=best, bound=best.plan.bound, searching=False)
        others = tuple(planning.of_plan(case, each) for each in planning.others(case, best.plan))
        ends = planning.ends(case, best, seconds=self._seconds, progress=lambda _: _running())
        if not _running():
            return
        self._tell(
            proposal=best._replace(ends=ends),
            others=others,
            moves=planning.moves(case, best),
            curve=self._curve(),
            done=True,
        )

    def _tell(self, **known: object) -> None:
        with self._news:
            number = self._found.number + 1
            self._found = replace(self._found, number=number, **known)  # type: ignore[arg-type]
            self._news.notify_all()


def _running() -> bool:
    """Return whether the process goes on: it waits for its searches when it ends."""
    return main_thread().is_alive()


def _better(plan: Plan, known: Plan) -> bool:
    """Return whether a plan is better than one that is drawn: nearer to what the best can be."""
    return plan.chosen != known.chosen and abs(plan.bound - plan.value) < abs(
        plan.bound - known.value
    )
