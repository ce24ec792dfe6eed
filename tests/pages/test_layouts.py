"""Layouts: every document in both languages, alone and beside another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geo import layouts

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

LAYOUTS = tuple(layouts.all_layouts())
HAN = re.compile(r"[\u4e00-\u9fff]")


def words(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_element_stands_in_the_list_with_its_section(
    run_page: Open, layout: str, lang: str
) -> None:
    app = run_page("layouts", layout=layout, lang=lang)
    assert not app.exception
    assert not app.warning
    shown = words(app)
    for element in layouts.layout(layout).elements:
        assert f'id="element-{element.id}"' in shown
    assert shown.count("<li ") == len(layouts.layout(layout).elements)


def test_present_leaves_out_what_is_planned(run_page: Open) -> None:
    app = run_page("layouts", layout="cq-2022-plan", phase="present")
    elements = layouts.layout("cq-2022-plan").elements
    existing = [each for each in elements if each.status == "existing"]
    assert 0 < len(existing) < len(elements)
    assert words(app).count("<li ") == len(existing)


def test_element_without_a_place_is_told_and_has_no_sites(run_page: Open) -> None:
    shown = words(run_page("layouts", layout="hrb-2023-press"))
    hidden = [e for e in layouts.layout("hrb-2023-press").elements if not e.located]
    assert hidden
    for element in hidden:
        item = shown.split(f'id="element-{element.id}"')[1].split("</li>")[0]
        assert "位置未公布" in item
        assert "<details>" not in item


def test_two_layouts_side_by_side(run_page: Open) -> None:
    app = run_page("layouts", layout="cq-2022-plan", beside="gd-2023-plan")
    assert not app.exception
    shown = words(app)
    assert shown.count('class="ct-scores"') == 2
    both = sum(len(layouts.layout(name).elements) for name in ("cq-2022-plan", "gd-2023-plan"))
    assert shown.count("<li ") == both


def test_scores_open_the_sites_behind_them(run_page: Open) -> None:
    shown = words(run_page("layouts", layout="cq-2022-plan"))
    assert "at=site:" in shown.split('class="ct-scores"')[1].split("</div></div>")[0]


@pytest.mark.parametrize("params", [{"layout": "atlantis"}, {"beside": "x"}, {"phase": "past"}])
def test_unknown_layout_in_the_address_gives_a_notice(
    run_page: Open, params: dict[str, str]
) -> None:
    app = run_page("layouts", **params)
    assert not app.exception
    assert len(app.warning) == 1


def test_chosen_element_leads_the_list(run_page: Open) -> None:
    app = run_page("layouts", layout="cq-2022-plan", element="banan")
    first = words(app).split("<li ")[1]
    assert first.startswith('id="element-banan" class="ct-chosen"')
