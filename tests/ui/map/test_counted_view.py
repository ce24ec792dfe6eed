"""What a map of many sites is told of its view, against counting the sites one by one."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from geo.errors import InputError
from geo.facts import own_regions
from geo.facts.own_regions import OwnRegion
from geo.measures import cells
from layers.sites.counted import FEW, MOST_IN_VIEW, UNIT
from tests import many
from ui.map import counted_view

if TYPE_CHECKING:
    import geopandas as gpd

VIEWS = {
    9: (120.8, 30.6, 122.1, 31.9),
    12: (121.2, 31.0, 121.8, 31.4),
    14: (121.42, 31.19, 121.52, 31.26),
    17: (121.46, 31.205, 121.475, 31.215),
    20: (121.46, 31.205, 121.475, 31.215),
}
MOST_BYTES = 20_000
SHORT = f"{own_regions.PREFIX}short"
LONG = f"{own_regions.PREFIX}long"


@pytest.fixture(scope="module")
def every() -> gpd.GeoDataFrame:
    return many.opened()


def told(zoom: int, **filters: str) -> dict[str, Any]:
    box = ",".join(map(str, VIEWS[zoom]))
    address = {"region": many.REGION, "box": box, "zoom": str(zoom), **filters}
    found: dict[str, Any] = json.loads(counted_view.answer(address))
    return found


def within(sites: gpd.GeoDataFrame, zoom: int) -> gpd.GeoDataFrame:
    """Return the sites in the cells that a view touches, found by the cells' bounds."""
    block = cells.covering(VIEWS[zoom], zoom)
    west, _, _, north = cells.Cell(zoom, block.west, block.north).bounds
    _, south, east, _ = cells.Cell(zoom, block.east - 1, block.south - 1).bounds
    return sites.cx[west:east, south:north]


@pytest.mark.parametrize("zoom", VIEWS)
def test_numbers_and_sites_of_a_view_add_up_to_what_lies_there(
    every: gpd.GeoDataFrame, zoom: int
) -> None:
    found, there = told(zoom), within(every, zoom)
    drawn = many.unshortened(found["sites"]["i"])
    assert found["n"] == sum(found["cells"]["n"]) + len(drawn) == len(there) > 0
    assert {*drawn} <= {*there["id"]}
    x, y, n = (np.array(found["cells"][name], dtype=int) for name in "xyn")
    for column, row, number in zip(x, y, n, strict=True):
        west, south, east, north = cells.Cell(zoom, column, row).bounds
        assert len(every.cx[west:east, south:north]) == number
    if found["n"] <= MOST_IN_VIEW:
        assert not n.size
    else:
        assert n.size
        assert (n >= FEW).all() or not drawn


def test_sites_are_drawn_where_they_are(every: gpd.GeoDataFrame) -> None:
    drawn = told(17)["sites"]
    where = every.set_index("id").loc[many.unshortened(drawn["i"])]
    assert np.allclose(np.cumsum(drawn["x"]) * UNIT, where["lon"], atol=UNIT, rtol=0)
    assert np.allclose(np.cumsum(drawn["y"]) * UNIT, where["lat"], atol=UNIT, rtol=0)
    assert many.unshortened(drawn["n"]) == where["name_zh"].to_list()


@pytest.mark.usefixtures("every")
def test_the_legend_has_no_number_in_two_classes() -> None:
    """A cell with fewer than ten sites shows them, and no class of numbers claims it."""
    for zoom in VIEWS:
        found = told(zoom)
        n = np.array([0, *found["cells"]["n"]])
        few = bool(found["sites"]["x"]) and n.any()
        assert (f"&lt; {FEW}" in found["legend"]) == few
        assert (f"{FEW}–" in found["legend"]) == few


def test_filters_of_the_page_are_those_of_the_map(every: gpd.GeoDataFrame) -> None:
    chosen = every[(every["kind"] == "park") & every["adcode"].eq("310101")]
    found = told(12, kind="park", district="310101")
    assert found["n"] == len(within(chosen, 12)) > 0
    assert told(12, kind="street", district="310101", opened_since="2100")["n"] == 0


@pytest.mark.parametrize("zoom", [9, 12, 14, 20])
@pytest.mark.usefixtures("every")
def test_a_view_is_small(zoom: int) -> None:
    assert len(gzip.compress(json.dumps(told(zoom)).encode())) < MOST_BYTES


def test_a_long_name_is_cut(every: gpd.GeoDataFrame) -> None:
    long = own_regions.OwnRegion(
        id=LONG,
        name="",
        units=many.units(),
        sites=every.assign(region=LONG, name_zh=every["name_zh"] + "很" * 500),
    )
    own_regions.remember(long)
    names = many.unshortened(told(20, region=LONG)["sites"]["n"])
    assert {len(each) for each in names} == {counted_view.LONGEST_NAME}
    assert all(each.endswith("很…") for each in names)
    own_regions.forget(LONG)


@pytest.mark.parametrize(
    "wrong",
    [
        {"box": ""},
        {"box": "121,31,122"},
        {"box": "nan,31,122,32"},
        {"box": "122,31,121,32"},
        {"box": "-180,-90,180,90"},
        {"zoom": "12.5"},
        {"zoom": "-1"},
        {"zoom": "99"},
        {"kind": "castle"},
        {"within_km": "-3"},
        {"region": "ws-planted-0451"},
    ],
)
@pytest.mark.usefixtures("every")
def test_what_is_no_view_is_refused_by_its_names_alone(wrong: dict[str, str]) -> None:
    right = {"region": many.REGION, "box": "121,31,122,32", "zoom": "12"}
    counted_view.answer(right)
    with pytest.raises(InputError) as error:
        counted_view.answer({**right, **wrong})
    assert next(iter(wrong)) in str(error.value)
    assert "planted" not in str(error.value)


def test_the_present_counts_all_but_the_planned_also_those_of_unknown_status() -> None:
    status = pd.Series(["planned", "operating", None] * 2 + ["planned"])
    sites = many.sites(7).assign(status=status)
    own_regions.remember(OwnRegion(id=SHORT, name="七家", units=many.units(), sites=sites))
    assert [told(9, region=SHORT, phase=phase)["n"] for phase in ("planned", "present")] == [6, 4]
    own_regions.forget(SHORT)
