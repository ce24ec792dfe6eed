"""What the rows of places say of themselves: no remark contradicts its class, no venue counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from rapidfuzz import fuzz

from geo.facts import catalog
from geo.search import matching

if TYPE_CHECKING:
    from collections.abc import Callable

RADII = catalog.vocabulary("precision")["radius_m"].to_dict()
STATED = re.compile(r"(?:±|\+-)\s*(\d+(?:\.\d+)?)\s*(k?m)\b")


def _sites() -> pd.DataFrame:
    return catalog.sites(scope=catalog.WIDE)


TABLES = (_sites, catalog.venues, catalog.aggregates)

VENUE = re.compile(
    r"(?:图书馆|剧场|大剧院|歌剧院|博物馆|纪念馆|科技馆|会展中心|会展馆|展览馆|展览中心|书城(?:宝安城)?|会议中心|极地馆|海洋馆"
    r"|音乐厅|美术馆|体育馆|文化宫|少年宫|步行街|风景区|冰雪大世界)(?:[(（].*[)）])?(?:东馆)?$"
)
"""What a name ends in that is a library, a theatre, a museum, a fair or a sight."""


def _metres(text: object) -> float:
    found = STATED.findall(text) if isinstance(text, str) else []
    return max((float(n) * (1000 if unit == "km" else 1) for n, unit in found), default=0.0)


ALIKE = 75.0
"""From which share of the shorter name (0-100), found in the other, two names are alike."""


def _alike(one: str, other: str) -> bool:
    return fuzz.partial_ratio(one, other) >= ALIKE


@pytest.mark.parametrize("table", TABLES)
def test_no_class_is_better_than_the_remark_says(table: Callable[[], pd.DataFrame]) -> None:
    places = table().set_index("id")
    radius = places["precision"].map(RADII)
    for column in ("note", "coord_source"):
        stated = places[column].map(_metres)
        assert places.index[stated > radius].to_list() == [], column


def test_a_distance_in_a_remark_is_read_in_metres() -> None:
    stated = {"a; ±700 m": 700, "±5 km": 5000, "+-600 m": 600, "±1.5 km": 1500, "5 km": 0, None: 0}
    assert {text: _metres(text) for text in stated} == stated


@pytest.mark.parametrize("table", TABLES)
def test_general_knowledge_places_nothing_better_than_an_area(
    table: Callable[[], pd.DataFrame],
) -> None:
    places = table().set_index("id")
    guessed = places["coord_source"].fillna("").str.contains("general knowledge, approximate")
    assert set(places.loc[guessed, "precision"]) <= {"district"}


@pytest.mark.parametrize("table", TABLES)
def test_a_stop_is_no_building(table: Callable[[], pd.DataFrame]) -> None:
    places = table().set_index("id")
    stops = places["coord_source"].fillna("").str.contains(r"\bstop\b|公交站|station point")
    exact = stops & places["precision"].eq("building")
    assert places.index[exact].to_list() == []


def test_no_library_theatre_museum_fair_or_sight_is_counted() -> None:
    sites = catalog.sites().set_index("id")
    assert sites.index[sites["name_zh"].str.contains(VENUE)].to_list() == []
    venues = catalog.venues().set_index("id")
    moved = [each for each in venues.index if "-venue-" not in each]
    assert len(moved) == 16
    assert venues.loc[moved, "name_zh"].str.contains(VENUE).all()


def test_an_address_is_that_of_the_position() -> None:
    """A house number that the position was looked up by is the address of the row."""
    sites = catalog.sites().set_index("id")
    same = sites["coord_source"].fillna("").str.extract(r"^same house number \((\D+\d+),")[0]
    found = sites[same.notna()]
    wrong = [
        site
        for site, number, address in zip(
            found.index, same.dropna(), found["address"].fillna(""), strict=True
        )
        if number not in address.replace(" ", "")
    ]
    assert wrong == []


def test_sites_of_like_name_within_100_m_say_that_they_are_two() -> None:
    """What may be one place under two names says in a note of either why it is not."""
    sites = catalog.sites()
    placed = sites[~sites.geometry.is_empty].reset_index(drop=True)
    silent = []
    for number, site in placed.iterrows():
        later = placed.iloc[int(str(number)) + 1 :]
        near = later[matching.distances_m(later, (site["lon"], site["lat"])) <= 100]
        for _, other in near.iterrows():
            notes = " ".join(each["note"] for each in (site, other) if pd.notna(each["note"]))
            named = any(re.split("[(（]", each["name_zh"])[0] in notes for each in (site, other))
            if _alike(site["name_zh"], other["name_zh"]) and not named:
                silent.append((site["id"], other["id"]))
    assert silent == []


def test_names_that_are_alike() -> None:
    assert _alike("8号桥(二期)", "8号桥(四期)")
    assert _alike("重庆设计公园", "悦·设创艺展示中心(重庆设计公园一期)")
    assert not _alike("中国蓝桥创意园", "海上海创意园")
