"""The table of goals and reported figures: every figure as the document has it."""

from __future__ import annotations

import csv
import html
import io

import pandas as pd
import pytest

from geo import formats
from geo.facts import catalog
from ui.targets import goal_table
from ui.words.language import Texts

ZH, EN = Texts("zh"), Texts("en")


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
def test_every_figure_of_the_catalogue_stands_in_the_table(t: Texts) -> None:
    given = catalog.targets()
    shown = {
        region: html.unescape(str(goal_table.table(t, rows, caption="")))
        for region, rows in goal_table.measures().groupby("region")
    }
    for _, row in given.iterrows():
        table = shown[row["region"]]
        name = row[f"indicator_{t.lang}"]
        own = [part for part in table.split("<tr ") if f'scope="row">{name}</th>' in part]
        value = goal_table.figure(t, {**dict(row.add_prefix("x_")), "unit": row["unit"]}, "x")
        year = "" if pd.isna(row["year"]) else str(row["year"])
        said = f"<strong>{value}</strong>" if value else name
        assert any(said in part and year in part for part in own), row["id"]
    rows = sum(table.count('scope="row"') for table in shown.values())
    assert rows == len(goal_table.measures())
    assert sum(table.count("ct-meter") for table in shown.values()) == 3


@pytest.mark.parametrize("t", [ZH, EN], ids=["zh", "en"])
def test_the_file_has_every_figure_with_document_section_and_note(t: Texts) -> None:
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
    for row in data:
        assert row["region_zh"] == regions["name_zh"][row["region"]]
        assert row["region_en"] == regions["name_en"][row["region"]]
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
    shown = html.unescape(str(goal_table.table(ZH, rows, caption="")))
    parts = {
        name: part.split("</tr>")[0]
        for name, part in ((p.split("</th>")[0], p) for p in shown.split('scope="row">')[1:])
    }
    assert "2021 年起点" in parts["国家级工业设计中心"]
    assert "已到期，未见公布" in parts["国家级工业设计中心"]
    assert "ct-meter" not in parts["设计服务收入"]
    assert "已到期，未见公布" in parts["设计服务收入"]
    assert "✓ 已完成" in parts["创建“设计之都”"]
    assert "2023 年" in parts["创建“设计之都”"]
    assert "已到期" not in parts["创建“设计之都”"]


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
    assert "<strong>572.802</strong> billion CNY" in goal_table.table(EN, rows, caption="")
    assert "<strong>5,728.02</strong> 亿元" in goal_table.table(ZH, rows, caption="")
