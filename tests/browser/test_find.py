"""选园 in Chromium: the way of an investor from a sector to a shortlist that a colleague opens."""

from __future__ import annotations

import json
import re
import subprocess
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from geo.facts import catalog
from geo.search import matching
from geo.search.criteria import Criteria
from tests.browser import atlas

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.visit import PageFactory

SITES = catalog.sites("shanghai")


def wanted(**asked: object) -> gpd.GeoDataFrame:
    """The rows that a filter leaves, without the page."""
    return matching.select(SITES, Criteria(**asked))  # type: ignore[arg-type]


def located(sites: gpd.GeoDataFrame) -> int:
    return int((~sites.geometry.is_empty).sum())


def address(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


NAMES = ".ct-results li div > a"


def names(page: Page) -> list[str]:
    """Names in the list, in their order."""
    return page.locator(NAMES).all_inner_texts()


def click_site(page: Page, key: str) -> None:
    """Click where a site's symbol is drawn."""
    x, y = page.evaluate(
        """(key) => {
            const site = chuangtu.maps()[0].byId.get(key);
            const point = chuangtu.maps()[0].map.latLngToContainerPoint(site.getCenter());
            const box = chuangtu.maps()[0].map.getContainer().getBoundingClientRect();
            return [point.x + box.x, point.y + box.y];
        }""",
        key,
    )
    page.mouse.click(x, y)


def ticked_by_keyboard(page: Page) -> None:
    """Put a site on the shortlist and take it off again: the focus stays where it is."""
    tick = page.locator("a.ct-tick:not(.ct-on)").first
    put = tick.get_attribute("data-put")
    tick.focus()
    for on in ("true", "false"):
        page.keyboard.press("Space")
        same = page.locator(f'a.ct-tick[data-put="{put}"]')
        expect(same).to_have_attribute("aria-checked", on)
        expect(same).to_be_focused()
    atlas.settled(page)


def test_investor_finds_compares_and_shares(page_factory: PageFactory, server: str) -> None:
    visit = page_factory("/find")
    page = visit.page
    atlas.drawn(page)
    mounted = atlas.state(page)["mounted"]

    page.locator(".st-key-families").get_by_role("checkbox", name="时尚").click()
    fashion = wanted(sector=("fas",))
    atlas.wait_for(page, "painted", located(fashion))
    page.locator(".st-key-kinds").get_by_role("checkbox", name="园区").click()
    parks = wanted(sector=("fas",), kind=("park",))
    expect(page.locator("h1.ct-wide")).to_contain_text(f"{len(parks)} 处做时尚的园区")
    page.wait_for_url(re.compile("kind=park"))
    page.get_by_role("button", name="级别").click()
    page.get_by_test_id("stPopoverBody").get_by_role("checkbox", name="市级").click()
    page.keyboard.press("Escape")
    left = wanted(sector=("fas",), kind=("park",), level=("municipal",))
    assert 3 < len(left) < len(fashion)
    atlas.wait_for(page, "painted", located(left))
    expect(page.locator("h1.ct-wide")).to_contain_text(f"{len(left)} 处市级、做时尚的园区")
    atlas.settled(page)

    # Map and list show each other's choice.
    key = str(left[~left.geometry.is_empty]["id"].iloc[-1])
    name = str(SITES.set_index("id")["name_zh"][key])
    click_site(page, key)
    expect(page.locator(".ct-results .ct-chosen")).to_contain_text(name)
    page.wait_for_url(re.compile(f"at=site(:|%3A){key}"))
    other = next(each for each in names(page) if each != name)
    page.locator(".ct-results").get_by_role("link", name=other, exact=True).click()
    chosen = str(SITES.set_index("name_zh")["id"][other])
    atlas.wait_for(page, "selected", chosen)
    page.wait_for_url(re.compile(f"at=site(:|%3A){chosen}"))
    page.go_back()
    expect(page.locator(".ct-results .ct-chosen")).to_contain_text(name)
    atlas.settled(page)

    # Three quick ticks all count.
    for box in range(3):
        page.locator("a.ct-tick").nth(box).click()
    expect(page.locator(".ct-shortlist li")).to_have_count(3)
    expect(page.locator(".ct-versus.ct-wide thead th")).to_have_count(4)
    page.wait_for_url(re.compile(r"pick=[^&]*(,|%2C)[^&]*(,|%2C)"))
    picked = address(page)["pick"][0].split(",")
    assert set(picked) <= set(left["id"])
    assert atlas.state(page)["mounted"] == mounted

    ticked_by_keyboard(page)

    page.get_by_role("button", name="复制名单链接").click()
    link = atlas.copied_link(page)
    page.keyboard.press("Escape")
    colleague = page_factory(link.removeprefix(server))
    atlas.drawn(colleague.page)
    expect(colleague.page.locator(".ct-shortlist li")).to_have_count(3)

    page.locator(".ct-results .ct-more").get_by_role("link", name="看资料").click()
    expect(page.locator("h1.ct-wide")).to_contain_text(name)
    for each in (visit, colleague):
        each.console_errors[:] = [text for text in each.console_errors if "_stcore" not in text]
        each.assert_clean()


def test_a_choice_drawn_anew_under_the_finger_is_made(page_factory: PageFactory) -> None:
    page = page_factory("/find").page
    atlas.drawn(page)
    atlas.settled(page)
    chip = page.locator(".st-key-families").get_by_role("checkbox", name="时尚")
    chip.hover()
    page.mouse.down()
    chip.evaluate("(link) => link.replaceWith(link.cloneNode(true))")
    page.mouse.up()
    page.wait_for_url(re.compile("sector=fas$"))


@pytest.mark.parametrize("text", ["tonglefang", "tlf", "同乐坊", "New Factories"])
def test_one_place_is_found_by_every_name(page_factory: PageFactory, text: str) -> None:
    page = page_factory(f"/find?text={text.replace(' ', '+')}").page
    atlas.drawn(page)
    expect(page.locator(".ct-results li").first).to_contain_text("同乐坊")


def test_place_clicked_on_the_map_starts_the_distances(page_factory: PageFactory) -> None:
    page = page_factory("/find").page
    atlas.drawn(page)
    page.get_by_role("button", name="筛选").click()
    page.get_by_text("在图上点一个位置").click()
    page.wait_for_function("() => chuangtu.maps()[0].paint.placing")
    page.keyboard.press("Escape")
    click_site(page, "sh-m50")
    page.wait_for_url(re.compile("near="))
    lon, lat = (float(part) for part in address(page)["near"][0].split(","))
    near = wanted(near=(lon, lat), within_km=3.0)
    assert "sh-m50" in set(near["id"])
    atlas.wait_for(page, "painted", len(near))
    # The list follows the map: it is drawn after it.
    expect(page.locator(NAMES).first).to_have_text(SITES.set_index("id")["name_zh"]["sh-m50"])


def test_files_and_live_link_hold_the_same_rows(page_factory: PageFactory, tmp_path: Path) -> None:
    page = page_factory("/find?sector=fas,arc&kind=park").page
    atlas.drawn(page)
    rows = wanted(sector=("fas", "arc"), kind=("park",))
    page.get_by_role("button", name=f"下载 {len(rows)} 处").click()
    files = {}
    for label, ending in (
        ("GeoJSON", "geojson"), ("GeoPackage", "gpkg"), ("GeoParquet", "parquet"),
        ("FlatGeobuf", "fgb"), ("CSV", "csv"), ("CSV 和说明", "zip"), ("Excel", "xlsx"),
        ("KML", "kml"),
    ):  # fmt: skip
        with page.expect_download() as download:
            page.get_by_role("button", name=label, exact=True).click()
        files[ending] = tmp_path / f"sites.{ending}"
        download.value.save_as(files[ending])
    ids = set(rows["id"])
    for ending in ("geojson", "gpkg", "fgb"):
        assert set(gpd.read_file(files[ending])["id"]) == ids
    assert set(gpd.read_parquet(files["parquet"])["id"]) == ids
    sheet = load_workbook(files["xlsx"], read_only=True).worksheets[0]
    assert sheet.max_row == len(rows) + 1
    told = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-so", str(files["kml"])],  # noqa: S607
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert f"Feature Count: {len(rows)}" in told.stdout
    live = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").inner_text().strip()
    with urllib.request.urlopen(live) as answer:  # noqa: S310 - our own server
        assert {each["id"] for each in json.load(answer)["features"]} == ids
    assert set(gpd.read_file(live)["id"]) == ids


def test_absurd_address_opens_with_a_notice_of_each(page_factory: PageFactory) -> None:
    visit = page_factory(
        "/find?region=atlantis&within_km=-1&near=999,1&opened_since=1e9&pick=<script>&text="
        + "x" * 200
    )
    atlas.drawn(visit.page)
    atlas.wait_for(visit.page, "painted", located(SITES))
    expect(visit.page.get_by_test_id("stAlert").locator("p")).to_contain_text("within_km=-1")
    assert visit.page_errors == []


def test_order_and_indicator_stay_while_the_reader_turns_pages(page_factory: PageFactory) -> None:
    page = page_factory("/find?sector=fas&sort=area").page
    atlas.drawn(page)
    atlas.settled(page)
    listed = names(page)
    page.get_by_role("link", name="区县").click()
    page.locator("table.ct-table, .ct-map").first.wait_for()
    page.wait_for_url(re.compile("/districts"))
    page.get_by_role("radio", name="表格").click()
    page.get_by_role("link", name=re.compile("覆盖率")).first.click()
    page.wait_for_url(re.compile("by=coverage"))
    page.get_by_role("link", name="选园").click()
    page.wait_for_url(re.compile("/find.*sort=area"))
    expect(page.locator(NAMES)).to_have_text(listed)
    page.get_by_role("link", name="区县").click()
    page.wait_for_url(re.compile("/districts.*by=coverage"))
    expect(page.locator('th[aria-sort="descending"]')).to_contain_text("覆盖率")
