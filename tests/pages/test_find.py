"""选园: figures beside every choice, orders, shortlist, and addresses nobody meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest

from geo.facts import boundaries, catalog
from geo.search import criteria, facets, matching, suggestions
from geo.search.criteria import Criteria
from tests import reading
from tests.pages.conftest import address, headline, shown, words
from tests.reading import having, one
from tests.ui import states
from ui.filters import finding
from ui.state import pages

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

SITES = catalog.sites("shanghai")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("region", list(catalog.regions().index))
def test_every_region_opens_with_its_sites(run_page: Open, region: str, lang: str) -> None:
    app = run_page("find", region=region, lang=lang)
    assert not app.exception
    assert not app.warning
    assert str(len(catalog.sites(region))) in headline(app)


def choices(app: AppTest, name: str) -> dict[str, int]:
    """The counts beside the choices of a filter, by code."""
    told = {}
    for link in shown(app).iter("a"):
        field, _, code = link.get("data-put", "").removeprefix("~").partition("=")
        if field == name and (n := link.find("b")) is not None:
            told[code] = int(reading.words(n).replace(",", ""))
    return told


def test_every_choice_says_how_many_it_leaves(run_page: Open) -> None:
    app = run_page("find", sector="fas", status="operating")
    told = facets.counts(SITES, Criteria(sector=("fas",), status=("operating",)))
    for field in ("sector", "level", "status", "precision"):
        assert choices(app, field) == told[field]
    assert choices(app, "evidence") == told["evidence"]
    units = boundaries.districts("shanghai").index
    by_unit = {code: told["district"].get(code, 0) for code in units}
    assert choices(app, "district") == {code: n for code, n in by_unit.items() if n}
    regions = {
        region: len(
            matching.select(catalog.sites(region), Criteria(sector=("fas",), status=("operating",)))
        )
        for region in catalog.regions().index
    }
    assert choices(app, "region") == regions


@pytest.mark.parametrize(("name", "value"), [("opened_since", "2010"), ("area_min", "50000")])
def test_count_beside_a_value_is_what_choosing_it_leaves(
    run_page: Open, name: str, value: str
) -> None:
    told = choices(run_page("find"), name)[value]
    chosen = run_page("find", **{name: value})
    assert 0 < told < len(SITES)
    assert f"{told} 处" in headline(chosen)


def test_rows_are_in_the_order_asked_for(run_page: Open) -> None:
    told = words(run_page("find", sort="opened"))
    first = SITES.sort_values("opened_year", ascending=False)["name_zh"].iloc[0]
    assert told.index(first) < told.index("下一页")


def compared(app: AppTest) -> list[str]:
    """The heads of the first table that compares sites."""
    table, *_ = having(shown(app), class_="ct-versus")
    return [reading.words(head) for head in having(table, scope="col")]


def test_shortlist_of_two_regions_is_compared(run_page: Open) -> None:
    _, *heads = compared(run_page("find", pick="sh-m50,hrb-hrbnu-park"))
    assert len(heads) == 2
    assert "M50" in heads[0]
    assert "哈尔滨师范大学" in heads[1]


def test_more_than_four_are_listed_and_four_compared(run_page: Open) -> None:
    ids = list(SITES["id"][:6])
    app = run_page("find", pick=",".join(ids))
    assert len(compared(app)) == 1 + 4
    assert len(one(shown(app), class_="ct-shortlist").findall("li")) == 6
    other = run_page("find", pick=",".join(ids), versus=f"{ids[5]},{ids[4]}")
    assert len(compared(other)) == 1 + 2


def test_nothing_found_says_so_and_offers_to_clear(run_page: Open) -> None:
    app = run_page("find", text="zzzzqqqq")
    assert not app.exception
    assert "没有与“zzzzqqqq”相符的地点" in words(app)
    next(each for each in app.button if each.key == "clear_none").click().run()
    assert f"{len(SITES)} 处" in headline(app)


@pytest.mark.parametrize(("lang", "said"), [("zh", "在上海有 1 处"), ("en", "1 in Shanghai")])
def test_search_in_vain_says_where_it_would_find_something(
    run_page: Open, lang: str, said: str
) -> None:
    app = run_page("find", region="jinan", district="370102", text="田子坊", lang=lang)
    (link,) = (each for each in shown(app).iter("a") if reading.words(each) == said)
    assert "region=shanghai" in link.get("data-put", "")
    asked = dict(parse_qsl(link.get("href", "").removeprefix("?")))
    assert asked == {"text": "田子坊"} | ({"lang": "en"} if lang == "en" else {})
    there = run_page("find", **asked)
    assert not there.warning
    assert "田子坊" in headline(there)
    assert re.search("有 1 处|has 1 site", headline(there))


def test_search_that_finds_nothing_anywhere_offers_no_region(run_page: Open) -> None:
    links = shown(run_page("find", region="jinan", text="zzzzqqqq")).iter("a")
    assert not [each for each in links if reading.words(each).endswith("处")]


@pytest.mark.parametrize(
    "params",
    [
        {"within_km": "-1"},
        {"within_km": "1e9"},
        {"near": "here"},
        {"opened_since": "12345"},
        {"area_min": "nan"},
        {"text": "x" * 101},
        {"pick": "'; DROP TABLE sites; --"},
        {"sort": "price"},
        {"page": "0"},
        {"district": "999999"},
        {"at": "district:310101"},
        {"precision": ",".join(f"p{i}" for i in range(10_000))},
    ],
    ids=lambda params: next(iter(params)),
)
def test_absurd_value_gives_a_notice_and_the_page(run_page: Open, params: dict[str, str]) -> None:
    app = run_page("find", **params)
    assert not app.exception
    assert app.warning
    assert f"{len(SITES)} 处" in headline(app)


def test_page_past_the_end_is_the_last(run_page: Open) -> None:
    last = 1 + (len(SITES) - 1) // 10 * 10
    assert f"第 {last}–{len(SITES)} 处" in words(run_page("find", page="900"))


@pytest.mark.parametrize(("chosen", "then"), [("区域　上海市 172", "harbin"), ("jinan", "jinan")])
def test_label_that_changed_while_the_reader_chose_changes_nothing(
    run_page: Open, chosen: str, then: str
) -> None:
    # Streamlit hands over the label itself when it no longer finds it among its options.
    app = run_page("find", region="harbin")
    app.session_state["field_region"] = chosen
    app.run()
    assert not app.exception
    assert address(app) == {"region": then}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_selected_site_has_its_row_open(run_page: Open, lang: str) -> None:
    app = run_page("find", at="site:sh-m50", lang=lang)
    assert not app.exception
    (row,) = (each for each in shown(app).iter("li") if each.get("class") == "ct-chosen")
    assert "M50" in reading.words(row)
    assert any("id=sh-m50" in link for link in reading.links(row, "site?"))


def test_merged_district_is_called_as_on_the_map(run_page: Open) -> None:
    # Jiangbei and Yubei became Liangjiang New Area in 2025.
    told = words(run_page("find", region="chongqing", district="500105"))
    assert "两江新区 · " in told
    assert "渝北区 · " not in told


def test_another_filter_turns_back_to_the_first_page(run_page: Open) -> None:
    app = run_page("find", region="guangdong", page="3")
    assert "第 21–30 处" in words(app)
    app.session_state["field_kind"] = ["park"]
    app.run()
    assert "第 1–10 处" in words(app)


def test_no_leader_is_named_where_several_lead(run_page: Open) -> None:
    sectors = [
        key
        for key in catalog.families().index
        if (per := finding.per_district(states.view(pages.Find, sector=(key,)))).size > 1
        and per.iloc[0] == per.iloc[1]
    ]
    for sector in sectors:
        assert "最多的各有" in headline(run_page("find", sector=sector))
    lone = headline(run_page("find"))
    assert ("最多，有" in lone) != ("最多的各有" in lone)


def test_typed_search_that_says_nothing_is_told(run_page: Open) -> None:
    app = run_page("find")
    next(box for box in app.text_input if box.key == "field_text").set_value("·").run()
    assert not app.exception
    (told,) = app.warning
    assert "没有可以搜索的字" in told.value
    assert "地址" not in told.value
    assert f"{len(SITES)} 处" in headline(app)


def test_order_by_distance_shows_the_distances(run_page: Open) -> None:
    app = run_page("find", near="121.4448,31.2501", sort="distance")
    first = next(one(shown(app), class_="ct-results").iter("li"))
    assert "M50" in reading.words(first)
    assert any(re.fullmatch(r"\d+ 米", reading.words(each)) for each in first.iter("b"))


def test_search_says_that_the_best_match_comes_first(run_page: Open) -> None:
    assert "名称最相符的在前" in words(run_page("find", text="chuangyi"))
    assert "级别高的在前" in words(run_page("find"))
    near = run_page("find", near="121.47,31.23", within_km="5", sort="distance")
    assert "5 公里以内" in words(near)


def test_misspelt_search_names_what_it_may_have_meant(run_page: Open) -> None:
    for lang, name in (("zh", "同乐坊"), ("en", "The New Factories")):
        meant = one(shown(run_page("find", text="tonlefang", lang=lang)), class_="ct-meant")
        assert name in [reading.words(each) for each in meant.iter("a")]
    assert not having(shown(run_page("find", text="zzzzqqq")), class_="ct-meant")


def test_name_that_is_too_long_to_search_for_is_not_suggested(run_page: Open) -> None:
    sites = catalog.sites("guangdong").reset_index(drop=True)
    row = int(sites["name_en"].str.len().argmax())
    name = str(sites["name_en"][row])
    assert len(name) > criteria.MOST_TEXT
    asked = name[:32].replace("a", "aa", 1)
    assert row in suggestions.nearest(sites, asked)
    assert name not in words(run_page("find", region="guangdong", text=asked, lang="en"))


def test_headline_names_one_district_only_where_all_are_in_it(run_page: Open) -> None:
    found = SITES[SITES["name_zh"].str.contains("报")]
    assert found["adcode"].nunique() == 1
    assert found["adcode"].isna().any()
    said = headline(run_page("find", text="报"))
    assert "都在" not in said
    assert f"已知所在区县的 {found['adcode'].notna().sum()} 处在" in said


def test_click_that_is_sent_with_the_address_before_it_undoes_nothing(run_page: Open) -> None:
    first, second = SITES["id"].iloc[:2]
    app = run_page("find", kind="park")
    before = dict(app.query_params)
    app.session_state["field_pick"] = [first]
    app.run()
    assert app.query_params["pick"] in (first, [first])
    # The browser sends the address that it shows, and that may be the one before.
    del app.query_params["pick"]
    assert dict(app.query_params) == before
    app.session_state["field_pick"] = [first, second]
    app.run()
    assert app.session_state["field_pick"] == [first, second]
    assert app.query_params["pick"] in (f"{first},{second}", [f"{first},{second}"])


def test_any_area_can_be_typed_and_those_without_one_are_counted(run_page: Open) -> None:
    app = run_page("find", region="harbin")
    sites = catalog.sites("harbin")
    (field,) = (each for each in app.text_input if "其他面积" in each.label)
    unknown = sites["area_m2"].isna().sum()
    assert f"{len(sites)} 处里有 {unknown} 处没有公布面积" in " ".join(
        each.value for each in app.caption
    )
    field.set_value("15000").run()
    assert not app.exception
    assert address(app)["area_min"] == "15000"
