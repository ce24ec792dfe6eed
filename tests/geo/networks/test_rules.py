"""What breaks: a walker on a motorway, or sent back by the sign of a one-way street."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.networks import rules


@pytest.mark.parametrize(
    ("tags", "outcome"),
    [
        ({"highway": "residential", "oneway": "yes"}, "street"),
        ({"highway": "footway"}, "street"),
        ({"highway": "trunk"}, "street"),
        ({"highway": "steps"}, "stairs"),
        ({"highway": "motorway"}, "motorway"),
        ({"highway": "motorway_link"}, "motorway"),
        ({"highway": "trunk", "motorroad": "yes"}, "motorway"),
        ({"highway": "motorway", "foot": "designated"}, "street"),
        ({"highway": "service", "access": "private"}, "closed"),
        ({"highway": "service", "access": "private", "foot": "yes"}, "street"),
        ({"highway": "primary", "foot": "no"}, "closed"),
        ({"highway": "construction"}, "unbuilt"),
        ({"route": "ferry"}, "ferry"),
        ({"route": "ferry", "foot": "no"}, "closed"),
    ],
)
def test_the_tags_of_a_line_say_whether_it_is_walked(tags: dict[str, str], outcome: str) -> None:
    kind, reason = rules.treatment(pd.DataFrame([{"highway": "", **tags}]))
    walked = outcome in rules.standard().kinds
    assert (kind if walked else reason).to_list() == [outcome]
    assert (reason if walked else kind).isna().all()


@pytest.mark.parametrize(
    "tags", [{"route": "bus"}, {"highway": "platform"}, {"building": "yes"}, {"highway": None}]
)
def test_what_is_no_street_is_nothing_else(tags: dict[str, str]) -> None:
    assert rules.treatment(pd.DataFrame([{"highway": "", **tags}])).reason.to_list() == ["other"]


def test_lines_without_tags_are_streets() -> None:
    plain = rules.treatment(pd.DataFrame(index=[4, 9]))
    assert plain.kind.to_dict() == {4: "street", 9: "street"}
    assert plain.reason.isna().all()
