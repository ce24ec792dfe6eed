"""An indicator of 区县 has its words wherever a page or a file says it."""

from __future__ import annotations

import pytest

from geo.facts import dictionary
from geo.measures.indicator_list import INDICATORS
from geo.settings import LANGUAGES
from ui.state import fields
from ui.words.language import PageTexts


@pytest.mark.parametrize("indicator", sorted(INDICATORS))
def test_an_indicator_is_named_wherever_it_is_shown(indicator: str) -> None:
    column = INDICATORS[indicator].column
    wanted = {
        f"unit.{indicator}",
        f"shade.{indicator}",
        f"formula.{indicator}",
        f"column.{column}",
        f"districts.{indicator}_row",
        f"districts.headline_{indicator}",
    }
    if indicator in fields.SHADINGS:
        wanted.add(f"overview.first_{indicator}")
    for lang in LANGUAGES:
        assert wanted - PageTexts(lang).texts.keys() == set()
    assert column in dictionary.columns("districts")
