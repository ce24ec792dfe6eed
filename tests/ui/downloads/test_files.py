"""Files of a page: every column explained, filters and words of the reader's language inside."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
from openpyxl import load_workbook

from geo.facts import dictionary
from geo.settings import LANGUAGES
from tests.ui import states
from ui.cached import indicators
from ui.downloads import files
from ui.filters import finding, wording
from ui.state import pages

if TYPE_CHECKING:
    from pathlib import Path

    from geo.measures.indicator_list import Rule
    from geo.settings import Language
    from ui.state.view import PageView

PARKS: dict[str, Any] = {
    "region": "guangdong",
    "sector": ("fas", "ind"),
    "kind": ("park",),
    "opened_since": "2000",
}


def view(lang: Language = "zh", **asked: object) -> PageView[pages.Find]:
    return states.view(pages.Find, lang, **asked)


def unexplained(names: list[str], table: dictionary.Table) -> list[str]:
    found = dictionary.describe(names, table=table)
    return [each.name for each in found if not each.known]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_of_the_sites_is_explained(lang: Language) -> None:
    shown = view(lang, **PARKS)
    frame = files.labelled(shown, finding.results(shown))
    names = [name for name in frame.columns if name != "geometry"]
    assert unexplained([*names, *files.columns(shown, "sites")], "sites") == []


@pytest.mark.parametrize("until", ["", "2015"])
@pytest.mark.parametrize("by", ["area", "lq"])
@pytest.mark.parametrize(("unit", "table"), [("district", "districts"), ("city", "cities")])
def test_every_column_of_the_units_is_explained(
    unit: str, table: dictionary.Table, by: str, until: str
) -> None:
    frame = files.districts(
        states.view(pages.Districts, region="guangdong", unit=unit, by=by, until=until)
    ).reset_index()
    names = [name for name in frame.columns if name != "geometry"]
    assert unexplained(names, table) == []


@pytest.mark.parametrize("name", list(files.FORMATS))
@pytest.mark.parametrize("table", ["sites", "shortlist", "cities"])
def test_every_format_of_every_table_is_made_and_is_the_same_twice(
    name: str, table: dictionary.Table
) -> None:
    shown = view(**PARKS)
    frame = files.districts(shown) if table == "cities" else finding.results(shown)
    first = files.build(shown, name, table=table, frame=frame)
    assert first == files.build(shown, name, table=table, frame=frame)
    assert len(first) > 500


def test_filters_are_in_the_files_as_codes_and_in_words() -> None:
    shown = view(**PARKS)
    assert wording.codes(shown) == {
        "sector": ["fas", "ind"],
        "kind": ["park"],
        "opened_since": ["2000"],
    }
    rows = finding.results(shown)
    told = json.loads(files.build(shown, "geojson", table="sites", frame=rows))
    assert told["metadata"]["filters"] == wording.codes(shown)
    assert told["metadata"]["columns"]["kind"]["title"] == "类型"
    table = pd.read_csv(BytesIO(files.build(shown, "csv", table="sites", frame=rows)))
    assert table["filters"].unique().tolist() == [
        "sector: fas, ind; kind: park; opened_since: 2000"
    ]
    assert wording.words(shown)["类型"] == "园区"
    book = load_workbook(BytesIO(files.build(shown, "excel", table="sites", frame=rows)))
    about = [str(cell.value) for row in book.worksheets[-1].iter_rows() for cell in row]
    assert any("类型：园区" in cell for cell in about)


def test_geopackage_of_a_filter_holds_its_rows_and_unlocated_ones(tmp_path: Path) -> None:
    shown = view(region="guangdong", precision=("none", "building"))
    rows = finding.results(shown)
    path = tmp_path / "sites.gpkg"
    path.write_bytes(files.build(shown, "geopackage", table="sites", frame=rows))
    read = gpd.read_file(path)
    assert list(read["id"]) == list(rows["id"])
    assert list(read["name_zh"]) == list(rows["name_zh"])
    assert int(read.geometry.isna().sum()) == int(rows.geometry.is_empty.sum()) > 0


def test_match_all_and_distance_are_told_in_words() -> None:
    shown = view(
        "en", sector=("fas", "art"), match="all", near="121.47,31.23", within_km="5", text="M50"
    )
    told = wording.words(shown)
    assert told["Several sectors"] == "all"
    assert told["Search"] == "M50"
    assert "within 5 km" in told["Distance"]
    assert wording.codes(shown)["match"] == ["all"]


def test_shortlist_tells_no_filters_of_the_page() -> None:
    shown = view(region="shanghai", sector=("film",), text="m50", pick=("gd-ind-design-city",))
    told = files.about(shown, "shortlist")
    assert told.filters == {}
    assert "广东" in told.title
    assert "上海" not in told.title
    assert files.about(shown, "sites").filters


def test_distance_to_no_place_is_no_filter() -> None:
    assert wording.codes(view(within_km="5")) == {}
    assert wording.codes(view(near="121.47,31.23", within_km="5")) == {
        "near": ["121.47,31.23"],
        "within_km": ["5"],
    }


@pytest.mark.parametrize("table", ["sites", "districts"])
def test_every_file_tells_its_method_and_licence(table: dictionary.Table) -> None:
    told = files.about(view(), table)
    assert told.method
    assert told.licence
    assert told.boundaries


@pytest.mark.parametrize("rule", ["quantiles", "natural"])
def test_files_of_a_map_tell_its_classes(rule: Rule) -> None:
    shown = states.view(
        pages.Districts, by="coverage", classes=rule, region="guangdong", unit="city"
    )
    limits = list(indicators.breaks(shown.query, "coverage", rule))
    frame = files.districts(shown)
    told = json.loads(files.build(shown, "geojson", table="cities", frame=frame))["metadata"]
    assert (told["indicator"], told["classes"]) == ("coverage", rule)
    assert told["class_limits"] == limits
    assert told["method"]["classes"].startswith("地图的分级")
    rows = pd.read_csv(BytesIO(files.build(shown, "csv", table="cities", frame=frame)))
    (parameters,) = rows["parameters"].unique()
    assert f"indicator: coverage; classes: {rule}; class_limits: " in parameters
    assert [float(each) for each in parameters.rpartition(": ")[2].split(", ")] == (
        pytest.approx(limits, rel=1e-5)
    )
    # Beside its peers a district has no classes.
    assert "classes" not in files.about(states.view(pages.Districts, view="peers"), "cities").method
