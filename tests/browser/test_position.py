"""The map's position: in the address once the reader has moved the map, and gone at a reset."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from geo.facts import catalog
from scripts import browser_map
from tests.browser import atlas

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.visit import PageFactory

SITE = "sh-m50"


def opened(page: Page, *, maps: int = 1) -> Page:
    """A page whose maps have painted, once its script has run."""
    browser_map.drawn(page, maps=maps)
    atlas.settled(page)
    page.wait_for_function("() => chuangtu.maps().every(({state}) => state.lettered)")
    return page


def view(page: Page, which: int = 0) -> dict[str, float]:
    """Middle of a map and its zoom, and degrees of longitude a pixel."""
    told: dict[str, float] = page.evaluate(
        """(which) => {
          const {map} = chuangtu.maps()[which];
          const {lng, lat} = map.getCenter();
          return {lng, lat, zoom: map.getZoom(), pixel: 360 / 256 / 2 ** map.getZoom()};
        }""",
        which,
    )
    return told


def assert_same(one: dict[str, float], other: dict[str, float]) -> None:
    """Assert that two maps show the same, to a pixel."""
    pixel = one["pixel"]
    assert one["zoom"] == pytest.approx(other["zoom"], abs=0.002)
    assert one["lng"] == pytest.approx(other["lng"], abs=1.1 * pixel)
    assert one["lat"] == pytest.approx(other["lat"], abs=1.1 * pixel)


def move(page: Page, which: int = 0) -> None:
    """Move a map as a reader does: nearer with the wheel, then sideways with the mouse."""
    handle = page.locator(".ct-map .leaflet-container.folium-map").nth(which)
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 3
    before = view(page, which)["zoom"]
    page.mouse.move(x, y)
    page.mouse.wheel(0, -180)
    page.wait_for_function(
        """([which, zoom]) => {
          const {map} = chuangtu.maps()[which];
          map.options.inertia = false;
          return map.getZoom() > zoom + 0.5 && !map._animatingZoom;
        }""",
        arg=[which, before],
    )
    page.mouse.down()
    page.mouse.move(x - 30, y + 10)
    page.mouse.move(x - 61, y + 23)
    page.mouse.up()


def position(page: Page, name: str = "map") -> str:
    """The position in the address; empty where there is none."""
    return parse_qs(urlsplit(page.url).query).get(name, [""])[0]


def written(page: Page, name: str = "map", which: int = 0) -> str:
    """The position in the address once it is where the map stands."""
    page.wait_for_function(
        """([name, which]) => {
          const at = new URLSearchParams(location.search).get(name);
          const {map, state} = chuangtu.maps()[which];
          if (!at || at !== state.position) return false;
          const [lon, lat, zoom] = at.split(",").map(Number);
          const {lng, lat: y} = map.getCenter();
          // A map that is laid out anew keeps its address where it stays within a pixel.
          const pixel = 360 / 256 / 2 ** zoom;
          const off = [(lng - lon) / pixel, (y - lat) / pixel, 1e3 * (map.getZoom() - zoom)];
          return off.every((each) => Math.abs(each) < 1.1);
        }""",
        arg=[name, which],
    )
    return position(page, name)


def length(page: Page) -> int:
    """How many views the browser's history holds."""
    told: int = page.evaluate("() => history.length")
    return told


