from __future__ import annotations

import csv
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import settings
from geo.china import county_units
from geo.china.romanise import UNIT_NAMES, romanise, specific_part, spell
from geo.facts import catalog
from scripts import romanise_units


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        # Suffixes and the peoples before them are dropped.
        ("黄浦区", "Huangpu"),
        ("石柱土家族自治县", "Shizhu"),
        ("双江拉祜族佤族布朗族傣族自治县", "Shuangjiang"),
        ("龙胜各族自治县", "Longsheng"),
        ("延边朝鲜族自治州", "Yanbian"),
        ("大兴安岭地区", "Daxing'anling"),
        # Apostrophes before a, o and e (GB/T 16159).
        ("静安区", "Jing'an"),
        ("宝安区", "Bao'an"),
        ("西安市", "Xi'an"),
        ("南澳县", "Nan'ao"),
        ("郁南县", "Yunan"),
        ("吕梁市", "Lüliang"),
        # Characters with several readings.
        ("番禺区", "Panyu"),
        ("大埔县", "Dabu"),
        ("长清区", "Changqing"),
        ("长宁区", "Changning"),
        ("长寿区", "Changshou"),
        ("长子县", "Zhangzi"),
        ("重庆市", "Chongqing"),
        ("铅山县", "Yanshan"),
        ("闵行区", "Minhang"),
        ("花都区", "Huadu"),
        ("丰都县", "Fengdu"),
        ("佛冈县", "Fogang"),
        ("乐昌市", "Lechang"),
        ("乐亭县", "Laoting"),
        ("厦门市", "Xiamen"),
        ("朝阳区", "Chaoyang"),
        ("台州市", "Taizhou"),
        ("六安市", "Lu'an"),
        # The generic part stays where the name would be another, or of one syllable.
        ("两江新区", "Liangjiang New Area"),
        ("浦东新区", "Pudong"),
        ("清新区", "Qingxin"),
        ("井陉矿区", "Jingxing Mining District"),
        ("碑林区", "Beilin"),
        ("忠县", "Zhongxian"),
        ("城区", "Chengqu"),
        # Names that Pinyin rules do not yield.
        ("哈尔滨市", "Harbin"),
        ("陕西省", "Shaanxi"),
        ("内蒙古自治区", "Inner Mongolia"),
        ("香港特别行政区", "Hong Kong"),
        ("澳门特别行政区", "Macao"),
        ("Wuhan", "Wuhan"),
        ("", ""),
    ],
)
def test_romanise(name: str, pinyin: str) -> None:
    assert romanise(name) == pinyin


def test_a_name_that_two_provinces_have() -> None:
    assert romanise("大埔区", province="香港特别行政区") == "Tai Po"
    assert romanise("大埔县", province="广东省") == "Dabu"
    assert romanise("东区", province="香港特别行政区") == "Eastern"
    assert romanise("东区", province="四川省") == "Dongqu"


def test_the_specific_part() -> None:
    assert specific_part("石柱土家族自治县") == "石柱"
    assert specific_part("忠县") == "忠县"


def test_every_unit_of_china_has_a_name_in_latin_letters() -> None:
    names = county_units.units()["name_en"]
    odd = [name for name in names if not re.fullmatch(r"[A-ZÀ-Ý][A-Za-zÀ-ÿ' ]+", name)]
    assert len(names) == 2876
    assert odd == []


def test_the_catalogue_writes_its_units_the_same_way() -> None:
    for facts in (catalog.district_facts(), catalog.city_facts()):
        assert facts["name_en"].tolist() == [romanise(name) for name in facts["name_zh"]]


@given(st.text(max_size=12), st.text(max_size=4))
def test_any_text_gives_text(name: str, province: str) -> None:
    assert isinstance(romanise(name, province=province), str)


def test_table_of_units_is_what_the_rules_spell() -> None:
    with (settings.OWN_DATA / UNIT_NAMES).open(encoding="utf-8", newline="") as file:
        next(file)
        kept = [tuple(row) for row in csv.reader(file)]
    assert kept == romanise_units.rows()


@pytest.mark.parametrize("name", ["黄浦区", "Springfield", "石柱土家族自治县"])
def test_unknown_names_are_spelt(name: str) -> None:
    assert romanise(name) == spell(name)


def test_units_of_china_need_no_dictionary_in_memory() -> None:
    program = (
        "import sys; from geo.china import county_units; "
        "county_units.units(); sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
