"""The layouts page in Chromium."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
from playwright.sync_api import expect

from geo.facts import boundaries, catalog
from geo.policy import layouts, scorecard
from scripts import browser_map
from tests.browser import atlas

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.visit import PageFactory


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_layout_is_drawn_without_leaving_the_machine(page_factory: PageFactory, lang: str) -> None:
    visit = page_factory(f"/layouts?layout=cq-2022-plan&lang={lang}")
    atlas.drawn(visit.page)
    located = [each for each in layouts.layout("cq-2022-plan").elements if each.located]
    atlas.wait_for(visit.page, "elements", len(located))
    atlas.settled(visit.page)
    visit.console_errors[:] = [text for text in visit.console_errors if "_stcore" not in text]
    visit.assert_clean()


def test_present_and_planned_share_one_frame(page_factory: PageFactory) -> None:
    page = page_factory("/layouts?layout=gd-2023-plan").page
    atlas.drawn(page)
    atlas.settled(page)
    told = atlas.state(page)
    page.get_by_text("现状", exact=True).click()
    located = [
        each
        for each in layouts.layout("gd-2023-plan").elements
        if each.located and each.status == "existing"
    ]
    atlas.wait_for(page, "elements", len(located))
    assert atlas.state(page)["mounted"] == told["mounted"]
    assert len(located) < told["elements"]


def test_files_of_a_layout_open_elsewhere(
    page_factory: PageFactory, browser: Browser, tmp_path: Path
) -> None:
    page = page_factory("/layouts?layout=cq-2022-plan").page
    atlas.drawn(page)
    page.get_by_role("button", name="下载", exact=True).click()
    labels = ("布局 GeoJSON", "地图 HTML")
    files = {label: atlas.downloaded(page, label, tmp_path) for label in labels}
    layout = layouts.layout("cq-2022-plan")
    read = gpd.read_file(files["布局 GeoJSON"])
    assert len(read) == len(layout.elements) + len(layout.links)
    context = browser.new_context(offline=True)
    offline = context.new_page()
    offline.goto(files["地图 HTML"].as_uri())
    state = "document.querySelector('.folium-map').chuangtu.state"
    offline.wait_for_function(f"{state}.elements > 0")
    assert offline.evaluate(f"{state}.painted") > 0
    context.close()


def test_click_on_an_element_leads_to_its_row(page_factory: PageFactory) -> None:
    page = page_factory("/layouts?layout=cq-2022-plan").page
    atlas.drawn(page)
    located = [each for each in layouts.layout("cq-2022-plan").elements if each.located]
    atlas.wait_for(page, "elements", len(located))
    places = layouts.elements_frame(layouts.layout("cq-2022-plan"))
    lat, lon = (float(places[column].to_dict()["banan"]) for column in ("lat", "lon"))
    atlas.click_at(page, (lat, lon), down=0)
    expect(page.locator(".ct-elements .ct-chosen")).to_contain_text("巴南")


def test_click_and_link_of_the_second_layout_choose_there(page_factory: PageFactory) -> None:
    visit = page_factory("/layouts?layout=gd-2023-plan&beside=cq-2022-plan")
    page = visit.page
    located = [each for each in layouts.layout("cq-2022-plan").elements if each.located]
    browser_map.drawn(page, maps=2)
    page.wait_for_function(
        """(n) => {
          const {state} = chuangtu.maps()[1];
          return state.elements === n && state.lettered;
        }""",
        arg=len(located),
    )
    atlas.settled(page)
    at = page.evaluate(
        """() => {
          const one = chuangtu.maps()[1].signs.find(({sign}) => sign.e === "banan");
          return [one.x, one.y];
        }"""
    )
    box = page.locator(".st-key-layout1 .folium-map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + at[0], box["y"] + at[1])
    chosen = page.locator(".ct-elements .ct-chosen")
    expect(chosen).to_have_count(1)
    expect(chosen).to_contain_text("巴南")
    expect(page.locator("#beside-banan")).to_have_class("ct-chosen")
    page.locator("#beside-shapingba").get_by_text("标在图上").click()
    expect(page.locator("#beside-shapingba")).to_have_class("ct-chosen")
    expect(page.locator(".ct-marked-line")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"element=cq-2022-plan\.shapingba"))


RUNS = """() => {
  const app = document.querySelector("[data-test-script-state]");
  new MutationObserver(() => {
    window.ran ||= app.dataset.testScriptState === "running";
  }).observe(app, {attributes: true});
}"""
"""Notes whether the page's script has run since: what it draws may be the same as before."""


def test_click_on_a_plain_district_leaves_the_marks(page_factory: PageFactory) -> None:
    page = page_factory("/layouts?layout=cq-2022-plan&mark=core_share").page
    atlas.drawn(page)
    atlas.settled(page)
    line = page.locator(".ct-marked-line")
    expect(line).to_contain_text("核心占比")
    # 大渡口: in view, no part of the layout, and not among the districts with most sites.
    places = boundaries.districts("chongqing")
    lat, lon = (float(places[column].to_dict()["500104"]) for column in ("lat", "lon"))
    page.evaluate(RUNS)
    atlas.click_at(page, (lat, lon), down=0)
    page.wait_for_function("window.ran")
    atlas.settled(page)
    expect(line).to_contain_text("核心占比")
    expect(page).to_have_url(re.compile("mark=core_share"))


def marked(frame: Page) -> int:
    """How many of the sites on the map stand out."""
    count: int = frame.evaluate(
        "() => chuangtu.maps()[0].features.filter((f) => f.properties.m).length"
    )
    return count


def test_figure_lights_up_its_sites_on_the_same_map(page_factory: PageFactory) -> None:
    page = page_factory("/layouts?layout=gd-2023-plan").page
    atlas.drawn(page)
    atlas.settled(page)
    told = atlas.state(page)
    core = page.locator(".ct-scores > div", has_text="核心占比")
    core.get_by_text("标在图上").click()
    line = page.locator(".ct-marked-line")
    expect(line).to_contain_text("核心占比")
    page.wait_for_function("() => chuangtu.maps()[0].features.some((f) => f.properties.m)")
    layout = layouts.layout("gd-2023-plan")
    sites = catalog.sites("guangdong").set_index("id")
    found = scorecard.scorecard(
        layout,
        sites.reset_index(),
        boundaries.districts("guangdong", level="city"),
        radius_m=3000.0,
    )
    behind = next(score.sites for score in found if score.key == "core_share")
    located = [key for key in behind if not sites.geometry.is_empty[key]]
    assert marked(page) == len(located)
    expect(line).to_contain_text(f"{len(behind)} 处")
    expect(line).to_contain_text(f"{len(behind) - len(located)} 处没有坐标")

    # One site after the other: the list stays open, the map stays mounted, back goes back.
    core.locator("summary").click()
    # A circle stands behind those that the map cannot show.
    core.locator("details a:not(:has(+ span))").first.click()
    page.wait_for_function("() => chuangtu.maps()[0].state.selected !== ''")
    expect(core.locator("details")).to_have_attribute("open", "")
    assert marked(page) == 1
    # The address is written last: only then is there a step to go back from.
    expect(page).to_have_url(re.compile(r"mark=core_share(:|%3A)"))
    page.go_back()
    expect(line).to_contain_text("核心占比")
    line.get_by_text("不再标出").click()
    page.wait_for_function("() => !chuangtu.maps()[0].features.some((f) => f.properties.m)")
    assert atlas.state(page)["mounted"] == told["mounted"]
