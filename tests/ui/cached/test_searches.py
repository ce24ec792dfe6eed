"""The line of searches: it has an end, and who left it or stops a search holds nobody up."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError, Event, Semaphore
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from geo import planning
from geo.facts import boundaries, catalog
from geo.planning import Question
from geo.planning.proposal import SECONDS
from geo.siting.plan import Status
from ui.cached import searches
from ui.cached.searches import BusyError, Search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.planning import Proposal
    from geo.planning.proposal import Case
    from geo.siting.search import Progress
    from ui.cached.searches import Found

CASE = planning.case(catalog.sites("jinan"), boundaries.districts("jinan"), Question(p=1))


class Line:
    """Searches that build their cases when they are let."""

    def __init__(self) -> None:
        self.may_go_on, self.building = Event(), Semaphore(0)

    def case(self) -> Case:
        self.building.release()
        assert self.may_go_on.wait(60)
        return CASE

    def search(self) -> Search:
        """One that is asked for and left."""
        begun = Search(self.case, None)
        begun.news(since=0, within_s=0)
        return begun


def forgotten(then: Callable[[], object] = lambda: None) -> None:
    """Forget all who asked, do something, wait until no search is left that nobody waits for."""
    with pytest.MonkeyPatch.context() as short:
        short.setattr(searches, "LEFT_S", 0.0)
        then()
        for each in threading.enumerate():
            if each.name == "plan":
                each.join(60)


@pytest.fixture
def line() -> Iterator[Line]:
    """An empty one."""
    forgotten()
    made = Line()
    yield made
    made.may_go_on.set()


def test_who_comes_when_the_line_is_full_is_told_so_and_may_come_again(line: Line) -> None:
    known = [line.search() for _ in range(searches.AT_ONCE + searches.WAITING)]
    one_more = Search(line.case, None)
    with pytest.raises(BusyError):
        one_more.soon()
    line.may_go_on.set()
    for each in known:
        assert each.complete(within_s=60).done
    assert one_more.complete(within_s=60).done


def test_a_search_that_nobody_waits_for_builds_no_case_until_somebody_does(line: Line) -> None:
    for _ in range(searches.AT_ONCE):
        line.search()
        assert line.building.acquire(timeout=60)
    left = line.search()
    forgotten(line.may_go_on.set)
    assert not line.building.acquire(blocking=False)
    assert left.complete(within_s=60).done
    assert line.building.acquire(blocking=False)


def test_a_stop_ends_what_stands_beside_the_plan_too() -> None:
    at_it = Event()

    def curve(progress: Progress) -> pd.DataFrame:
        plan = planning.best(CASE).plan
        at_it.set()
        tick = Event()
        while progress(plan) is not False:
            tick.wait(0.01)
        return pd.DataFrame()

    search = Search(lambda: CASE, curve)
    search.news(since=0, within_s=60)
    assert at_it.wait(60)
    assert search.found.proposal is not None
    search.stop()
    known = search.complete(within_s=60)
    assert known.done
    assert known.curve is None


def test_a_search_that_goes_on_and_is_stopped_early_loses_neither_plan_nor_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    good = planning.best(CASE)
    better = good.plan._replace(status=Status.TIME_LIMIT, bound=1.1 * good.plan.value)
    first = better._replace(
        chosen=(min({0, 1} - {*better.chosen}),),
        value=0.8 * better.value,
        bound=1.2 * better.value,
        status=Status.STOPPED,
    )
    planned = iter([better, first])

    def best(_: Case, **__: object) -> Proposal:
        return good._replace(plan=next(planned))

    monkeypatch.setattr(planning, "best", best)
    search = Search(lambda: CASE, None)
    search.complete(within_s=60)
    search.again()
    kept = search.complete(within_s=60).proposal
    assert kept is not None
    assert next(planned, None) is None
    assert kept.plan == better._replace(status=Status.STOPPED)


def test_two_who_ask_for_more_at_once_begin_one_search(monkeypatch: pytest.MonkeyPatch) -> None:
    best, begun = planning.best, []

    def counted(case: Case, *, seconds: float, progress: Progress) -> Proposal:
        begun.append(seconds)
        return best(case, seconds=seconds, progress=progress)

    monkeypatch.setattr(planning, "best", counted)
    search = Search(lambda: CASE, None)
    search.complete(within_s=60)
    both = Barrier(2)

    def together(found: Found, **known: Any) -> Found:  # noqa: ANN401 - any of its fields
        if known.get("done") is False:
            with suppress(BrokenBarrierError):
                both.wait(1)
        return replace(found, **known)

    monkeypatch.setattr(searches, "replace", together)
    with ThreadPoolExecutor(2) as threads:
        for each in [threads.submit(search.again) for _ in range(2)]:
            each.result(60)
    assert both.broken
    search.complete(within_s=60)
    assert begun == [SECONDS, searches.AGAIN_S]
