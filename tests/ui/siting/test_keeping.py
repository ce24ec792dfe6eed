"""A scenario keeps what its page asks, not how it is looked at; its address asks it again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from geo.planning.scenario import Pin, Scenario
from tests.ui.states import view
from ui.siting import keeping
from ui.state import kept_scenarios
from ui.state.address import parse
from ui.state.pages import Siting
from ui.state.selection import Selection
from ui.state.view import PageView


def test_filters_and_question_are_kept_and_asked_again() -> None:
    there: dict[str, Any] = {
        "sector": ("fas", "arc"),
        "kind": ("park",),
        "p": "5",
        "candidates": "districts",
    }
    seen: dict[str, Any] = {
        "at": Selection("place", "2"),
        "base": "osm",
        "radius": "2",
        "parts": ("maps",),
    }
    shown = view(Siting, region="guangdong", **there, **seen)
    asked = keeping.asked(shown)
    assert {*dict(parse_qsl(asked))} == {"region", *there}
    kept = Scenario(name="一", pins=(Pin("A", 113.3, 23.1),), radius_m=2000, asked=asked)
    address = kept_scenarios.address(kept, region="ws-of-somebody", lang="en")
    again = parse(dict(parse_qsl(address.partition("?")[2])), Siting.fields())
    assert not [each for each in again.refused if each.name not in {"mode", "pins"}]
    assert {**again.values, **there} == {**again.values}
    assert (again.values["radius"], again.values["region"]) == ("2", "guangdong")


def test_a_walk_is_kept_with_its_own_reach_and_not_the_radius_of_discs() -> None:
    pins = (Pin("A", 121.5, 31.2),)
    straight = view(Siting, region="shanghai", radius="3")
    on_foot = replace(straight.state, way="foot", minutes="15", speed="5")
    kept = keeping.scenario(PageView(on_foot), "一", pins)
    assert kept.radius_m == 15 / 60 * 5000
    asked = dict(parse_qsl(kept_scenarios.address(kept, region="shanghai", lang="zh")))
    assert (asked.get("way"), "radius" in asked) == ("foot", False)
