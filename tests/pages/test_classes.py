"""How the colours of districts are classed: a choice of the reader, in the address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geo.facts import catalog
from geo.measures import classes
from geo.measures.indicator_list import RULES
from geo.settings import LANGUAGES
from tests.pages.conftest import address
from tests.ui.states import view
from ui.cached import indicators
from ui.map import legends
from ui.state import pages

if TYPE_CHECKING:
    from geo.measures.indicator_list import Rule
    from geo.settings import Language
    from layers.legend.strip import Group
    from tests.pages.conftest import Open

REGIONS = tuple(map(str, catalog.regions().index))


def ramp(lang: Language = "zh", **asked: str) -> Group:
    shown = view(pages.Overview, lang, **asked)
    values = indicators.values(indicators.table(shown.query), shown.state.shade)
    limits = indicators.breaks(shown.query, shown.state.shade, shown.state.classes)
    drawn = classes.classify(values, limits)
    ramp, _ = legends.shading_groups(shown, drawn, figures=values, indicator=shown.state.shade)
    return ramp


@pytest.mark.parametrize("page", ["overview", "districts"])
def test_classes_of_a_link_are_chosen_and_kept(run_page: Open, page: str) -> None:
    app = run_page(page, classes="equal")
    assert not app.exception
    assert not app.warning
    choice = app.radio(key="field_classes")
    assert choice.value == "equal"
    choice.set_value("natural").run()
    assert "classes" not in address(app)


def test_classes_that_nobody_offers_are_refused(run_page: Open) -> None:
    app = run_page("overview", classes="jenks")
    assert app.radio(key="field_classes").value == "natural"
    assert app.warning


def test_quotients_have_no_choice(run_page: Open) -> None:
    app = run_page("districts", by="lq", classes="equal")
    assert not app.exception
    assert "field_classes" not in [each.key for each in app.radio]
    assert address(app)["classes"] == "equal"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_the_legend_names_what_is_not_usual(lang: Language, rule: Rule) -> None:
    shown = ramp(lang, classes=rule)
    usual = ramp(lang)
    assert (shown.note == usual.note) == (rule == "natural")
    assert usual.note in shown.note


def test_fixed_classes_are_the_same_in_all_regions() -> None:
    fixed, usual = (
        {
            tuple(box.limits for box in ramp(region=one, unit="district", classes=rule).ramp)
            for one in REGIONS
        }
        for rule in ("fixed", "natural")
    )
    assert len(fixed) == 1
    assert len(usual) > 1


def test_quantiles_hold_as_many_districts_as_each_other() -> None:
    _, *above = ramp(region="guangdong", shade="people", classes="quantiles").ramp
    held = [int(re.sub(r"\D", "", box.units)) for box in above]
    assert len(held) == 5
    assert max(held) - min(held) <= 1
