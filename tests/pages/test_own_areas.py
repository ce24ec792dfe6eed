"""Areas of one's own in place of districts: chosen, told of, saved, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.settings import LANGUAGES
from geo.workspaces.home import home
from tests import areas, lists
from tests.pages.conftest import words
from tests.pages.test_upload import bring, on
from tests.settings_in_use import use_settings
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

WUHAN = lists.wuhan()
OWN = areas.of_wuhan()
AWAY = "不详园,武昌区,,,园区,\r\n".encode("gb18030")


def choose(app: AppTest, content: bytes, file: str = "片区.geojson") -> AppTest:
    """Choose a file of areas in the step of the result."""
    app.file_uploader[0].set_value((file, content, "application/octet-stream"))
    app.run()
    assert not app.exception
    return app


def at_result(run_page: Open, lang: str = "zh") -> AppTest:
    """A list of Wuhan, one row of it known by its district alone, in the step of the result."""
    return on(bring(run_page("data", lang=lang), WUHAN.csv() + AWAY))


def counted() -> tuple[int, int, int]:
    """How many sites lie in an area, in none, and nobody knows where."""
    points = gpd.GeoSeries(shapely.points(WUHAN.where), crs=areas.CRS)
    inside = int(areas.first_holding(points, OWN, "片区").notna().sum())
    return inside, len(WUHAN.rows) - inside, 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_in_areas_in_none_and_known_nowhere_make_all(run_page: Open, lang: str) -> None:
    t = PageTexts(lang)  # type: ignore[arg-type]
    app = choose(at_result(run_page, lang), areas.geojson(OWN))
    inside, none, away = counted()
    assert inside
    assert none
    said = t("intake.areas_sum", n=inside + none + away, inside=inside, none=none, away=away)
    assert said in words(app)


def test_what_is_wrong_with_areas_is_told_with_what_becomes_of_it(run_page: Open) -> None:
    said = words(choose(at_result(run_page), areas.geojson(OWN)))
    assert "重叠：汉阳片、光谷片" in said
    assert "落在重叠处的计入光谷片" in said
    assert "空隙：江北片旁边" in said
    assert "所写面积" not in said
    names: list[object] = ["同名", "同名", None, "长" * 50, "远郊片"]
    again = OWN.assign(片区=pd.Series(names, dtype=object))
    said = words(choose(at_result(run_page), areas.geojson(again)))
    assert "名称重复（第 1、2 行）" in said
    assert "片区没有名称（第 3 行）" in said
    assert "截到 40 个字" in said
    assert "4 个片区" in said


def test_columns_are_recognised_and_corrected(run_page: Open) -> None:
    app = choose(at_result(run_page), areas.geojson(OWN))
    chosen = {each.label: each.value for each in app.selectbox}
    assert chosen["名称列"] == "片区"
    assert chosen["人口列"] == "常住人口（万人）"
    assert (chosen["面积列"], chosen["面积单位"]) == ("面积（公顷）", "ha")
    next(each for each in app.selectbox if each.label == "面积单位").set_value("mu").run()
    assert "所写面积与画的差一倍以上" in words(app)
    next(each for each in app.selectbox if each.label == "面积列").set_value("").run()
    assert "面积单位" not in {each.label for each in app.selectbox}


def test_areas_are_taken_away_by_one_click_and_others_chosen(run_page: Open) -> None:
    app = choose(at_result(run_page), areas.geojson(OWN))
    choose(app, areas.geojson(OWN.head(2)), "两片.geojson")
    assert "两片：2 个片区" in words(app)
    app.button(key="intake_areas_drop").click().run()
    assert "片区内" not in words(app)
    assert "按行政区划" in words(app)


def test_a_file_that_holds_no_areas_leaves_the_districts(run_page: Open) -> None:
    app = choose(at_result(run_page), b"name\nx\n", "片区.csv")
    assert "仍按区县：片区.csv：没有多边形" in words(app)
    assert "片区内" not in words(app)
    many = OWN.iloc[[0] * 2001].assign(片区=[f"片{n}" for n in range(2001)])
    choose(app, areas.geojson(many))
    assert "2,001 行。片区最多 2,000 个" in words(app)


def test_areas_are_saved_with_the_list_and_pages_work_by_them(
    run_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_settings(monkeypatch, workspaces=tmp_path)
    app = choose(at_result(run_page), areas.geopackage(areas.of_wuhan(4547)), "片区.gpkg")
    app.button(key="intake_go_save").click().run()
    app.button(key="intake_save_now").click().run()
    assert not app.exception
    assert "片区也一起存下" in words(app)
    read = parse_qs(urlsplit(app.code[0].value).query)["region"][0]
    held = home().open(read.removeprefix("ws-")).content.boundaries
    assert held is not None
    assert held["name_zh"].tolist() == OWN["片区"].tolist()
    assert held["population"].tolist()[:4] == [1_205_000, 400_000, 600_000, 900_000]
    assert held["area_land_km2"].tolist()[:2] == pytest.approx([400, 200])
    for page in ("overview", "districts", "find", "layouts"):
        opened = run_page(page, region=read)
        assert not opened.exception
        assert "片区" in words(opened)
