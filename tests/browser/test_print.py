"""Every page on paper: A4, upright and across, from a light and from a dark screen."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pypdfium2
import pytest
from playwright.sync_api import expect

from scripts import browser_map
from tests import lists
from tests.browser import atlas

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.visit import PageFactory

LAID = """() => {
  const trees = [...document.querySelectorAll(".ct-map")].map((host) => host.shadowRoot);
  if (!trees.length) trees.push(document); // a file holds its one map itself
  const region = ({map, layers}) => {
    const own = layers.own.getBounds();
    const corners = [own.getNorthWest(), own.getSouthEast()];
    const [a, b] = corners.map((corner) => map.latLngToContainerPoint(corner));
    const size = map.getSize();
    const share = Math.max((b.x - a.x) / size.x, (b.y - a.y) / size.y);
    return {slack: Math.min(a.x, a.y, size.x - b.x, size.y - b.y), share};
  };
  const about = (tree) => {
    const atlas = tree.querySelector(".ct-atlas");
    const whole = atlas.getBoundingClientRect();
    const cut = (element) => {
      const r = element.getBoundingClientRect();
      const over = [whole.left - r.left, whole.top - r.top, r.right - whole.right];
      return Math.max(...over, r.bottom - whole.bottom) > 1;
    };
    const shown = (element) => element.getClientRects().length;
    const seen = (name) => [...atlas.querySelectorAll(name)].filter(shown);
    const words = seen(".ct-label, .ct-part, .ct-item, .ct-sign, .ct-head");
    const container = atlas.querySelector(".folium-map");
    return {
      theme: atlas.dataset.theme,
      outside: words.filter(cut).map((e) => e.textContent),
      region: region(container.chuangtu),
      buttons: seen(".leaflet-control-zoom, .ct-legend-more").length,
      labels: seen(".ct-label").length,
      legend: seen(".ct-part").length,
      legends: atlas.querySelectorAll(".ct-part:not(.ct-part-said)").length,
      height: container.offsetHeight,
    };
  };
  const note = ({matches}) => { if (matches) window.paper = trees.map(about); };
  matchMedia("print").addEventListener("change", note);
}"""
"""Notes what is on the maps once they have been laid out for paper: it listens after they do."""

VIEW = """() => {
  const {map} = chuangtu.maps()[0];
  const [at, size] = [map.project(map.getCenter()), map.getSize()];
  return [at.x, at.y, 100 * map.getZoom(), size.x, size.y];
}"""
"""Where the map is, in pixels and hundredths of a zoom."""

LETTERED = "() => chuangtu.maps().every(({state}) => state.lettered)"
THEME = """(theme) => chuangtu.maps().every(
  ({frame}) => frame.root.dataset.theme === theme
)"""

INK = 250
"""A pixel with a channel below it is not paper (of 255)."""

MAPPED = 0.35
"""Share of the first sheet that has ink at least, where there is ground on it."""

UNPRINTED = ("复制", "下载", "更多筛选", "标在图上", "详情", "查找", "Deploy")

PAGES: dict[str, tuple[str, int, Literal["light", "dark"]]] = {
    "总览": ("/?region=guangdong", 2, "light"),
    "区县": ("/districts?region=shanghai", 2, "dark"),
    "布局": ("/layouts?layout=gd-2023-plan", 4, "dark"),
    "选园": ("/find?region=shanghai&sector=fas,arc&kind=park", 2, "dark"),
    "集聚": ("/clusters", 4, "dark"),
    "选址": ("/siting", 4, "dark"),
    "地点": ("/site?id=sh-m50", 3, "light"),
}
"""Address of each page, sheets at most (what stands beside the map follows it), and the screen."""


@dataclass(frozen=True)
class Sheet:
    """A printed sheet: its text without white space, and the share of it that has ink."""

    text: str
    inked: float


def sheets(page: Page, *, landscape: bool) -> list[Sheet]:
    """The sheets as the reader's own browser prints them."""
    made = pypdfium2.PdfDocument(page.pdf(format="A4", landscape=landscape))
    return [
        Sheet(
            plain(sheet.get_textpage().get_text_bounded()),
            float((sheet.render(scale=0.5).to_numpy().min(axis=2) < INK).mean()),
        )
        for sheet in made
    ]


