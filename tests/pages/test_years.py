"""总览 up to a year: only what is known by then, and what is not known is counted beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.facts import catalog, years
from geo.measures import classes
from geo.measures.indicator_list import RULES
from geo.settings import LANGUAGES
from tests import reading
from tests.pages.conftest import address, headline, shown, words
from tests.ui.states import view
from ui.blocks import years as chart
from ui.cached import indicators
from ui.map import legends
from ui.state import pages

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from geo.measures.indicator_list import Rule
    from geo.settings import Language
    from tests.pages.conftest import Open

SINCE = years.known(catalog.sites("shanghai"))
UNKNOWN = int(SINCE["year"].isna().sum())


def by(year: int) -> int:
    return int((SINCE["year"] <= year).sum())


def table(app: AppTest) -> list[list[str]]:
    """The rows of the chart as they are read out."""
    found = [each for each in shown(app).iter("table") if "ct-unseen" in each.get("class", "")]
    (rows,) = ([*each.iter("tr")] for each in found)
    return [[reading.words(cell) for cell in row] for row in rows]


def test_at_first_all_sites_are_shown(run_page: Open) -> None:
    app = run_page("overview")
    assert not app.exception
    assert app.select_slider(key="field_until").value == ""
    assert str(len(SINCE)) in headline(app)


def test_a_year_on_the_slider_is_shown_and_in_the_address(run_page: Open) -> None:
    app = run_page("overview")
    app.select_slider(key="field_until").set_value("2015").run()
    assert not app.exception
    assert address(app)["until"] == "2015"
    assert f"上海 {by(2015)} 处到 2015 年已知开放或获认定的地点" in headline(app)
    assert f"另有 {UNKNOWN} 处年份未见公布，不画" in words(app)
    app.select_slider(key="field_until").set_value("").run()
    assert "until" not in address(app)
    assert str(len(SINCE)) in headline(app)


@pytest.mark.parametrize("until", ["", "2012"])
def test_the_chart_is_read_out_and_stays_whole(run_page: Open, until: str) -> None:
    heads, *rows = table(run_page("overview", lang="en", until=until))
    assert heads == ["Year", "Opened", "Recognised"]
    counts = years.per_year(SINCE, years.span())
    known = counts[counts.sum(axis=1) > 0]
    assert [tuple(map(int, row)) for row in rows] == list(known.itertuples(name=None))


@pytest.mark.parametrize("year", ["1066", "soon", "9999"])
def test_a_year_that_nothing_is_known_of_is_refused(run_page: Open, year: str) -> None:
    app = run_page("overview", until=year)
    assert not app.exception
    (told,) = app.warning
    assert year in told.value
    assert app.select_slider(key="field_until").value == ""


def test_clearing_all_filters_clears_the_year(run_page: Open) -> None:
    app = run_page("overview", until="2015")
    app.button(key="clear").click().run()
    assert app.select_slider(key="field_until").value == ""
    assert "until" not in address(app)


@pytest.mark.parametrize("indicator", ["area", "people", "count", "coverage"])
@pytest.mark.parametrize("rule", RULES)
def test_classes_are_those_of_all_years(indicator: str, rule: Rule) -> None:
    limits = {
        indicators.breaks(view(pages.Overview, until=str(year)).query, indicator, rule)
        for year in (*years.span(), "")
    }
    assert len(limits) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_is_known_by_a_year_the_page_says_so(run_page: Open, lang: str) -> None:
    app = run_page("overview", lang=lang, until=str(years.span()[0]))
    assert not app.exception
    assert str(years.span()[0]) in headline(app)
    assert str(UNKNOWN) in words(app)


@pytest.mark.parametrize("page", ["overview", "districts"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_district_of_unknown_years_alone_is_no_zero(
    run_page: Open, page: str, lang: Language
) -> None:
    app = run_page(page, lang=lang, region="chongqing", until="2015", by="count", shade="count")
    assert not app.exception
    assert not app.warning
    assert address(app)["until"] == "2015"
    assert "2015" in headline(app)
    shown = view(pages.Overview, lang, region="chongqing", until="2015", shade="count")
    table = indicators.table(shown.query)
    undecided = int(table["n"].isna().sum())
    assert undecided
    drawn = classes.classify(indicators.values(table, "count"), [10.0])
    ramp, signs = legends.shading_groups(shown, drawn, figures=table["n"], indicator="count")
    (sign,) = signs.entries
    assert (sign.label, sign.count) == (
        shown.t("legend.years_unknown"),
        shown.t("legend.units", n=undecided),
    )
    assert ramp.ramp[0].units == shown.t("legend.units", n=int((table["n"] == 0).sum()))
    told = "undecided_many" if page == "overview" else "left_years_unknown"
    said = shown.t(f"{page}.{told}", n=undecided, unit=shown.noun(undecided))
    assert said in words(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_unknown_years_where_all_are_known(lang: Language) -> None:
    shown_all = view(pages.Overview, lang, region="shanghai")
    counts, (n, _) = indicators.per_year(shown_all.query), indicators.dated(shown_all.query)
    known = reading.words(reading.read(chart.chart(shown_all, counts, dated=(n, 0))))
    assert "未见公布" not in known.replace("开放年份未见公布", "")
    assert "0 not published" not in known
    assert " 0 of unpublished year" not in known