def test_moved_map_is_in_the_address_and_goes_back_with_the_view(
    page_factory: PageFactory, server: str
) -> None:
    page = page_factory("/?kind=park").page
    opened(page)
    first, before = view(page), length(page)
    assert position(page) == ""
    runs = atlas.state(page)["paints"]

    # Moving is no step of the history, and nothing but the link to copy is made anew.
    move(page)
    at = written(page)
    moved = view(page)
    assert moved["zoom"] > first["zoom"]
    assert length(page) == before
    assert atlas.state(page)["paints"] == runs
    page.get_by_role("button", name="复制链接").click()
    link = atlas.link_code(page)
    expect(link).to_contain_text(f"map={at}")
    colleague = page_factory(link.inner_text().strip().removeprefix(server)).page
    page.keyboard.press("Escape")
    assert_same(view(opened(colleague)), moved)
    assert position(colleague) == at

    # Language and filters leave it; each is one step, and Back gives the view that was left.
    page.get_by_role("radio", name="EN").click()
    page.wait_for_url(re.compile("lang=en"))
    atlas.wait_for(page, "language", "en")
    atlas.settled(page)
    assert position(page) == at
    assert_same(view(page), moved)
    assert length(page) == before + 1
    move(page)
    page.wait_for_function("(at) => new URLSearchParams(location.search).get('map') !== at", arg=at)
    nearer = written(page)
    farther = view(page)
    assert length(page) == before + 1
    page.go_back()
    atlas.wait_for(page, "language", "zh")
    atlas.settled(page)
    assert position(page) == at
    assert_same(view(page), moved)
    page.go_forward()
    atlas.wait_for(page, "language", "en")
    atlas.settled(page)
    assert position(page) == nearer
    assert_same(view(page), farther)


def test_another_page_opens_on_all_it_shows_and_a_reset_too(page_factory: PageFactory) -> None:
    page = page_factory("/?lang=en").page
    opened(page)
    first, sentence = view(page), atlas.headline(page)
    move(page)
    nearer = written(page)
    farther = view(page)
    page.get_by_role("navigation").get_by_role("link", name="Districts").click()
    page.wait_for_url(re.compile("/districts"))
    expect(page.locator("h1.ct-wide")).to_contain_text("km²")
    opened(page)
    assert position(page) == ""
    page.go_back()
    page.wait_for_url(re.compile(re.escape(nearer).replace(",", "(,|%2C)")))
    expect(page.locator("h1.ct-wide")).to_have_text(sentence)
    opened(page)
    page.wait_for_function("() => chuangtu.maps()[0].state.position")
    assert_same(view(page), farther)

    page.locator(".ct-reset").click()
    page.wait_for_function("() => !new URLSearchParams(location.search).has('map')")
    assert_same(view(page), first)


@pytest.mark.parametrize(
    ("path", "name", "which"),
    [
        ("/districts?region=chongqing", "map", 0),
        (f"/site?id={SITE}", "map", 0),
        ("/layouts?layout=gd-2023-plan&beside=cq-2022-plan", "map_beside", 1),
    ],
)
def test_every_map_opens_where_its_address_says(
    page_factory: PageFactory, path: str, name: str, which: int
) -> None:
    page = opened(page_factory(path).page, maps=which + 1)
    move(page, which)
    written(page, name, which)
    moved = view(page, which)
    # What is opened is what is compared: the map may still settle by a part of a pixel.
    where = urlsplit(page.url)
    at = parse_qs(where.query)[name][0]
    again = opened(page_factory(f"{where.path}?{where.query}").page, maps=which + 1)
    assert_same(view(again, which), moved)
    assert written(again, name, which) == at
    again.reload()
    assert_same(view(opened(again, maps=which + 1), which), moved)


def test_another_region_opens_on_all_of_it(page_factory: PageFactory) -> None:
    page = page_factory("/?map=121.47,31.23,12").page
    opened(page)
    assert view(page)["zoom"] == pytest.approx(12)
    page.get_by_test_id("stSelectbox").first.click()
    page.get_by_role("option", name="重庆市").click()
    page.wait_for_url(re.compile(r"\?region=chongqing$"))
    expect(page.locator("h1.ct-wide")).to_contain_text("重庆")
    page.go_back()
    expect(page.locator("h1.ct-wide")).to_contain_text("上海")
    opened(page)
    assert view(page)["zoom"] == pytest.approx(12)
    assert position(page) == "121.47,31.23,12"


def test_a_position_off_the_map_is_told(page_factory: PageFactory) -> None:
    page = page_factory("/?map=2.35,48.85,12").page
    opened(page)
    expect(page.get_by_test_id("stAlert").locator("p")).to_contain_text("2.35")
    assert position(page) == ""


