"""A trial on 选址 in Chromium: pins set, moved, removed, taken back; the sea takes none."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import atlas
from tests.browser.drawing import at
from ui.state.pins import pins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

    from tests.visit import PageFactory


SEA = (121.68, 30.76)
PINS = "() => new URLSearchParams(location.search).get('pins')"
WHERE = """() => chuangtu.maps().flatMap(({ map }) => {
  const { lng, lat } = map.getCenter();
  return [lng, lat, map.getZoom()];
})"""
"""Where each map stands."""


def placed(page: Page) -> dict[str, tuple[float, float]]:
    """Where the address has each pin."""
    (text,) = parse_qs(urlsplit(page.url).query).get("pins", [""])
    return {pin.letter: (pin.lon, pin.lat) for pin in pins(text) or ()}


def square(page: Page, letter: str) -> Locator:
    return page.locator(".ct-trial-pin").filter(has=page.locator(f"b:text-is('{letter}')"))


def middle(page: Page, letter: str) -> tuple[float, float]:
    """The middle of a pin on the screen, px."""
    box = square(page, letter).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@contextmanager
def step(page: Page) -> Iterator[None]:
    """Wait until what is done has put other pins into the address, and all of it is drawn."""
    before, painted = page.evaluate(PINS), atlas.state(page)["paints"]
    yield
    page.wait_for_function(f"(before) => ({PINS})() !== before", arg=before)
    page.wait_for_function("(n) => chuangtu.maps()[0]?.state.paints > n", arg=painted)
    atlas.settled(page)


def drag(page: Page, letter: str, east: float, south: float) -> None:
    """Drag a pin by so many px."""
    square(page, letter).hover()
    x, y = middle(page, letter)
    page.mouse.down()
    page.mouse.move(x + east, y + south, steps=6)
    page.mouse.up()


def opened(page: Page) -> Page:
    atlas.drawn(page)
    atlas.settled(page)
    return page


def test_a_proposal_is_taken_over_changed_step_by_step_and_back(page_factory: PageFactory) -> None:
    visit = page_factory("/siting?p=2")
    page, headline = opened(visit.page), visit.page.locator("h1.ct-wide")
    expect(page.get_by_text("最近的参与地点").first).to_be_visible()
    page.get_by_role("radio", name="自己试").click()
    expect(headline).to_contain_text("点地图放第一处")
    atlas.settled(page)
    start = page.get_by_role("button", name="从提议的 2 处开始")
    with step(page):
        start.click()
        page.mouse.move(1300, 500)  # beside the map, which a wheel would zoom
        page.mouse.wheel(0, -2000)
    # The button is gone: the next has the focus, and the page stays where its reader went.
    expect(start).to_have_count(0)
    page.wait_for_function("() => document.activeElement.closest('[data-testid=stMain] button')")
    expect(headline).to_be_in_viewport()
    first = placed(page)
    assert list(first) == ["A", "B"]
    expect(headline).to_contain_text("是提议的 100%")

    with step(page):
        drag(page, "A", 60, 30)
    dragged = placed(page)
    assert dragged["B"] == first["B"]
    assert dragged["A"] != first["A"]
    expect(square(page, "A").locator(".ct-pin-tag")).to_contain_text("A 移动")
    expect(page.locator(".ct-trial-was")).to_be_visible()
    expect(page.locator(".ct-changes tr").first).to_contain_text("移动 A")
    expect(headline).not_to_contain_text("是提议的 100%")

    square(page, "B").focus()
    with step(page):
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Shift+ArrowUp")
    moved = placed(page)
    # Six squares of 500 m, as one step.
    north = dragged["B"][1] + 3000 / 111_320
    assert moved == {"A": dragged["A"], "B": pytest.approx((dragged["B"][0], north), abs=1e-4)}
    expect(square(page, "B")).to_be_focused()

    with step(page):
        page.keyboard.press("Delete")
    assert list(placed(page)) == ["A"]
    expect(page.locator(".ct-trial-removed b")).to_have_text("B")
    with step(page):
        page.get_by_role("link", name="恢复").click()
    assert placed(page) == moved
    with step(page):
        page.go_back()
    assert list(placed(page)) == ["A"]
    with step(page):
        page.get_by_role("button", name="撤销").click()
    assert placed(page) == moved
    expect(page.locator(".ct-trial-pin")).to_have_count(2)
    expect(page.locator(".ct-plans thead")).to_contain_text("我的提议")
    atlas.assert_clean(visit)


def test_a_click_sets_a_pin_and_what_is_at_sea_springs_back(page_factory: PageFactory) -> None:
    visit = page_factory("/siting?mode=try&pins=A:121.60000,30.90000&map=121.65,30.86,10")
    page = opened(visit.page)
    (x, y), (east, south) = middle(page, "A"), at(page, *SEA)
    drag(page, "A", east - x, south - y)
    expect(square(page, "A").locator(".ct-pin-tag")).to_contain_text("不在上海市的轮廓里")
    assert middle(page, "A") == pytest.approx((x, y), abs=1)
    page.mouse.click(*at(page, *SEA))
    expect(page.locator(".ct-trial-refused")).to_contain_text("不在上海市的轮廓里")
    assert placed(page) == {"A": (121.6, 30.9)}
    with step(page):
        page.mouse.click(*at(page, 121.55, 30.95))
    assert placed(page)["B"] == pytest.approx((121.55, 30.95), abs=0.003)
    with step(page):
        page.get_by_label("再放一处").fill("121.2, 31.0")
        page.get_by_label("再放一处").press("Enter")
    assert placed(page)["C"] == (121.2, 31.0)
    with step(page):
        page.locator(".leaflet-container").first.focus()
        page.keyboard.press("Enter")
    assert list(placed(page)) == ["A", "B", "C", "D"]
    atlas.assert_clean(visit)


def stand(page: Page) -> tuple[float, ...]:
    """Longitude, latitude and zoom of both maps, which are the same to a pixel."""
    *first, lon, lat, zoom = page.evaluate(WHERE)
    assert tuple(first) == within_a_pixel((lon, lat, zoom))
    return tuple(first)


def within_a_pixel(stand: tuple[float, ...]) -> object:
    """A stand as near as maps are moved: Leaflet pans by whole pixels."""
    return pytest.approx(stand, abs=360 / (256 * 2 ** stand[2]))


def test_maps_stay_where_the_reader_is_and_move_as_one(page_factory: PageFactory) -> None:
    visit = page_factory("/siting?mode=try&p=2")
    page = opened(visit.page)
    page.wait_for_function("() => chuangtu.maps().length === 2")
    before = stand(page)
    with step(page):
        page.mouse.click(*at(page, 121.3, 31.1))
    assert stand(page) == within_a_pixel(before)

    boxes = [each.bounding_box() for each in page.locator(".ct-map").all()]
    for box, (east, south) in zip(boxes, [(40, 20), (-70, 30)], strict=True):
        assert box is not None
        page.mouse.move(box["x"] + 30, box["y"] + 300)
        page.mouse.down()
        page.mouse.move(box["x"] + 30 + east, box["y"] + 300 + south, steps=4)
        page.mouse.up()
        atlas.settled(page)
        moved = stand(page)
        assert moved != pytest.approx(before, abs=0.01)
        before = moved
    page.wait_for_function("() => new URLSearchParams(location.search).get('map')")
    with step(page):
        page.mouse.click(*at(page, 121.35, 31.25))
    assert stand(page) == within_a_pixel(before)
    with step(page):
        page.get_by_role("button", name="撤销").click()
    assert stand(page) == within_a_pixel(before)
    atlas.assert_clean(visit)
