"""Tables of districts: in the order of the indicator, with decimals that align; twelve compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geo.facts import boundaries, catalog
from geo.measures import district_table
from geo.measures.indicator_list import INDICATORS
from tests.pages.conftest import shown
from tests.reading import having, one, words
from ui.state import fields, session

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

SITES, DISTRICTS = catalog.sites("shanghai"), boundaries.districts("shanghai")


def columns(app: AppTest) -> dict[str, list[str]]:
    """The cells of each column by its heading, names first."""
    heads, *rows = (map(words, each) for each in one(shown(app), class_="ct-all").iter("tr"))
    return dict(zip(heads, map(list, zip(*rows, strict=True)), strict=True))


@pytest.mark.parametrize("by", ["area", "people", "count", "coverage"])
def test_the_table_is_in_the_order_of_the_indicator(run_page: Open, by: str) -> None:
    app = run_page("districts", view="table", by=by)
    assert not app.exception
    column = INDICATORS[by].column
    figures = district_table.table(SITES, DISTRICTS, radius_m=3000)[column].to_dict()
    codes = {str(name): str(code) for code, name in DISTRICTS["name_zh"].items()}
    values = [figures[codes[name]] for name in columns(app)["名称"]]
    known = [value for value in values if value > 0]
    assert known == sorted(known, reverse=True)
    assert not any(value > 0 for value in values[len(known) :])
    sorted_by = one(shown(app), aria_sort="descending")
    assert having(sorted_by, data_put=f"by={by}")


def test_a_quotient_on_few_sites_stands_after_those_on_many(run_page: Open) -> None:
    app = run_page("districts", region="guangdong", unit="city", view="table", by="lq")
    remarks = columns(app)["说明"]
    few = ["不到 5 处" in each for each in remarks]
    assert any(few)
    assert not any(few[: few.index(True)])


@pytest.mark.parametrize("region", list(catalog.regions().index))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_decimals_of_a_column_align(run_page: Open, region: str, lang: str) -> None:
    app = run_page("districts", region=region, view="table", lang=lang)
    assert not app.exception
    for name, cells in columns(app).items():
        numbers = [each for each in cells if re.fullmatch(r"[<>]?[\d,.]+", each)]
        decimals = {len(each.partition(".")[2]) for each in numbers}
        assert len(decimals) <= 1, name
        assert not any("%" in each for each in cells), name


def test_percent_is_said_once(run_page: Open) -> None:
    assert "3 公里覆盖率（%）" in columns(run_page("districts", view="table"))


def test_every_district_has_its_row(run_page: Open) -> None:
    app = run_page("districts", region="guangdong", unit="district", view="table")
    assert len(columns(app)["名称"]) == len(boundaries.districts("guangdong"))


def test_twelve_districts_are_compared_and_no_more(run_page: Open) -> None:
    codes = list(DISTRICTS.index)
    app = run_page("districts", compare=",".join(codes[:12]))
    assert not app.warning
    _, *heads = having(one(shown(app), class_="ct-compare"), scope="col")
    assert [words(head) for head in heads] == [DISTRICTS["name_zh"][code] for code in codes[:12]]
    more = run_page("districts", compare=",".join(codes[:13]))
    (told,) = more.warning
    assert codes[12] in told.value


def test_all_districts_cannot_be_chosen_at_once(run_page: Open) -> None:
    """What says all and takes the first few would mislead."""
    choice = run_page("districts").multiselect(key=session.widget_key(fields.COMPARED))
    assert choice.proto.max_selections == fields.MAX_COMPARED
    assert choice.proto.select_all == 0
