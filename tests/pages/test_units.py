"""区县 in other units: the same sites in districts and in squares."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest

from geo.measures import areal_indicators
from geo.measures.indicator_list import AREAL
from geo.settings import LANGUAGES
from tests.pages.conftest import headline, shown, words
from tests.reading import read
from tests.reading import words as text_of
from tests.ui.states import view
from ui.districts.units import division, files, sheet
from ui.filters import wording
from ui.state.pages import Districts

if TYPE_CHECKING:
    from geo.settings import Language
    from tests.pages.conftest import Open


@pytest.mark.parametrize(
    ("lang", "by"), [*(("zh", each) for each in AREAL), ("en", "area"), ("en", "lq")]
)
def test_three_maps_two_tables_and_a_sentence(run_page: Open, lang: Language, by: str) -> None:
    app = run_page("districts", lang=lang, view="units", by=by)
    assert not app.exception
    assert not app.warning
    asked = division.shown(view(Districts, lang, view="units", by=by))
    assert headline(app) == sheet.sentence(asked)
    figures = asked.found.figures
    assert all(f"{value:.2f}" in words(app) for value in figures["gini"])
    maps = [each.get("alt", "") for each in shown(app).iter("img")]
    assert len(maps) == len(set(maps)) == len(figures)


def test_only_filters_that_act_are_there_and_what_squares_lack_is_told(run_page: Open) -> None:
    app = run_page("districts", view="units", by="people")
    assert [each.value for each in app.warning] == ["地址里的 by=people 不认识，已忽略。"]
    (indicator,) = (each for each in app.selectbox if each.label == "指标")
    assert len(indicator.options) == len(AREAL)
    assert not app.text_input
    assert "每 10 万人的密度没有格" in words(app)
    # A quotient is of a sector, and needs them all; a coverage has its radius.
    labels = {each.label for each in run_page("districts", view="units", by="lq").selectbox}
    assert "行业" in labels
    assert run_page("districts", view="units", by="coverage").text_input


@pytest.mark.parametrize("by", AREAL)
def test_the_legend_counts_every_unit_of_every_division(by: str) -> None:
    asked = division.shown(
        view(Districts, region="guangdong", unit="district", view="units", by=by)
    )
    rows = [
        [int(text_of(cell).replace(",", "")) for cell in row.iter("td")]
        for row in read(sheet.legend(asked)).iter("tr")
    ]
    (head,) = (row for row in read(sheet.legend(asked)).iter("thead"))
    assert {len([*head.iter("th")]) - 1} == {len(row) for row in rows if row}
    totals = [sum(row) for row in rows if row]
    assert totals == asked.found.figures["units"].to_list()


@pytest.mark.parametrize("key", ["figures", "ranks"])
def test_files_have_the_rows_on_the_screen_and_their_method(key: str) -> None:
    asked = division.shown(view(Districts, "en", view="units", sector=("fas",)))
    table = pd.read_csv(io.BytesIO(files.as_csv(asked, key)), dtype={"adcode": str})
    assert table["filters"].eq("sector: fas").all()
    assert table["method"].eq(files.method(asked)).all()
    if key == "figures":
        assert table["n"].eq(asked.found.basis.used).all()
    else:
        assert table["n"].sum() == asked.found.basis.used
        assert table["name_en"].str.fullmatch(r"[A-Z][\w' ]+").all()


@pytest.mark.parametrize("by", AREAL)
def test_files_say_what_their_figures_hang_on(by: str) -> None:
    asked = division.shown(view(Districts, view="units", by=by, radius="2", focus="fas"))
    said = pd.read_csv(io.BytesIO(files.as_csv(asked, "ranks")))["parameters"][0].split("; ")
    assert f"indicator: {by}" in said
    assert ("radius_m: 2000.0" in said) == (by == "coverage")
    assert ("sector: fas" in said) == (by == "lq")


@pytest.mark.parametrize("by", ["area", "coverage", "lq"])
def test_squares_as_a_file_are_those_on_the_map(by: str) -> None:
    asked = division.shown(view(Districts, "en", view="units", by=by))
    content = json.loads(files.as_geojson(asked, 2))
    assert content["metadata"]["method"] == files.method(asked)
    assert content["metadata"]["class_limits"] == [*asked.limits]
    rows = gpd.GeoDataFrame.from_features(content["features"], crs="EPSG:4326")
    assert len(rows) == len(asked.drawn(2))
    assert rows[AREAL[by].column].notna().all()
    # Of equal area, 9 km², and each site in one of them.
    assert rows.to_crs("EPSG:6933").area.to_numpy() == pytest.approx(9e6, rel=0.01)
    if by == "area":
        assert rows["n"].sum() == asked.found.basis.used


def test_fixed_classes_are_the_same_in_every_region() -> None:
    limits = {
        division.shown(
            view(Districts, region=region, view="units", classes="fixed", sector=sector)
        ).limits
        for region, sector in (("shanghai", ()), ("harbin", ()), ("harbin", ("fas",)))
    }
    assert len(limits) == 1
    assert limits != {division.shown(view(Districts, region="harbin", view="units")).limits}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_sites_known_well_enough_the_page_says_so(run_page: Open, lang: Language) -> None:
    app = run_page("districts", lang=lang, view="units", region="jinan", kind="street")
    assert not app.exception
    asked = view(Districts, lang, view="units", region="jinan", kind=("street",))
    assert headline(app) == asked.t(
        "areal.headline_none", region=asked.region_short, what=wording.noun(asked, 2)
    )


def tied(ranks: pd.Series) -> pd.Series:
    return ranks.duplicated(keep=False)


@pytest.mark.parametrize(("region", "lang"), [("shanghai", "zh"), ("chongqing", "en")])
def test_ranks_that_change_point_where_they_go_and_ties_are_marked(
    region: str, lang: Language
) -> None:
    asked = division.shown(view(Districts, lang, region=region, view="units"))
    ranks = asked.measured.ranks.dropna(subset="rank").sort_values("rank")
    rows = [*read(sheet.ranks(asked)).iter("tr")][1:]
    cells = [[text_of(cell) for cell in row.iter("td")] for row in rows]
    mark = "并列" if lang == "zh" else "tied"
    for at, column in enumerate(["rank", "rank_1000m", "rank_3000m"]):
        assert [mark in row[at] for row in cells] == tied(ranks[column]).to_list()
        if at:
            arrows = [bool(re.search("[↑↓]", row[at])) for row in cells]
            moved = areal_indicators.moved(ranks, column.removeprefix("rank_")) != 0
            assert arrows == moved.to_list()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_headline_says_of_how_many_sites_it_speaks(lang: Language) -> None:
    asked = division.shown(view(Districts, lang, region="chongqing", view="units"))
    used, n = asked.found.basis.used, asked.found.basis.n
    assert used < n
    assert {"zh": f"{used} / {n} 处", "en": f"{used} of {n} "}[lang] in sheet.sentence(asked)
