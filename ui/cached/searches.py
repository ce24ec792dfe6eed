"""Plans for new sites while they are looked for: one search for all who ask the same.

A search goes on in a thread of its own until it has proven its plan, its time is over, somebody
stops it, or nobody has asked for it for a while: then it begins anew with whoever asks next. What
it knows so far is one frozen value, `Found`, with a number that grows with every change that a page
would draw.
"""

from __future__ import annotations

import math
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Condition, Event, Semaphore, Thread, main_thread
from typing import TYPE_CHECKING, Final

from geo import planning
from geo.planning.proposal import SECONDS
from geo.siting.plan import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from geo.planning import Proposal
    from geo.planning.proposal import Case
    from geo.siting import Plan
    from geo.siting.search import Progress

SOON_S: float = 1.0
"""How long a page waits for all of it before it shows what is known so far."""

AGAIN_S: Final = 60.0
"""For a search that is begun again, seconds."""

LEFT_S: float = 60.0
"""After so long a search that nobody asks for is given up; whoever was told to come again
in half a minute finds it."""

TOLD_S: Final = 1.0
"""Between two words to whoever waits, seconds."""

AT_ONCE: Final = 3
"""Searches at a time: each takes a processor and up to 300 MB."""

WAITING: Final = 8
"""Searches that may wait for their turn; whoever comes then is asked to come again."""

_line, _turn = Semaphore(AT_ONCE + WAITING), Semaphore(AT_ONCE)


