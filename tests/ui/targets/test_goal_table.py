"""The table of goals and reported figures: every figure as the document has it."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from geo import formats
from geo.facts import catalog
from tests.reading import having, read, row, words
from ui.targets import goal_table
from ui.words.language import PageTexts

ZH, EN = PageTexts("zh"), PageTexts("en")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (20404.48, "20,404.48"),
        (5.999, "5.999"),
        (0.004, "0.004"),
        (1442.4, "1,442.4"),
        (8000.0, "8,000"),
        (0.0, "0"),
        (-0.5, "-0.5"),
        (1e-7, "0.0000001"),
        (100.0, "100"),
    ],
)
def test_a_number_keeps_every_digit(value: float, text: str) -> None:
    assert formats.exact(value) == text


@pytest.mark.parametrize(
    ("value", "most", "comparator", "text"),
    [
        (5.0, float("nan"), "exact", "5"),
        (200.0, float("nan"), "at_least", "≥ 200"),
        (50.0, float("nan"), "about", "约 50"),
        (3.0, 5.0, "range", "3–5"),
        (float("nan"), float("nan"), "", ""),
    ],
)
def test_an_amount_says_how_it_is_meant(
    value: float, most: float, comparator: str, text: str
) -> None:
    assert goal_table.amount(ZH, value, most, comparator) == text


@pytest.mark.parametrize("t", [ZH, EN], ids=["zh", "en"])
def test_every_figure_of_the_catalogue_stands_in_the_table(t: PageTexts) -> None:
    given = catalog.targets()
    shown = {
        region: read(goal_table.table(t, rows, caption=""))
        for region, rows in goal_table.measures().groupby("region")
    }
    for _, goal in given.iterrows():
        table, name = shown[goal["region"]], goal[f"indicator_{t.lang}"]
        own = [each for each in table.iter("tr") if name in map(words, having(each, scope="row"))]
        value = goal_table.figure(t, {**dict(goal.add_prefix("x_")), "unit": goal["unit"]}, "x")
        year = "" if pd.isna(goal["year"]) else str(goal["year"])
        assert any(
            year in words(each) and (not value or value in map(words, each.iter("strong")))
            for each in own
        ), goal["id"]
    rows = [each for table in shown.values() for each in having(table, scope="row")]
    assert len(rows) == len(goal_table.measures())
    assert sum(len(having(table, class_="ct-meter")) for table in shown.values()) == 3


@pytest.mark.parametrize("t", [ZH, EN], ids=["zh", "en"])
def test_the_file_has_every_figure_with_document_section_and_note(t: PageTexts) -> None:
    rows = goal_table.measures()
    data = list(
        csv.DictReader(
            io.StringIO(
                goal_table.as_csv(t, rows, title="所有目标").decode("utf-8-sig"), newline=""
            )
        )
    )
    assert len(data) == len(rows)
    regions = catalog.regions()
    for line in data:
        assert line["region_zh"] == regions["name_zh"][line["region"]]
        assert line["region_en"] == regions["name_en"][line["region"]]
    documents = catalog.documents()
    for kind in ("goal", "actual"):
        given = catalog.targets().query("kind == @kind")
        told = [each for each in data if each[f"{kind}_source"]]
        for column in ("value", "year"):
            expected = sorted(float(each) for each in given[column].dropna())
            assert sorted(float(e[f"{kind}_{column}"]) for e in told if e[f"{kind}_{column}"]) == (
                expected
            )
        for column in ("section", "note"):
            expected_texts = sorted(given[column].dropna())
            found = [e[f"{kind}_{column}"] for e in told if e[f"{kind}_{column}"]]
            assert sorted(found) == expected_texts
        for each in told:
            if each[f"{kind}_document"]:
                title = documents["title_zh"][each[f"{kind}_document"]]
                assert each[f"{kind}_document_zh"] == title
    assert {each["method"] for each in data} == {t("targets.lead")}
    assert {each["catalogue_date"] for each in data} == {catalog.catalogue_date().isoformat()}


def test_a_baseline_and_a_goal_that_is_over_are_told() -> None:
    rows = goal_table.chosen(["chongqing"], [], [])
    shown = read(goal_table.table(ZH, rows, caption=""))
    centres, revenue, city = (
        row(shown, name) for name in ("国家级工业设计中心", "设计服务收入", "创建“设计之都”")
    )
    assert "2021 年起点" in words(centres)
    assert "已到期，未见公布" in words(centres)
    assert not having(revenue, class_="ct-meter")
    assert "已到期，未见公布" in words(revenue)
    assert "✓ 已完成" in words(city)
    assert "2023 年" in words(city)
    assert "已到期" not in words(city)


def test_what_has_a_goal_comes_first_and_states_filter() -> None:
    rows = goal_table.chosen([], [], [])
    assert rows["region"].iloc[-1] == "harbin"  # it sets no goal in numbers
    own = rows[rows["region"] == "guangdong"]["is_goal"].tolist()
    assert own == sorted(own, reverse=True)
    reached = goal_table.chosen([], [], ["reached"])
    assert reached["indicator_zh"].tolist() == ["创建“设计之都”"]
    assert set(goal_table.chosen([], [], ["reached", "due"]).index) > set(reached.index)


def test_billions_are_billions_in_english() -> None:
    rows = goal_table.chosen(["guangdong"], ["scale"], [])
    assert "572.802 billion CNY" in words(read(goal_table.table(EN, rows, caption="")))
    assert "5,728.02 亿元" in words(read(goal_table.table(ZH, rows, caption="")))
