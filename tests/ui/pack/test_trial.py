from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyproj import Geod

from geo.policy import layouts
from ui.cached import plans
from ui.pack import asked, contents, of_siting
from ui.pack.content import Table
from ui.siting.trying import compared, tables
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


def tables_of(part: Callable[[Asked[Siting]], Iterator[Section]], of: Asked[Siting]) -> list[Table]:
    (section,) = part(of)
    return [block for block in section.blocks if isinstance(block, Table)]


def test_a_pack_of_a_trial_has_its_pins_plans_and_districts(tried: Asked[Siting]) -> None:
    (pins,) = tables_of(of_siting.ranking, tried)
    assert [row[0] for row in pins.rows] == ["A", "B"]
    (plans,) = tables_of(of_siting.findings, tried)
    assert [row[1:] for row in plans.rows] == [row[1] for row in tables.plan_rows(tried.view)]
    districts, _ = tables_of(of_siting.comparison, tried)
    (rest,) = districts.remarks
    named = [row[0] for row in districts.rows]
    every = [tried.view.district_name(code) for code in compared.mine(tried.view).districts.index]
    assert [each for each in every if each not in named and each not in rest] == []
    assert all(len(set(row[1:])) > 1 for row in districts.rows)
    assert "2 处" in of_siting.title(tried.view)


def test_elements_of_the_layout_have_the_distance_to_the_nearest_site(tried: Asked[Siting]) -> None:
    _, elements = tables_of(of_siting.comparison, tried)
    now, mine, _ = {row[0]: row[1:] for row in elements.rows}["青浦新城"]
    layout = layouts.layout("sh-2021-meeting")
    (town,) = [each for each in layout.elements if each.name_zh == "青浦新城"]
    assert town.extent.point is not None
    metres = Geod(ellps="WGS84").inv(town.extent.point.lon, town.extent.point.lat, 121.1, 31.16)[2]
    assert mine == f"{metres / 1000:.1f} 公里"
    assert float(now.split()[0]) > float(mine.split()[0])
    assert {row[0] for row in elements.rows} == {
        each.name_zh for each in layout.elements if not each.extent.unpublished
    }


def test_a_pack_waits_for_the_plan_that_its_pins_are_compared_with() -> None:
    view = contents.opened(asked.asked(f"/siting?mode=try&radius=4.5&pins={PINS}")).view
    assert isinstance(view.state, Siting)
    assert plans.search(view.query, replace(view.state.question, p=2)).found.done
