from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from layers import palette
from layers.ground import basemaps, shading
from layers.ground.inset import Window
from layers.highlight import Highlight
from layers.legend.strip import Legend
from layers.scene import MapTexts, Scene
from layers.sites.look import SiteLook
from layers.transport import overlay as transport_paint
from tests.layers import toy_region

TEXTS = MapTexts(map="地图", note="界线", zoom_in="放大", zoom_out="缩小", inset="放大 {factor} 倍")


def units() -> pd.DataFrame:
    index = toy_region.districts().index
    numbers = pd.Series(range(-1, 8), index=index)
    return shading.shading(numbers.where(lambda n: n.between(0, 5)), ramp=palette.AMOUNT)


def payload(**options: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the overlay's own
    given = {
        "sites": None,
        "look": None,
        "units": units(),
        "legend": Legend(),
        "texts": TEXTS,
        "language": "zh",
        "theme": "light",
    } | options
    found: dict[str, Any] = json.loads(transport_paint.overlay(Scene(**given)).paint.payload)
    return found


def test_sites_need_to_be_told_how_they_look() -> None:
    with pytest.raises(ValueError, match="SiteLook"):
        payload(sites=toy_region.sites())


def test_the_overlay_is_one_element_whatever_the_number_of_sites() -> None:
    frame = toy_region.sites(n=50)
    look = SiteLook(families=pd.Series("ind", index=frame.index))
    assert len(payload(sites=frame, look=look)["sites"]["features"]) == 49


def test_units_carry_no_empty_ends() -> None:
    found = payload()["units"]
    assert found["1010"] == ["", "none"]
    assert found["1011"] == ["r0"]


def test_the_inset_s_title_keeps_room_for_its_factor() -> None:
    window = Window(west=121.1, south=31.1, east=121.2, north=31.3)
    found = payload(inset=window)["inset"]
    assert found["title"] == "放大 %FACTOR% 倍"
    assert found["bounds"] == [[31.1, 121.1], [31.3, 121.2]]


def test_the_area_of_the_shift_goes_along_with_such_a_base_map_only() -> None:
    offered = basemaps.basemaps({})
    assert payload(basemap=offered["osm"])["basemap"]["area"] == []
    area = [[list(place) for place in ring] for ring in basemaps.gcj02_area()]
    assert payload(basemap=offered["amap"])["basemap"]["area"] == area


def test_a_view_of_the_result_leaves_no_room_for_an_inset() -> None:
    window = Window(west=121.1, south=31.1, east=121.2, north=31.3)
    found = payload(inset=window, view=window)
    assert found["inset"] is None
    corners = [v for corner in found["view"] for v in corner]
    assert corners == pytest.approx([31.1, 121.1, 31.3, 121.2], abs=1.1e-5)


def test_what_a_search_does_not_use_is_empty() -> None:
    found = payload()
    assert found["others"] == [[], []]
    assert found["view"] is None
    assert found["place"] is None
    assert found["placing"] is False
    assert found["uncertainty"] == ""


def test_a_place_is_told_to_six_decimals() -> None:
    assert payload(place=(121.47370049, 31.2, 3000))["place"] == [121.4737, 31.2, 3000.0]


def test_what_is_selected_and_compared_is_told() -> None:
    chosen = Highlight(site="s1", district="1010", compared=["1011", "1012"])
    found = payload(selection=chosen)
    assert found["selected_site"] == "s1"
    assert found["selected_district"] == "1010"
    assert found["compared"] == ["1011", "1012"]
