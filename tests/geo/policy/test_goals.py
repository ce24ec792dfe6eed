"""Goals meet actual figures only where both are the same measure."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.facts import catalog
from geo.policy.goals import matched, states


def figure(indicator: str, kind: str, value: float | None, **more: object) -> dict[str, object]:
    told = {
        "region": "harbin", "theme": "scale", "indicator_zh": indicator, "indicator_en": indicator,
        "unit": "家", "kind": kind, "value": value, "value_max": None, "comparator": "exact",
        "year": 2025 if kind == "goal" else 2023, "period": None, "document": "d", "section": "s",
        "source": "d", "note": None,
    }  # fmt: skip
    return told | more


def table(*figures: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(figures).astype({"value": "float64", "value_max": "float64"})


def test_goal_and_actual_of_one_measure_share_a_row() -> None:
    told = matched(table(figure("centres", "goal", 15), figure("centres", "actual", 6)))
    assert len(told) == 1
    assert told.loc[0, "progress"] == pytest.approx(0.4)
    assert told.loc[0, "goal_year"] == 2025
    assert told.loc[0, "actual_year"] == 2023


@pytest.mark.parametrize(
    "other",
    [
        {"indicator_zh": "centres and more"},
        {"unit": "亿元"},
        {"region": "jinan"},
        {"period": "Q1-Q3"},  # nine months are no year
    ],
)
def test_figures_that_differ_in_any_word_are_not_compared(other: dict[str, object]) -> None:
    told = matched(table(figure("centres", "goal", 15), figure("centres", "actual", 6, **other)))
    assert len(told) == 2
    assert told["progress"].isna().all()


def test_a_range_is_no_number_to_divide_by() -> None:
    told = matched(table(figure("bases", "goal", 3, value_max=5.0), figure("bases", "actual", 2)))
    assert told["progress"].isna().all()
    told = matched(table(figure("bases", "goal", 5), figure("bases", "actual", 2, value_max=4.0)))
    assert len(told) == 1
    assert told["progress"].isna().all()


def test_a_goal_of_zero_or_without_a_number_has_no_progress() -> None:
    for value in (0, None):
        told = matched(table(figure("x", "goal", value), figure("x", "actual", 2)))
        assert told["progress"].isna().all()


def test_an_earlier_goal_keeps_a_row_below_the_latest() -> None:
    told = matched(
        table(
            figure("centres", "goal", 5, year=2022),
            figure("other", "goal", 1),
            figure("centres", "goal", 10, year=2025),
            figure("centres", "actual", 6),
        )
    )
    assert told["goal_value"].tolist() == [10, 5, 1]
    assert told["goal_year"].tolist() == [2025, 2022, 2025]
    assert told["progress"].tolist()[0] == pytest.approx(0.6)
    assert told["progress"].notna().tolist() == [True, False, False]
    assert told["actual_value"].notna().tolist() == [True, False, False]


def test_latest_of_several_actual_figures_counts_and_none_is_lost() -> None:
    told = matched(
        table(
            figure("centres", "goal", 10),
            figure("centres", "actual", 9, year=2024),
            figure("centres", "actual", 5, year=2021),
        )
    )
    assert told.loc[0, "progress"] == pytest.approx(0.9)
    assert told["actual_value"].tolist() == [9, 5]
    assert told["progress"].notna().tolist() == [True, False]


CARRIED = ("value", "value_max", "comparator", "year", "document", "section", "source", "note")


def _facts(rows: pd.DataFrame, prefix: str = "") -> list[tuple[str, ...]]:
    names = ["region", "indicator_zh", "unit", "period", *(f"{prefix}{name}" for name in CARRIED)]
    return sorted(tuple(map(str, row)) for row in rows[names].fillna("").to_numpy(object))


def test_no_figure_of_the_catalogue_is_lost_or_invented() -> None:
    targets = catalog.targets()
    told = matched(targets).astype(object)
    for kind in ("goal", "actual"):
        given = targets[targets["kind"] == kind].astype(object)
        shown = told[told[f"{kind}_source"].notna()]
        assert _facts(shown, f"{kind}_") == _facts(given)


def test_chongqing_compares_national_centres_and_nothing_else() -> None:
    told = matched(catalog.targets())
    compared = told[told["progress"].notna()]
    assert set(compared["indicator_zh"]) == {
        "国家级工业设计中心", "数字创意产业集群营业收入", "创建“设计之都”"
    }  # fmt: skip
    centres = compared[compared["indicator_zh"] == "国家级工业设计中心"].iloc[0]
    # 6 in November 2021 against at least 15 in 2025.
    assert centres["progress"] == pytest.approx(6 / 15)


@pytest.mark.parametrize(
    ("actual", "year", "today", "told"),
    [
        (6, 2021, 2024, {"goal", "baseline"}),
        (6, 2021, 2026, {"goal", "baseline", "due"}),
        (16, 2021, 2024, {"goal", "baseline"}),  # more than the goal before it was set: no result
        (16, 2023, 2026, {"goal", "reached"}),
        (6, 2025, 2026, {"goal"}),  # a result of the goal's year, below it
        (6, 2025, 2025, {"goal"}),
    ],
)
def test_where_a_goal_stands(actual: float, year: int, today: int, told: set[str]) -> None:
    rows = matched(
        table(figure("centres", "goal", 15), figure("centres", "actual", actual, year=year))
    )
    state = states(rows, issued={"d": 2022}, today=today).iloc[0]
    assert set(state.index[state]) == told


def test_a_goal_without_a_year_is_never_due_and_a_figure_is_no_goal() -> None:
    rows = matched(
        table(figure("title", "goal", None, year=None), figure("fairs", "actual", 3, year=2020))
    )
    assert states(rows, issued={"d": 2022}, today=2030).to_numpy().tolist() == [
        [True, False, False, False],
        [False, False, False, False],
    ]


def test_chongqing_became_a_city_of_design() -> None:
    rows = matched(catalog.targets())
    state = states(rows, issued={"cq-2022-plan": 2022}, today=2026)
    reached = rows[state["reached"]]
    assert reached["indicator_zh"].tolist() == ["创建“设计之都”"]
    assert reached["actual_year"].tolist() == [2023]
