"""Rows put right on the map in Chromium: clicked, dragged, by keys; undone; saved and reopened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from geo.facts import own_regions
from geo.intake import columns, placing, sites
from geo.intake.plan import Plan
from geo.intake.validation import take_in
from geo.workspaces.content import Workspace
from tests.browser import atlas
from tests.browser.drawing import at
from tests.geo.intake.files import table

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from geo.workspaces.folder import Folder
    from tests.visit import PageFactory

WUHAN = placing.region_of("420100")
NAMES = ("江滩里文创园", "古琴台<b>设计工场", "南湖工业设计中心")


@pytest.fixture
def sheet(workspaces: Folder) -> str:
    """The path of the sheet of a workspace that may be written."""
    raw = table(
        名称=list(NAMES),
        经度=[114.3001, 114.2101, None],
        纬度=[30.6002, 30.5503, None],
        区县=["江岸区", "汉阳区", "洪山区"],
    )
    held = columns.recognise(raw.cells)
    kept = take_in(raw, Plan(columns=held, region=WUHAN)).kept
    own = sites.of_kept(kept, held, region=own_regions.PREFIX, source="list.csv")
    keys = workspaces.create(Workspace(name="武汉", sites=own, region=WUHAN))
    asked = urlencode({"show": "pins", "region": f"{own_regions.PREFIX}{keys.write}"})
    return f"/data?{asked}"


def opened(page_factory: PageFactory, path: str) -> Page:
    page = page_factory(path).page
    atlas.drawn(page)
    atlas.settled(page)
    return page


def take(page: Page, name: str) -> None:
    """Take a row of the list in hand."""
    page.locator(".st-key-pin_list button").filter(has_text=name).first.click()
    expect(page.locator(".ct-pin")).to_be_visible()
    expect(page.locator(".st-key-pin_card")).to_contain_text(name)
    expect(page.locator(".ct-pin")).to_be_focused()
    atlas.settled(page)


def stands(page: Page) -> tuple[float, float]:
    """Where the tip of the pin is: longitude and latitude."""
    lon, lat = page.evaluate(
        """() => {
            const {map} = chuangtu.maps()[0];
            const box = map.getContainer().getBoundingClientRect();
            const pin = map.getContainer().querySelector(".ct-pin").getBoundingClientRect();
            const {lng, lat} = map.containerPointToLatLng([pin.x + 14 - box.x, pin.y + 36 - box.y]);
            return [lng, lat];
        }"""
    )
    return lon, lat


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()
    atlas.settled(page)


def test_a_row_is_clicked_and_dragged_to_its_place_taken_back_saved_and_there_after_a_reload(
    sheet: str, page_factory: PageFactory
) -> None:
    page = opened(page_factory, sheet)
    coordinates = page.get_by_label("坐标（经度, 纬度").first
    take(page, NAMES[2])
    expect(page.locator(".ct-pin-open")).to_be_visible()
    lon, lat = stands(page)
    page.mouse.click(*at(page, lon - 0.02, lat + 0.02))
    expect(page.locator(".ct-pin-open")).to_have_count(0)
    expect(coordinates).to_have_value(re.compile(r"\d+\.\d+, \d+\.\d+"))
    clicked = coordinates.input_value()
    there = [float(each) for each in clicked.split(", ")]
    assert there == pytest.approx([lon - 0.02, lat + 0.02], abs=0.001)
    atlas.settled(page)
    x, y = at(page, *stands(page))
    page.mouse.move(x, y - 22)
    page.mouse.down()
    page.mouse.move(x + 50, y - 62, steps=5)
    page.mouse.up()
    expect(coordinates).not_to_have_value(clicked)
    atlas.settled(page)
    page.locator("h1.ct-wide").click()
    page.keyboard.press("Control+z")
    expect(coordinates).to_have_value(clicked)
    atlas.settled(page)
    page.locator(".ct-pin").press("ArrowLeft")
    page.locator(".ct-pin").press("Enter")
    expect(coordinates).not_to_have_value(clicked)
    expect(page.locator(".ct-pin")).to_be_focused()
    placed = "114.350000, 30.500000"
    coordinates.fill("114.35, 30.5")
    coordinates.press("Enter")
    expect(coordinates).to_have_value(placed)
    expect(coordinates).to_be_focused()
    atlas.settled(page)
    choose(page, "位置可信到", "街道级")
    choose(page, "原因", "按地址在图上找到")
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.locator("h1.ct-wide")).to_contain_text("1 处订正待保存")
    expect(page.locator(".ct-correction")).to_contain_text("没有位置")
    expect(page.locator(".ct-correction ins").first).to_have_text(placed)
    expect(page.locator(".st-key-pin_list button").first).to_be_focused()
    page.get_by_role("button", name="保存 1 处订正").click()
    expect(page.locator("h1.ct-wide")).to_contain_text("没有待交的订正")
    again = opened(page_factory, sheet)
    expect(again.locator("h1.ct-wide")).to_contain_text("都有位置")
    expect(again.locator(".ct-correction ins").first).to_have_text(placed)
    take(again, NAMES[2])
    expect(again.get_by_label("坐标（经度, 纬度").first).to_have_value(placed)


def test_a_point_on_the_map_is_taken_and_its_name_is_only_a_name(
    sheet: str, page_factory: PageFactory
) -> None:
    page = opened(page_factory, sheet)
    page.mouse.click(*at(page, 114.2101, 30.5503))
    expect(page.locator(".st-key-pin_card")).to_contain_text(NAMES[1])
    expect(page.locator(".ct-pin .ct-unseen")).to_contain_text(NAMES[1])
    expect(page.locator(".ct-pin-tag")).to_contain_text("移动 0 米 · 汉阳区")
