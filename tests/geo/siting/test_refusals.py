"""What cannot be solved is refused with every fault in one message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo import siting
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

COST = np.array([[100.0, 900], [900, 100], [5000, 1000]])
GIVEN: Mapping[str, object] = {"cost": COST, "weights": [1, 2, 3], "p": 1, "radius": 500}

CASES: dict[str, tuple[Mapping[str, object], str]] = {
    "no demand": ({"cost": np.empty((0, 2)), "weights": []}, "cost: has no rows"),
    "nobody": ({"weights": [0, 0, 0]}, "weights: found none above 0"),
    "no candidate": ({"cost": np.empty((3, 0))}, "cost: has no columns"),
    "a row": ({"cost": [1, 2, 3]}, r"cost: found int64 of shape \(3,\)"),
    "a cost below 0": ({"cost": [[1, 2], [3, -4], [0, 0]]}, "cost: found -4 at row 1"),
    "a cost that is none": (
        {"cost": [[1, np.nan], [3, 4], [np.nan, 0]]},
        "cost: found nan at rows 0, 2;",
    ),
    "negative residents": ({"weights": [1, -2, 3]}, "weights: found -2 at row 1"),
    "missing residents": ({"weights": [1, np.nan, 3]}, "weights: found nan at row 1"),
    "residents of others": ({"weights": [1, 2]}, "weights: found 2, expected one for each of 3"),
    "too many sites": ({"p": 2, "fixed": [1]}, "p: found 2 new sites, but only 1 candidates"),
    "half a site": ({"p": 0.5}, "p: found 0.5, expected a whole number"),
    "fewer than none": ({"p": -1}, "p: found -1, expected a whole number"),
    "a fixed site elsewhere": ({"fixed": [2]}, r"fixed: found \[2\], expected columns of the cost"),
    "a fixed site twice": ({"fixed": [1, 1]}, "each once"),
    "no radius": ({"radius": np.nan}, "radius: found"),
    "room for others": ({"capacity": [1, 2, 3]}, "capacity: found int64 of shape"),
    "no room": ({"capacity": [0, 0]}, "capacity: found none above 0"),
    "less than no room": ({"capacity": [1, -2]}, "capacity: found -2 at row 1"),
    "groups of others": ({"groups": ["a"]}, "groups: found 1, expected one for each of 3 rows"),
    "no group": ({"groups": ["a", None, "b"]}, "groups: found none at row 1"),
    "two wishes": ({"groups": ["a", "a", "b"], "capacity": [1, 1]}, "groups: found together with"),
    "no gap": ({"gap": -1}, "gap: found -1, expected a share from 0 up"),
    "no time": ({"seconds": -1}, "seconds: found -1, expected a number from 0 up"),
}


@pytest.mark.parametrize(("wrong", "message"), CASES.values(), ids=CASES)
def test_maximal_covering_says_what_is_wrong(wrong: Mapping[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        siting.maximal_covering(**{**GIVEN, **wrong})  # type: ignore[arg-type]


def test_all_faults_come_at_once() -> None:
    with pytest.raises(InputError) as refused:
        siting.p_median(COST, [1, -2, 3], 7, fixed=[9])
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == [
        "weights",
        "fixed",
        "p",
    ]


def test_demand_beyond_every_candidate_is_named() -> None:
    with pytest.raises(InputError, match="no candidate lies within 500 m of the demand at row 2;"):
        siting.set_covering(COST, 500)
    away = np.where(COST > 4000, np.inf, COST)
    away[1] = np.inf
    with pytest.raises(InputError, match="no candidate has a way to the demand at row 1;"):
        siting.p_center(away, 1)
    with pytest.raises(InputError, match="no candidate has a way to the demand at row 1;"):
        siting.p_median(away, [1, 1, 1], 1)
    assert siting.p_median(away, [1, 0, 1], 1).value == 1900


def test_too_few_sites_for_a_way_to_everybody() -> None:
    islands = np.where(np.eye(3) > 0, 10.0, np.inf)
    with pytest.raises(InputError, match="p: found 2 new sites, but at least 3 are needed"):
        siting.p_median(islands, [1, 1, 1], 2)
    with pytest.raises(InputError, match="p: found 2 new sites, but at least 3 are needed"):
        siting.p_center(islands, 2)
    with pytest.raises(InputError, match="p: found 0 new sites, but at least 1 are needed"):
        siting.p_median(COST, [1, 1, 1], 0)
    assert siting.p_median(islands, [1, 1, 1], 2, [0]).value == 30
