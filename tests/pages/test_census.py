"""Residents on the pages: of which year and outline they are, and why a figure is missing."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.settings import LANGUAGES
from tests import reading
from tests.pages import other_facts
from tests.pages.conftest import shown, words
from tests.reading import having, one, row

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from tests.pages.conftest import Open

ROOT = Path(__file__).resolve().parents[2]


def per_resident(page: str) -> ET.Element:
    """The row of a comparison with figures per resident."""
    table = one(reading.read(page), class_="ct-compare")
    (found,) = (
        each for each in table.iter("tr") if re.search("10 万人|100,000", reading.text(each))
    )
    return found


def test_residents_of_different_years_are_compared_without_a_best(tmp_path: Path) -> None:
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    with (data / "census.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if row["adcode"] == "500104")["population_year"] = "2010"
    with (data / "census.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    asked = [
        {"region": "chongqing", "compare": compare, "lang": lang}
        for lang in LANGUAGES
        for compare in ("500104,500103,500108", "500103,500108")
    ]
    pages = other_facts.pages(data, *(("districts", params) for params in asked))
    for differ, same in zip(pages[::2], pages[1::2], strict=True):
        assert differ.exceptions == same.exceptions == []
        mixed, alike = per_resident(differ.words), per_resident(same.words)
        assert "2010" in reading.text(mixed)
        assert not having(mixed, class_="ct-best")
        assert "2020" in reading.text(alike)
        assert having(alike, class_="ct-best")


@pytest.mark.parametrize(
    ("lang", "why", "names", "uncertain"),
    [
        ("zh", "没有这个数：普查的范围与今不同", "历下区、历城区", "长清区、章丘区的人口范围存疑"),
        (
            *("en", "the census counted another outline", "Lixia, Licheng"),
            "as the outline of the residents is uncertain: Changqing, Zhangqiu",
        ),
    ],
)
def test_districts_of_another_outline_are_not_ranked_and_uncertain_ones_are_named(
    run_page: Open, lang: str, why: str, names: str, uncertain: str
) -> None:
    app = run_page("districts", region="jinan", by="people", lang=lang)
    told = [reading.words(each) for each in shown(app).iter("details")]
    (left_out,) = (each for each in told if why in each)
    assert names in left_out
    assert uncertain in words(app)
    by_area = words(run_page("districts", region="jinan", by="area", lang=lang))
    assert why not in by_area
    assert uncertain not in by_area


@pytest.mark.parametrize(
    ("lang", "adcode", "said"),
    [
        ("zh", "370102", ["普查的范围与今不同", "普查数 819,139", "济南高新技术产业开发区"]),
        ("en", "370102", ["the census counted another outline", "819,139 in the census"]),
        ("zh", "370113", ["595,549（2020，范围存疑）", "424,047，其面积的 7% 在此"]),
        ("en", "370113", ["595,549 (2020, outline uncertain)", "424,047, 7 % of its area here"]),
        ("zh", "370103", ["903,714（2020）", "中国人口普查分县资料-2020"]),
    ],
)
def test_the_card_of_a_district_says_what_its_residents_are(
    run_page: Open, lang: str, adcode: str, said: list[str]
) -> None:
    told = words(
        run_page("districts", region="jinan", at=f"district:{adcode}", by="people", lang=lang)
    )
    assert [each for each in said if each not in told] == []


def test_the_table_of_all_remarks_on_both(run_page: Open) -> None:
    table = one(shown(run_page("districts", region="jinan", view="table")), class_="ct-all")
    for name in ("历下区", "历城区"):
        assert "普查的范围与今不同" in reading.words(row(table, name))
    for name in ("长清区", "章丘区"):
        assert "人口的范围存疑" in reading.words(row(table, name))


@pytest.mark.parametrize("region", ["harbin", "jinan", "guangdong"])
def test_no_page_speaks_of_the_census_before(run_page: Open, region: str) -> None:
    told = words(run_page("overview", region=region, shade="people", unit="district"))
    assert "人口：2020 年。" in told
    assert "2010 年人口" not in told
