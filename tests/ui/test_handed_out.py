"""What is read once per process is handed out so that no page can change it for another."""

from functools import partial

import pandas as pd

from geo.facts import boundaries
from geo.search.criteria import Criteria
from ui.cached import indicators, records
from ui.cached.indicators import FigureQuery
from ui.targets import goal_table


def test_pages_are_not_reached_by_each_others_changes() -> None:
    query = FigureQuery("harbin", "district", Criteria(), 3000.0)
    for kept in (
        partial(records.all_sites, "harbin"),
        partial(indicators.units, query),
        partial(indicators.sites, query),
        partial(indicators.table, query),
        partial(boundaries.districts, "harbin"),
        goal_table.measures,
    ):
        frame = kept()
        before = frame.copy()
        name = frame.columns[0]
        frame[name] = frame[name].iloc[0]
        frame["more"] = 1
        pd.testing.assert_frame_equal(pd.DataFrame(kept()), pd.DataFrame(before))
