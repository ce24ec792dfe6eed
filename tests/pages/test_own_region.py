"""What breaks: pages that know the catalogue's regions alone, or show one's own to others."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from geo.facts import catalog, own_regions
from geo.intake import columns, placing, sites
from geo.intake.plan import Plan
from geo.intake.validation import take_in
from geo.settings import LANGUAGES
from geo.workspaces.content import Workspace
from geo.workspaces.home import home
from tests import reading
from tests.geo.intake.files import table
from tests.pages.conftest import address, headline, shown, words
from tests.settings_in_use import use_settings
from ui.cached import indicators
from ui.downloads import files
from ui.report import document
from ui.state.address import parse
from ui.state.pages import Find
from ui.state.view import PageView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.pages.conftest import Open

WUHAN = f"{own_regions.PREFIX}wuhan-of-a-test"
PAGES = ("overview", "districts", "find", "clusters", "siting", "layouts", "targets", "data")
NAMES = ("江滩里文创园", "古琴台设计工场", "南湖工业设计中心", "月湖动漫园")


@pytest.fixture
def wuhan() -> Iterator[own_regions.OwnRegion]:
    """A list of four sites of Wuhan, one of which is known by its district alone."""
    raw = table(
        名称=list(NAMES),
        经度=[114.3001, 114.2101, None, 114.2205],
        纬度=[30.6002, 30.5503, None, 30.5602],
        区县=["江岸区", "汉阳区", "洪山区", "汉阳区"],
        行业=["视觉传达", "工业设计", "工业设计", "动漫"],
        类别=["园区", "园区", "设计中心", "园区"],
    )
    held = columns.recognise(raw.cells)
    units = placing.region_of("420100")
    kept = take_in(raw, Plan(columns=held, region=units)).kept
    region = own_regions.OwnRegion(
        id=WUHAN,
        name="武汉（自备）",
        units=units,
        sites=sites.of_kept(kept, held, region=WUHAN, source="list.csv"),
    )
    own_regions.remember(region)
    yield region
    own_regions.forget(WUHAN)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("wuhan")
def test_every_page_opens_on_a_region_of_ones_own(run_page: Open, page: str, lang: str) -> None:
    app = run_page(page, region=WUHAN, lang=lang)
    assert not app.exception
    assert not app.warning
    if page in {"overview", "districts", "find", "clusters", "layouts"}:
        assert "武汉（自备）" in headline(app)


@pytest.mark.usefixtures("wuhan")
def test_the_record_of_changes_has_nothing_of_it(run_page: Open) -> None:
    app = run_page("data", region=WUHAN, show="record")
    assert not app.exception
    assert "武汉（自备）" in headline(app)


@pytest.mark.usefixtures("wuhan")
def test_its_sites_are_counted_and_listed(run_page: Open) -> None:
    assert " 4 " in headline(run_page("overview", region=WUHAN))
    listed = words(run_page("find", region=WUHAN))
    assert all(name in listed for name in NAMES)


@pytest.mark.usefixtures("wuhan")
def test_its_sites_are_filtered_by_its_districts(run_page: Open) -> None:
    listed = words(run_page("find", region=WUHAN, district="420105"))
    assert [name for name in NAMES if name in listed] == [NAMES[1], NAMES[3]]


@pytest.mark.usefixtures("wuhan")
def test_the_source_of_its_figures_is_the_list(run_page: Open) -> None:
    said = words(run_page("overview", region=WUHAN))
    assert "自备名录“武汉（自备）”" in said
    assert catalog.catalogue_date().isoformat() not in said


@pytest.mark.usefixtures("wuhan")
def test_a_list_without_years_has_no_chart_of_them(run_page: Open) -> None:
    assert "开放与认定年份" not in words(run_page("overview", region=WUHAN))
    assert "开放与认定年份" in words(run_page("overview", region="shanghai"))


@pytest.mark.usefixtures("wuhan")
def test_a_site_of_ones_own_has_its_page(run_page: Open) -> None:
    app = run_page("site", id=f"{WUHAN}/2")
    assert not app.exception
    assert headline(app) == NAMES[0]
    assert "江岸区" in words(app)
    assert "记录在案的变更" not in words(app)


@pytest.mark.usefixtures("wuhan")
def test_its_report_is_of_the_list_and_says_a_name_once() -> None:
    for lang in LANGUAGES:
        asked = {"region": WUHAN, "pick": "2", "lang": lang}
        page = document.report(asked, here="http://x/report").html
        assert "“武汉（自备）”" in page
        assert catalog.catalogue_date().isoformat() not in page
        (row, *_) = page.split("<tbody>")[1].split("</tr>")
        assert row.count(NAMES[0]) == 1


@pytest.mark.usefixtures("wuhan")
def test_pages_of_the_catalogue_do_not_know_it(run_page: Open) -> None:
    for page in ("overview", "find"):
        said = words(run_page(page, region="shanghai", text="江滩里" if page == "find" else ""))
        assert "武汉（自备）" not in said
    assert not set(NAMES) & set(catalog.sites(scope=catalog.WIDE)["name_zh"])


def test_a_region_that_is_not_open_is_refused_like_any_other(run_page: Open) -> None:
    app = run_page("overview", region=f"{own_regions.PREFIX}nobody")
    assert not app.exception
    assert "上海" in headline(app)
    assert reading.words(shown(app))


@pytest.mark.usefixtures("wuhan")
def test_a_workspace_is_opened_by_its_link_and_followed_when_it_is_saved(
    run_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought = own_regions.known(WUHAN)
    assert brought is not None
    content = Workspace(name="武汉名录", sites=brought.sites, region=brought.units)
    use_settings(monkeypatch, workspaces=tmp_path)
    keys = home().create(content)
    link = own_regions.PREFIX + keys.read
    assert " 4 " in headline(run_page("overview", region=link))
    fewer = Workspace(name="武汉名录", sites=brought.sites.head(3), region=brought.units)
    home().save(keys.write, fewer, based_on=1)
    app = run_page("overview", region=link)
    assert " 3 " in headline(app)
    assert "武汉名录" in headline(app)
    written = run_page("overview", region=own_regions.PREFIX + keys.write)
    assert keys.write not in address(written)["region"]
    home().delete(keys.write)
    assert "上海" in headline(run_page("overview", region=link))


def test_no_file_that_is_handed_on_holds_the_key_of_a_workspace(
    wuhan: own_regions.OwnRegion,
) -> None:
    view = PageView(Find.of(parse({"region": WUHAN}, Find.fields()).values))
    frame = indicators.sites(view.query)
    assert len(frame) == len(wuhan.sites)
    for name in ("geojson", "csv", "excel", "kml"):
        made = files.build(view, name, table="sites", frame=frame)
        content = made
        if name == "excel":
            with zipfile.ZipFile(io.BytesIO(made)) as book:
                content = b"".join(map(book.read, book.namelist()))
        assert WUHAN.encode() not in content, name
