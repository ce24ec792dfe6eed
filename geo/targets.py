"""Policy figures, goal beside actual, wherever both are the same measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

SAME_MEASURE = ["region", "indicator_zh", "unit"]
"""Two figures are of one measure when region, indicator and unit are the same, word for word."""

FIGURE = [
    "value",
    "value_max",
    "comparator",
    "year",
    "period",
    "document",
    "section",
    "source",
    "note",
]


def matched(targets: pd.DataFrame) -> pd.DataFrame:
    """Put every goal beside the actual figure of the same measure.

    Parameters
    ----------
    targets : DataFrame
        Result of `catalog.targets`: one figure a row, ``kind`` "goal" or "actual".

    Returns
    -------
    DataFrame
        One measure a row, in the order of the documents: ``region``, ``theme``,
        ``indicator_zh``, ``indicator_en``, ``unit``, then for the goal and the actual figure
        ``goal_value``, ``goal_year``, ... and ``actual_value``, ... (NA where there is none), and
        ``progress``: actual over goal (float64), NaN unless there are both and the goal is one
        number above zero. Of several figures of one kind the latest year is taken.
    """
    keyed = targets.assign(
        unit=targets["unit"].fillna(""), order=range(len(targets)), year_=targets["year"].fillna(0)
    )
    first = keyed.groupby(SAME_MEASURE, sort=False).agg(
        order=("order", "min"), theme=("theme", "first"), indicator_en=("indicator_en", "first")
    )
    for kind in ("goal", "actual"):
        own = keyed[keyed["kind"] == kind].sort_values("year_", kind="stable")
        latest = own.drop_duplicates(SAME_MEASURE, keep="last").set_index(SAME_MEASURE)[FIGURE]
        first = first.join(latest.add_prefix(f"{kind}_"))
    table = first.sort_values("order").drop(columns="order").reset_index()
    goal = table["goal_value"].where(table["goal_value_max"].isna())
    table["progress"] = (table["actual_value"] / goal.where(goal > 0)).astype("float64")
    return table
