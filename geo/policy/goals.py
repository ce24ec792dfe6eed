"""Policy figures, goal beside actual, wherever both are the same measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

STATES: Final = ("goal", "reached", "due")
"""What is asked of a goal: that there is one, that it is reached, that it is due; see `states`."""

SAME_MEASURE = ["region", "indicator_zh", "unit", "period"]
"""Two figures are of one measure when region, indicator, unit and the part of the year that they
cover are the same, word for word."""

FIGURE = [
    "value",
    "value_max",
    "comparator",
    "year",
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
        In the order of the documents: ``region``, ``theme``, ``indicator_zh``, ``indicator_en``,
        ``unit``, ``period``, then for the goal and the actual figure ``goal_value``,
        ``goal_year``, ... and ``actual_value``, ... (NA where there is none), and ``progress``:
        actual over goal (float64), NaN unless both are one number and the goal is above zero. Of
        several figures of one measure the latest of each kind share a row; each earlier one has a
        row of its own below it.
    """
    keyed = targets.assign(
        unit=targets["unit"].fillna(""),
        period=targets["period"].fillna(""),
        order=range(len(targets)),
        year_=targets["year"].fillna(0),
    ).sort_values("year_", ascending=False, kind="stable")
    # 0 for the latest of its kind, then 1, 2, ... for earlier ones.
    keyed["turn"] = keyed.groupby([*SAME_MEASURE, "kind"]).cumcount()
    alone = keyed["turn"].gt(0)
    keyed["row"] = keyed["kind"].where(alone, "") + keyed["turn"].astype(str)
    keyed["place"] = keyed.groupby(SAME_MEASURE)["order"].transform("min")
    keys = [*SAME_MEASURE, "row"]
    first = keyed.groupby(keys, sort=False).agg(
        place=("place", "first"), theme=("theme", "first"), indicator_en=("indicator_en", "first")
    )
    for kind in ("goal", "actual"):
        own = keyed[keyed["kind"] == kind].set_index(keys)[FIGURE]
        first = first.join(own.add_prefix(f"{kind}_"))
    table = first.sort_values(["place", "row"]).drop(columns="place").reset_index()
    goal, actual = (
        table[f"{kind}_value"].where(table[f"{kind}_value_max"].isna())
        for kind in ("goal", "actual")
    )
    table["progress"] = (actual / goal.where(goal > 0)).astype("float64")
    return table.drop(columns="row")


def states(table: pd.DataFrame, *, issued: Mapping[str, int], today: int) -> pd.DataFrame:
    """Return where each goal stands.

    Parameters
    ----------
    table : DataFrame
        Result of `matched`.
    issued : mapping of str to int
        Year each document was issued.
    today : int
        The year of the catalogue.

    Returns
    -------
    DataFrame
        On the same index, bool: ``goal`` (there is one), ``baseline`` (its figure is of a year
        before the document: where it started from, no result), ``reached`` (a later figure is at
        least the goal) and ``due`` (the goal's year is over and no figure of that year or a later
        one was found).
    """
    plan = table["goal_document"].map(dict(issued)).astype("float64")
    actual = table["actual_year"].astype("float64")
    goal = table["goal_year"].astype("float64")
    standing = pd.DataFrame(index=table.index)
    standing["goal"] = table["goal_source"].notna()
    standing["baseline"] = table["progress"].notna() & (actual < plan)
    standing["reached"] = (table["progress"] >= 1) & ~standing["baseline"]
    standing["due"] = standing["goal"] & (goal < today) & ~standing["reached"] & ~(actual >= goal)
    return standing.astype(bool)
