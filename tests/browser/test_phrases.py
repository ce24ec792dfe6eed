"""What Streamlit itself says is Chinese on a Chinese page, whatever is opened."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError as Late
from playwright.sync_api import expect

from geo.facts import catalog
from tests.browser import atlas, test_access

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.visit import PageFactory

WITH_MAP = ("/", "/districts", "/layouts", "/find", "/clusters", "/siting", "/site?id=sh-m50")
WITHOUT_MAP = ("/districts?view=table", "/targets", "/data", "/methods")
NAMES = {
    *("GeoJSON", "GeoPackage", "GeoParquet", "FlatGeobuf", "CSV", "CSVW", "Excel", "KML", "HTML"),
    *("PMTiles", "Word", "PDF", "PNG", "SVG"),
    *(
        "EN",
        "Ctrl",
        "Shift",
        "toml",
        "Streamlit",
        "OpenStreetMap",
        "API",
        "Atom",
        "QGIS",
        "WGS",
        "MB",
        "TOML",
        "GPKG",
        "GeoPandas",
        "ogr",
        "nowhere",
    ),
}
"""Words that are written so in Chinese too."""

SAID = """() => {
    // Our own words and the facts are held by other tests; code is an address to copy, TeX no word.
    const ours = '[data-testid="stHtml"], [data-testid="stCode"] pre, [role="grid"], '
        + '[data-testid="stIconMaterial"], .katex, script, noscript, style';
    const said = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (!node.parentElement.closest(ours)) said.push(node.nodeValue);
    }
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
        for (const each of document.querySelectorAll(`[${name}]`)) {
            const aside = each.closest(ours) || each.localName === "iframe";
            if (!aside) said.push(each.getAttribute(name));
        }
    }
    // A place in the search box stands with its Pinyin, a wide space between.
    return said.filter((text) => /[A-Za-z]{2}/.test(text) && !text.includes("\u3000"));
}"""


@cache
def known() -> set[str]:
    """Latin words that are names: ours above, and those of places."""
    tables = (catalog.sites(), catalog.venues())
    names = " ".join(name for table in tables for name in table["name_zh"])
    return NAMES | set(re.findall(r"[A-Za-z]{2,}", names))


def english(page: Page) -> list[str]:
    """What stands on the page with a Latin word that is no name."""
    return [
        text
        for text in page.evaluate(SAID)
        if not known().issuperset(re.findall(r"[A-Za-z]{2,}", text))
    ]


def expect_chinese(page: Page) -> None:
    """Wait until nothing is English: what is new is changed a moment later."""
    names = sorted(known())
    wanted = f"""(names) => ({SAID})().every(
        (text) => text.match(/[A-Za-z]{{2,}}/g).every((word) => names.includes(word)))"""
    try:
        page.wait_for_function(wanted, arg=names, timeout=5_000)
    except Late:
        assert english(page) == []


def opened(page: Page) -> None:
    """Open what opens, one after the other, and look at each."""
    for number in range(page.get_by_test_id("stPopover").count()):
        button = page.get_by_test_id("stPopoverButton").nth(number)
        if not button.is_visible():
            continue
        button.click()
        page.get_by_test_id("stPopoverBody").wait_for()
        expect_chinese(page)
        page.keyboard.press("Escape")
        page.get_by_test_id("stPopoverBody").wait_for(state="hidden")
    boxes = page.locator('[data-testid="stSelectbox"] input, [data-testid="stMultiSelect"] input')
    for number in range(boxes.count()):
        box = boxes.nth(number)
        if not box.is_visible():
            continue
        box.click()
        page.get_by_role("listbox").wait_for()
        expect_chinese(page)
        box.fill("qqq")  # one that is searched finds nothing
        expect_chinese(page)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.get_by_test_id("stMainMenu").get_by_role("button").click()
    page.get_by_test_id("stMainMenuPopover").wait_for()
    expect_chinese(page)
    page.keyboard.press("Escape")


def test_whatever_is_opened_is_chinese_and_english_again_in_english(
    page_factory: PageFactory, server: str
) -> None:
    page = page_factory("/nowhere").page
    expect(page.get_by_text("没有这一页").first).to_be_visible()
    expect_chinese(page)
    page.goto(f"{server}/_stcore/health")
    for path in (*WITHOUT_MAP, *WITH_MAP):
        atlas.opened(page, server + path, maps=int(path in WITH_MAP))
        expect_chinese(page)
        opened(page)
    page.get_by_role("radio", name="EN").click()
    expect(page.get_by_test_id("stApp")).to_contain_text("Skip to main content")
    page.get_by_test_id("stMainMenu").get_by_role("button").click()
    expect(page.get_by_test_id("stMainMenuPopover")).to_contain_text("Print")


def test_forms_and_refused_files_speak_chinese(page_factory: PageFactory, tmp_path: Path) -> None:
    page = page_factory("/layouts?layout=cq-2022-plan").page
    atlas.drawn(page)
    atlas.settled(page)
    page.get_by_role("button", name="我的布局").click()
    too_large = tmp_path / "大.toml"
    too_large.write_bytes(b"#" * 1_100_000)
    page.locator("input[type=file]").set_input_files(too_large)
    expect(page.get_by_role("alert").filter(has_text="MB")).to_be_attached()
    expect_chinese(page)
    assert page.evaluate(test_access.SMALL, test_access.LEAST_PX) == []
    page.get_by_role("button", name="为底稿").click()
    expect(page.locator("[data-tool=select]")).to_have_attribute("aria-pressed", "true")
    atlas.settled(page)
    page.get_by_role("button", name="改", exact=True).first.click()
    page.get_by_label("名称").fill("甲")
    expect(page.get_by_test_id("InputInstructions").first).to_be_attached()
    expect_chinese(page)
    page.get_by_text("不用地图：按名称或坐标添加").click()
    page.get_by_role("textbox", name="区县名或坐标").fill("渝中区")
    expect(page.get_by_test_id("InputInstructions").first).to_be_attached()
    expect_chinese(page)
    assert page.evaluate(test_access.SMALL, test_access.LEAST_PX) == []
