"""A site's page: facts, ranks, neighbours, layouts; the shortlist; addresses that name no site."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from geo.facts import catalog
from geo.policy import site_profile
from tests import reading
from tests.pages.conftest import address, headline, shown, words
from tests.reading import one, read
from tests.ui import states
from ui.blocks import site_links
from ui.cached import records
from ui.site import profile
from ui.state import fields, pages
from ui.state.address import parse, render
from ui.state.pages import Site
from ui.state.view import PageView

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

EXACT = "sh-m50"
ROUGH = "gd-dm-bay-port"
NOWHERE = "hrb-demoli-town"
CITY_ONLY = "gd-sz-exchange"
PROVINCE_ONLY = "gd-lab-home"
HAN = re.compile(r"[\u4e00-\u9fff]")


def part(app: AppTest, name: str) -> str:
    return reading.words(one(shown(app), class_=name))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", [EXACT, ROUGH, NOWHERE, CITY_ONLY, PROVINCE_ONLY])
def test_page_opens_for_every_kind_of_position(run_page: Open, key: str, lang: str) -> None:
    app = run_page("site", id=key, lang=lang)
    assert not app.exception
    assert not app.warning
    site = catalog.sites().set_index("id").loc[key]
    assert headline(app) == site[f"name_{lang}"]
    other = "en" if lang == "zh" else "zh"
    assert site[f"name_{other}"] in [reading.words(each) for each in shown(app).iter("h2")]


def test_district_ranks_as_the_figures_say(run_page: Open) -> None:
    table = part(run_page("site", id=EXACT), "ct-ranks")
    assert "密度（面积）" in table
    assert table.count("16 个区中第") == 2
    assert "15 个区中第" in table  # one district's sites are known too roughly for coverage


@pytest.mark.parametrize(
    ("key", "said"), [(NOWHERE, "位置都不够精确"), (PROVINCE_ONLY, "不归任何")]
)
def test_figure_that_is_empty_says_why(run_page: Open, key: str, said: str) -> None:
    assert said in words(run_page("site", id=key))


def test_site_known_by_city_counts_among_cities(run_page: Open) -> None:
    assert "21 个市中第" in part(run_page("site", id=CITY_ONLY), "ct-ranks")


def test_neighbours_count_where_positions_allow(run_page: Open) -> None:
    exact, rough, nowhere = (
        part(run_page("site", id=key), "ct-within") for key in (EXACT, ROUGH, NOWHERE)
    )
    assert "不计" not in exact
    assert rough.count("位置误差大于 1 公里，不计") == 1
    assert nowhere.count("没有坐标，不计") == 3


def test_nearest_are_of_its_sectors_and_lead_to_their_pages(run_page: Open) -> None:
    listed = one(shown(run_page("site", id=EXACT, pick="sh-tonglefang")), class_="ct-nearest")
    every = catalog.sites("shanghai")
    near = site_profile.neighbours(every[every["id"] == EXACT].iloc[0], every)
    wanted = list(near[near["same_sector"]]["id"].head(10))
    assert [each.get("data-put") for each in listed.iter("a")] == [f"id={key}" for key in wanted]
    asked = [parse_qs(link.removeprefix("?")) for link in reading.links(listed)]
    assert [each["id"] for each in asked] == [[key] for key in wanted]
    assert {tuple(each["pick"]) for each in asked} == {("sh-tonglefang",)}


@pytest.mark.parametrize(("lang", "said"), [("zh", "公里起才计入上表"), ("en", "km on")])
def test_list_of_neighbours_agrees_with_the_table(run_page: Open, lang: str, said: str) -> None:
    every = catalog.sites("shanghai")
    near = site_profile.neighbours(every[every["id"] == EXACT].iloc[0], every)
    same = near[near["same_sector"]]
    app = run_page("site", id=EXACT, lang=lang)
    listed = part(app, "ct-nearest")
    heading = {
        "zh": f"同行业最近 10 处 5 公里内共 {len(same)} 处",
        "en": f"Nearest 10 of its sectors {len(same)} within 5 km",
    }
    assert heading[lang] in words(app)
    for km in site_profile.RADII_KM:
        # Those within a radius, without those that are said not to count in it.
        within = same.head(10)[same.head(10)["distance_m"] <= 1000 * km]
        counted = same.head(10)[same.head(10)["within_km"] <= km]
        assert len(within) - len(counted) <= listed.count(said)
    ring = same["distance_m"].map(lambda m: min(k for k in site_profile.RADII_KM if m <= 1000 * k))
    assert listed.count(said) == int((ring < same["within_km"]).head(10).sum())


@pytest.mark.parametrize("key", [NOWHERE, ROUGH, EXACT])
def test_layouts_that_name_it_are_told_with_section_and_link(run_page: Open, key: str) -> None:
    app = run_page("site", id=key)
    named = site_profile.named_by(records.site(key))
    links = [each.removeprefix("layouts?") for each in reading.links(shown(app), "layouts?")]
    assert [(parse(asked, pages.Layouts.fields()).values["layout"], asked["element"])
            for asked in (dict(parse_qsl(link)) for link in links)] == [
        (each.layout.id, each.element.id) for each in named
    ]  # fmt: skip
    assert all(each.element.summary_zh in words(app) for each in named)
    assert bool(named) != ("没有点名这一处" in words(app))


def test_whole_page_is_in_english(run_page: Open) -> None:
    app = run_page("site", id="cq-scfai", lang="en")
    for name in ("ct-ranks", "ct-within", "ct-nearest", "ct-named", "ct-history"):
        assert not HAN.search(part(app, name))


def test_shortlist_is_changed_here_and_goes_back(run_page: Open) -> None:
    app = run_page("site", id=EXACT, pick="sh-tonglefang")
    button = app.button(key="pick_site")
    assert button.label == "加入候选名单"
    app = button.click().run()
    assert app.query_params["pick"] == f"sh-tonglefang,{EXACT}"
    assert back_of(app) == {"pick": f"sh-tonglefang,{EXACT}", "at": f"site:{EXACT}"}
    app = app.button(key="pick_site").click().run()
    assert app.query_params["pick"] == "sh-tonglefang"


def test_way_back_keeps_the_search(run_page: Open) -> None:
    search = "sector=dig&kind=park&text=创意&near=121.47,31.23&within_km=10&sort=distance&page=2"
    app = run_page("site", **{"id": EXACT, "from": search, "lang": "en"})
    assert not app.warning
    asked = back_of(app)
    assert asked == {**dict(parse_qsl(search)), "lang": "en", "at": f"site:{EXACT}"}


def test_way_back_to_a_search_elsewhere_leaves_it_as_it_was(run_page: Open) -> None:
    app = run_page("site", **{"id": EXACT, "from": "region=harbin&status=operating"})
    assert back_of(app) == {"region": "harbin", "status": "operating"}


@pytest.mark.parametrize(
    "search",
    ["https://example.org", "//example.org/", "javascript:alert(1)", "next=https://example.org",
     "sector=nonsense", "sector=dig&sector=ind", "text=%ff", "pick=sh-m50", "text=" + "x" * 1000,
     "&" * 50, "kind=park#x", "lang=en"],
)  # fmt: skip
def test_way_back_that_is_no_search_is_refused(run_page: Open, search: str) -> None:
    app = run_page("site", **{"id": EXACT, "from": search})
    assert not app.exception
    assert len(app.warning) == 1
    assert back_of(app) == {"at": f"site:{EXACT}"}
    assert "from" not in address(app)


def back_of(app: AppTest) -> dict[str, str]:
    link, *_ = reading.links(shown(app), "find")
    return dict(parse_qsl(urlsplit(link).query))


@pytest.mark.parametrize("region", list(catalog.regions().index))
def test_links_say_what_their_page_would_write(region: str) -> None:
    values: dict[str, Any] = {
        "region": region, "lang": "zh", "text": "创意 & 设计", "kind": ("park",), "pick": (EXACT,),
    }  # fmt: skip
    view = states.view(pages.Find, **values)
    site = records.site(str(catalog.sites(region)["id"].iloc[0]))
    profile_link = site_links.profile(view, str(site["id"]), text="x")
    here = parse(asked_by(profile_link), pages.Site.fields())
    assert not here.refused
    there = PageView(replace(pages.Site.of(here.values), region=region))
    code = str(site["adcode"])
    told = {
        profile_link: pages.Site.fields(),
        site_links.find(there, site, text="x"): pages.Find.fields(),
        site_links.districts(there, "district", code, text="x"): pages.Districts.fields(),
    }
    told |= dict.fromkeys(
        (site_links.element(there, each, text="x") for each in site_profile.named_by(site)),
        pages.Layouts.fields(),
    )
    for link, known in told.items():
        parsed = parse(asked_by(link), known)
        assert not parsed.refused
        assert render(parsed.values, known) == asked_by(link)


def asked_by(link: str) -> dict[str, str]:
    (address,) = reading.links(read(link))
    return dict(parse_qsl(urlsplit(address).query))


def test_full_shortlist_takes_no_more(run_page: Open) -> None:
    others = [key for key in catalog.sites("shanghai")["id"] if key != EXACT]
    app = run_page("site", id=EXACT, pick=",".join(others[: fields.MAX_PICKED]))
    assert app.button(key="pick_site").disabled


@pytest.mark.parametrize("params", [{"id": "atlantis"}, {"id": "<script>alert(1)</script>"}])
def test_unknown_site_gives_a_notice_and_a_way_back(run_page: Open, params: dict[str, str]) -> None:
    app = run_page("site", **params)
    assert not app.exception
    assert len(app.warning) == 1
    assert "没有选定地点" in words(app)
    assert "find" in reading.links(shown(app))
    assert not [each for each in shown(app).iter("script") if "alert" in str(each.text)]


def test_no_site_gives_the_way_alone(run_page: Open) -> None:
    app = run_page("site")
    assert not app.exception
    assert not app.warning
    assert "find" in reading.links(shown(app))


@pytest.mark.parametrize(
    ("metres", "rough", "said"),
    [(34.4, False, "34 米"), (999.6, False, "1,000 米"), (1000.4, False, "1,001 米"),
     (1004.0, False, "1,004 米"), (1014.2, False, "1,010 米"), (2449.0, False, "2,450 米"),
     (3002.0, False, "3,002 米"), (9996.0, False, "10.0 公里"), (212.0, True, "约 0.2 公里")],
)  # fmt: skip
def test_distance_agrees_with_the_radii(
    metres: float,
    rough: bool,  # noqa: FBT001 - a case
    said: str,
) -> None:
    assert profile.distance(_view(), metres, rough=rough) == said


def _view() -> PageView[Site]:
    return states.view(Site)


def test_a_former_district_stands_beside_the_present_one(run_page: Open) -> None:
    sites = catalog.sites("chongqing")
    site = sites[sites["district_listed"] == "渝北区"].iloc[0]
    for lang, told in (("zh", "两江新区（来源作渝北区）"), ("en", "(in the source Yubei")):
        assert told in words(run_page("site", id=site["id"], lang=lang))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_record_of_its_changes_is_told(run_page: Open, lang: str) -> None:
    facts = catalog.sites().set_index("id").loc["sh-bridge8-1"]
    told = part(run_page("site", id="sh-bridge8-1", lang=lang), "ct-history")
    year = facts["opened_year"]
    said = {
        "zh": f"开放年份：空 → {year} 来源更好",
        "en": f"Year of opening: empty → {year} A better",
    }
    assert said[lang] in told
    assert "sourced" not in told


def test_a_site_that_came_new_says_so(run_page: Open) -> None:
    added = catalog.changes().query("table == 'sites' and reason == 'added' and id.notna()")["id"]
    core = catalog.sites()["id"]
    key = str(added[added.isin(core)].iloc[0])
    assert "见于名录 新收入" in part(run_page("site", id=key), "ct-history")
