"""The running app in Chromium: what a reader sees, clicks, shares and downloads."""

from __future__ import annotations

import subprocess
from io import BytesIO
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, urlsplit

import docx
import geopandas as gpd
import pandas as pd
import pytest
from playwright.sync_api import expect

from geo.facts import boundaries, catalog
from tests.browser import atlas

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.visit import PageFactory

SITES = catalog.sites("shanghai")
LOCATED = SITES[~SITES.geometry.is_empty]


def district(adcode: str) -> tuple[float, float]:
    """Latitude and longitude of a district's label."""
    places = boundaries.districts("shanghai")
    return float(places["lat"].to_dict()[adcode]), float(places["lon"].to_dict()[adcode])


def choose(page: Page, button: str, option: str) -> None:
    """Choose an option behind a button of the filter row."""
    page.get_by_role("button", name=button).click()
    page.get_by_test_id("stPopoverBody").get_by_text(option, exact=True).click()


def address(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize(("lang", "scheme"), [("zh", "light"), ("en", "dark")])
def test_overview_paints_every_located_site_without_leaving_the_machine(
    page_factory: PageFactory, lang: str, scheme: Literal["light", "dark"]
) -> None:
    visit = page_factory(f"/?lang={lang}", color_scheme=scheme)
    atlas.drawn(visit.page)
    atlas.wait_for(visit.page, "painted", len(LOCATED))
    told = atlas.state(visit.page)
    assert told["districts"] == 16
    assert told["language"] == lang
    assert told["theme"] == scheme
    assert told["labels"] > 10
    assert visit.page.evaluate("() => chuangtu.maps()[0].map instanceof L.Map")
    atlas.settled(visit.page)
    atlas.assert_clean(visit)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_districts_page_is_clean_and_letters_every_city(
    page_factory: PageFactory, lang: str
) -> None:
    visit = page_factory(f"/districts?region=guangdong&unit=city&by=lq&lang={lang}")
    atlas.drawn(visit.page)
    atlas.wait_for(visit.page, "districts", 21)
    assert atlas.state(visit.page)["painted"] == 0
    atlas.settled(visit.page)
    atlas.assert_clean(visit)


def test_chinese_renders_in_a_chinese_font(page_factory: PageFactory) -> None:
    page = page_factory().page
    atlas.drawn(page)
    # Missing glyphs are all drawn as the same box, so different characters measure the same ink.
    inks = page.evaluate(
        """() => [..."创图"].map(letter => {
            const canvas = document.createElement("canvas");
            const pen = canvas.getContext("2d");
            pen.font = "40px " + getComputedStyle(document.querySelector("h1")).fontFamily;
            pen.fillText(letter, 10, 60);
            return pen.getImageData(0, 0, 80, 80).data.reduce((sum, v) => sum + v, 0);
        })"""
    )
    assert inks[0] > 0
    assert inks[0] != inks[1]
    assert page.evaluate("() => document.documentElement.lang") == "zh-Hans"


def test_filter_repaints_without_a_new_frame(page_factory: PageFactory) -> None:
    visit = page_factory()
    atlas.drawn(visit.page)
    mounted = atlas.state(visit.page)["mounted"]
    choose(visit.page, "类型", "基地")
    bases = LOCATED[LOCATED["kind"] == "base"]
    atlas.wait_for(visit.page, "painted", len(bases))
    assert atlas.state(visit.page)["mounted"] == mounted
    atlas.settled(visit.page)
    assert address(visit.page) == {"kind": ["base"]}
    atlas.assert_clean(visit)


def test_click_on_a_site_shows_its_facts(page_factory: PageFactory) -> None:
    visit = page_factory()
    atlas.drawn(visit.page)
    site = LOCATED[LOCATED["id"] == "sh-m50"].iloc[0]
    # Close enough that no neighbour lies under the pointer.
    visit.page.evaluate(
        "([lat, lon]) => void chuangtu.maps()[0].map.setView([lat, lon], 17, {animate: false})",
        [site["lat"], site["lon"]],
    )
    atlas.click_at(visit.page, (site["lat"], site["lon"]), down=1)
    card = visit.page.locator(".ct-card")
    expect(card).to_contain_text(site["name_zh"])
    expect(card).to_contain_text(site["address"])
    atlas.settled(visit.page)
    assert address(visit.page) == {"at": ["site:sh-m50"]}
    atlas.assert_clean(visit)


def test_click_on_a_district_shows_its_facts(page_factory: PageFactory) -> None:
    visit = page_factory()
    atlas.drawn(visit.page)
    atlas.click_at(visit.page, district("310151"))
    expect(visit.page.locator(".ct-card h2")).to_have_text("崇明区")
    atlas.settled(visit.page)
    assert address(visit.page) == {"at": ["district:310151"]}


def test_copied_link_reproduces_the_view(page_factory: PageFactory) -> None:
    first = page_factory("/?lang=en").page
    atlas.drawn(first)
    choose(first, "Kind", "Base")
    atlas.wait_for(first, "painted", int((LOCATED["kind"] == "base").sum()))
    atlas.settled(first)
    first.get_by_role("button", name="Copy link").click()
    link = atlas.copied_link(first)
    assert "kind=base" in link, link
    second = page_factory(link.removeprefix(link.split("/?")[0])).page
    again = atlas.drawn(second)
    atlas.wait_for(again, "painted", atlas.state(first)["painted"])
    assert atlas.state(again)["language"] == "en"
    assert atlas.headline(second) == atlas.headline(first)


def test_back_returns_to_the_view_before(page_factory: PageFactory) -> None:
    page = page_factory().page
    atlas.drawn(page)
    before = atlas.headline(page)
    choose(page, "类型", "基地")
    expect(page.locator("h1.ct-wide")).not_to_have_text(before)
    atlas.settled(page)
    page.keyboard.press("Escape")
    page.go_back()
    expect(page.locator("h1.ct-wide")).to_have_text(before)
    atlas.wait_for(page, "painted", len(LOCATED))
    assert address(page) == {}


def test_pages_share_region_and_language(page_factory: PageFactory) -> None:
    page = page_factory("/?lang=en&region=harbin").page
    atlas.drawn(page)
    page.get_by_role("navigation").get_by_role("link", name="Districts").click()
    expect(page.locator("h1.ct-wide")).to_contain_text("Harbin")
    expect(page.locator("h1.ct-wide")).to_contain_text("per 100 km²")
    atlas.settled(page)
    assert address(page) == {"lang": ["en"], "region": ["harbin"]}


def test_unknown_value_in_the_address_opens_the_page_with_a_notice(
    page_factory: PageFactory,
) -> None:
    visit = page_factory("/?region=<img src=x onerror=alert(1)>&radius=1e9")
    atlas.drawn(visit.page)
    notices = visit.page.get_by_test_id("stAlert")
    expect(notices).to_have_count(1)
    expect(notices).to_contain_text("<img src=x onerror=alert(1)>")
    expect(notices).to_contain_text("半径 1e9")
    atlas.assert_clean(visit)


def feature_count(path: Path) -> int:
    """Rows of a file as GDAL counts them."""
    told = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-so", str(path)],  # noqa: S607
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert "WGS 84" in told
    return int(told.split("Feature Count: ")[1].split()[0])


def test_downloads_hold_what_is_on_the_screen(page_factory: PageFactory, tmp_path: Path) -> None:
    visit = page_factory("/?kind=base")
    page = visit.page
    atlas.drawn(page)
    mounted = atlas.state(page)["mounted"]
    shown = SITES[SITES["kind"] == "base"]
    files: dict[str, Path] = {}
    page.get_by_role("button", name="下载", exact=True).click()
    for kind, label, name in (
        ("sites", "GeoJSON", "sites.geojson"),
        ("sites", "CSV", "sites.csv"),
        ("districts", "GeoJSON", "districts.geojson"),
        ("districts", "CSV", "districts.csv"),
    ):
        button = page.locator(f".st-key-files_{kind}").get_by_role("button", name=label, exact=True)
        with page.expect_download() as download:
            button.click()
        files[name] = tmp_path / name
        download.value.save_as(files[name])
    sites = gpd.read_file(files["sites.geojson"])
    assert feature_count(files["sites.geojson"]) == len(sites) == len(shown)
    assert list(sites["id"]) == list(shown["id"])
    assert list(sites["name_zh"]) == list(shown["name_zh"])
    assert sites.crs is not None
    assert sites.crs.to_authority() in {("OGC", "CRS84"), ("EPSG", "4326")}
    districts = gpd.read_file(files["districts.geojson"])
    assert feature_count(files["districts.geojson"]) == len(districts) == 16
    assert districts["n"].sum() == shown["adcode"].notna().sum()
    assert files["sites.csv"].read_bytes().startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(BytesIO(files["sites.csv"].read_bytes()), dtype={"adcode": str})
    assert list(table["id"]) == list(shown["id"])
    assert len(pd.read_csv(files["districts.csv"])) == 16
    # The page is where it was.
    assert atlas.state(page)["mounted"] == mounted
    assert atlas.state(page)["painted"] == int((LOCATED["kind"] == "base").sum())
    atlas.assert_clean(visit)


def test_phone_shows_the_map_first_and_nothing_is_wider_than_the_screen(
    page_factory: PageFactory,
) -> None:
    visit = page_factory("/?at=site:sh-m50", width=390, height=844)
    page = visit.page
    atlas.drawn(page)
    atlas.wait_for(page, "painted", len(LOCATED))
    atlas.settled(page)
    width = page.evaluate("() => document.querySelector('.stMain').scrollWidth")
    assert width <= 390
    box = page.locator(".ct-map").bounding_box()
    sentence = page.locator("h1.ct-narrow").bounding_box()
    assert box is not None
    assert sentence is not None
    assert box["y"] < 200
    assert box["y"] + box["height"] <= sentence["y"]
    atlas.assert_clean(visit)


def test_back_to_another_page_returns_to_its_view(page_factory: PageFactory) -> None:
    page = page_factory("/").page
    atlas.drawn(page)
    before = atlas.headline(page)
    page.get_by_role("navigation").get_by_role("link", name="区县").click()
    expect(page.locator("h1.ct-wide")).to_contain_text("密度最高")
    atlas.settled(page)
    page.get_by_test_id("stSelectbox").first.click()
    page.get_by_role("option", name="哈尔滨市").click()
    expect(page.locator("h1.ct-wide")).to_contain_text("哈尔滨")
    atlas.settled(page)
    page.go_back()
    expect(page.locator("h1.ct-wide")).to_contain_text("上海")
    page.go_back()
    expect(page.locator("h1.ct-wide")).to_have_text(before)


def test_the_same_place_can_be_chosen_again(page_factory: PageFactory) -> None:
    page = page_factory().page
    atlas.drawn(page)
    title = page.locator(".ct-card h2")
    atlas.click_at(page, district("310151"))
    expect(title).to_have_text("崇明区")
    atlas.settled(page)
    atlas.click_at(page, district("310116"))
    expect(title).to_have_text("金山区")
    atlas.settled(page)
    page.go_back()
    expect(title).to_have_text("崇明区")
    atlas.settled(page)
    atlas.click_at(page, district("310116"))
    expect(title).to_have_text("金山区")


def test_quotients_on_the_screen_are_in_table_and_report(page_factory: PageFactory) -> None:
    asked = "/districts?region=guangdong&by=lq&focus=ind&kind=park&parts=cover,sources,ranking"
    page = page_factory(asked).page
    atlas.drawn(page)
    page.get_by_role("button", name="下载", exact=True).click()
    with page.expect_download() as download:
        page.locator(".st-key-files_cities").get_by_role("button", name="CSV", exact=True).click()
    table = pd.read_csv(download.value.path(), dtype={"adcode": str}).set_index("adcode")
    shown = page.locator(".ct-bars tr").filter(has_text="深圳市").locator("td").nth(1).inner_text()
    assert f"{float(table['lq'].to_dict()['440300']):.2f}" == shown
    assert table["filters"].unique().tolist() == ["kind: park"]
    assert "filtered" in download.value.suggested_filename
    page.keyboard.press("Escape")
    report = docx.Document(reported(page, without="封面", kind="Word"))
    assert address(page)["parts"] == ["sources,ranking"]
    headings = [each.text for each in report.paragraphs if each.style.name == "Heading 1"]  # type: ignore[union-attr]
    assert headings == ["来源", "排名"]
    rows = {row.cells[1].text: row.cells[2].text for row in report.tables[0].rows}
    assert rows["深圳市"] == shown


def reported(page: Page, *, without: str, kind: str) -> str:
    """Have the report made without a part, and return where the browser puts it."""
    page.get_by_role("button", name="汇报材料").click()
    tags = page.get_by_test_id("stPopoverBody").locator("[data-tag]").filter(visible=True)
    tags.filter(has_text=without).locator("button").click()
    expect(tags.filter(has_text=without)).to_have_count(0)
    page.get_by_role("button", name=kind, exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=f"下载 {kind}").click()
    return str(download.value.path())