def choose(page: Page, text: str) -> None:
    """Choose something by name in the box beside the map."""
    page.locator(".st-key-field_at").get_by_role("combobox").fill(text)
    page.get_by_role("option").first.click()


SEEN = """(id) => {
  const {map, byId, layers} = chuangtu.maps()[0];
  const size = map.getSize();
  const inside = ({x, y}) => x > 0 && y > 0 && x < size.x && y < size.y;
  const place = (site) => map.latLngToContainerPoint(site.getLatLng());
  const site = byId.get(id);
  if (site) {
    const others = [...byId.values()].filter((other) => other !== site).map(place);
    return inside(place(site)) && Math.min(...others.map((p) => p.distanceTo(place(site)))) > 15;
  }
  const unit = layers.own.getLayers().find((layer) => layer.feature.properties.id === id);
  const [a, b] = [unit.getBounds().getNorthWest(), unit.getBounds().getSouthEast()]
    .map((corner) => map.latLngToContainerPoint(corner));
  return inside(a) && inside(b) && Math.max(b.x - a.x, b.y - a.y) > size.y / 4;
}"""
"""Whether a site is seen apart from others, or a district whole and not small."""


def test_what_is_chosen_by_name_is_brought_into_view(page_factory: PageFactory) -> None:
    page = page_factory("/").page
    opened(page)
    assert not page.evaluate(SEEN, SITE)
    choose(page, "M50")
    atlas.wait_for(page, "selected", SITE)
    assert page.evaluate(SEEN, SITE)
    at, near = written(page), view(page)  # written once the map has come to rest
    # Huangpu, far smaller than the city; then Chongming, out of view.
    for name, adcode in (("黄浦区", "310101"), ("崇明区", "310151")):
        choose(page, name)
        page.wait_for_url(re.compile(adcode))
        atlas.settled(page)
        page.wait_for_function(
            "(id) => chuangtu.maps()[0].paint.selected_district === id", arg=adcode
        )
        assert page.evaluate(SEEN, adcode), name
        written(page)
    page.go_back()
    page.go_back()
    atlas.wait_for(page, "selected", SITE)
    atlas.settled(page)
    assert_same(view(page), near)
    assert position(page) == at


def test_district_compared_and_result_listed_are_brought_into_view(
    page_factory: PageFactory,
) -> None:
    page = page_factory("/districts?map=121.47,31.23,12").page
    opened(page)
    page.locator(".st-key-field_compare").get_by_role("combobox").fill("崇明")
    page.get_by_role("option").first.click()
    page.wait_for_url(re.compile("310151"))
    page.wait_for_function("() => chuangtu.maps()[0].paint.compared.length")
    assert page.evaluate(SEEN, "310151")

    page = page_factory("/find?sector=fas&map=121.2,31.6,12").page
    opened(page)
    sites = catalog.sites("shanghai")
    located = sites[~sites.geometry.is_empty].set_index("name_zh")["id"]
    names = page.locator(".ct-results li div > a").all_inner_texts()
    name, key = next((name, str(located[name])) for name in names if name in located)
    page.locator(".ct-results").get_by_role("link", name=name, exact=True).click()
    atlas.wait_for(page, "selected", key)
    assert page.evaluate(SEEN, key)


def test_element_and_district_of_a_layout_are_brought_into_view(
    page_factory: PageFactory,
) -> None:
    page = page_factory("/layouts?layout=cq-2022-plan&map=108.5,31.1,10").page
    opened(page)
    page.locator('.ct-elements li[id$="-banan"]').get_by_text("标在图上").click()
    page.wait_for_url(re.compile("element=banan"))
    atlas.settled(page)
    page.wait_for_function("() => chuangtu.maps()[0].paint.layout.selected === 'banan'")
    units = page.evaluate(
        """() => {
          const {map, signs} = chuangtu.maps()[0];
          const {at} = signs.find(({sign}) => sign.e === "banan");
          return map.getBounds().contains(at);
        }"""
    )
    assert units
    written(page)
