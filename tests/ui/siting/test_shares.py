"""Shares of districts in 选址: the map has the digits of the table, and differences fit them."""

from __future__ import annotations

import pytest

from tests.ui.states import view
from ui.siting import district_table, plan_map, wording
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
