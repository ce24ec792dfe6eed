"""The layouts page in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
from playwright.sync_api import expect

from geo import layouts
from tests.browser import atlas

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.visit import PageFactory


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_layout_is_drawn_without_leaving_the_machine(page_factory: PageFactory, lang: str) -> None:
    visit = page_factory(f"/layouts?layout=cq-2022-plan&lang={lang}")
    frame = atlas.frame(visit.page)
    located = [each for each in layouts.layout("cq-2022-plan").elements if each.located]
    atlas.wait_for(frame, "elements", len(located))
    atlas.settled(visit.page)
    visit.console_errors[:] = [text for text in visit.console_errors if "_stcore" not in text]
    visit.assert_clean()


def test_present_and_planned_share_one_frame(page_factory: PageFactory) -> None:
    page = page_factory("/layouts?layout=gd-2023-plan").page
    frame = atlas.frame(page)
    told = atlas.state(frame)
    page.get_by_text("现状", exact=True).click()
    located = [
        each
        for each in layouts.layout("gd-2023-plan").elements
        if each.located and each.status == "existing"
    ]
    atlas.wait_for(frame, "elements", len(located))
    assert atlas.state(frame)["mounted"] == told["mounted"]
    assert len(located) < told["elements"]


def test_files_of_a_layout_open_elsewhere(
    page_factory: PageFactory, browser: Browser, tmp_path: Path
) -> None:
    page = page_factory("/layouts?layout=cq-2022-plan").page
    atlas.frame(page)
    page.get_by_role("button", name="下载", exact=True).click()
    files = {}
    for label in ("布局 GeoJSON", "地图 HTML"):
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        files[label] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[label])
    layout = layouts.layout("cq-2022-plan")
    read = gpd.read_file(files["布局 GeoJSON"])
    assert len(read) == len(layout.elements) + len(layout.links)
    context = browser.new_context(offline=True)
    offline = context.new_page()
    offline.goto(files["地图 HTML"].as_uri())
    offline.wait_for_function("() => window.chuangtu?.state?.elements > 0")
    assert offline.evaluate("() => window.chuangtu.state.painted") > 0
    context.close()


def test_click_on_an_element_leads_to_its_row(page_factory: PageFactory) -> None:
    page = page_factory("/layouts?layout=cq-2022-plan").page
    frame = atlas.frame(page)
    located = [each for each in layouts.layout("cq-2022-plan").elements if each.located]
    atlas.wait_for(frame, "elements", len(located))
    places = layouts.elements_frame(layouts.layout("cq-2022-plan"))
    lat, lon = (float(places[column].to_dict()["banan"]) for column in ("lat", "lon"))
    atlas.click_at(page, frame, (lat, lon), down=0)
    expect(page.locator(".ct-elements .ct-chosen")).to_contain_text("巴南")
