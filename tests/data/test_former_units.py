"""Former units of all of China: each lies in units of today, as published changes say."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.china import county_units
from geo.china.adcodes import ADCODE
from geo.china.unit_index import former_units

FORMER = former_units()
COUNTIES = county_units.codes()
CITIES = frozenset(COUNTIES.values())


def of(code: str, name: str) -> list[list[str]]:
    return [unit.adcodes.split(";") for unit in FORMER if (unit.code, unit.name_zh) == (code, name)]


def test_a_unit_lies_in_units_of_today_a_prefecture_in_prefectures() -> None:
    for unit in FORMER:
        assert re.fullmatch(ADCODE, unit.code)
        prefecture = unit.code.endswith("00") and unit.name_zh != "东川市"
        whole = prefecture or unit.adcodes == "460300"
        assert set(unit.adcodes.split(";")) <= (CITIES if whole else COUNTIES.keys()), unit


def test_nothing_is_listed_that_is_so_today() -> None:
    names = county_units.units()["name_zh"]
    for unit in FORMER:
        assert (unit.adcodes, names.get(unit.code)) != (unit.code, unit.name_zh)


def test_the_guide_counts_those_that_were_split() -> None:
    split = Counter(unit.code.endswith("00") for unit in FORMER if ";" in unit.adcodes)
    assert (split[False], split[True]) == (117, 10)
    assert len(FORMER) == 1361 + 2


def test_outlines_of_2019_lie_where_their_units_are_said_to_lie_today() -> None:
    """Of those that ended in 2019 or later, as far as mapchina has the outline of that year.

    ``former_outlines.csv`` holds the middle of each (of its largest inscribed circle), and how
    much of it lies in the units named, measured once.
    """
    outlines = county_units.units().geometry
    lies_in = {(unit.code, unit.name_zh): unit.adcodes.split(";") for unit in FORMER}
    with (Path(__file__).parent / "former_outlines.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 58
    assert min(int(row["percent_inside"]) for row in rows) >= 92
    for row in rows:
        middle = shapely.Point(float(row["lon"]), float(row["lat"]))
        units = outlines.reindex(lies_in[row["code"], row["name_zh"]])
        assert shapely.contains(np.asarray(units.array), middle).any(), row


# Each by the State Council's approval or the Ministry's notice of that year.
@pytest.mark.parametrize(
    ("code", "name", "adcodes"),
    [
        ("450127", "横县", ["450181"]),  # 2021: 横州市
        ("110103", "崇文区", ["110101"]),  # 2010: merged into 东城区
        ("110104", "宣武区", ["110102"]),  # 2010: merged into 西城区
        ("310103", "卢湾区", ["310101"]),  # 2011: merged into 黄浦区
        ("310119", "南汇区", ["310115"]),  # 2009: merged into 浦东新区
        ("310108", "闸北区", ["310106"]),  # 2015: merged into 静安区
        ("120107", "塘沽区", ["120116"]),  # 2009: 滨海新区
        ("371202", "莱城区", ["370116"]),  # 2018: 莱芜 became part of Jinan
        ("371200", "莱芜市", ["370100"]),
        ("420600", "襄樊市", ["420600"]),  # 2010: 襄阳市
        ("440183", "增城市", ["440118"]),  # 2014
        ("320584", "吴江市", ["320509"]),  # 2012
        ("330104", "江干区", ["330102", "330114"]),  # 2021: divided
        ("330103", "下城区", ["330105"]),  # 2021: merged into 拱墅区
        ("341400", "巢湖市", ["340100", "340200", "340500"]),  # 2011: divided
        ("532700", "思茅地区", ["530800"]),  # 2003, 普洱市 since 2007
        ("530802", "翠云区", ["530802"]),  # 2007: 思茅区
        ("500105", "江北区", ["500105"]),  # 2025: 两江新区
        ("500112", "渝北区", ["500105", "500109"]),  # 2025: divided
        ("341521", "寿县", ["340422"]),  # 2015: moved to Huainan
    ],
)
def test_published_changes(code: str, name: str, adcodes: list[str]) -> None:
    assert of(code, name) == [adcodes]
