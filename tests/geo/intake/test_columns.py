"""What breaks: columns taken for what they are not, or not recognised at all."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.intake import columns


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (["名称", "经度", "纬度"], ["name", "lon", "lat"]),
        (["园区名称", "lng", "lat"], ["name", "lon", "lat"]),
        (["Name", "Longitude", "Latitude"], ["name", "lon", "lat"]),
        (["名　称", "Ｘ", "Ｙ"], ["name", "lon", "lat"]),
        (["企业名称", "经度(°)", "纬度(°)"], ["name", "lon", "lat"]),
        (["園區名稱", "經度", "緯度"], ["name", "lon", "lat"]),
    ],
)
def test_headings_in_both_languages(headings: list[str], fields: list[str]) -> None:
    frame = pd.DataFrame([["江滩里", 114.37, 30.67], ["古琴台", 114.16, 30.54]], columns=headings)
    assert columns.recognise(frame) == dict(zip(fields, headings, strict=True))


def test_columns_without_useful_headings_are_known_by_their_cells() -> None:
    frame = pd.DataFrame(
        {
            "A": ["江滩里文创园", "古琴台设计工场", "汉正数字工坊"],
            "B": [114.374388, 114.164899, 114.206589],
            "C": [30.678318, 30.542056, 30.600278],
            "D": ["江岸区", "汉阳区", "硚口区"],
            "E": ["沿江大道1号", "鹦鹉大道26号", "汉正街8号楼"],
        }
    )
    found = columns.recognise(frame)
    assert found == {"name": "A", "lon": "B", "lat": "C", "district": "D", "address": "E"}


def test_positions_in_one_column() -> None:
    frame = pd.DataFrame({"名称": ["甲", "乙"], "坐标": ["121.47,31.23", "121.5,31.2"]})
    assert columns.recognise(frame) == {"name": "名称", "position": "坐标"}


def test_a_category_that_names_sectors_is_one_of_sectors() -> None:
    frame = pd.DataFrame({"name": ["甲", "乙", "丙"], "category": ["时尚", "建筑", "影视"]})
    assert columns.recognise(frame) == {"name": "name", "sectors": "category"}
    frame["category"] = ["园区", "基地", "园区"]
    assert columns.recognise(frame) == {"name": "name", "kind": "category"}


def test_a_heading_that_its_cells_contradict_names_nothing() -> None:
    frame = pd.DataFrame({"名称": ["甲", "乙"], "X": ["是", "否"], "Y": ["男", "女"]})
    assert columns.recognise(frame) == {"name": "名称"}


def test_longitude_without_latitude_is_no_position() -> None:
    frame = pd.DataFrame({"名称": ["甲", "乙"], "经度": [114.1, 114.2]})
    assert "lon" not in columns.recognise(frame)


def test_the_surer_heading_goes_first() -> None:
    frame = pd.DataFrame(
        {"单位": ["某局", "某局"], "名称": ["甲园", "乙园"], "地点": ["a", "b"], "地址": ["c", "d"]}
    )
    found = columns.recognise(frame)
    assert found["name"] == "名称"
    assert found["address"] == "地址"


@pytest.mark.parametrize("heading", ["地區", "所在地区", "行政區域"])
def test_traditional_headings_of_the_district(heading: str) -> None:
    frame = pd.DataFrame({"名稱": ["甲", "乙"], heading: ["江岸区", "不详"]})
    assert columns.recognise(frame) == {"name": "名稱", "district": heading}


def test_a_column_that_says_where_each_position_comes_from_is_the_datum() -> None:
    frame = pd.DataFrame(
        {"名称": ["甲", "乙", "丙"], "经度": [114.1, 114.2, 114.3], "纬度": [30.1, 30.2, 30.3],
         "取得": ["实测", "GPS", "高德"]}
    )  # fmt: skip
    assert columns.recognise(frame)["datum"] == "取得"
