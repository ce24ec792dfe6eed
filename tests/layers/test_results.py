"""The result of a search in the real frame: discs, view, place, and what a click tells."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from playwright.sync_api import expect

from layers.ground import basemaps, shading
from layers.highlight import Highlight
from layers.results import result_legend, result_view
from layers.results.cluster_hulls import Hull
from layers.scene import MapTexts, Scene
from layers.sites.look import SiteLook
from layers.transport import message, overlay
from tests.layers import map_host, toy_region
from tests.layers.results import test_result_legend
from tests.layers.shown import READY, Sent, Show, Shown, opened, toy_map

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from playwright.sync_api import BrowserContext


TEXTS = MapTexts(
    map="地图",
    note="界线",
    zoom_in="放大",
    zoom_out="缩小",
    reset="回到初始视图",
    failed="底图未能载入，请刷新页面。",
)
RADII = {"building": 50.0, "district": 3000.0}
HOSTILE = "<img src=x onerror='window.hacked=1'>${window.hacked=1}"


def crowd(n: int = 6) -> gpd.GeoDataFrame:
    """Sites within a few metres of each other, in the middle of the region."""
    frame = toy_region.sites(n=n + 1).iloc[:n]
    points = [shapely.Point(121.45 + 2e-5 * (i // 2), 31.45) for i in range(n)]
    return frame.set_geometry(gpd.GeoSeries(points, index=frame.index, crs="EPSG:4326"))


def arguments(
    found: gpd.GeoDataFrame | None = None,
    *,
    numbered: int = 9,
    picked: tuple[str, ...] = (),
    fitted: bool = True,
    selection: Highlight | None = None,
    texts: MapTexts = TEXTS,
    **options: Any,  # noqa: ANN401 - any of the overlay's own
) -> Sent:
    """What the host sends to the map, and the document it serves."""
    frame = toy_region.sites() if found is None else found
    districts = toy_region.districts()
    atlas, documents = toy_map(districts)
    located = frame[~frame.geometry.is_empty]
    look = SiteLook(
        families=pd.Series("ind", index=frame.index),
        captions=frame["kind"],
        radii=RADII,
        numbers={site: i + 1 for i, site in enumerate(located["id"][:numbered])},
        picked=picked,
    )
    legend = result_legend.result_legend(
        test_result_legend.WORDS,
        sites=frame,
        look=look,
        selection=selection,
        others=options.get("others"),
        place=options.get("place") is not None,
    )
    view = result_view.result_window(located.geometry.x, located.geometry.y) if fitted else None
    told = {name: options.pop(name) for name in ("position", "placing") if name in options}
    group = overlay.overlay(
        Scene(
            sites=frame,
            look=look,
            units=shading.plain(districts.index),
            legend=legend,
            texts=texts,
            language="zh",
            theme=options.pop("theme", "light"),
            selection=selection,
            view=view,
            **options,
        ),
        **told,
    )
    return message.shown(atlas, group), documents


@pytest.fixture
def show(context: BrowserContext) -> Show:
    def shown(
        *,
        width: int = 924,
        ground_served: bool = True,
        ready: str = READY % 0,
        **options: Any,  # noqa: ANN401 - those of arguments()
    ) -> AbstractContextManager[Shown]:
        sent, documents = arguments(**options)
        return opened(context, (sent, documents if ground_served else {}), width=width, ready=ready)

    return shown


DISCS = """() => [...leaflet.chuangtu.byId.values()].map((layer) => {
  const p = leaflet.latLngToContainerPoint(layer.getCenter());
  return {id: layer.feature.properties.i, x: p.x, y: p.y, data: layer.feature.geometry.coordinates};
})"""
READER = (
    "leaflet.chuangtu.touched = true;"  # a view of the reader's own, which a legend's growth leaves
)
VIEW = "() => [leaflet.getCenter().lng, leaflet.getCenter().lat, leaflet.getZoom()]"


def test_discs_are_moved_apart_on_the_screen_and_never_in_the_data(show: Show) -> None:
    with show(found=crowd()) as shown:
        discs = shown.page.evaluate(DISCS)
        assert len(discs) == 6
        for a, b in itertools.combinations(discs, 2):
            assert math.hypot(a["x"] - b["x"], a["y"] - b["y"]) > 22
        assert {round(d["data"][1], 6) for d in discs} == {31.45}
        shown.visit.assert_clean()


def test_a_click_on_a_moved_disc_tells_its_site_and_hovering_names_it(show: Show) -> None:
    with show(found=crowd()) as shown:
        for disc in shown.page.evaluate(DISCS):
            told = shown.click(disc["x"] + 6, disc["y"] - 5)
            assert told is not None
            assert (told.kind, told.id) == ("site", disc["id"])
        shown.page.mouse.move(10, 10)
        box = shown.page.locator(".folium-map").bounding_box()
        assert box is not None
        shown.page.mouse.move(box["x"] + disc["x"], box["y"] + disc["y"])
        named = shown.page.get_by_role("tooltip").filter(has_text=f"地点{disc['id'][1:]}")
        named.wait_for()
        assert toy_region.sites().set_index("id")["kind"][disc["id"]] in named.inner_text()


def test_the_view_holds_every_result_and_goes_no_nearer_than_zoom_14(show: Show) -> None:
    with show() as shown:
        size = shown.page.evaluate("leaflet.getSize()")
        for disc in shown.page.evaluate(DISCS):
            assert 24 <= disc["x"] <= size["x"] - 24
            assert 24 <= disc["y"] <= size["y"] - 24
        assert shown.page.locator(".ct-outside").inner_text() == "图外 0 处"
        one, _ = arguments(toy_region.sites().iloc[[2]])
        shown.repaint(one)
        assert shown.page.evaluate("leaflet.getZoom()") == 14


def test_results_outside_the_view_are_counted_as_the_reader_moves(show: Show) -> None:
    with show() as shown:
        shown.page.evaluate(
            f"{READER} void leaflet.setView([31.45, 121.45], 12, {{animate: false}})"
        )
        shown.page.wait_for_function("leaflet.chuangtu.state.outside > 0")
        size = shown.page.evaluate("leaflet.getSize()")
        at = [shown.pixel(f"s{i}") for i in range(5)]
        inside = sum(0 <= p["x"] <= size["x"] and 0 <= p["y"] <= size["y"] for p in at)
        assert 0 < inside < 5
        assert shown.page.locator(".ct-outside").inner_text() == f"图外 {5 - inside} 处"


def drag(shown: Shown, dx: float, dy: float) -> None:
    shown.page.evaluate("leaflet.options.inertia = false")
    mouse = shown.page.mouse
    mouse.move(300, 200)
    mouse.down()
    mouse.move(300 + dx / 2, 200 + dy / 2)
    mouse.move(300 + dx, 200 + dy)
    mouse.up()
    shown.page.wait_for_function("leaflet.chuangtu.touched")


def test_the_view_is_fitted_again_only_when_the_window_changed(show: Show) -> None:
    with show() as shown:
        fitted = shown.page.evaluate(VIEW)
        shown.page.evaluate("void leaflet.setZoom(11, {animate: false})")
        drag(shown, 90, 60)
        moved = shown.page.evaluate(VIEW)
        assert moved != pytest.approx(fitted)
        middle = Highlight(site="s2")
        selected, _ = arguments(selection=middle)
        shown.repaint(selected)
        # The legend may grow by the circle's sign, and the map's middle with it: not farther.
        assert shown.page.evaluate(VIEW) == pytest.approx(moved, abs=0.01)
        nothing, _ = arguments(toy_region.sites().iloc[[5]], fitted=False)
        shown.repaint(nothing)
        # The legend is lower now, so the map higher, and its middle a little farther south.
        assert shown.page.evaluate(VIEW) == pytest.approx(moved, abs=0.01)
        fewer, _ = arguments(toy_region.sites().iloc[:3])
        shown.repaint(fewer)
        assert shown.page.evaluate(VIEW) != pytest.approx(moved)
        assert shown.state("outside") == 0


def test_the_button_below_the_zoom_buttons_returns_to_the_fitted_view(show: Show) -> None:
    with show() as shown:
        fitted = shown.page.evaluate(VIEW)
        shown.page.evaluate("void leaflet.setZoom(11, {animate: false})")
        drag(shown, 90, 60)
        button = shown.page.get_by_role("button", name=TEXTS.reset)
        button.press("Enter")
        # To the pixel (0.001 degrees at this zoom): the end of a drag is between two.
        assert shown.page.evaluate(VIEW) == pytest.approx(fitted, abs=1e-3)
        nameless = MapTexts(map="", note="", zoom_in="", zoom_out="")
        sent, _ = arguments(texts=nameless)
        shown.repaint(sent)
        assert not shown.page.locator(".ct-reset").is_visible()


def test_a_selected_site_out_of_view_is_brought_into_it(show: Show) -> None:
    with show() as shown:
        shown.page.evaluate(f"{READER} void leaflet.setView([31.8, 121.8], 12, {{animate: false}})")
        chosen, _ = arguments(selection=Highlight(site="s0"))
        shown.repaint(chosen)
        at = shown.pixel("s0")
        size = shown.page.evaluate("leaflet.getSize()")
        assert 0 < at["x"] < size["x"]
        assert 0 < at["y"] < size["y"]
        assert shown.page.evaluate("leaflet.getZoom()") == 12
        shown.page.evaluate(f"{READER} void leaflet.setView([31.8, 121.8], 12, {{animate: false}})")
        again, _ = arguments(selection=Highlight(site="s0"), theme="dark")
        shown.repaint(again)
        assert shown.page.evaluate(VIEW)[:2] == pytest.approx([121.8, 31.8], abs=0.01)


def test_a_circle_within_its_disc_is_neither_drawn_nor_in_the_legend(show: Show) -> None:
    with show(selection=Highlight(site="s0", uncertainty="±50 米")) as shown:
        circle = shown.page.locator("path.ct-error:not(.ct-open)")
        sign = shown.page.locator('[data-sign="uncertainty"]')
        expect(circle).to_be_hidden()
        expect(sign).to_be_hidden()
        at = shown.pixel("s0")
        shown.page.evaluate(
            """([x, y]) => {
              const at = leaflet.containerPointToLatLng([x, y]);
              leaflet.chuangtu.touched = true;
              leaflet.setView(at, 17, {animate: false});
            }""",
            [at["x"], at["y"]],
        )
        expect(circle).to_be_visible()
        expect(sign).to_be_visible()


@pytest.mark.parametrize("numbered", [0, 9])
@pytest.mark.parametrize(("x", "y"), [(3, 3), (-3, 3), (3, -3), (-3, -3)])
def test_the_name_of_a_selected_site_stays_on_the_map(
    show: Show, numbered: int, x: int, y: int
) -> None:
    with show(numbered=numbered, selection=Highlight(site="s1")) as shown:
        shown.page.evaluate(
            """([x, y]) => {
              const size = leaflet.getSize();
              const corner = [x < 0 ? size.x + x : x, y < 0 ? size.y + y : y];
              const site = leaflet.chuangtu.byId.get("s1").getLatLng();
              const middle = leaflet.project(site).subtract(corner).add(size.divideBy(2));
              leaflet.setMaxBounds(null);
              leaflet.setView(leaflet.unproject(middle), leaflet.getZoom(), {animate: false});
            }""",
            [x, y],
        )
        shown.page.wait_for_function(
            """() => {
              const tag = tree.querySelector(".ct-call").getBoundingClientRect();
              const map = leaflet.getContainer().getBoundingClientRect();
              return tag.left >= map.left && tag.right <= map.right
                && tag.top >= map.top && tag.bottom <= map.bottom;
            }"""
        )


HIDDEN = """async (zoom) => {
  const { discBoxes } = await import("/assets/js/results/result_view.js");
  const { map, byId, paint } = leaflet.chuangtu;
  const site = byId.get(paint.selected_site);
  map.setView(site.getLatLng(), zoom, {animate: false});
  // The name follows with the lettering, a frame later.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const tag = tree.querySelector(".ct-call").getBoundingClientRect();
  const origin = map.getContainer().getBoundingClientRect();
  const { y } = map.latLngToContainerPoint(site.getCenter());
  const area = (top) => discBoxes(leaflet.chuangtu).reduce((sum, [x0, y0, x1, y1]) => {
    const wide = Math.min(x1, tag.right - origin.left) - Math.max(x0, tag.left - origin.left);
    return sum + Math.max(0, wide) * Math.max(0, Math.min(y1, top + 22) - Math.max(y0, top));
  }, 0);
  const above = tag.top - origin.top < y;
  return [area(above ? y - 41 : y + 19), area(above ? y + 19 : y - 41)];
}"""


def test_the_name_of_a_selected_disc_stands_where_it_hides_less_of_others(show: Show) -> None:
    column = toy_region.sites(n=6).iloc[:5]
    points = [shapely.Point(121.45, 31.45 + north) for north in (0, 0.0012, 0.0023, 0.0039, 0.0049)]
    found = column.set_geometry(gpd.GeoSeries(points, index=column.index, crs="EPSG:4326"))
    hidden = []
    with show(found=found) as shown:
        for site in found["id"]:
            sent, _ = arguments(found, selection=Highlight(site=site))
            shown.repaint(sent)
            hidden += [shown.page.evaluate(HIDDEN, zoom) for zoom in (13, 13.5, 14, 14.5, 15)]
    assert all(here <= there for here, there in hidden)
    assert any(0 < here < there for here, there in hidden)


@pytest.mark.parametrize("width", [390, 924])
def test_the_circle_of_uncertainty_is_explained_beside_the_name(show: Show, width: int) -> None:
    chosen = Highlight(site="s1", uncertainty=f"±3 公里 {HOSTILE}")
    with show(selection=chosen, width=width) as shown:
        note = shown.page.locator(".ct-uncertain")
        tag = shown.page.locator(".ct-call")
        if note.count() == 0:  # on the small map the circle hides below the ring
            assert tag.inner_text() == f"地点1{chosen.uncertainty}"
            shown.page.evaluate("void leaflet.setZoom(11, {animate: false})")
            shown.page.wait_for_selector(".ct-uncertain")
        assert note.inner_text() == chosen.uncertainty
        assert tag.inner_text() == "地点1"
        assert shown.page.locator(".ct-error:not(.ct-open)").count() == 1
        a, b = note.bounding_box(), tag.bounding_box()
        assert a is not None
        assert b is not None
        assert a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
        assert shown.page.evaluate("window.hacked") is None


OTHERS = "() => leaflet.chuangtu.others.map(({lat, lng}) => [lng, lat])"
GREY = """([lat, lng]) => {
  const {x, y} = leaflet.latLngToContainerPoint([lat, lng]);
  const canvas = leaflet.getPane("sites").querySelector("canvas");
  const [map, box] = [leaflet.getContainer(), canvas].map((at) => at.getBoundingClientRect());
  const m = canvas.width / box.width;
  const ctx = canvas.getContext("2d");
  return [...ctx.getImageData((map.x + x - box.x) * m, (map.y + y - box.y) * m, 1, 1).data];
}"""


def test_other_sites_are_grey_dots_at_their_places_and_tell_nothing(show: Show) -> None:
    every = toy_region.sites()
    with show(found=every.iloc[:2], others=every) as shown:
        assert shown.state("painted") == 2
        at = shapely.get_coordinates(every.geometry.to_numpy()[2:5]).tolist()
        for found, wanted in zip(shown.page.evaluate(OTHERS), at, strict=True):
            assert found == pytest.approx(wanted, abs=1.1e-5)
        shown.page.evaluate(
            f"{READER} void leaflet.setView([31.45, 121.45], 10, {{animate: false}})"
        )
        assert shown.page.evaluate(GREY, [at[0][1], at[0][0]])[3] > 100
        point = shown.page.evaluate("([x, y]) => leaflet.latLngToContainerPoint([y, x])", at[0])
        told = shown.click(point["x"], point["y"])
        assert told is not None
        assert told.kind == "district"


PIXEL_DEGREES = "() => 360 / 256 / 2 ** leaflet.getZoom()"


def test_while_placing_a_click_on_anything_tells_the_place(show: Show) -> None:
    with show(placing=True) as shown:
        at = shown.pixel("s2")
        spots = [(at["x"], at["y"]), (at["x"] + 50, at["y"] + 20), (20, 200)]
        pixel = shown.page.evaluate(PIXEL_DEGREES)
        for x, y in spots:
            told = shown.click(x, y)
            assert told is not None
            assert told.kind == "place"
            wanted = shown.page.evaluate(
                "([x, y]) => leaflet.containerPointToLatLng([x, y])", [x, y]
            )
            lon, lat = told.lon, told.lat
            assert lon == pytest.approx(wanted["lng"], abs=1.5 * pixel)
            assert lat == pytest.approx(wanted["lat"], abs=1.5 * pixel)
        cursor = "getComputedStyle(leaflet.getContainer()).cursor"
        assert shown.page.evaluate(cursor) == "crosshair"
        drag(shown, 80, 40)
        clicks = shown.page.evaluate("window.clicks.length")
        done, _ = arguments()
        shown.repaint(done)
        assert shown.page.evaluate("window.clicks.length") == clicks
        at = shown.pixel("s2")
        told = shown.click(at["x"], at["y"])
        assert told is not None
        assert (told.kind, told.id) == ("site", "s2")
        assert shown.page.evaluate(cursor) != "crosshair"
        shown.visit.assert_clean()


def test_a_place_clicked_over_a_shifted_base_map_is_told_unshifted(show: Show) -> None:
    tiles = basemaps.basemaps({})["amap"]
    local = basemaps.OfferedBasemap(**{**vars(tiles), "url": "assets/tiles/{z}/{x}/{y}/{s}"})
    with show(placing=True, basemap=local) as shown:
        at = shown.pixel("s2")
        told = shown.click(at["x"], at["y"])
        pixel = shown.page.evaluate(PIXEL_DEGREES)
    assert told is not None
    site = shapely.get_coordinates(toy_region.sites().geometry.to_numpy()[2])[0]
    assert [told.lon, told.lat] == pytest.approx(site.tolist(), abs=1.5 * pixel)


def test_a_chosen_place_is_drawn_with_its_circle(show: Show) -> None:
    with show(place=(121.5, 31.5, 5000.0)) as shown:
        at = shown.page.evaluate("leaflet.latLngToContainerPoint([31.5, 121.5])")
        assert shown.page.locator(".folium-map .ct-place-circle").count() == 1
        box = shown.page.locator(".ct-place svg").bounding_box()
        assert box is not None
        assert box["x"] + 15 == pytest.approx(at["x"], abs=2)
        assert box["y"] + 15 == pytest.approx(at["y"], abs=2)
        point, _ = arguments(place=(121.5, 31.5, 0.0))
        shown.repaint(point)
        assert shown.page.locator(".folium-map .ct-place-circle").count() == 0
        assert shown.page.locator(".ct-place").count() == 1


def test_a_ground_that_cannot_be_fetched_is_said_and_asked_for_again(show: Show) -> None:
    with show(ground_served=False, ready="chuangtu?.maps()[0]?.state.failed") as shown:
        assert shown.page.get_by_role("alert").inner_text() == TEXTS.failed
        sent, documents = arguments(theme="dark")
        (name,) = documents
        shown.page.route(f"**/{name}", lambda route: route.fulfill(body=documents[name]))
        shown.page.evaluate("(sent) => window.send(sent)", map_host.message(sent))
        shown.page.wait_for_function(READY % 1)
        assert shown.state("districts") == 9
        assert shown.page.get_by_role("alert").count() == 0


LOOKS = """() => {
  const {byId, view} = leaflet.chuangtu;
  return [...byId.values()].map((layer) => view.look(layer));
}"""


def test_only_results_with_a_number_or_picked_ones_are_discs(show: Show) -> None:
    with show(numbered=2, picked=("s4",)) as shown:
        discs = [look.get("disc") for look in shown.page.evaluate(LOOKS)]
        assert sorted(map(bool, discs)) == [False, False, True, True, True]


def test_on_a_phone_the_families_stay_and_the_rest_opens(show: Show) -> None:
    with show(width=390, others=toy_region.sites(), numbered=2) as shown:
        assert shown.page.locator('[data-family="ind"]').is_visible()
        assert shown.page.locator(".ct-outside").is_visible()
        assert not shown.page.locator('[data-sign="unnumbered"]').is_visible()
        shown.page.locator(".ct-legend-more").click()
        assert shown.page.locator('[data-sign="unnumbered"]').is_visible()
        shown.visit.assert_clean()


HULLS = """() => {
  const {tree, map} = {tree: window.tree, map: leaflet};
  const frame = map.getContainer().getBoundingClientRect();
  const box = (element) => {
    const r = element.getBoundingClientRect();
    return [r.left - frame.left, r.top - frame.top, r.right - frame.left, r.bottom - frame.top];
  };
  return {
    labels: [...tree.querySelectorAll(".ct-cluster")].map((each) => [each.innerText, box(each)]),
    hulls: [...tree.querySelectorAll("path.ct-hull")].map(box),
    chosen: tree.querySelectorAll("path.ct-hull.ct-chosen").length,
  };
}"""


def test_hulls_have_their_numbers_outside_and_tell_which_was_clicked(show: Show) -> None:
    corners = {"near": (121.35, 31.35), "far": (121.6, 31.6)}
    hulls = [
        Hull(
            id=key,
            number=number,
            name=HOSTILE if number == 1 else "园区一带",
            size="3 处",
            caption="普陀区",
            outline=shapely.box(west, south, west + 0.06, south + 0.05),
            chosen=number == 2,
        )
        for number, (key, (west, south)) in enumerate(corners.items(), start=1)
    ]
    with show(found=crowd(), numbered=0, fitted=False, clusters=hulls) as shown:
        drawn = shown.page.evaluate(HULLS)
        assert [text[0] for text, _ in drawn["labels"]] == ["1", "2"]
        assert drawn["chosen"] == 1
        for (_, label), hull in itertools.product(drawn["labels"], drawn["hulls"]):
            assert min(label[2], hull[2]) <= max(label[0], hull[0]) + 1 or (
                min(label[3], hull[3]) <= max(label[1], hull[1]) + 1
            )
        west, south, east, north = drawn["hulls"][0]
        told = shown.click((west + east) / 2, (south + north) / 2)
        assert told is not None
        assert (told.kind, told.id) == ("cluster", "near")
        assert shown.page.evaluate("window.hacked") is None
