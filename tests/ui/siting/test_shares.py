"""Shares of districts in 选址: the map has the digits of the table, and differences fit them."""

from __future__ import annotations

import pytest

from tests.ui.states import view
from ui.siting import district_table, place_list, plan_map, wording
from ui.state.pages import Siting


@pytest.mark.parametrize("region", ["harbin", "shanghai"])
def test_map_and_table_say_the_same_and_what_is_more_is_their_difference(region: str) -> None:
    shown = view(Siting, region=region, p="1")
    plan = wording.found(shown)
    assert plan is not None
    on_map = plan_map.shaded(shown, plan.districts)["value"]
    values = {shown.district_name(str(code)): value for code, value in on_map.items()}
    rising = 0
    for name, _, before, after, more in district_table.rows(shown):
        assert values[name] == (before if before == after else f"{before} → {after}")
        if "%" in before and before != after and "<" not in before:
            low, high = (float(each.strip("%>")) for each in (before, after))
            assert float(more) == pytest.approx(high - low, abs=1e-9)
            rising += 1
    assert rising


def test_of_very_many_places_the_first_are_listed_and_drawn_and_the_page_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = view(Siting, region="harbin", p="3")
    assert (len(place_list.rows(shown)), place_list.everywhere(shown)) == (3, "")
    monkeypatch.setattr(wording, "LISTED", 2)
    assert [row.number for row in place_list.rows(shown)] == [1, 2]
    assert len(plan_map.discs(shown)) == 2
    assert "前 2 处，共 3 处" in place_list.everywhere(shown)
