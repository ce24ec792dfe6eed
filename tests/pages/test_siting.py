"""选址: what the page says is what `geo.planning` finds, whatever is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest

from geo import formats, planning
from geo.facts import boundaries, catalog
from geo.planning import Question, demand, trial
from geo.search import matching
from geo.search.criteria import Criteria
from geo.settings import LANGUAGES
from tests import reading
from tests.pages.conftest import address, headline, shown, words
from tests.pages.test_many import paint, paints
from tests.reading import having, one

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open


def places(app: AppTest) -> list[list[str]]:
    """Rows of the table of places, their sum last: a list of the words of each cell."""
    table = having(shown(app), class_="ct-plan")
    first = next(each for each in table if each.get("class") == "ct-plan")
    body = next(first.iter("tbody"))
    return [[reading.words(cell) for cell in row] for row in body.iter("tr")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headline_map_table_and_curve_say_the_same(run_page: Open, lang: str) -> None:
    app = run_page("siting", lang=lang)
    assert not app.exception
    found = planning.propose(catalog.sites("shanghai"), boundaries.districts("shanghai"))
    added = formats.people(found.totals.after - found.totals.before, lang=lang)  # type: ignore[arg-type]
    assert added in headline(app)
    *rows, total = places(app)
    assert len(rows) == len(found.places) == 3
    assert [row[1] for row in rows] == [
        formats.people(n, lang=lang)  # type: ignore[arg-type]
        for n in found.places["residents"]
    ]
    assert total[1] == added
    drawn = paint(app)
    assert [each["number"] for each in drawn["clusters"]] == [1, 2, 3]
    assert drawn["reach"]
    assert len(drawn["others"][0]) == found.basis.fixed


@pytest.mark.parametrize(
    "asked",
    [
        {"model": "median", "p": "2"},
        {"candidates": "districts", "region": "harbin"},
        {"region": "guangdong", "radius": "10", "sector": "ind"},
    ],
)
def test_whatever_is_asked_the_places_are_those_asked_for(
    run_page: Open, asked: dict[str, str]
) -> None:
    app = run_page("siting", **asked)
    assert not app.exception
    assert len(places(app)) == int(asked.get("p", "3")) + 1
    assert {**address(app), **asked} == address(app)


def test_a_selected_place_tells_its_reasons(run_page: Open) -> None:
    app = run_page("siting", at="place:2")
    card = one(shown(app), class_="ct-card")
    assert reading.words(card).startswith("2 ")
    (disc,) = [each for each in paint(app)["clusters"] if each["chosen"]]
    assert disc["number"] == 2


def test_a_district_of_unknown_residents_is_named(run_page: Open) -> None:
    app = run_page("siting", region="jinan")
    assert "没有人口数字、不计的：历下区、历城区" in words(app)
    assert "未公布" in words(app)


def test_sites_known_roughly_are_counted_and_their_effect_is_told(run_page: Open) -> None:
    text = words(run_page("siting"))
    vague = re.search(r"另有 (\d+) 处只知道大概位置", text)
    found = planning.propose(catalog.sites("shanghai"), boundaries.districts("shanghai"))
    assert vague is not None
    assert int(vague[1]) == found.basis.vague


def test_the_fewest_sites_for_a_share_are_counted_and_proven_or_bounded(
    run_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.cached.searches.SECONDS", 1.0)
    app = run_page("siting", model="fewest", share="50", region="harbin", radius="10")
    assert not app.exception
    *rows, _ = places(app)
    assert f"再建 {len(rows)} 处" in headline(app)
    assert "要 50% 的居民在 10 公里内" in headline(app)
    assert re.search("再少一处就不够|至多还能少建", words(app))
    assert "再多建几处" not in words(app)


def test_the_district_served_worst_is_told_before_and_after(
    run_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.cached.searches.SECONDS", 1.0)
    app = run_page("siting", model="worst", p="1", region="jinan", radius="10")
    assert not app.exception
    assert "覆盖最少的区县" in words(app)
    assert "个百分点" in words(app)
    assert len(places(app)) == 2


def test_plans_almost_as_good_open_by_their_number(run_page: Open) -> None:
    best = run_page("siting")
    listed = one(shown(best), class_="ct-others")
    links = [reading.words(each) for each in listed.iter("a")]
    assert links == [f"方案 {n}" for n in range(1, len(links) + 1)]
    second = run_page("siting", alternative="2")
    assert "这是差不多好的方案 2" in words(second)
    assert address(second)["alternative"] == "2"
    drawn, other = ({tuple(each["rim"][0]) for each in paint(app)["clusters"]}
                    for app in (best, second))  # fmt: skip
    assert len(drawn) == len(other) == 3
    assert drawn != other


def test_squares_that_a_place_may_move_to_are_drawn_and_counted(run_page: Open) -> None:
    app = run_page("siting", p="5")
    *rows, total = places(app)
    counts = [int(row[-1]) for row in rows]
    assert sum(counts) == int(total[-1])
    drawn = len(paint(app)["moves"])
    assert 0 < drawn <= sum(counts)
    legend = reading.words(reading.read(paint(app)["legend"]))
    assert f"少不到 5%{drawn} " in legend
    assert not paint(run_page("siting", p="5", model="center"))["moves"]


def test_what_the_page_cannot_read_is_refused(run_page: Open) -> None:
    app = run_page("siting", p="99", model="roads", at="place:7")
    assert not app.exception
    assert {"p", "model", "at"}.isdisjoint(address(app))


PINS = "A:121.22000,31.05000;B:121.10000,31.16000"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pins_are_on_the_map_in_the_table_and_in_the_headline(run_page: Open, lang: str) -> None:
    app = run_page("siting", mode="try", pins=PINS, at="pin:B", lang=lang)
    assert not app.exception
    tried = trial.trial(
        trial.today(catalog.sites("shanghai"), boundaries.districts("shanghai"), radius_m=3000),
        gpd.GeoDataFrame(
            index=["A", "B"],
            geometry=gpd.points_from_xy([121.22, 121.10], [31.05, 31.16]),
            crs="EPSG:4326",
        ),
    )
    added = formats.people(tried.totals.after - tried.totals.before, lang=lang)  # type: ignore[arg-type]
    assert added in headline(app)
    table = next(each for each in having(shown(app), class_="ct-trial"))
    body = next(table.iter("tbody"))
    figures = [[reading.words(cell) for cell in row][1] for row in body.iter("tr")]
    own = [formats.people(n, lang=lang) for n in tried.places["residents"]]  # type: ignore[arg-type]
    assert figures == [*own, added]
    mine, theirs = paints(app)
    assert [pin["id"] for pin in mine["trial"]["pins"]] == ["A", "B"]
    assert [pin["chosen"] for pin in mine["trial"]["pins"]] == [False, True]
    assert {tuple(pin["rim"]) for pin in mine["trial"]["pins"]} == {()}
    assert mine["clusters"] == theirs["trial"]["pins"] == []
    assert [each["number"] for each in theirs["clusters"]] == [1, 2]
    assert (mine["trial"]["still"], theirs["trial"]["still"]) == (False, True)
    # One extent, moved as one, of which the address has the one.
    assert mine["view"] == theirs["view"]
    assert mine["together"] == theirs["together"] != ""
    assert (mine["position"]["name"], theirs["position"]) == ("map", None)
    values = ({code: unit[2] for code, unit in each["units"].items()} for each in (mine, theirs))
    assert next(values) != next(values)


def test_before_the_first_pin_the_proposal_stands_beside(run_page: Open) -> None:
    app = run_page("siting", mode="try", p="2")
    assert not app.exception
    mine, theirs = paints(app)
    assert mine["trial"]["hint"]
    assert len(theirs["clusters"]) == 2


def test_elements_of_the_layout_without_a_site_are_named_the_farthest_first(run_page: Open) -> None:
    app = run_page("siting", mode="try", region="guangdong", pins="A:113.26000,23.05000")
    far = re.search(r"公里内还没有地点的布局要素，\d+ 个里有 \d+ 个，远的在前：(.*?)。", words(app))
    assert far is not None
    km = [float(each) for each in re.findall(r"，(\d+\.\d) 公里", far[1])]
    assert len(km) > 1
    assert km == sorted(km, reverse=True)
    assert "还没有地点的布局要素" not in words(run_page("siting", mode="try", region="jinan"))


def test_without_a_proposal_nothing_offers_to_begin_with_it(run_page: Open) -> None:
    there = run_page("siting", mode="try", p="2")
    assert "或从提议开始" in words(there)
    assert "从提议的 2 处开始" in [each.label for each in there.button]
    # All sites of the region are within reach of one: of themselves.
    for asked in ({"demand": "sites"}, {"model": "fewest", "share": "50", "radius": "50"}):
        none = run_page("siting", mode="try", region="harbin", p="2", **asked)
        assert not none.exception
        assert "从提议" not in words(none)
        assert not any("从提议" in each.label for each in none.button)


@pytest.mark.parametrize(
    "wrong",
    ["A121.22", "A:122.9,31.0", "A:121.22,31.05;A:121.3,31.2", "a:121.22,31.05", "A:121.22,31.05,"],
)
def test_pins_that_are_none_or_lie_outside_are_refused(run_page: Open, wrong: str) -> None:
    app = run_page("siting", mode="try", pins=wrong)
    assert not app.exception
    assert address(app) == {"mode": "try"}


@pytest.mark.parametrize("region", ["jinan", "harbin", "guangdong"])
def test_pins_can_be_tried_in_every_region(run_page: Open, region: str) -> None:
    at = {"jinan": "117.0,36.65", "harbin": "126.6,45.75", "guangdong": "113.26,23.13"}[region]
    app = run_page("siting", mode="try", region=region, pins=f"A:{at}", radius="10")
    assert not app.exception
    assert len(paints(app)[0]["trial"]["pins"]) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("mode", ["propose", "try"])
def test_whom_sites_are_to_serve_is_said_wherever_a_number_counts_them(
    run_page: Open, lang: str, mode: str
) -> None:
    app = run_page("siting", demand="fas", sector="ind", lang=lang, mode=mode)
    assert not app.exception
    sites = catalog.sites("shanghai")
    districts = boundaries.districts("shanghai")
    served = demand.of_sites(sites, districts, of="fas", radius_m=3000)
    found = planning.propose(
        matching.select(catalog.sites("shanghai"), Criteria(sector=("ind",))),
        districts,
        Question(demand="fas"),
        demand=served,
    )
    assert found.totals.residents == len(served.lonlat) > 0
    added = formats.whole(found.totals.after - found.totals.before)
    assert added in headline(app)
    assert ("时尚" if lang == "zh" else "fashion") in headline(app)
    said = words(app)
    assert ("居民" if lang == "zh" else "residents") not in said.lower()
