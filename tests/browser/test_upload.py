"""A list of one's own in Chromium: from a file in GBK with Baidu's coordinates to map and files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pyproj
from playwright.sync_api import expect

from tests import areas, lists
from tests.browser import atlas, axe

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.visit import PageFactory

WUHAN = lists.wuhan()
HOSTILE = "</script><img src=x onerror=hit=1>${hit=1}`<svg onload=hit=1>[a](javascript:hit=1)"
GEOD = pyproj.Geod(ellps="WGS84")


FOOT = """([way, scrolled]) => {
  document.querySelector("[data-testid=stMain]").scrollTo(0, scrolled);
  const button = document.querySelector(`.st-key-${way} button`);
  const r = button.getBoundingClientRect();
  const at = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
  const sheet = document.querySelector(".st-key-sheet").getBoundingClientRect();
  const foot = button.closest(".st-key-intake_ways").getBoundingClientRect();
  const clear = !scrolled || sheet.bottom <= foot.top;
  return {high: r.height, met: button.contains(at) && r.bottom <= innerHeight, clear};
}"""
"""Of a way on: how high its button is, whether a finger meets it, whether the page ends above."""


def bring(page: Page, file: Path, content: bytes) -> None:
    """Choose a file, and wait for what the second step says of it."""
    file.write_bytes(content)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".ct-preview")).to_be_visible()
    atlas.settled(page)


def go_on(page: Page) -> None:
    """Go on to what becomes of the list."""
    page.locator(".st-key-intake_go_on button").click()
    expect(page.locator(".ct-figures")).to_be_visible()
    atlas.settled(page)
    atlas.drawn(page)


def test_a_planner_s_path_from_a_dirty_file_to_a_map_and_a_file(
    page_factory: PageFactory, tmp_path: Path
) -> None:
    visit = page_factory("/data")
    page = visit.page
    bring(page, tmp_path / "武汉园区.csv", WUHAN.csv("gbk"))
    n = len(WUHAN.rows)
    assert atlas.headline(page) == (
        f"武汉园区 {n} 行：坐标按百度 BD-09 读，{n} 行里有 {n} 行落在所填的区"
    )
    atlas.drawn(page)
    told = {"columns": axe.faults(page)}
    go_on(page)
    atlas.wait_for(page, "painted", n)
    told["result"] = axe.faults(page)
    assert told == {"columns": [], "result": []}
    assert page.locator(".ct-figures strong").all_inner_texts() == [str(n), str(n), "0", "0"]
    assert "武汉" not in page.url
    with page.expect_download() as download:
        page.get_by_role("button", name="GeoJSON").click()
    assert download.value.suggested_filename == "武汉园区-kept.geojson"
    features = json.loads(download.value.path().read_text("utf-8"))["features"]
    found = np.array([each["geometry"]["coordinates"] for each in features])
    metres = GEOD.inv(*found.T, *WUHAN.where.T)[2]
    assert metres.max() < 5
    assert {each["properties"]["名称"] for each in features} == {row[0] for row in WUHAN.rows}
    assert {each["properties"]["adcode"] for each in features} == set(lists.CENTRE)
    atlas.assert_clean(visit)


def test_on_a_phone_the_ways_on_stay_in_reach_and_a_file_too_large_is_told(
    page_factory: PageFactory, tmp_path: Path
) -> None:
    page = page_factory("/data", width=390, height=844).page
    atlas.settled(page)
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(26 * 2**20)
    page.locator(".st-key-intake_file input[type=file]").set_input_files(large)
    told = page.locator('.st-key-intake_file [role="alert"]')
    expect(told).to_contain_text("不能超过")
    box = told.bounding_box()
    assert box is not None
    assert box["width"] > 100
    (tmp_path / "武汉园区.csv").write_bytes(WUHAN.csv("gbk"))
    page.locator(".st-key-intake_file input[type=file]").set_input_files(tmp_path / "武汉园区.csv")
    for way in ("intake_go_on", "intake_go_save"):
        expect(page.locator(f".st-key-{way} button")).to_be_enabled()
        atlas.settled(page)
        atlas.drawn(page)
        for scrolled in (0, 1e6):
            assert page.evaluate(FOOT, [way, scrolled]) == {"high": 44, "met": True, "clear": True}
        page.locator(f".st-key-{way} button").click()
    expect(page.locator(".st-key-intake_save_now")).to_be_visible()


def test_nothing_that_a_file_says_runs(page_factory: PageFactory, tmp_path: Path) -> None:
    visit = page_factory("/data?lang=en")
    page = visit.page
    again = ((HOSTILE, *WUHAN.rows[0][1:]),) * 2
    away = ((HOSTILE, "江岸区", "", "", HOSTILE, HOSTILE),)
    refused = (("", HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),)
    rows = [
        (f"{row[0]}{HOSTILE}", *row[1:4], f"{HOSTILE}{row[4]}", f"{HOSTILE}{row[5]}")
        for row in WUHAN.rows
    ]
    head = ("名称", "所在区", "X", "Y", f"类别({HOSTILE})", f"备注{HOSTILE}")
    lines = [",".join(row) for row in (head, *refused, *away, *again, *rows)]
    file = tmp_path / f"{HOSTILE.replace('/', '')}.csv"
    bring(page, file, "\n".join(lines).encode())
    atlas.drawn(page)
    page.locator("[data-said]").first.focus()
    page.locator('[data-testid="stPopover"] button').first.click()
    page.keyboard.press("Escape")
    go_on(page)
    x, y = page.evaluate(
        """() => {
            const {map, byId} = chuangtu.maps()[0];
            const point = map.latLngToContainerPoint([...byId.values()][0].getLatLng());
            const box = map.getContainer().getBoundingClientRect();
            return [point.x + box.x, point.y + box.y];
        }"""
    )
    page.mouse.move(x, y)
    expect(page.locator(".leaflet-tooltip").first).to_contain_text("onerror")
    page.get_by_role("button", name="Merge").first.click()
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()
    atlas.settled(page)
    assert page.evaluate("() => [typeof hit, document.images.length]") == ["undefined", 0]
    assert page.locator("text=<img src=x").count() >= 3
    atlas.assert_clean(visit)


def test_areas_of_ones_own_take_the_place_of_districts(
    page_factory: PageFactory, tmp_path: Path
) -> None:
    visit = page_factory("/data")
    page = visit.page
    bring(page, tmp_path / "武汉园区.csv", WUHAN.csv())
    go_on(page)
    own = areas.of_wuhan(4547)
    own.loc[4, "片区"] = HOSTILE[:40]
    file = tmp_path / "片区.gpkg"
    file.write_bytes(areas.geopackage(own))
    page.get_by_role("button", name="用自己的边界作区县").click()
    page.locator(".st-key-intake_areas_file input[type=file]").set_input_files(file)
    expect(page.locator(".ct-areas")).to_contain_text("落在重叠处的计入光谷片")
    atlas.settled(page)
    atlas.drawn(page)
    page.wait_for_function("() => chuangtu.maps()[0].layers.own.getLayers().length === 5")
    assert axe.faults(page) == []
    assert page.evaluate("() => [typeof hit, document.images.length]") == ["undefined", 0]
    page.locator(".st-key-intake_areas_drop button").click()
    page.wait_for_function("() => chuangtu.maps()[0].layers.own.getLayers().length === 13")
    atlas.assert_clean(visit)


def test_back_and_forward_go_by_steps_and_keep_the_file(
    page_factory: PageFactory, tmp_path: Path
) -> None:
    visit = page_factory("/data")
    page = visit.page
    bring(page, tmp_path / "武汉园区.csv", WUHAN.csv())
    read = atlas.headline(page)
    go_on(page)
    kept = atlas.headline(page)
    page.go_back()
    expect(page.locator("h1").first).to_have_text(read)
    page.go_back()
    expect(page.locator(".st-key-intake_held")).to_be_visible()
    page.go_forward()
    expect(page.locator("h1").first).to_have_text(read)
    page.go_forward()
    expect(page.locator("h1").first).to_have_text(kept)
    assert page.url.endswith("/data?step=result")
    page.reload()
    expect(page.locator(".ct-warning")).to_contain_text("请重新选一次")
    expect(page.locator("input[type=file]")).to_be_attached()
    atlas.assert_clean(visit)
