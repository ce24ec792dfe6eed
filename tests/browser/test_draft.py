"""A layout of one's own in Chromium: drawn, scored, downloaded, loaded back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from geo.policy import draft as drafts
from geo.policy import layouts, reader, writer
from geo.policy.model import Layout
from tests.browser import atlas
from tests.browser.drawing import at, tool

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.visit import PageFactory

SCRIPT = "<img src=x onerror='window.planted=1'><script>window.planted=1</script>"


def begun(page: Page) -> None:
    """Begin from the document in view."""
    atlas.drawn(page)
    atlas.settled(page)
    page.get_by_role("button", name="我的布局").click()
    page.get_by_role("button", name="为底稿").click()
    expect(page.locator("[data-tool=select]")).to_have_attribute("aria-pressed", "true")
    atlas.settled(page)


def test_layout_is_drawn_scored_downloaded_and_loaded_back(
    page_factory: PageFactory, tmp_path: Path
) -> None:
    page = page_factory("/layouts?layout=gd-2023-plan").page
    begun(page)
    page.go_back()
    expect(page.locator(".ct-draft-row")).to_have_count(0)
    page.go_forward()
    expect(page.locator("[data-tool=select]")).to_have_attribute("aria-pressed", "true")
    atlas.settled(page)
    own = page.locator(".ct-own-tag")
    before = page.locator(".ct-changes").inner_text()
    tool(page, "corridor")
    page.mouse.click(*at(page, 113.3, 23.1))
    page.keyboard.press("Escape")
    atlas.wait_for(page, "corners", 0)
    for lon, lat in ((113.3, 23.1), (113.75, 22.95), (114.0, 22.7)):
        page.mouse.click(*at(page, lon, lat))
    expect(page.locator(".ct-finish")).to_be_visible()
    page.keyboard.press("Enter")
    expect(own).to_have_count(1)
    expect(page.locator(".ct-changes")).not_to_have_text(before)
    expect(page.locator(".ct-map").locator(".ct-band").first).to_be_attached()
    atlas.settled(page)
    tool(page, "node")
    page.mouse.click(*at(page, 114.5, 23.25))
    expect(own).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(own).to_have_count(1)
    atlas.settled(page)
    page.get_by_role("button", name="下载", exact=True).click()
    file = atlas.downloaded(page, "布局 TOML", tmp_path)
    read = reader.read_upload(file.read_bytes(), name="mine")
    assert isinstance(read, Layout)
    [corridor] = [each for each in read.elements if each.own]
    assert len(corridor.extent.axis) == 3
    again = page_factory("/layouts?layout=cq-2022-plan").page
    atlas.drawn(again)
    atlas.settled(again)
    again.get_by_role("button", name="我的布局").click()
    again.locator("input[type=file]").set_input_files(file)
    expect(again.locator(".ct-own-tag")).to_have_count(1)
    expect(again.locator("h1.ct-wide")).to_contain_text("我的草稿")


def test_text_of_a_loaded_layout_is_never_run(page_factory: PageFactory, tmp_path: Path) -> None:
    base = layouts.layout("cq-2022-plan")
    titles = dict.fromkeys(("name_zh", "name_en", "summary_zh", "summary_en"), SCRIPT)
    draft = drafts.start(base, drafts.Titles(**titles))
    draft = drafts.rename(draft, dict.fromkeys(("pattern_zh", "pattern_en"), SCRIPT))
    for each in base.elements:
        fields = ("name", "role", "summary")
        told = {f"{field}_{lang}": SCRIPT for field in fields for lang in ("zh", "en")}
        spec = {"name_zh": SCRIPT, "name_en": SCRIPT, "sectors": []}
        own = {"source": SCRIPT, "section": SCRIPT, "specialisations": [spec], "sign": "<"}
        draft = drafts.change(draft, each.id, told | own)
    file = tmp_path / "planted.toml"
    file.write_text(writer.to_toml(draft.layout), "utf-8")
    page = page_factory("/layouts?layout=cq-2022-plan").page
    atlas.drawn(page)
    atlas.settled(page)
    page.get_by_role("button", name="我的布局").click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".ct-own-tag")).to_have_count(len(base.elements))
    atlas.settled(page)
    page.get_by_role("button", name="改", exact=True).first.click()
    expect(page.get_by_label("名称")).to_have_value(SCRIPT)
    page.get_by_role("button", name="下载", exact=True).click()
    saved = atlas.downloaded(page, "地图 HTML", tmp_path)
    assert page.evaluate("window.planted") is None
    page.goto(saved.as_uri())
    page.wait_for_function("document.querySelector('.folium-map').chuangtu.state.elements > 0")
    assert page.evaluate("window.planted") is None
