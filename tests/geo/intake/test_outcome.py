"""Kept rows as a workbook shows them to people."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest

from geo.intake import faults, outcome
from geo.settings import LANGUAGES, Language
from tests.geo.intake.files import codes, table, taken


def kept() -> gpd.GeoDataFrame:
    frame = pd.DataFrame(
        {
            "row": [2, 3],
            "name": ["甲", "乙"],
            "adcode": ["420102", "420103"],
            "X": ["114.37", " 114.16"],
            "编号": ["0012", "13"],
            "电话": ["13800000000000000", "2"],
            "面积": ["2.4万", "18600"],
            "空": [None, None],
        }
    )
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy([114, 114], [30, 30]), crs=4326)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_added_is_headed_in_words_and_numbers_are_numbers(lang: Language) -> None:
    shown = outcome.for_people(kept(), lang)
    assert {"zh": "文件中的行", "en": "Row in the file"}[lang] in shown
    assert "row" not in shown
    assert shown["X"].to_list() == [114.37, 114.16]
    for column in ("编号", "电话", "面积", "空", "adcode"):
        assert shown[column].to_list() == kept()[column].to_list()


def test_a_heading_of_the_file_stays_its_own() -> None:
    frame = kept().assign(文件中的行=["a", "b"])
    shown = outcome.for_people(frame, "zh")
    assert shown["文件中的行"].to_list() == ["a", "b"]
    assert shown.columns.is_unique


def test_a_rejected_row_has_one_end_whatever_else_is_wrong_with_it() -> None:
    raw = table(名称=["甲"], 区县=["江岸区"], 经度=["121.49"], 纬度=["31.232"], 年份=["?"])
    intake = taken(raw, region=("420102", "420103"))
    assert codes(intake, 2) == {"outside", "other_district", "no_opened_year"}
    assert set(outcome.record(intake, "en")["treatment"]) == {"rejected"}
    assert set(faults.of_treatment(intake.faults)["code"]) == {"outside"}
    kept = taken(raw)
    assert codes(kept, 2) == {"other_district", "no_opened_year"}
    assert len(outcome.record(kept, "en")["treatment"].unique()) == 2
    (reason,) = outcome.rejected(intake, "en")["reason"]
    assert reason.count(";") == 2


def test_a_rejected_row_is_listed_under_its_reason_alone() -> None:
    raw = table(名称=["甲", "合计", None], 经度=["114.3", None, None], 纬度=["30.6", None, None])
    intake = taken(raw)
    assert codes(intake, 3) == {"total", "no_place"}
    listed = faults.of_treatment(intake.faults)
    assert listed["row"].is_unique
    assert dict(zip(listed["row"], listed["code"], strict=True)) == {3: "total", 4: "no_name"}
