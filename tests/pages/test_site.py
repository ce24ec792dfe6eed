"""A site's page: facts, ranks, neighbours, layouts; the shortlist; addresses that name no site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from geo import catalog, profile
from ui import fields, finding, siteprofile
from ui.language import Texts
from ui.view import View

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

EXACT = "sh-m50"
ROUGH = "gd-dm-bay-port"
NOWHERE = "hrb-demoli-town"
CITY_ONLY = "gd-sz-exchange"
PROVINCE_ONLY = "gd-lab-home"
HAN = re.compile(r"[\u4e00-\u9fff]")


def words(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


def part(shown: str, name: str) -> str:
    found = re.search(rf'<(\w+) class="{name}".*?</\1>', shown, re.DOTALL)
    assert found, name
    return found[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", [EXACT, ROUGH, NOWHERE, CITY_ONLY, PROVINCE_ONLY])
def test_page_opens_for_every_kind_of_position(run_page: Open, key: str, lang: str) -> None:
    app = run_page("site", id=key, lang=lang)
    assert not app.exception
    assert not app.warning
    site = catalog.sites().set_index("id").loc[key]
    shown = words(app)
    assert f">{site[f'name_{lang}']}</h1>" in shown
    other = "en" if lang == "zh" else "zh"
    assert f"<h3>{site[f'name_{other}']}</h3>" in shown


def test_district_ranks_as_the_figures_say(run_page: Open) -> None:
    table = part(words(run_page("site", id=EXACT)), "ct-ranks")
    assert "密度（面积）" in table
    assert table.count("16 个区中第") == 2
    assert "15 个区中第" in table  # one district's sites are known too roughly for coverage


@pytest.mark.parametrize(
    ("key", "said"), [(NOWHERE, "位置都不够精确"), (PROVINCE_ONLY, "不归任何")]
)
def test_figure_that_is_empty_says_why(run_page: Open, key: str, said: str) -> None:
    assert said in words(run_page("site", id=key))


def test_site_known_by_city_counts_among_cities(run_page: Open) -> None:
    assert "21 个市中第" in part(words(run_page("site", id=CITY_ONLY)), "ct-ranks")


def test_neighbours_count_where_positions_allow(run_page: Open) -> None:
    exact, rough, nowhere = (
        part(words(run_page("site", id=key)), "ct-within") for key in (EXACT, ROUGH, NOWHERE)
    )
    assert "不计" not in exact
    assert rough.count("位置误差大于 1 公里，不计") == 1
    assert nowhere.count("没有坐标，不计") == 3


def test_nearest_are_of_its_sectors_and_lead_to_their_pages(run_page: Open) -> None:
    listed = part(words(run_page("site", id=EXACT, pick="sh-tonglefang")), "ct-nearest")
    every = catalog.sites("shanghai")
    near = profile.neighbours(every[every["id"] == EXACT].iloc[0], every)
    wanted = list(near[near["same_sector"]]["id"].head(10))
    links = re.findall(r'href="\?([^"]+)" data-put="id=([^"]+)"', listed)
    assert [put for _, put in links] == wanted
    asked = [parse_qs(address.replace("&amp;", "&")) for address, _ in links]
    assert [each["id"] for each in asked] == [[key] for key in wanted]
    assert {tuple(each["pick"]) for each in asked} == {("sh-tonglefang",)}


@pytest.mark.parametrize("key", [NOWHERE, ROUGH, EXACT])
def test_layouts_that_name_it_are_told_with_section_and_link(run_page: Open, key: str) -> None:
    shown = words(run_page("site", id=key))
    named = profile.named_by(finding.site(key))
    assert shown.count('href="layouts?') == len(named)
    for each in named:
        assert f"layout={each.layout.id}&amp;element={each.element.id}" in shown
        assert each.element.summary_zh in shown
    assert bool(named) != ("没有点名这一处" in shown)


def test_whole_page_is_in_english(run_page: Open) -> None:
    shown = words(run_page("site", id="cq-scfai", lang="en"))
    told = "".join(
        part(shown, name) for name in ("ct-ranks", "ct-within", "ct-nearest", "ct-named")
    )
    assert not HAN.search(re.sub(r"<[^>]*>", "", told))


def test_shortlist_is_changed_here_and_goes_back(run_page: Open) -> None:
    app = run_page("site", id=EXACT, pick="sh-tonglefang")
    button = app.button(key="pick_site")
    assert button.label == "加入候选名单"
    app = button.click().run()
    assert app.query_params["pick"] == f"sh-tonglefang,{EXACT}"
    back = re.search(r'href="(find\?[^"]+)"', words(app))
    assert back
    asked = parse_qs(urlsplit(unquote(back[1]).replace("&amp;", "&")).query)
    assert asked["pick"] == [f"sh-tonglefang,{EXACT}"]
    assert asked["at"] == [f"site:{EXACT}"]
    app = app.button(key="pick_site").click().run()
    assert app.query_params["pick"] == "sh-tonglefang"


def test_full_shortlist_takes_no_more(run_page: Open) -> None:
    others = [key for key in catalog.sites("shanghai")["id"] if key != EXACT]
    app = run_page("site", id=EXACT, pick=",".join(others[: fields.MAX_PICKED]))
    assert app.button(key="pick_site").disabled


@pytest.mark.parametrize("params", [{"id": "atlantis"}, {"id": "<script>alert(1)</script>"}])
def test_unknown_site_gives_a_notice_and_a_way_back(run_page: Open, params: dict[str, str]) -> None:
    app = run_page("site", **params)
    assert not app.exception
    assert len(app.warning) == 1
    shown = words(app)
    assert "没有选定地点" in shown
    assert 'href="find?' in shown
    assert "<script>alert" not in shown


def test_no_site_gives_the_way_alone(run_page: Open) -> None:
    app = run_page("site")
    assert not app.exception
    assert not app.warning
    assert 'href="find?' in words(app)


@pytest.mark.parametrize(
    ("metres", "rough", "said"),
    [(34.0, False, "30 米"), (994.0, False, "990 米"), (996.0, False, "1.0 公里"),
     (2449.0, False, "2.4 公里"), (212.0, True, "约 0.2 公里")],
)  # fmt: skip
def test_distance_is_no_more_exact_than_the_positions(
    metres: float,
    rough: bool,  # noqa: FBT001 - a case
    said: str,
) -> None:
    assert siteprofile.distance(_view(), metres, rough=rough) == said


def _view() -> View:
    return View({"lang": "zh"}, Texts("zh"), dark=False)
