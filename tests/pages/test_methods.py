"""方法: each form of it runs, and its choices are those that the method depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.facts import catalog
from geo.settings import LANGUAGES
from tests.pages.conftest import address, headline, words

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_method_is_explained_and_cited(run_page: Open, lang: str) -> None:
    app = run_page("methods", lang=lang)
    assert not app.exception
    assert ("区位商" if lang == "zh" else "Location quotient") in headline(app)
    cited = [each.value for each in app.code if "95%" in each.value]
    assert len(cited) == 1
    assert catalog.catalogue_date().isoformat() in cited[0]
    drawn = " ".join(each.value for each in app.markdown)
    assert r"$\displaystyle \mathrm{LQ}_{ds}" in drawn


def test_the_code_speaks_for_itself(run_page: Open) -> None:
    app = run_page("methods", method="concentration", form="code")
    assert not app.exception
    shown = "\n".join(each.value for each in app.code)
    assert "def gini(x: ArrayLike, *, normalised: bool = False) -> float:" in shown
    assert "geo.measures.concentration" in words(app)


def test_choices_are_those_that_the_method_depends_on(run_page: Open) -> None:
    asked = {
        "served": ["指标", "区域"],
        "count": ["指标", "区域", "算例"],
        "stars": ["指标", "区域", "算例", "行业"],
        "kept": ["指标", "区域", "布局"],
    }
    for method, choices in asked.items():
        app = run_page("methods", method=method)
        assert [each.label for each in app.selectbox] == choices
        assert address(app) == {"method": method}


def test_the_first_district_has_a_plain_link(run_page: Open) -> None:
    app = run_page("methods")
    assert address(app) == {}
    chosen = run_page("methods", example="310110")
    assert address(chosen) == {"example": "310110"}
    assert any("杨浦区" in each.value for each in chosen.code)
