"""What passes between page and map: a click is read, everything else is not."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, fields

import folium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import bundle
from layers.ground import shading
from layers.legend.strip import Legend
from layers.scene import MapTexts, Scene
from layers.transport import message, overlay
from tests.layers import toy_region
from tests.layers.shown import toy_map

SITE = {"kind": "site", "id": "sh-m50", "lon": 121.45, "lat": 31.25}


def test_a_click_is_read_with_its_kind_id_and_position() -> None:
    assert message.clicked(SITE) == message.Clicked(kind="site", id="sh-m50", lon=121.45, lat=31.25)
    place = {"kind": "place", "id": "", "lon": 121, "lat": -31}
    assert message.clicked(place) == message.Clicked(kind="place", id="", lon=121.0, lat=-31.0)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "park"},
        {"kind": ["site"]},
        {"id": 7},
        {"id": ""},
        {"kind": "place"},
        {"lon": "121"},
        {"lon": True},
        {"lat": 91},
        {"lon": float("nan")},
        {"lon": None},
        {"more": 1},
    ],
)
def test_what_is_no_click_of_ours_is_none(changes: dict[str, object]) -> None:
    assert message.clicked({**SITE, **changes}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(JSON)
def test_nothing_that_a_client_can_send_raises(told: object) -> None:
    assert message.clicked(told) is None


@given(st.fixed_dictionaries(dict.fromkeys(SITE, JSON)))
def test_nothing_of_the_same_form_raises(told: object) -> None:
    assert message.clicked(told) is None or isinstance(message.clicked(told), message.Clicked)


def toy_overlay() -> folium.FeatureGroup:
    return overlay.overlay(
        Scene(
            sites=None,
            look=None,
            units=shading.plain(toy_region.districts().index),
            legend=Legend(),
            texts=MapTexts(map="", note="", zoom_in="", zoom_out=""),
            language="zh",
            theme="light",
        )
    )


def test_only_our_own_maps_and_overlays_can_be_shown() -> None:
    atlas, _ = toy_map(toy_region.districts())
    group = toy_overlay()
    assert message.shown(atlas, group).paint.startswith("{")
    with pytest.raises(ValueError, match="Paint"):
        message.shown(atlas, folium.FeatureGroup())
    with pytest.raises(ValueError, match="Base"):
        message.shown(folium.Map(), group)


def declared(interface: str) -> set[str]:
    """Fields of an interface of the map's scripts."""
    types = (bundle.SCRIPT_FOLDER / "types.d.ts").read_text("utf-8")
    body = types.split(f"interface {interface} {{", 1)[1].split("\n}", 1)[0]
    return set(re.findall(r"^  (\w+)\??:", body, re.MULTILINE))


def test_the_map_knows_every_part_of_a_message_by_its_name() -> None:
    atlas, _ = toy_map(toy_region.districts())
    group = toy_overlay()
    sent = message.shown(atlas, group)
    assert declared("Message") == set(asdict(sent))
    assert declared("Base") == set(json.loads(sent.base))
    assert declared("Paint") == set(json.loads(sent.paint))
    assert declared("Clicked") == {field.name for field in fields(message.Clicked)}