def plain(text: str) -> str:
    """A text without white space and without the two widths of signs."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def lettered(text: str) -> re.Pattern[str]:
    """A text as a file tells it: fonts may give radicals for the characters that look like them."""
    return re.compile("".join(f"(?:{re.escape(sign)}|[\u2e80-\u2fdf])" for sign in plain(text)))


def noted(page: Page) -> list[dict[str, Any]]:
    """What there was of each map on paper."""
    told: list[dict[str, Any]] = page.evaluate("() => window.paper")
    return told


def assert_fitted(told: dict[str, Any]) -> None:
    assert told["theme"] == "light"
    assert told["outside"] == []
    assert told["buttons"] == 0
    assert told["labels"] > 5
    assert told["legend"] >= told["legends"] > 1
    assert told["height"] > 300


@pytest.mark.parametrize("name", PAGES)
def test_map_title_legend_and_sources_share_the_first_sheet(
    page_factory: PageFactory, name: str
) -> None:
    address, most, scheme = PAGES[name]
    visit = page_factory(address, color_scheme=scheme)
    page = visit.page
    atlas.drawn(page)
    atlas.settled(page)
    atlas.wait_for(page, "theme", scheme)
    page.wait_for_function(LETTERED)
    before = page.evaluate(VIEW)
    page.evaluate(LAID)
    title = lettered(atlas.headline(page))
    for landscape in (False, True):
        printed = sheets(page, landscape=landscape)
        assert 1 <= len(printed) <= most
        assert all(sheet.text for sheet in printed)
        first = printed[0]
        assert first.inked > (
            MAPPED if name not in {"选园", "集聚", "地点"} else 0
        )  # their ground is white
        assert title.match(first.text)
        assert not any(title.search(sheet.text) for sheet in printed[1:])
        assert "名录" in first.text  # what it rests on, with its date
        assert "界线" in first.text
        assert not [word for word in UNPRINTED if any(word in sheet.text for sheet in printed)]
        (told,) = noted(page)
        assert_fitted(told)
        if name not in {"布局", "选园", "集聚", "选址", "地点"}:  # these show a part of the region
            assert told["region"]["slack"] > -10  # reefs too small to be seen may lie outside
            assert told["region"]["share"] > 0.6  # an inset has its part
        # The screen is as it was.
        page.wait_for_function(THEME, arg=scheme)
        assert page.evaluate(VIEW) == pytest.approx(before, abs=1)
        assert page.locator("canvas:not([style*='display: none'])").count() > 0
    if name == "选址":
        page.emulate_media(media="print")
        bars = page.locator(".ct-curve > div")
        assert bars.count() > 3
        assert bars.filter(visible=True).count() == bars.count()
    assert visit.page_errors == []


def test_two_layouts_share_the_first_sheet(page_factory: PageFactory) -> None:
    page = page_factory("/layouts?layout=gd-2023-plan&beside=cq-2022-plan").page
    atlas.settled(page)
    browser_map.drawn(page, maps=2)
    page.wait_for_function(LETTERED)
    page.evaluate(LAID)
    for landscape in (False, True):
        assert len(sheets(page, landscape=landscape)) <= 5
        for told in noted(page):
            assert told["outside"] == []
            assert told["buttons"] == 0
            assert told["height"] > 200
            assert told["legend"] >= told["legends"] > 1
    page.wait_for_function(THEME, arg="light")
    assert page.evaluate("L.Browser.retina") is False
    page.emulate_media(media="print")
    for button in page.locator(".stMain button[data-testid^=st]").all():
        expect(button).to_be_hidden()


def test_paper_shows_what_the_reader_moved_to(page_factory: PageFactory) -> None:
    page = page_factory("/?region=shanghai").page
    atlas.drawn(page)
    atlas.settled(page)
    page.locator(".leaflet-container").first.focus()
    page.keyboard.press("+")
    page.wait_for_function(
        "() => chuangtu.maps()[0].touched && !chuangtu.maps()[0].map._animatingZoom"
    )
    page.wait_for_function(LETTERED)
    before = page.evaluate(VIEW)
    page.evaluate(
        """() => {
          const {map, layers} = chuangtu.maps()[0];
          const shown = map.getBounds();
          matchMedia("print").addEventListener("change", ({matches}) => {
            if (!matches) return;
            const printed = map.getBounds();
            const region = layers.own.getBounds();
            window.paper = printed.contains(shown.pad(-0.02)) && !printed.contains(region);
          });
        }"""
    )
    sheets(page, landscape=True)
    assert page.evaluate("() => window.paper") is True
    assert page.evaluate(VIEW) == pytest.approx(before, abs=1)


def test_targets_print_without_their_filters(page_factory: PageFactory) -> None:
    page = page_factory("/targets", color_scheme="dark").page
    expect(page.locator(".ct-targets").last).to_be_visible()
    atlas.settled(page)
    for landscape in (False, True):
        printed = sheets(page, landscape=landscape)
        assert all(sheet.text for sheet in printed)
        assert lettered(atlas.headline(page)).match(printed[0].text)
        assert not [word for word in UNPRINTED if any(word in sheet.text for sheet in printed)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_division_has_its_one_map_on_paper(
    page_factory: PageFactory, scheme: Literal["light", "dark"]
) -> None:
    page = page_factory("/districts?view=units", color_scheme=scheme).page
    maps = page.locator(".ct-divisions img").filter(visible=True)
    expect(maps).to_have_count(3)
    page.emulate_media(media="print")
    expect(maps).to_have_count(3)


def test_the_exported_map_is_one_sheet(
    page_factory: PageFactory, browser: Browser, tmp_path: Path
) -> None:
    page = page_factory("/layouts?layout=gd-2023-plan").page
    atlas.drawn(page)
    page.get_by_role("button", name="下载", exact=True).click()
    file = atlas.downloaded(page, "地图 HTML", tmp_path)
    with browser.new_context(offline=True, color_scheme="dark") as context:
        opened = context.new_page()
        opened.goto(file.as_uri())
        opened.wait_for_function(
            "() => document.querySelector('.folium-map').chuangtu?.state.lettered"
        )
        opened.evaluate(LAID)
        for landscape in (False, True):
            (sheet,) = sheets(opened, landscape=landscape)
            assert sheet.inked > MAPPED
            assert sheet.text.startswith("广东")
            assert all(word in sheet.text for word in ("名录", "界线", "来源"))
            (told,) = noted(opened)
            assert_fitted(told)


def test_a_list_of_ones_own_leaves_its_choices_on_the_screen(
    page_factory: PageFactory, tmp_path: Path
) -> None:
    page = page_factory("/data").page
    file = tmp_path / "list.csv"
    file.write_bytes(lists.wuhan().csv("gbk"))
    page.locator(".st-key-intake_file input[type=file]").set_input_files(file)
    printed = ""
    for way, text in [("intake_go_on", "BD-09（百度）"), ("intake_go_save", "问题与处理")]:
        expect(page.locator(f".st-key-{way} button")).to_be_enabled()
        expect(page.get_by_text(text).first).to_be_visible()
        atlas.settled(page)
        atlas.drawn(page)
        sheet = "".join(sheet.text for sheet in sheets(page, landscape=False))
        assert lettered(text).search(sheet), sheet
        printed += sheet
        page.locator(f".st-key-{way} button").click()
    screen = ("继续", "换文件", "区县的边界", "对比另一份名录", "来源")
    assert [word for word in screen if lettered(word).search(printed)] == []
