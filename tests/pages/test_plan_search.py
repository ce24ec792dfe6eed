"""选址 while its plan is looked for: a first answer at once, a stop that keeps the best."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from geo import planning
from geo.planning import Question
from geo.search.criteria import Criteria
from geo.siting import Status
from tests.pages.conftest import words
from tests.pages.test_many import paint
from tests.pages.test_siting import places
from ui.cached import plans
from ui.cached.indicators import FigureQuery

if TYPE_CHECKING:
    from geo.planning import Proposal
    from geo.siting.search import Progress
    from tests.pages.conftest import Open
    from ui.cached.searches import Search

RADIUS = "7"
"""Of these questions alone: what is stopped here is no other test's answer."""


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that has its first plan at once, and goes on until it is stopped."""
    best = planning.best

    def searching(case: object, *, seconds: float, progress: Progress) -> Proposal:
        found = best(case, seconds=min(seconds, 60.0))  # type: ignore[arg-type]
        plan = found.plan._replace(status=Status.SEARCHING, bound=found.plan.value * 1.013)
        tick = Event()
        while progress(plan) is not False:
            tick.wait(0.01)
        return found._replace(plan=plan._replace(status=Status.STOPPED))

    monkeypatch.setattr(planning, "best", searching)
    monkeypatch.setattr("ui.cached.searches.SOON_S", 0.0)


def search(p: int) -> Search:
    """The one that 选址 follows for Harbin."""
    query = FigureQuery("harbin", "district", Criteria(), 1000 * float(RADIUS), covered=True)
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


def test_all_who_ask_the_same_share_one_search() -> None:
    assert search(1) is search(1)
    assert search(1) is not search(2)
