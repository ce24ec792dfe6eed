"""选址 while its plan is looked for: a first answer at once, a stop that keeps the best."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle
from threading import Event
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from geo import planning
from geo.planning import Question
from geo.search.criteria import Criteria
from geo.siting import Status
from tests import page_run
from tests.pages.conftest import headline, words
from tests.pages.test_many import paint
from tests.pages.test_siting import places
from ui.cached import plans
from ui.cached.indicators import FigureQuery
from ui.cached.searches import BusyError, Search
from ui.shell import preview_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.planning import Proposal
    from geo.planning.proposal import Case
    from geo.siting.search import Progress
    from tests.pages.conftest import Open
    from ui.cached.searches import Found

RADIUS = "7"
"""Of these questions alone: what is stopped here is no other test's answer."""


FOLLOWED = """
from pages import siting
from ui.siting import progress

siting.page()
progress.follow()
"""
"""What ui/shell/main.py does with the page, without its head."""


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that has its first plan at once, and goes on until it is stopped."""
    best = planning.best

    def searching(case: Case, *, seconds: float, progress: Progress) -> Proposal:
        found = best(case, seconds=seconds)
        plan = found.plan._replace(status=Status.SEARCHING, bound=found.plan.value * 1.013)
        tick = Event()
        while progress(plan) is not False:
            tick.wait(0.01)
        return found._replace(plan=plan._replace(status=Status.STOPPED))

    monkeypatch.setattr(planning, "best", searching)
    monkeypatch.setattr("ui.cached.searches.SOON_S", 0.0)


def search(p: int, radius: str = RADIUS) -> Search:
    """The one that 选址 follows for Harbin."""
    query = FigureQuery("harbin", "district", Criteria(), 1000 * float(radius), covered=True)
    return plans.search(query, Question(p=p, radius_m=query.radius_m))


@pytest.mark.usefixtures("endless")
def test_the_first_answer_is_drawn_at_once_and_a_stop_keeps_it(run_page: Open) -> None:
    app = run_page("siting", region="harbin", p="2", radius=RADIUS)
    assert not app.exception
    assert "初步" in words(app)
    assert "再多建几处" not in words(app)
    first = [each["rim"] for each in paint(app)["clusters"]]
    (bar,) = app.get("progress")
    assert "正在证明，最多还差 2%" in bar.proto.text
    app.button(key="plan_stop").click().run()
    search(2).complete()
    app.run()
    assert "停下来了" in words(app)
    assert "再多建几处" in words(app)
    assert [each["rim"] for each in paint(app)["clusters"]] == first
    assert len(places(app)) == 3
    assert app.button(key="plan_again").label == "再找 60 秒"


TRIED = {
    "region": "harbin",
    "mode": "try",
    "pins": "A:126.60000,45.75000;B:126.50000,45.70000",
    "radius": "7.5",
}


@pytest.mark.usefixtures("endless")
def test_beside_pins_the_plan_that_is_looked_for_is_followed_and_stopped(run_page: Open) -> None:
    app = run_page("siting", **TRIED)
    assert not app.exception
    (bar,) = app.get("progress")
    assert "正在证明，最多还差 2%" in bar.proto.text
    app.button(key="plan_stop").click().run()
    search(2, TRIED["radius"]).complete()
    app.run()
    assert not app.get("progress")
    assert app.button(key="plan_again").label == "再找 60 秒"


def test_beside_pins_one_state_of_the_search_is_drawn_whatever_comes_meanwhile(
    run_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    best, begun = planning.best, []

    def counted(case: Case, *, seconds: float, progress: Progress) -> Proposal:
        begun.append(case.asked.p)
        return best(case, seconds=seconds, progress=progress)

    monkeypatch.setattr(planning, "best", counted)
    asked = TRIED | {"radius": "8"}
    last, other = (search(p, asked["radius"]).complete() for p in (2, 1))
    begun.clear()
    first = replace(last, proposal=other.proposal)

    def drawn(*states: Found) -> str:
        coming = cycle(states)
        monkeypatch.setattr(Search, "soon", lambda *_: next(coming))
        app = run_page("siting", **asked)
        assert not app.exception
        return words(app)

    assert drawn(first, last) == drawn(first) != drawn(last)
    assert not begun  # for the number that stands in the address: it is no part of the page


def test_the_page_is_drawn_anew_once_the_search_has_news(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    best, drawn = planning.best, Event()

    def later(case: Case, *, seconds: float, progress: Progress) -> Proposal:
        first = best(case, seconds=0)
        progress(first.plan._replace(status=Status.SEARCHING))
        assert drawn.wait(60)
        return best(case, seconds=seconds)

    monkeypatch.setattr(planning, "best", later)
    monkeypatch.setattr("ui.cached.searches.SOON_S", 0.0)
    monkeypatch.setattr("ui.siting.progress._tell", lambda *_: drawn.set())
    app = AppTest.from_string(FOLLOWED, default_timeout=120)
    for name, value in {"region": "harbin", "p": "3", "radius": RADIUS}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert "初步" not in words(app)
    assert "再多建几处" in words(app)
    assert len(places(app)) == 4


def test_all_who_ask_the_same_share_one_search() -> None:
    assert search(1) is search(1)
    assert search(1) is not search(2)


def fail(*_: object, **__: object) -> Proposal:
    raise MemoryError


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A search that fails, until this is undone."""

    with monkeypatch.context() as short:
        short.setattr(planning, "best", fail)
        yield short


def test_a_search_that_failed_is_begun_anew_when_the_page_is(broken: pytest.MonkeyPatch) -> None:
    with pytest.raises(MemoryError):
        search(4).complete()
    broken.undo()
    assert search(4).complete().proposal is not None


def test_a_fault_is_shown_before_the_search_is_begun_anew(broken: pytest.MonkeyPatch) -> None:
    assert search(5).news(since=0, within_s=60)
    broken.undo()
    with pytest.raises(MemoryError):
        search(5).soon()
    assert search(5).complete().proposal is not None


def busy(_: Search) -> None:
    raise BusyError


def test_a_page_says_that_too_many_plans_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"region": "harbin", "p": "1", "radius": "9"}
    monkeypatch.setattr("ui.state.pages.HOME", "siting")
    with monkeypatch.context() as short:
        short.setattr(Search, "_begin", busy)
        app = page_run.run("ui/shell/main.py", asked)
        assert not app.exception
        assert headline(app) == "正在找的方案太多，请过一会儿再试"
    app.button(key="plan_retry").click().run()
    assert not app.exception
    assert len(places(app)) == 2


def test_a_share_is_asked_without_a_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "gains", fail)
    query = FigureQuery("harbin", "district", Criteria(), 10_000, covered=True)
    asked = Question(model="fewest", p=1, radius_m=query.radius_m, share=0.3)
    assert plans.search(query, asked).complete().curve is None


@pytest.mark.usefixtures("endless")
def test_no_picture_shows_a_plan_half_made(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = preview_picture.shown("siting", "region=harbin&p=1&radius=6.5")
    assert asked is not None
    with monkeypatch.context() as short:
        short.setattr(preview_picture, "WITHIN_S", 0.0)
        with pytest.raises(BusyError):
            preview_picture.picture("siting", asked)
    search(1, "6.5").stop()
    assert preview_picture.picture("siting", asked).startswith(b"\x89PNG")
