from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from layers.highlight import Highlight
from layers.legend import strip
from layers.results import result_legend
from layers.sites.look import SiteLook
from tests.layers import toy_region
from tests.reading import having, read, words

WORDS = result_legend.ResultWords(
    families={"ind": "工业设计", "art": "艺术", "mix": "综合"},
    kinds={
        "park": "园区",
        "base": "基地",
        "design_center": "设计中心",
        "service_center": "服务中心",
        "street": "街区",
    },
    numbered="编号与名单相同",
    unnumbered="不在本页",
    approximate="只知道区",
    picked="已选入对比",
    others="其他地点",
    uncertainty="位置误差",
    place="选定的地点",
    outside="图外 {n} 处",
    sources=("来源", ["名录"]),
    more="图例",
)


def look(n: int = 6, **options: Any) -> SiteLook:  # noqa: ANN401 - any of a look's own
    families = pd.Series(["ind", "art"], index=[0, 1]).reindex(pd.RangeIndex(n) % 2)
    return SiteLook(families=families.set_axis(pd.RangeIndex(n)), **options)


def written(rows: list[int], said: result_legend.ResultWords = WORDS, **options: Any) -> str:  # noqa: ANN401 - any of the function's own
    given: dict[str, Any] = {"look": look(), "sites": toy_region.sites().iloc[rows]}
    return str(strip.html(result_legend.result_legend(said, **(given | options))))


def signs(html: str) -> list[str]:
    told = (each.get("data-sign") or each.get("data-family") for each in read(html).iter())
    return [sign for sign in told if sign]


def numbers(html: str) -> list[str]:
    """What stands in the signs themselves."""
    return [words(each) for each in read(html).iter("text")]


def test_a_park_known_exactly_needs_its_family_alone() -> None:
    html = written([0])
    assert signs(html) == ["ind"]
    assert numbers(html) == []


def test_no_sign_of_a_family_bears_a_number_and_what_numbers_are_is_told() -> None:
    html = written([0, 2], look=look(numbers={"s0": 1}))
    assert signs(html) == ["ind", "kind", "kind", "numbered", "unnumbered"]
    # A number beside the name of a sector is read as how many there are.
    assert numbers(html) == ["n"]
    (bearer,) = having(read(html), data_sign="numbered")
    assert words(bearer) == "n" + WORDS.numbered


@pytest.mark.parametrize(
    ("rows", "options", "sign"),
    [
        ([1], {}, "approximate"),
        ([0], {"look": look(picked={"s0"})}, "picked"),
        ([0], {"others": toy_region.sites()}, "others"),
        (
            [0],
            {"look": look(radii={"building": 50.0}), "selection": Highlight(site="s0")},
            "uncertainty",
        ),
        ([0], {"place": True}, "place"),
    ],
)
def test_a_sign_is_told_where_it_is_drawn(
    rows: list[int], options: dict[str, Any], sign: str
) -> None:
    assert sign in signs(written(rows, **options))


@pytest.mark.parametrize(
    "options",
    [
        {"others": toy_region.sites().iloc[[0]]},  # all of them are results
        {"look": look(picked={"s3"})},  # not among the results
        {"selection": Highlight(site="s0")},  # no radius known
        {"look": look(radii={"building": 50.0}), "selection": Highlight(site="s4")},
    ],
)
def test_a_sign_that_is_not_drawn_is_not_told(options: dict[str, Any]) -> None:
    assert signs(written([0], **options)) == ["ind"]


def test_no_result_is_told_to_lack_a_number_where_all_have_one() -> None:
    assert signs(written([0], look=look(numbers={"s0": 1}))) == ["ind", "numbered"]


def test_the_map_fills_in_how_many_lie_outside() -> None:
    (outside,) = having(read(written([0])), class_="ct-outside")
    assert words(outside) == "图外 处"
    assert [each.tag for each in outside] == ["b"]
    assert "图外" not in written([5])  # nothing located, nothing to count


def test_the_button_for_more_needs_something_to_open() -> None:
    bare = replace(WORDS, sources=None)
    assert "图例" not in written([0], bare)
    assert "图例" in written([1], bare)


def test_nothing_to_tell_is_no_legend() -> None:
    assert written([5], replace(WORDS, sources=None)) == ""


def test_a_sign_without_a_name_is_an_error_that_names_it() -> None:
    with pytest.raises(KeyError, match="ind, design_center"):
        written([2], result_legend.ResultWords(families={}))
