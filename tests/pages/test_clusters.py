"""集聚: what the page says is what `geo` finds, whatever is chosen, and it says where it cannot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geo.facts import boundaries, catalog
from geo.measures import clusters, location_quotient, sector_counts
from geo.settings import LANGUAGES
from tests import many, reading
from tests.pages.conftest import address, headline, shown, words
from tests.pages.test_many import paint
from tests.reading import having, one
from ui.cached import clustering

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open


def listed(app: AppTest) -> list[ET.Element]:
    """Rows of the list below the map."""
    return having(having(shown(app), class_="ct-cluster-list")[0], scope="row")


def on(app: AppTest, name: str) -> list[str]:
    """Words of the chosen cell of a table."""
    table = one(shown(app), class_=name)
    return [reading.words(cell) for cell in having(table, class_="ct-chosen") if cell.tag == "td"]


@pytest.mark.parametrize("setting", [{}, {"distance": "2", "least": "5"}])
def test_headline_list_hulls_and_strip_say_the_same(
    run_page: Open, setting: dict[str, str]
) -> None:
    app = run_page("clusters", **setting)
    assert not app.exception
    found, labels = clusters.clusters(
        catalog.sites("shanghai"),
        min_sites=int(setting.get("least", "3")),
        distance_m=1000 * float(setting.get("distance", "1")),
    )
    n, members = len(found), int(labels.notna().sum())
    used = found.attrs["used"]
    said = [int(each) for each in re.findall(r"\d+", headline(app))]
    assert said[:4] == [used, 500, members, n]
    assert len(listed(app)) == n
    drawn = paint(app)
    assert [each["number"] for each in drawn["clusters"]] == list(range(1, n + 1))
    hollow = [site for site in drawn["sites"]["features"] if site["properties"].get("h")]
    assert len(drawn["sites"]["features"]) - len(hollow) == members
    (cell,) = on(app, "ct-strip")
    assert cell == f"{n} 片 {100 * members / used:.0f}%"


def test_a_click_in_the_strip_takes_the_setting(run_page: Open) -> None:
    strip = one(shown(run_page("clusters")), class_="ct-strip")
    taken = {link.get("data-put") for link in strip.iter("a")}
    assert "distance=2&least=5&at=" in taken
    assert len(taken) == 12


def test_every_cell_has_the_quotient_that_geo_computes(run_page: Open) -> None:
    table = one(shown(run_page("clusters", region="harbin")), class_="ct-heat")
    counts = sector_counts.counts(catalog.sites("harbin"), boundaries.districts("harbin"))
    totals = sector_counts.totals(catalog.sites("harbin"))
    quotients = location_quotient.table(counts, reference=totals)
    names = boundaries.districts("harbin")["name_zh"]
    rows = {reading.words(cells[0]): cells[2:] for row in table.iter("tr") if (cells := [*row])}
    with_sites = counts.index[counts.sum(axis=1) > 0]
    assert rows.keys() - {"区县", ""} == {names[code] for code in with_sites}
    for code in with_sites:
        told = [float(reading.words(cell)) for cell in rows[names[code]]]
        assert told == pytest.approx(quotients.loc[code].to_list(), rel=0.05, abs=0.06)
        few = counts.loc[code].sum() < location_quotient.FEW_SITES - 1e-9
        assert few == all("ct-few" in (cell.get("class") or "") for cell in rows[names[code]])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_chosen_cluster_has_a_card(run_page: Open, lang: str) -> None:
    app = run_page("clusters", at="cluster:sh-m50", lang=lang)
    assert not app.exception
    card = reading.words(one(shown(app), class_="ct-card"))
    (hull,) = [each for each in paint(app)["clusters"] if each["chosen"]]
    assert card.startswith(f"{hull['number']} ")
    assert ("12 种设定里" if lang == "zh" else "of 12 settings") in card
    assert ("M50创意园" if lang == "zh" else "M50 Creative Park") in card


def test_a_cluster_that_another_setting_dissolves_is_said_to_be_none(run_page: Open) -> None:
    app = run_page("clusters", at="cluster:sh-m50", distance="0.5", least="8")
    assert not app.exception
    assert not any(each["chosen"] for each in paint(app)["clusters"])
    assert "不属于任何集聚" in words(app)


def test_a_chosen_cell_marks_its_district_and_its_sector(run_page: Open) -> None:
    app = run_page("clusters", at="sector:310110.dig")
    drawn = paint(app)
    assert (drawn["selected_district"], drawn["isolated"]) == ("310110", "dig")
    assert "数字媒体与软件" in reading.words(one(shown(app), class_="ct-card"))
    assert len(on(app, "ct-heat")) == 1
    assert address(app)["at"] == "sector:310110.dig"


def test_sectors_are_compared_whatever_sector_is_filtered(run_page: Open) -> None:
    plain, filtered = run_page("clusters"), run_page("clusters", sector="fas")
    tables = [one(shown(app), class_="ct-heat") for app in (plain, filtered)]
    assert reading.words(tables[0]) == reading.words(tables[1])
    assert headline(plain) != headline(filtered)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_too_few_positions_have_no_hull_and_the_page_says_why(run_page: Open, lang: str) -> None:
    app = run_page("clusters", region="jinan", lang=lang)
    assert not app.exception
    assert paint(app)["clusters"] == []
    assert ("不足 5 处" if lang == "zh" else "fewer than 5") in headline(app)
    assert ("不检验" if lang == "zh" else "not tested") in words(app).replace("Not", "not")
    assert having(shown(app), class_="ct-heat")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_passes_the_page_says_so(run_page: Open, lang: str) -> None:
    app = run_page("clusters", region="harbin", kind="street", sector="fas", lang=lang)
    assert not app.exception
    assert ("没有" if lang == "zh" else "no") in headline(app)
    assert paint(app)["clusters"] == []


def test_above_a_number_no_clusters_are_looked_for(run_page: Open) -> None:
    many.opened()
    app = run_page("clusters", region=many.REGION)
    assert not app.exception
    drawn = paint(app)
    assert (drawn["clusters"], drawn["sites"]["features"]) == ([], [])
    assert drawn["counted"]
    assert f"{clustering.MOST:,}" in headline(app)
    assert having(shown(app), class_="ct-heat")


def test_what_the_address_cannot_mean_is_refused(run_page: Open) -> None:
    app = run_page("clusters", distance="7", least="4", at="sector:310110.none")
    assert not app.exception
    (warning,) = app.warning
    assert all(name in warning.value for name in ("distance=7", "least=4", "at=sector"))
