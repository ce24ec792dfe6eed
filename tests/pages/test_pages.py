"""Each page in each language, region and state, without a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geo.facts import boundaries, catalog
from geo.measures import density
from geo.policy import goals
from geo.settings import LANGUAGES
from tests import reading
from tests.pages.conftest import address, headline, shown, words
from tests.reading import having, one, row

if TYPE_CHECKING:
    from tests.pages.conftest import Open

PAGES = ("overview", "districts", "clusters")
REGIONS = tuple(catalog.regions().index)
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("page", PAGES)
def test_page_runs(run_page: Open, page: str, region: str, lang: str) -> None:
    app = run_page(page, region=region, lang=lang)
    assert not app.exception
    assert not app.warning
    short = "上海" if lang == "zh" else "Shanghai"
    assert (short in headline(app)) == (region == "shanghai")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("indicator", ["area", "people", "count", "coverage", "lq"])
def test_every_indicator_has_a_sentence(run_page: Open, indicator: str, lang: str) -> None:
    app = run_page("districts", region="guangdong", unit="city", by=indicator, lang=lang)
    assert not app.exception
    assert "—" not in headline(app)


@pytest.mark.parametrize("page", PAGES)
def test_english_page_has_no_chinese_words_of_ours(run_page: Open, page: str) -> None:
    app = run_page(page, lang="en", region="guangdong")
    assert HAN.search(words(app)) is None


def test_headline_counts_the_catalogue(run_page: Open) -> None:
    app = run_page("overview", region="shanghai")
    assert f" {len(catalog.sites('shanghai'))} " in headline(app)


def test_filter_changes_the_figures_and_the_address(run_page: Open) -> None:
    app = run_page("overview", region="shanghai", kind="base")
    sites = catalog.sites("shanghai")
    n = int((sites["kind"] == "base").sum())
    assert str(n) in [reading.words(each) for each in shown(app).iter("strong")]
    assert app.query_params["kind"] == "base"


def test_ranking_is_ordered_and_complete(run_page: Open) -> None:
    app = run_page("districts", region="shanghai", by="area")
    table = density.density(catalog.sites("shanghai"), boundaries.districts("shanghai"))
    expected = table[table["n"] > 0].sort_values("per_100_km2", ascending=False).index
    names = boundaries.districts("shanghai")["name_zh"]
    ranking = one(shown(app), class_="ct-bars")
    assert [reading.words(name) for name in having(ranking, scope="row")] == [
        names[code] for code in expected
    ]


def test_comparison_shows_each_district(run_page: Open) -> None:
    app = run_page("districts", region="shanghai", compare="310101,310104,310115")
    _, *heads = having(one(shown(app), class_="ct-compare"), scope="col")
    assert [reading.words(head) for head in heads] == ["黄浦区", "徐汇区", "浦东新区"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_site_card_shows_facts_and_sources(run_page: Open, lang: str) -> None:
    app = run_page("overview", region="shanghai", at="site:sh-m50", lang=lang)
    card = words(app)
    assert ("M50创意园" if lang == "zh" else "M50 Creative Park") in card
    assert "whb.cn" in card


@pytest.mark.parametrize("lang", LANGUAGES)
def test_district_card_shows_facts_and_sources(run_page: Open, lang: str) -> None:
    app = run_page("overview", region="shanghai", at="district:310115", lang=lang)
    assert "5,681,512" in words(app)
    assert "1,210" in words(app)


@pytest.mark.parametrize(
    "params",
    [
        {"region": "atlantis"},
        {"kind": "castle"},
        {"radius": "-1"},
        {"radius": "1e9"},
        {"at": "site:' OR 1=1 --"},
        {"compare": ",".join(str(code) for code in range(10_000))},
        {"lang": "tlh"},
        {"sector": "<script>alert(1)</script>"},
    ],
)
@pytest.mark.parametrize("page", PAGES)
def test_unknown_value_in_the_address_gives_a_notice(
    run_page: Open, page: str, params: dict[str, str]
) -> None:
    app = run_page(page, **params)
    known = page == "districts" or "compare" not in params
    assert not app.exception
    assert len(app.warning) == (1 if known else 0)
    assert "region" not in address(app)


def test_two_widths_of_one_headline_say_the_same(run_page: Open) -> None:
    wide, narrow = map(reading.words, shown(run_page("overview")).iter("h1"))
    assert wide == narrow


def test_another_region_drops_what_belonged_to_the_old_one(run_page: Open) -> None:
    app = run_page("districts", region="shanghai", compare="310101,310104", kind="base")
    app.selectbox(key="field_region").set_value("harbin").run()
    assert not app.exception
    assert not app.warning
    assert "哈尔滨" in headline(app)
    # In the address: the region and the filter that still fits, not the districts of Shanghai.
    assert dict(app.query_params) == {"region": "harbin", "kind": "base"}


def test_language_switch_keeps_the_view(run_page: Open) -> None:
    app = run_page("overview", region="harbin", kind="park")
    before = re.search(r"\d+", headline(app))
    app.segmented_control(key="field_lang").set_value("en").run()
    assert "Harbin" in headline(app)
    assert before is not None
    assert f" {before[0]} " in headline(app)
    assert dict(app.query_params) == {"lang": "en", "region": "harbin", "kind": "park"}


def test_emptied_filter_means_all(run_page: Open) -> None:
    app = run_page("overview", region="shanghai", kind="base")
    app.pills(key="field_kind").set_value([]).run()
    assert f" {len(catalog.sites('shanghai'))} " in headline(app)


def test_location_quotient_is_never_of_filtered_sectors(run_page: Open) -> None:
    params = {"region": "guangdong", "unit": "city", "by": "lq"}
    assert headline(run_page("districts", **params)) == headline(
        run_page("districts", **params, sector="art")
    )


def test_a_province_opens_at_its_cities_and_a_city_at_its_districts(run_page: Open) -> None:
    app = run_page("overview", region="shanghai")
    app.selectbox(key="field_region").set_value("guangdong").run()
    assert "unit" not in app.query_params
    assert "/ 21 " in words(app)
    app.selectbox(key="field_unit").set_value("district").run()
    assert "/ 124 " in words(app)
    assert app.query_params["unit"] == "district"
    app.selectbox(key="field_region").set_value("harbin").run()
    assert "/ 18 " in words(app)
    assert "unit" not in app.query_params


@pytest.mark.parametrize("lang", LANGUAGES)
def test_targets_show_every_figure_and_compare_only_the_same_measure(
    run_page: Open, lang: str
) -> None:
    app = run_page("targets", lang=lang)
    assert not app.exception
    told = {reading.words(each).split()[-1] for each in shown(app).iter("strong")}
    figures = {"137.16", "20,404.48", "5,728.02", "6,200"}
    assert told >= (figures if lang == "zh" else {"13.716", "2,040.448", "572.802", "620"})
    # Each figure by itself is looked for in tests/ui/targets/test_goal_table.py.
    assert len(having(shown(app), scope="row")) == len(goals.matched(catalog.targets()))
    assert len(having(shown(app), class_="ct-meter")) == 3
    assert ("13716亿元" if lang == "zh" else "13716") in words(app)


def test_targets_of_one_region_and_theme(run_page: Open) -> None:
    app = run_page("targets", place="chongqing", theme="centres")
    assert "国家级工业设计中心" in words(app)
    assert "40%" in words(app)
    assert "哈尔滨市" not in words(app)
    assert headline(app) == (
        "重庆市；设计中心：4 项政策目标与 2 项已公布的完成情况里，1 项口径相同，可以对照"
    )


def test_targets_that_nothing_fits(run_page: Open) -> None:
    app = run_page("targets", place="jinan", theme="talent", lang="en")
    assert not app.exception
    assert headline(app) == "Jinan; people: no goal or reported figure"


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "小数点遗漏"), ("en", "its decimal point is lost")]
)
def test_misprint_is_explained_without_opening_anything(
    run_page: Open, lang: str, said: str
) -> None:
    app = run_page("targets", place="harbin", lang=lang)
    assert words(app).count(said) == 1
    assert not [each for each in shown(app).iter("details") if said in reading.words(each)]


def test_targets_of_a_theme_stand_together(run_page: Open) -> None:
    rows = shown(run_page("targets", place="chongqing")).iter("tr")
    # The rows below the first of a theme leave the name out.
    first = [reading.words(each[0]) for each in rows if each[0].tag == "td"]
    themes = [theme for theme in first if theme]
    assert len(first) > len(themes)
    assert len(themes) == len(set(themes)) > 3


def test_every_figure_names_its_column_for_readers_without_the_head(run_page: Open) -> None:
    app = run_page("targets", place="chongqing", theme="centres")
    compared = row(shown(app), "国家级工业设计中心")
    labels = [reading.words(each) for each in having(compared, class_="ct-label")]
    assert labels == ["目标", "完成情况", "进度"]
    assert "到 2025 年" in reading.words(compared)
    assert "2021 年" in [reading.words(each) for each in compared.iter("small")]


def test_filter_that_leaves_only_unplaced_sites_names_no_winner(run_page: Open) -> None:
    sites = catalog.sites("chongqing")
    chosen = sites[(sites["kind"] == "design_center") & (sites["level"] == "municipal")]
    assert chosen["adcode"].isna().all()
    params = {"region": "chongqing", "kind": "design_center", "level": "municipal"}
    for page in PAGES:
        sentence = headline(run_page(page, **params))
        assert f" {len(chosen)} " in sentence
        assert "区，" not in sentence


def test_district_without_usable_positions_has_no_coverage_and_the_page_says_why(
    run_page: Open,
) -> None:
    # Heyuan has two sites, neither of them located.
    params = {"region": "guangdong", "by": "coverage", "at": "district:441600"}
    app = run_page("districts", **params)
    facts = zip(shown(app).iter("dt"), shown(app).iter("dd"), strict=True)
    told = {reading.words(name): reading.words(value) for name, value in facts}
    assert told["3 公里覆盖率"] == "—"
    assert "位置都不够精确" in words(app)


def test_covered_district_without_a_site_is_ranked(run_page: Open) -> None:
    app = run_page("districts", region="guangdong", unit="district", by="coverage", radius="10")
    places = boundaries.districts("guangdong")
    table = density.density(catalog.sites("guangdong"), places)
    assert table.loc["445102", "n"] == 0
    assert row(one(shown(app), class_="ct-bars"), "湘桥区")


def test_share_in_the_headline_is_of_the_number_beside_it(run_page: Open) -> None:
    told = re.search(
        r" (\d+) 处.*?(\d+)% 集中.*? (\d+) 个区县",
        headline(run_page("overview", region="chongqing")),
    )
    assert told is not None
    n, share, k = map(int, told.groups())
    table = density.density(catalog.sites("chongqing"), boundaries.districts("chongqing"))
    held = table.sort_values("per_100_km2", ascending=False).head(k)["n"].sum()
    assert share == round(100 * held / n)


def test_filtered_page_says_so_and_can_be_cleared(run_page: Open) -> None:
    app = run_page("overview", region="shanghai", sector="fas", kind="park")
    assert "处做时尚的园区" in headline(app)
    app.button(key="clear").click().run()
    assert "时尚" not in headline(app)
    assert dict(app.query_params) == {}


def test_choosing_the_language_that_is_on_changes_nothing(run_page: Open) -> None:
    app = run_page("overview", lang="en")
    app.segmented_control(key="field_lang").set_value(None).run()
    assert "Shanghai" in headline(app)
    assert app.query_params["lang"] == "en"


def test_design_centre_was_recognised_and_not_opened_in_its_year(run_page: Open) -> None:
    assert "2023 年认定" in words(run_page("overview", at="site:sh-nidc6-8"))


def test_overview_names_no_leader_where_several_lead(run_page: Open) -> None:
    params = {"region": "chongqing", "sector": "ind"}
    assert headline(run_page("overview", **params)).endswith("最多的各有 5 处")


def test_targets_have_the_same_address_wherever_the_reader_comes_from(run_page: Open) -> None:
    app = run_page("targets", region="chongqing")
    assert address(app) == {"place": "chongqing"}


@pytest.mark.parametrize(("region", "layout"), [("chongqing", "1+N"), ("shanghai", "一城一名园")])
def test_layout_shown_at_first_is_that_of_the_region(
    run_page: Open, region: str, layout: str
) -> None:
    assert layout in headline(run_page("layouts", region=region))
