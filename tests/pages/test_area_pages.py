"""Pages of a region with areas of its own: they count, filter, rank and draw by these."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest

from geo.facts import own_regions
from geo.intake import columns, placing, sites
from geo.intake.own_districts import recognised, survey
from geo.intake.plan import Plan
from geo.intake.readers import read
from geo.intake.validation import take_in
from geo.policy import draft as drafts
from geo.policy import reader, writer
from geo.settings import LANGUAGES
from geo.workspaces.content import Workspace
from geo.workspaces.region import own_region
from tests import areas
from tests.geo.intake.files import table
from tests.pages.conftest import address, headline, words
from ui.cached import indicators
from ui.downloads import files
from ui.layouts.draft import drawing, work
from ui.report.document import report
from ui.state.address import parse
from ui.state.pages import Districts, Find
from ui.state.view import PageView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.pages.conftest import Open

WUHAN = f"{own_regions.PREFIX}areas-of-pages"
NAMES = ("江滩里文创园", "古琴台设计工场", "南湖工业设计中心", "月湖动漫园", "城外园")
WHERE = {0: (114.25, 30.52), 1: (114.345, 30.45), 3: (114.345, 30.46), 4: (114.3, 30.58)}
"""In 江北片, twice where 汉阳片 and 光谷片 overlap, in the hole; the third is known nowhere."""


@pytest.fixture(autouse=True)
def region() -> Iterator[own_regions.OwnRegion]:
    raw = table(
        名称=list(NAMES),
        经度=[WHERE.get(n, (None, None))[0] for n in range(5)],
        纬度=[WHERE.get(n, (None, None))[1] for n in range(5)],
        区县=["江岸区", "汉阳区", "洪山区", None, None],
        行业=["视觉传达", "工业设计", "工业设计", "动漫", "动漫"],
    )
    held = columns.recognise(raw.cells)
    units = placing.region_of("420100")
    kept = take_in(raw, Plan(columns=held, region=units)).kept
    file = read("片区.geojson", areas.geojson(areas.of_wuhan()))
    content = Workspace(
        name="武汉（片区）",
        sites=sites.of_kept(kept, held, region=WUHAN, source="list.csv"),
        region=units,
        boundaries=survey(file, recognised(file)).areas,
    )
    made = own_region(content, id_=WUHAN)
    own_regions.remember(made)
    yield made
    own_regions.forget(WUHAN)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "page", ["overview", "districts", "find", "clusters", "siting", "layouts", "targets", "data"]
)
def test_every_page_opens_and_speaks_of_areas(run_page: Open, page: str, lang: str) -> None:
    app = run_page(page, region=WUHAN, lang=lang)
    assert not app.exception
    assert not app.warning
    said = words(app)
    if page in {"overview", "districts"}:
        assert ("片区" if lang == "zh" else "area") in headline(app)
        assert ("区县" if lang == "zh" else "istrict") not in said.replace("Districts", "", 1)
        assert "None" not in said
        assert "nan" not in said


@pytest.mark.parametrize("by", ["area", "people", "coverage", "count", "lq"])
def test_areas_are_ranked_by_every_figure(run_page: Open, by: str) -> None:
    app = run_page("districts", region=WUHAN, by=by, compare="江北片,光谷片")
    assert not app.exception
    assert address(app)["compare"] == "江北片,光谷片"
    said = words(app)
    assert "江北片" in said
    assert "— 年" not in said


def test_sites_are_filtered_and_told_by_area(run_page: Open) -> None:
    said = words(run_page("find", region=WUHAN, district="光谷片"))
    assert NAMES[1] in said
    assert NAMES[3] in said
    assert NAMES[0] not in said
    app = run_page("site", id=f"{WUHAN}/2")
    assert not app.exception
    assert "江北片" in words(app)
    away = words(run_page("site", id=f"{WUHAN}/4"))
    assert "洪山区" in away
    assert "光谷片" not in away


def test_sites_in_no_area_are_told(run_page: Open) -> None:
    said = words(run_page("districts", region=WUHAN))
    assert "1 处没有坐标，不知在哪个片区" in said
    assert "1 处不在任何片区里" in said
    assert "不知在哪个片区 1" in words(run_page("overview", region=WUHAN))


def test_an_area_is_chosen_on_the_map(run_page: Open) -> None:
    app = run_page("overview", region=WUHAN, at="district:光谷片")
    assert not app.exception
    assert address(app)["at"] == "district:光谷片"
    assert "光谷片" in words(app)


def test_downloads_hold_the_areas(region: own_regions.OwnRegion) -> None:
    view = PageView(Districts.of(parse({"region": WUHAN}, Districts.fields()).values))
    frame = indicators.units(view.query).join(indicators.table(view.query)[["n", "per_100_km2"]])
    made = files.build(view, "geojson", table="districts", frame=frame)
    back = gpd.read_file(BytesIO(made)).set_index("name_zh")
    assert back["n"].to_dict() == {"江北片": 1, "青山片": 0, "汉阳片": 0, "光谷片": 2, "远郊片": 0}
    assert region.areas is not None
    found = PageView(Find.of(parse({"region": WUHAN}, Find.fields()).values))
    content = files.build(found, "csv", table="sites", frame=indicators.sites(found.query))
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            content = packed.read(next(n for n in packed.namelist() if n.endswith(".csv")))
    listed = pd.read_csv(BytesIO(content)).set_index("name_zh")["district"]
    assert listed[NAMES[1]] == "光谷片"
    assert pd.isna(listed[NAMES[2]])
    assert pd.isna(listed[NAMES[4]])


def test_a_layout_is_drawn_on_areas_scored_and_loaded_again(run_page: Open) -> None:
    app = run_page("layouts", region=WUHAN)
    button = next(each for each in app.button if "没有底稿" in each.label)
    app = button.click().run()
    app.selectbox(key="draft_add_0-0_tool").select("core")
    app.text_area(key="draft_add_0-0_where").input("光谷片")
    [add] = [each for each in app.button if each.label == "添加"]
    app = add.click().run()
    assert not app.exception
    held = app.session_state["layout_draft"]
    assert isinstance(held, work.Work)
    [element] = held.draft.layout.elements
    assert element.extent.districts == ("光谷片",)
    extent = drawing.place(held.draft.layout, "node", "114.25, 30.52", precision="street")
    assert extent == {"districts": ["江北片"]}
    text = writer.to_toml(held.draft.layout).encode()
    again = reader.read_upload(text, name="mine", region=WUHAN)
    assert not isinstance(again, list), again
    assert drafts.loaded(again).layout.elements == held.draft.layout.elements
    elsewhere = reader.read_upload(text, name="mine")
    assert isinstance(elsewhere, list)
    assert "adcode" in elsewhere[0]


def test_a_report_tells_of_areas(region: own_regions.OwnRegion) -> None:
    picked = ",".join(region.sites["id"].iloc[[0, 2, 4]])
    made = report({"region": WUHAN, "pick": picked}, here="http://x/report")
    assert made.has_sites
    said = made.html
    assert "江北片" in said
    assert "所在片区密度" in said
    assert "片区界线" in said
    assert "所在区县" not in said
