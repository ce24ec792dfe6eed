from __future__ import annotations

import json
from typing import Any

import pandas as pd

from layers import escape
from layers.sites import symbols
from layers.sites.look import SiteLook
from tests.layers import toy_region

FAMILIES = {"industrial_design": "ind", "fashion": "fas"}


def collection(
    *,
    captions: pd.Series | None = None,
    radii: dict[str, float] | None = None,
    selected: str | None = None,
) -> tuple[list[dict[str, Any]], list[str]]:
    frame = toy_region.sites()
    families = pd.Series(["ind", "art"] * 3, index=frame.index)
    drawn, lines = symbols.site_collection(
        frame, SiteLook(families=families, captions=captions, radii=radii), selected=selected
    )
    return drawn["features"], lines


def test_a_site_without_a_position_is_never_a_point() -> None:
    features, _ = collection()
    assert [f["properties"]["i"] for f in features] == ["s0", "s1", "s2", "s3", "s4"]


def test_only_what_is_known_to_kilometres_is_marked_approximate() -> None:
    features, _ = collection()
    assert [f["properties"].get("p") for f in features] == [None, 1, None, 1, None]


def test_coordinates_have_six_decimals() -> None:
    features, _ = collection()
    for feature in features:
        assert all(round(x, 6) == x for x in feature["geometry"]["coordinates"])


def test_captions_are_kept_once_each() -> None:
    lines = pd.Series(["园区", "基地", "园区", "基地", "园区", "园区"])
    features, captions = collection(captions=lines)
    assert captions == ["园区", "基地"]
    assert [f["properties"]["t"] for f in features] == [0, 1, 0, 1, 0]


def test_a_missing_name_falls_back_to_the_chinese_one() -> None:
    frame = toy_region.sites()
    frame.loc[0, "name_en"] = None
    families = pd.Series("ind", index=frame.index)
    drawn, _ = symbols.site_collection(frame, SiteLook(families=families, name="name_en"))
    assert [f["properties"]["n"] for f in drawn["features"]][:2] == ["地点0", "Site 1"]


def test_the_error_circle_belongs_to_the_selected_site_alone() -> None:
    radii = {"building": 50.0, "district": 3000.0, "none": float("inf")}
    features, _ = collection(radii=radii, selected="s1")
    assert [f["properties"].get("u") for f in features] == [None, 3000.0, None, None, None]


def test_numbers_and_picked_sites_are_told() -> None:
    frame = toy_region.sites()
    families = pd.Series("ind", index=frame.index)
    drawn, _ = symbols.site_collection(
        frame, SiteLook(families=families, numbers={"s1": 7, "gone": 8}, picked=["s0", "s5"])
    )
    features = [f["properties"] for f in drawn["features"]]
    assert [p.get("o") for p in features] == [None, 7, None, None, None]
    assert [p.get("c") for p in features] == [1, None, None, None, None]


def test_texts_are_escaped_and_the_whole_fits_a_script() -> None:
    hostile = ["<b>${1}</b>", "`{{2}}`", "</script>", "x"]
    frame = toy_region.sites(hostile)
    families = pd.Series("ind", index=frame.index)
    drawn, _ = symbols.site_collection(frame, SiteLook(families=families))
    names = [f["properties"]["n"] for f in drawn["features"]]
    assert names == [escape.text(name) for name in hostile[:3]]
    assert json.loads(escape.script_json(drawn)) == drawn


def test_a_doubtful_site_is_marked() -> None:
    frame = toy_region.sites()
    look = SiteLook(families=pd.Series("ind", index=frame.index), doubtful={"s1"})
    drawn, _ = symbols.site_collection(frame, look)
    assert [f["properties"]["i"] for f in drawn["features"] if f["properties"].get("w")] == ["s1"]


def test_a_site_that_is_asked_about_has_a_ring_and_the_one_in_view_a_strong_one() -> None:
    frame = toy_region.sites()
    families = pd.Series("ind", index=frame.index)
    first, second = symbols.located(frame)["id"].head(2)
    look = SiteLook(families=families, ringed={first: False, second: True})
    drawn, _ = symbols.site_collection(frame, look)
    rings = {each["properties"]["i"]: each["properties"].get("r") for each in drawn["features"]}
    assert {key: ring for key, ring in rings.items() if ring} == {first: 1, second: 2}
