"""The card of a district, and its ranks on the page of a site, have the figures of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo import formats
from geo.measures import indicator_list
from geo.measures.indicator_list import Indicator
from tests.reading import read, words
from tests.ui.states import view
from ui.blocks import rankings, selected
from ui.cached import indicators, records
from ui.site import profile
from ui.state.pages import Districts, Site
from ui.state.selection import Selection

if TYPE_CHECKING:
    import pandas as pd

    from ui.cached.indicators import FigureQuery

OTHERS = {
    "area": Indicator(column="of_ones_own"),
    "coverage": Indicator(column="share_of_ones_own", share=True, written=formats.percent),
}
"""Two indicators of one's own, under names that have their words already."""

DISTRICT = "310101"


@pytest.fixture
def of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every district has them, and they are all the indicators that there are."""
    figures = indicators.table

    def table(query: FigureQuery) -> pd.DataFrame:
        return figures(query).assign(of_ones_own=4321.0, share_of_ones_own=0.4321)

    monkeypatch.setattr(indicators, "table", table)
    for module in (indicator_list, selected, rankings, profile):
        monkeypatch.setattr(module, "INDICATORS", OTHERS)
    monkeypatch.setattr(
        profile, "OF_COLUMN", {each.column: name for name, each in OTHERS.items()}, raising=False
    )


@pytest.mark.usefixtures("of_ones_own")
def test_the_card_of_a_district_follows_the_table_of_indicators() -> None:
    shown = view(Districts, at=Selection("district", DISTRICT))
    card = words(read(selected.card(shown)))
    assert "4,321 处 / 100 平方公里" in card
    assert "处 / 10 万人" not in card
    assert "43.2%" in card


@pytest.mark.usefixtures("of_ones_own")
def test_the_ranks_of_a_sites_district_follow_the_table_of_indicators() -> None:
    site = next(row for _, row in records.all_sites("shanghai").iterrows() if row["district"])
    shown = profile.of(view(Site, id=str(site["id"])), site)
    ranks = words(read(profile.district(shown, site)))
    assert "4,321 处 / 100 平方公里" in ranks
    assert "处 / 10 万人" not in ranks
    assert "43.2%" in ranks
