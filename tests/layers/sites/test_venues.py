"""Venues as the overlay has them."""

from __future__ import annotations

from layers.sites.venues import venues
from tests.layers import toy_region


def test_a_venue_has_a_name_and_no_id_and_only_where_it_is_located() -> None:
    drawn = venues(toy_region.sites(["馆", "<b>剧场</b>", "无址"]), name="name_en")
    assert [one["properties"] for one in drawn] == [
        {"n": "Site 0", "v": 1},
        {"n": "Site 1", "v": 1},
    ]
    assert all(one["geometry"]["type"] == "Point" for one in drawn)


def test_a_name_is_escaped_and_falls_back_to_the_chinese_one() -> None:
    places = toy_region.sites(["<b>剧场</b>", "无址"])
    places.loc[0, "name_en"] = None
    for name in ("name_en", "name_zh"):
        (only,) = venues(places, name=name)
        assert only["properties"]["n"] == "&lt;b&gt;剧场&lt;/b&gt;"
