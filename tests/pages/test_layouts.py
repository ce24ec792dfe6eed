"""Layouts: every document in both languages, alone and beside another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from geo.facts import boundaries, catalog, remarks
from geo.policy import layouts, scorecard
from tests import reading
from tests.pages.conftest import shown, words
from tests.reading import having, one
from tests.ui import states
from ui.layouts import layout_words
from ui.state.pages import Layouts

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from streamlit.testing.v1 import AppTest

    from geo.settings import Language
    from tests.pages.conftest import Open

LAYOUTS = tuple(layouts.all_layouts())


def listed(app: AppTest) -> dict[str, ET.Element]:
    """The elements of the lists beside the maps, by their ids on the page."""
    lists = having(shown(app), class_="ct-elements")
    rows = [row for each in lists for row in each.findall("li")]
    told = {str(row.get("id")): row for row in rows}
    assert len(told) == len(rows)
    return told


def chosen(app: AppTest) -> list[str]:
    return [key for key, row in listed(app).items() if row.get("class") == "ct-chosen"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_element_stands_in_the_list_with_its_section(
    run_page: Open, layout: str, lang: str
) -> None:
    app = run_page("layouts", layout=layout, lang=lang)
    assert not app.exception
    assert not app.warning
    told = layouts.layout(layout).elements
    assert sorted(listed(app)) == sorted(f"element-{element.id}" for element in told)


def test_present_leaves_out_what_is_planned(run_page: Open) -> None:
    app = run_page("layouts", layout="cq-2022-plan", phase="present")
    elements = layouts.layout("cq-2022-plan").elements
    existing = [each for each in elements if each.status == "existing"]
    assert 0 < len(existing) < len(elements)
    assert len(listed(app)) == len(existing)


def test_element_without_a_place_is_told_and_has_no_sites(run_page: Open) -> None:
    rows = listed(run_page("layouts", layout="hrb-2023-press"))
    hidden = [e for e in layouts.layout("hrb-2023-press").elements if not e.located]
    assert hidden
    for element in hidden:
        item = reading.words(rows[f"element-{element.id}"])
        assert "位置未公布" in item
        assert "位置：没有公布" in item
        assert "标在图上" not in item


def test_two_layouts_side_by_side(run_page: Open) -> None:
    app = run_page("layouts", layout="cq-2022-plan", beside="gd-2023-plan")
    assert not app.exception
    assert len(having(shown(app), class_="ct-scores")) == 2
    both = sum(len(layouts.layout(name).elements) for name in ("cq-2022-plan", "gd-2023-plan"))
    assert len(listed(app)) == both


def test_every_score_opens_the_sites_behind_it(run_page: Open) -> None:
    tiles = one(shown(run_page("layouts", layout="cq-2022-plan")), class_="ct-scores")
    marks = {parse_qs(urlsplit(link).query)["mark"][0] for link in reading.links(tiles)}
    layout = layouts.layout("cq-2022-plan")
    found = scorecard.scorecard(
        layout, catalog.sites("chongqing"), boundaries.districts("chongqing"), radius_m=3000
    )
    for each in found:
        sites = {mark.partition(":")[2] for mark in marks if mark.startswith(f"{each.key}:")}
        assert sites == set(each.sites), each.key
        assert (each.key in marks) is bool(each.sites)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_document_and_links_stand_beside_the_elements(
    run_page: Open, layout: str, lang: Language
) -> None:
    app = run_page("layouts", layout=layout, lang=lang)
    told = layouts.layout(layout)
    assert str(getattr(layouts.citation(told), f"title_{lang}")) in words(app)
    # Counted in the list alone: a sentence may stand in the sources of a map as well.
    ways = [row for each in having(shown(app), class_="ct-ways") for row in each.iter("li")]
    for link, row in zip(told.links, ways, strict=True):
        assert getattr(link, f"summary_{lang}") in reading.words(row)
    for element in told.elements:
        if element.source:
            assert remarks.translate(element.source, lang=lang) in words(app)


def test_an_element_of_the_second_layout_is_chosen_there_and_not_in_the_first(
    run_page: Open,
) -> None:
    both = {"layout": "cq-2022-plan", "beside": "gd-2023-plan"}
    app = run_page("layouts", **both, element="gd-2023-plan.foshan")
    assert not app.warning
    assert chosen(app) == ["beside-foshan"]
    assert "佛山" in reading.words(one(shown(app), class_="ct-marked-line"))
    links = reading.links(shown(app))
    assert any("element=gd-2023-plan.guangzhou" in unquote(link) for link in links)


def test_a_layout_beside_itself_marks_one_side_and_repeats_no_id(run_page: Open) -> None:
    app = run_page("layouts", layout="cq-2022-plan", beside="cq-2022-plan", element="banan")
    assert not app.exception
    ids = [each.get("id") for each in shown(app).iter() if each.get("id")]
    assert len(ids) == len(set(ids)) == 2 * len(layouts.layout("cq-2022-plan").elements)
    assert chosen(app) == ["element-banan"]


@pytest.mark.parametrize("element", ["gd-2023-plan.banan", "cq-2022-plan.banan", "foshan", "."])
def test_an_element_of_no_layout_on_the_page_is_refused(run_page: Open, element: str) -> None:
    app = run_page("layouts", layout="cq-2022-plan", beside="gd-2023-plan", element=element)
    assert not app.exception
    assert len(app.warning) == 1
    assert chosen(app) == []


def test_the_present_tells_no_planned_element_on_the_map() -> None:
    layout = layouts.layout("cq-2022-plan")
    for phase, told in (("planned", "重庆工业设计产业城"), ("present", "猪八戒")):
        view = states.view(Layouts, phase=phase)
        (note,) = layout_words.notes(view, layout)
        assert told in note.lines[0]
        assert ("产业城" in note.lines[0]) is (phase == "planned")


def test_a_mark_of_a_site_known_by_its_city_alone_shows_no_blank(run_page: Open) -> None:
    sites = catalog.sites("guangdong")
    bare = sites[sites["district"].isna()]
    site = bare.iloc[0]
    for lang in ("zh", "en"):
        app = run_page("layouts", layout="gd-2023-plan", mark=f"site:{site['id']}", lang=lang)
        line = reading.words(one(shown(app), class_="ct-marked-line"))
        assert site[f"name_{lang}"] in line
        assert "NA" not in line
        assert not re.search(r"[:：]\s*·", line)


@pytest.mark.parametrize("params", [{"layout": "atlantis"}, {"beside": "x"}, {"phase": "past"}])
def test_unknown_layout_in_the_address_gives_a_notice(
    run_page: Open, params: dict[str, str]
) -> None:
    app = run_page("layouts", **params)
    assert not app.exception
    assert len(app.warning) == 1


def test_chosen_element_leads_the_list(run_page: Open) -> None:
    app = run_page("layouts", layout="cq-2022-plan", element="banan")
    assert next(iter(listed(app))) == "element-banan"
    assert chosen(app) == ["element-banan"]


def test_each_layout_on_the_screen_has_its_files(run_page: Open) -> None:
    titles = [
        f"{place}: {layouts.layout(name).name_en}"
        for place, name in (("Chongqing", "cq-2022-plan"), ("Guangdong", "gd-2023-plan"))
    ]

    def offered(**params: str) -> tuple[int, list[bool]]:
        app = run_page("layouts", layout="cq-2022-plan", lang="en", **params)
        assert not app.exception
        notes = [reading.words(each) for each in having(shown(app), class_="ct-note")]
        return len(app.get("download_button")), [title in notes for title in titles]

    assert offered() == (4, [False, False])
    assert offered(beside="gd-2023-plan") == (8, [True, True])
    assert offered(beside="cq-2022-plan") == (4, [False, False])