class BusyError(Exception):
    """As many searches are under way or wait as there is room for."""


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
        See `geo.planning.proposal.gains`; None until it is known, or where it is not asked for.
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
    """A search, begun by whoever first asks what it knows.

    Parameters
    ----------
    case
        Returns the question with what its answer hangs on.
    curve
        Returns whom each number of sites reaches; takes what is told of each plan on the way and
        ends it. None where nobody wants to know.
    """

    def __init__(
        self, case: Callable[[], Case], curve: Callable[[Progress], pd.DataFrame] | None
    ) -> None:
        self._case, self._curve = case, curve
        self._news, self._stopped = Condition(), Event()
        self._found = Found()
        self._fault: Exception | None = None
        self._told = self._under_way = self._queues = False
        self._waiting, self._asked_at = 0, time.monotonic()
        self._allow(SECONDS)

    @property
    def found(self) -> Found:
        """What is known now."""
        return self._found

    @property
    def queues(self) -> bool:
        """Whether others come before it."""
        return self._under_way and self._queues

    @property
    def spent(self) -> float:
        """Share of its time that is over, 0-1."""
        return min(1.0, (time.monotonic() - self._begun) / self._seconds)

    def soon(self, tell: Callable[[], object] = lambda: None) -> Found:
        """Return a plan with what is known beside it a moment after the search began.

        Parameters
        ----------
        tell
            Called every `TOLD_S` of the wait; whatever it raises ends the wait.

        Raises
        ------
        BusyError
            Where it is not under way, and can neither begin nor wait for its turn.
        """
        self._wait(lambda found: found.done, tell, SOON_S - (time.monotonic() - self._begun))
        return self._wait(lambda found: found.proposal is not None, tell)

    def complete(
        self, tell: Callable[[], object] = lambda: None, *, within_s: float = math.inf
    ) -> Found:
        """Return all of it once it is known, or what is known after a time.

        Parameters and errors as of `soon`.
        """
        return self._wait(lambda found: found.done, tell, within_s)

    def news(self, *, since: int, within_s: float) -> bool:
        """Return whether there is anything new since a number, as soon as there is."""
        with self._asked():
            return self._news.wait_for(lambda: self._found.number != since, within_s)

    def stop(self) -> None:
        """End what it is at: with the best plan so far; then without what would stand beside it."""
        self._stopped.set()

    def again(self) -> None:
        """Go on from a plan that is not proven, with more time."""
        with self._news:
            if self._found.done:
                self._found = replace(self._found, searching=True, done=False)
                self._allow(AGAIN_S)

    def retry(self) -> None:
        """Look anew where the last attempt failed, once a page has shown its fault.

        Not before: a page that draws itself anew with every news would never come to show it.
        """
        with self._news:
            if not self._told:
                return
            self._told, self._fault = False, None
            self._found = Found(number=self._found.number)
            self._allow(SECONDS)

    def _allow(self, seconds: float) -> None:
        self._begun, self._seconds = time.monotonic(), seconds

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Begin it where that is due, and hold its news for somebody who waits for them."""
        with self._news:
            self._waiting += 1
            try:
                if not (self._under_way or self._found.done or self._fault):
                    self._begin()
                yield
            finally:
                self._waiting -= 1
                self._asked_at = time.monotonic()

    def _begin(self) -> None:
        """Take a place in the line; where none is free a plan that is known does meanwhile."""
        if _line.acquire(blocking=False):
            self._stopped.clear()
            self._under_way = self._queues = True
            self._found = replace(self._found, searching=True)
            Thread(target=self._run, name="plan").start()
        elif self._found.proposal is None:
            raise BusyError

    def _wait(
        self,
        known: Callable[[Found], bool],
        tell: Callable[[], object],
        within_s: float = math.inf,
    ) -> Found:
        end = time.monotonic() + within_s
        while True:
            with self._asked():
                self._news.wait_for(
                    lambda: known(self._found) or self._fault is not None,
                    max(0.0, min(TOLD_S, end - time.monotonic())),
                )
                if self._fault is not None:
                    self._told = True
                    raise self._fault
                if known(self._found) or time.monotonic() >= end:
                    return self._found
            tell()

    def _run(self) -> None:
        try:
            with _turn:
                self._queues, self._begun = False, time.monotonic()
                if self._wanted():
                    self._look(self._case())
        except Exception as fault:  # noqa: BLE001 - whoever waits for it is told
            self._fault = fault
            self._tell(searching=False)
        finally:
            _line.release()
            with self._news:
                self._under_way = False

    def _wanted(self) -> bool:
        """Return whether anybody asks for it, in a process that goes on: it waits for this."""
        lately = self._waiting or time.monotonic() - self._asked_at < LEFT_S
        return bool(lately) and main_thread().is_alive()

    def _look(self, case: Case) -> None:
        def go_on(_: Plan) -> bool:
            return self._wanted() and not self._stopped.is_set()

        def hear(plan: Plan) -> bool:
            known = self._found.proposal
            if known is None or _better(plan, known.plan):
                self._tell(proposal=planning.of_plan(case, plan), bound=plan.bound)
            else:
                self._found = replace(self._found, bound=plan.bound)
            return go_on(plan)

        best = _better_of(
            self._found.proposal, planning.best(case, seconds=self._seconds, progress=hear)
        )
        if not self._wanted():
            return
        self._stopped.clear()
        self._tell(proposal=best, bound=best.plan.bound, searching=False)
        others = tuple(planning.of_plan(case, each) for each in planning.others(case, best.plan))
        moves = planning.moves(case, best)
        ends = planning.ends(case, best, seconds=self._seconds, progress=go_on)
        curve = None if self._curve is None else self._curve(go_on)
        if not self._wanted():
            return
        if self._stopped.is_set():
            ends, curve = best.ends, None
        self._tell(
            proposal=best._replace(ends=ends), others=others, moves=moves, curve=curve, done=True
        )

    def _tell(self, **known: object) -> None:
        with self._news:
            number = self._found.number + 1
            self._found = replace(self._found, number=number, **known)  # type: ignore[arg-type]
            self._news.notify_all()


def _better_of(known: Proposal | None, new: Proposal) -> Proposal:
    """Return the better of two, with what either search proved: one that goes on begins anew."""
    if known is None:
        return new
    plan = known.plan if _better(known.plan, new.plan) else new.plan
    bounds = [new.plan.bound]
    if known.plan.status is not Status.SEARCHING:
        bounds.append(known.plan.bound)
    bound = min(bounds, key=lambda each: abs(each - plan.value))
    kept = known if plan is known.plan else new
    return kept._replace(plan=plan._replace(bound=bound, status=new.plan.status))


def _better(plan: Plan, known: Plan) -> bool:
    """Return whether a plan is better than one that is drawn: nearer to what the best can be."""
    return plan.chosen != known.chosen and abs(plan.bound - plan.value) < abs(
        plan.bound - known.value
    )
