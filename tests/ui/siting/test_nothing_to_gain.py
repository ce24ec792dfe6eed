"""Where new sites add nobody 选址 says so plainly, says what to try, and lists no other plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.settings import LANGUAGES
from tests.ui.states import view
from ui.siting import figures, others, place_list, sentence, wording
from ui.siting.trying import steps, tables
from ui.state.pages import Siting

if TYPE_CHECKING:
    from geo.settings import Language


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_all_are_reached_the_next_step_is_told_and_no_other_plans(lang: Language) -> None:
    shown = view(Siting, lang, region="harbin", demand="sites", p="1")
    wording.complete(shown)
    headline = sentence.headline(shown)
    assert {"zh": "筛选现有地点", "en": "by sector or kind"}[lang] in headline
    assert others.rows(shown) == []
    again = view(Siting, lang, region="harbin", demand="sites", p="1", alternative="1")
    assert others.note(wording.complete(again)) is None


@pytest.mark.parametrize(("lang", "apart"), [("zh", "候选相距 {} 公里"), ("en", "{} km apart")])
def test_columns_and_figures_are_explained_where_they_stand(lang: Language, apart: str) -> None:
    shown = wording.complete(view(Siting, lang, region="harbin", p="1"))
    plan = wording.found(shown)
    assert plan is not None
    *_, gini, gap = figures.of_plan(shown, plan)
    assert apart.format(wording.km(plan.basis.spacing_m)) in gap.note
    assert "5%" in place_list.note(shown)
    assert plan.totals.gini_after > plan.totals.gini_before
    assert {"zh": "差距比现在大", "en": "Wider than today"}[lang] in gini.note


def test_the_table_of_pins_tells_its_figures_from_those_of_the_map() -> None:
    pins = "A:126.60000,45.75000"
    shown = view(Siting, region="harbin", mode="try", pins=pins)
    assert "标签" in tables.of_pins(shown, steps.Steps(region="harbin", states=(pins,), now=0))
