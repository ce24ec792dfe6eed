"""Script in every text that a stranger can bring: it is shown on every page, and runs on none."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import openpyxl
import pyogrio
import pytest
from playwright.sync_api import expect

from geo.intake import columns, placing, sites
from geo.intake.plan import Plan
from geo.intake.validation import take_in
from geo.workspaces.content import Workspace
from tests.browser import atlas
from tests.geo import toy_layout, toy_layout_files
from tests.geo.intake.files import table
from tests.visit import record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

    from geo.workspaces.folder import Folder
    from geo.workspaces.keys import Keys
    from tests.visit import Visit

SCRIPT: Final = (
    "</script><script>hit=1</script><img src=x onerror=hit=1><svg onload=hit=1>${hit=1}`{{7*7}}"
    "[a](javascript:hit=1)$\\frac{1}{2}$'\""
)
TURNING: Final = "\u202e"
"""Turns what follows it round; a layout refuses it, see `tests/geo/policy`."""

FORMULA: Final = "=cmd|' /C calc'!A0"
LINK: Final = "javascript:hit=1"
LEAST: Final = "<img src=x onerror=hit=1>"
"""As much of it as the name of a sheet holds."""

DISTRICTS: Final = ("江岸区", "汉阳区", "洪山区", "汉阳区")
RAN: Final = """() => ({
    hit: typeof hit,
    images: document.querySelectorAll("img[src$='/x'], img[src='x'], svg[onload]").length,
    links: document.querySelectorAll("a[href^='javascript:' i]").length,
    formulas: document.querySelectorAll(".katex").length,
})"""
NOTHING: Final = {"hit": "undefined", "images": 0, "links": 0, "formulas": 0}


def planted() -> Workspace:
    """Return a workspace with script in each of its texts."""
    columns_: dict[str, list[object]] = {
        "名称": [f"{at}{SCRIPT}{TURNING}" for at in range(4)],
        "经度": [114.3001, 114.2101, None, 114.2205],
        "纬度": [30.6002, 30.5503, None, 30.5602],
        "区县": list(DISTRICTS),
        "地址": [SCRIPT, FORMULA, LINK, SCRIPT],
        "类别": ["园区", SCRIPT, FORMULA, "园区"],
        "行业": [SCRIPT, FORMULA, "动漫", LINK],
        "备注": [SCRIPT, FORMULA, LINK, f"@{SCRIPT}"],
        f"自己的{SCRIPT}": [SCRIPT, FORMULA, LINK, f"+{SCRIPT}"],
    }
    raw = table(**columns_)
    held = columns.recognise(raw.cells)
    units = placing.region_of("420100")
    kept = take_in(raw, Plan(columns=held, region=units)).kept
    rows = sites.of_kept(kept, held, region="", source=f"{SCRIPT}.csv")
    ids = tuple(rows["id"])
    return Workspace(
        name=f"工作区{SCRIPT}{TURNING}",
        sites=rows,
        region=units,
        source=f"{SCRIPT}.csv",
        shortlists={SCRIPT: ids},
        notes={ids[0]: SCRIPT, "420102": SCRIPT},
    )


def workbook(folder: Path) -> Path:
    """Write a workbook of two sheets with script in its name, its sheets, headings and cells."""
    book = openpyxl.Workbook()
    for name in (LEAST, f"2{LEAST}"):
        sheet = book.create_sheet(name)
        sheet.append(
            ["名称", "区县", "经度（WGS84）", "纬度（WGS84）", f"备注{SCRIPT}", f"列{SCRIPT}"]
        )
        for at, district in enumerate(DISTRICTS):
            row = [f"{at}{SCRIPT}", district, 114.3001, 30.6002, SCRIPT, FORMULA]
            sheet.append(row)
        sheet.append([SCRIPT] * 6)
    book.remove(book.worksheets[0])
    file = folder / f"{SCRIPT.replace('/', '')}.xlsx"
    book.save(file)
    return file


def layout(folder: Path) -> Path:
    """Write a layout with script in each of its texts."""
    own = toy_layout_files.wuhan()
    texts = ("name_zh", "name_en", "pattern_zh", "pattern_en", "summary_zh", "summary_en")
    said = dict.fromkeys(texts, SCRIPT)
    roles = {
        name: SCRIPT for name in ("role_zh", "role_en", "section", *texts) if "pattern" not in name
    }
    citation = {"title_zh": SCRIPT, "title_en": SCRIPT, "issued": "2030-01", "issuer": SCRIPT}
    elements = [
        toy_layout.element("one", "core", {"districts": ["420102"]}) | roles,
        toy_layout.element("two", "node", {"districts": ["420106"]}) | roles,
    ]
    place = own["place"] | {"name_zh": SCRIPT, "name_en": SCRIPT}
    made = own | said | {"citation": citation, "elements": elements, "links": [], "place": place}
    return toy_layout_files.write(folder, made)


@pytest.fixture(scope="module")
def keys(workspaces: Folder) -> Keys:
    return workspaces.create(planted())


@pytest.fixture
def visit(context: BrowserContext) -> Iterator[Visit]:
    found = record(context)
    # A dialog that nobody expects would be dismissed unseen.
    found.page.on("dialog", lambda dialog: found.page_errors.append(dialog.message))
    found.page.set_viewport_size({"width": 1440, "height": 900})
    with found.page:
        yield found


def open_popovers(page: Page) -> None:
    """Open every menu of the page once."""
    buttons = page.locator('[data-testid="stPopover"] button')
    for at in range(buttons.count()):
        buttons.nth(at).click()
        page.keyboard.press("Escape")


def hover_over_sites(page: Page) -> None:
    """Point at the first site of the first map."""
    spot = page.evaluate(
        """() => {
            const {map, byId} = chuangtu.maps()[0];
            const site = [...byId.values()][0];
            if (!site) return null;
            const point = map.latLngToContainerPoint(site.getLatLng());
            const box = map.getContainer().getBoundingClientRect();
            return [point.x + box.x, point.y + box.y];
        }"""
    )
    if spot:
        page.mouse.move(*spot)


def assert_nothing_ran(visit: Visit, *, told: bool = True) -> None:
    """Nothing of what was planted runs, loads or is set as a formula; it is there as text."""
    assert visit.page.evaluate(RAN) == NOTHING
    assert ("onerror=hit=1" in visit.page.locator("body").inner_text()) is told
    atlas.assert_clean(visit)


def test_no_page_of_a_workspace_runs_what_its_owner_wrote(
    visit: Visit, server: str, keys: Keys
) -> None:
    page, region = visit.page, f"ws-{keys.read}"
    ids = "2,3,4,5"
    for path, query in (
        ("/", {"at": "site:2"}),
        ("/districts", {"compare": "420102,420105"}),
        ("/find", {"pick": ids, "versus": ids, "at": "site:2"}),
        ("/site", {"id": f"{region}/2", "pick": ids}),
        ("/layouts", {}),
        ("/targets", {}),
        ("/data", {"show": "compare"}),
    ):
        asked = query if "id" in query else {"region": region, **query}
        page.goto(f"{server}{path}?{urlencode(asked, safe=',:/')}")
        atlas.settled(page)
        if page.locator(".st-key-map, .st-key-find_map, .st-key-site_map").count():
            atlas.drawn(page)
            hover_over_sites(page)
        open_popovers(page)
        # 目标 is not about the region, and a closed choice holds its text as a value.
        assert_nothing_ran(visit, told=path not in {"/targets", "/data"})
        # A site's own name is all that its headline says.
        assert path == "/site" or TURNING not in atlas.headline(page)
    page.goto(f"{server}/report?{urlencode({'region': region, 'pick': ids}, safe=',')}")
    assert_nothing_ran(visit)


def test_no_file_of_a_workspace_holds_a_formula_or_markup(
    visit: Visit, server: str, keys: Keys, tmp_path: Path
) -> None:
    page = visit.page
    page.goto(f"{server}/?region=ws-{keys.read}")
    atlas.settled(page)
    page.get_by_role("button", name="下载", exact=True).click()
    files = {}
    for label in ("CSV", "Excel", "KML", "GeoJSON", "GeoPackage"):
        button = page.locator(".st-key-files_sites").get_by_role("button", name=label, exact=True)
        with page.expect_download() as download:
            button.click()
        files[label] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[label])
    sheets = openpyxl.load_workbook(files["Excel"]).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    rows = csv.reader(files["CSV"].read_text("utf-8-sig").splitlines())
    texts = [*(str(cell.value) for cell in cells), *(text for row in rows for text in row)]
    assert sum("cmd|" in text for text in texts) > 3
    assert [text for text in texts if text.startswith(tuple("=+-@"))] == []
    told = ET.parse(files["KML"]).iter("{http://www.opengis.net/kml/2.2}description")  # noqa: S314 - ours
    assert [each.text for each in told if each.text and "<script" in each.text] == []
    # Formats for programs keep a text to the letter: it is data there, whatever it looks like.
    features = json.loads(files["GeoJSON"].read_text("utf-8"))["features"]
    rows_of_gpkg = pyogrio.read_dataframe(files["GeoPackage"], layer="sites").to_dict("records")
    for held in ([each["properties"] for each in features], rows_of_gpkg):
        assert sorted(row["name_zh"] for row in held) == [
            f"{at}{SCRIPT}{TURNING}" for at in range(4)
        ]
        assert {FORMULA, LINK} <= {str(text) for row in held for text in row.values()}


def test_no_step_of_a_file_and_no_comparison_runs_what_it_says(
    visit: Visit, server: str, keys: Keys, tmp_path: Path
) -> None:
    page = visit.page
    page.goto(f"{server}/data")
    atlas.settled(page)
    page.locator("input[type=file]").set_input_files(workbook(tmp_path))
    expect(page.locator(".ct-preview")).to_be_visible()
    atlas.settled(page)
    open_popovers(page)
    page.locator("[data-said]").first.focus()
    assert_nothing_ran(visit)
    page.locator(".st-key-intake_go_on button").click()
    expect(page.locator(".ct-figures")).to_be_visible()
    atlas.settled(page)
    atlas.drawn(page)
    hover_over_sites(page)
    assert_nothing_ran(visit)
    page.get_by_text("对比另一份名录").click()
    expect(page.locator("#compare_link, .st-key-compare_link input").first).to_be_visible()
    link = page.locator(".st-key-compare_link input")
    link.fill(f"{server}/?region=ws-{keys.read}")
    link.press("Enter")
    expect(page.locator(".ct-compared-list").first).to_be_visible()
    atlas.settled(page)
    atlas.drawn(page)
    assert quote(keys.read) not in page.url
    assert_nothing_ran(visit)


def test_no_layout_and_no_map_file_runs_what_it_says(
    visit: Visit, server: str, keys: Keys, tmp_path: Path
) -> None:
    page = visit.page
    page.goto(f"{server}/layouts?region=ws-{keys.read}")
    atlas.settled(page)
    page.get_by_role("button", name="我的布局").click()
    page.locator("input[type=file]").set_input_files(layout(tmp_path))
    expect(page.locator("[data-tool=select]")).to_be_visible()
    atlas.settled(page)
    atlas.drawn(page)
    page.locator(".ct-draft-row").first.hover()
    assert_nothing_ran(visit)
    page.get_by_role("button", name="下载", exact=True).click()
    for label in ("布局 TOML（可再载入）", "地图 HTML（断网可开）"):
        file = atlas.downloaded(page, label, tmp_path)
    page.goto(file.as_uri())
    page.wait_for_function("document.querySelector('.folium-map').chuangtu.state.elements > 0")
    assert_nothing_ran(visit)
