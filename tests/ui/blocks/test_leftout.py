"""Whatever keeps a district out of a ranking is said, with how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geo.measures.indicator_list import INDICATORS, Indicator
from tests.ui.states import view
from ui.blocks import leftout
from ui.cached import indicators
from ui.state.pages import Districts

if TYPE_CHECKING:
    from geo.settings import Language


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_figure_of_ones_own_is_missing_for_no_borrowed_reason(
    lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = view(Districts, lang=lang)
    table = indicators.table(shown.query).assign(of_one=1.0)
    table.loc[table.index[0], "of_one"] = pd.NA
    own = {**INDICATORS, "own": Indicator(column="of_one")}
    for module in (leftout, indicators):
        monkeypatch.setattr(module, "INDICATORS", own)
    note = str(leftout.note(shown, table, indicator="own"))
    assert shown.district_name(str(table.index[0])) in note
    assert "3" not in note  # of a radius it knows nothing
