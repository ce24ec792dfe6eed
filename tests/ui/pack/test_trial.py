from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ui.cached import plans
from ui.pack import asked, contents, of_siting
from ui.pack.content import Table
from ui.siting.trying import tables
from ui.state.pages import Siting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ui.pack.asked import Asked
    from ui.pack.content import Section

PINS = "A:121.22000,31.05000;B:121.10000,31.16000"


@pytest.fixture
def tried() -> Asked[Siting]:
    found: Asked[Siting] = asked.asked(f"/siting?mode=try&pins={PINS}")  # type: ignore[assignment]
    return found


def table(part: Callable[[Asked[Siting]], Iterator[Section]], of: Asked[Siting]) -> Table:
    (section,) = part(of)
    (found,) = [block for block in section.blocks if isinstance(block, Table)]
    return found


def test_a_pack_of_a_trial_has_its_pins_plans_and_districts(tried: Asked[Siting]) -> None:
    pins = table(of_siting.ranking, tried)
    assert [row[0] for row in pins.rows] == ["A", "B"]
    plans = table(of_siting.findings, tried)
    assert [row[1:] for row in plans.rows] == [row[1] for row in tables.plan_rows(tried.view)]
    districts = table(of_siting.comparison, tried)
    assert len(districts.rows) == 16
    assert "2 处" in of_siting.title(tried.view)


def test_a_pack_waits_for_the_plan_that_its_pins_are_compared_with() -> None:
    view = contents.opened(asked.asked(f"/siting?mode=try&radius=4.5&pins={PINS}")).view
    assert isinstance(view.state, Siting)
    assert plans.search(view.query, replace(view.state.question, p=2)).found.done
