"""What part of the map is in view: how near it goes, what moves it, and what it tells the page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely

from geo.facts import catalog
from layers.ground import base, basemaps
from layers.highlight import Highlight
from layers.transport.overlay import Position
from tests.layers import test_map, test_results, toy_region
from tests.layers.shown import Shown, opened

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

VIEW = "() => [leaflet.getCenter().lng, leaflet.getCenter().lat, leaflet.getZoom()]"
TOLD = (
    """new Promise((done) => addEventListener("chuangtu:position", ({detail}) => done(detail)))"""
)


def at(lon: float, lat: float, zoom: float, *, arrival: int = 1) -> Position:
    return Position(name="map", of="./?region=", at=(lon, lat, zoom), arrival=arrival)


def crowded() -> gpd.GeoDataFrame:
    """Sites of which the first two are 200 m apart."""
    frame = toy_region.sites()
    points = [shapely.Point(121.45, 31.45), shapely.Point(121.452, 31.45), *frame.geometry[2:]]
    return frame.set_geometry(gpd.GeoSeries(points, index=frame.index, crs="EPSG:4326"))


@pytest.mark.parametrize("lat", [23.1, 31.2, 45.8])
def test_at_the_last_zoom_the_best_known_circle_is_as_wide_as_the_scale_bar(lat: float) -> None:
    metres = 40_075_016.7 * math.cos(math.radians(lat)) / 256 / 2 ** base.finest_zoom(lat)
    finest = catalog.vocabulary("precision")["radius_m"].min()
    assert metres * base.SCALE_BAR_PX == pytest.approx(2 * finest)


def test_the_map_goes_no_nearer_than_the_data_or_the_tiles_show(context: BrowserContext) -> None:
    nearest = "() => { leaflet.setZoom(25, {animate: false}); return leaflet.getZoom(); }"
    with opened(context, test_map.arguments()) as shown:
        _, south, _, north = toy_region.BOUNDS
        assert shown.page.evaluate(nearest) == pytest.approx(base.finest_zoom((south + north) / 2))
        scale = shown.page.locator(".leaflet-control-container .leaflet-control-scale")
        assert scale.inner_text().strip() in {"50 m", "100 m"}
        tiles = basemaps.basemaps({})["amap"]
        local = basemaps.OfferedBasemap(**{**vars(tiles), "url": "assets/tiles/{z}/{x}/{y}/{s}"})
        online, _ = test_map.arguments(basemap=local)
        shown.repaint(online)
        assert shown.page.evaluate(nearest) == tiles.max_zoom


def apart(shown: Shown, one: str, other: str) -> float:
    a, b = shown.pixel(one), shown.pixel(other)
    return math.hypot(a["x"] - b["x"], a["y"] - b["y"])


def test_a_site_chosen_from_a_list_is_told_apart_and_one_clicked_moves_nothing(
    context: BrowserContext,
) -> None:
    with opened(context, test_map.arguments(crowded())) as shown:
        first = shown.page.evaluate(VIEW)
        assert apart(shown, "s0", "s1") < 10
        chosen, _ = test_map.arguments(crowded(), selection=Highlight(site="s0"))
        pixel = shown.pixel("s4")
        shown.click(pixel["x"], pixel["y"])
        clicked, _ = test_map.arguments(crowded(), selection=Highlight(site="s4"))
        shown.repaint(clicked)
        assert shown.page.evaluate(VIEW) == pytest.approx(first)
        shown.repaint(chosen)
        assert apart(shown, "s0", "s1") == pytest.approx(16, abs=0.5)
        near = shown.page.evaluate(VIEW)
        small, _ = test_map.arguments(crowded(), selection=Highlight(district="1011"))
        shown.repaint(small)
        assert shown.page.evaluate(VIEW) != pytest.approx(near)
        shown.visit.assert_clean()


def test_a_legend_that_grows_moves_nothing_on_an_untouched_map(context: BrowserContext) -> None:
    legend = "() => tree.querySelector('.ct-legend-strip').offsetHeight"
    with opened(context, test_results.arguments(), width=900) as shown:
        before = [shown.pixel(f"s{i}") for i in range(5)]
        height = shown.page.evaluate(legend)
        chosen, _ = test_results.arguments(selection=Highlight(site="s1"))
        shown.repaint(chosen)
        assert shown.page.evaluate(legend) > height
        for i, pixel in enumerate(before):
            assert shown.pixel(f"s{i}") == pytest.approx(pixel, abs=0.6)


def test_a_position_is_taken_when_the_reader_arrives_and_told_as_it_was(
    context: BrowserContext,
) -> None:
    sent = test_results.arguments(position=at(121.5, 31.4, 11.25))
    with opened(context, sent) as shown:
        assert shown.page.evaluate(VIEW) == pytest.approx([121.5, 31.4, 11.25], abs=1e-6)
        shown.page.wait_for_function("leaflet.chuangtu.state.position === '121.5,31.4,11.25'")
        stays, _ = test_results.arguments(position=at(121.52, 31.42, 11), theme="dark")
        shown.repaint(stays)
        assert shown.page.evaluate(VIEW) == pytest.approx([121.5, 31.4, 11.25], abs=1e-6)
        again, _ = test_results.arguments(position=at(121.52, 31.42, 11, arrival=2))
        shown.repaint(again)
        assert shown.page.evaluate(VIEW) == pytest.approx([121.52, 31.42, 11], abs=1e-6)
        told = shown.page.evaluate_handle(f"({{told: {TOLD}}})")
        shown.page.locator(".ct-reset").press("Enter")
        said: dict[str, Any] = told.evaluate("({told}) => told")
        assert said == {"name": "map", "of": "./?region=", "at": ""}


def test_a_position_over_a_shifted_base_map_is_that_of_the_data(context: BrowserContext) -> None:
    tiles = basemaps.basemaps({})["amap"]
    local = basemaps.OfferedBasemap(**{**vars(tiles), "url": "assets/tiles/{z}/{x}/{y}/{s}"})
    sent = test_results.arguments(position=at(121.5, 31.4, 11.5), basemap=local)
    with opened(context, sent) as shown:
        lng, lat, _ = shown.page.evaluate(VIEW)
        assert [lng, lat] == pytest.approx(
            shown.page.evaluate(
                """async () => (await import("/assets/js/ground/datum.js")).gcj02(121.5, 31.4)"""
            ),
            abs=1e-6,
        )
        shown.page.wait_for_function("leaflet.chuangtu.state.position === '121.5,31.4,11.5'")
