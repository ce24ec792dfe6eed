"""What stands beside a layout's map: tiles that open, elements with their sources, links."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from geo.score import Part, Score
from layers.sites import Clicked
from ui import fields, layoutmap, layoutpanel, layoutscores, layoutside, layoutsites, session
from ui.address import settle
from ui.language import Texts
from ui.view import View


def side(layout: str = "gd-2023-plan", *, second: bool = False, **values: str) -> layoutside.Side:
    first = {"layout": "cq-2022-plan", "beside": layout} if second else {"layout": layout}
    given: dict[str, Any] = {**first, **values}
    settle(given, fields.LAYOUTS)
    view = View(given, Texts(given["lang"]), dark=False)
    return layoutside.sides(view)[int(second)]


def tile(of: layoutside.Side, key: str) -> str:
    """Return a tile as plain text without marks."""
    shown = html.unescape(str(layoutscores.scorecard(of)))
    title = of.view.t(f"score.{key}_formula", km=of.view.radius_km)
    return shown.split(f'title="{title}"')[1].split("<div title=")[0].split("<p class=")[0]


def listed(written: str) -> list[str]:
    rows = re.findall(r"<li>(.*?)</li>", written)
    return [re.sub(r"<[^>]+>", "", row).strip() for row in rows]


def test_tile_of_specialisations_names_each_pair_and_flags_what_rests_on_few_sites() -> None:
    of = side()
    score = next(
        each for each in layoutmap.scores("gd-2023-plan", 3000.0)
        if each.key == "specialisation_kept"
    )  # fmt: skip
    written = tile(of, "specialisation_kept")
    rows = listed(written)
    assert len(rows) == len(score.parts) == 10
    for row, part in zip(rows, score.parts, strict=True):
        assert f"{part.value:.2f}" in row
        assert ("成立" in row) is part.kept
        assert ("仅供参考" in row) is part.few
    assert f"{score.numerator:.0f} / 10" in written
    assert "佛山·影视" in written.split("<details>")[0]
    few = sum(part.few for part in score.parts)
    note = str(layoutscores.scorecard(of)).split('<p class="ct-note">')[1]
    assert f"{few} 项只据不到 5 处" in note
    assert "玩具衍生品" in note


def test_tile_of_coverage_says_what_it_used_and_names_each_element() -> None:
    score = next(
        each for each in layoutmap.scores("cq-2022-plan", 3000.0) if each.key == "coverage"
    )
    assert score.used is not None
    for lang, said in (
        ("zh", f"据 {score.used[1]} 处里位置够精确的 {score.used[0]} 处"),
        ("en", f"{score.used[0]} of {score.used[1]} sites known that well"),
    ):
        written = tile(side("cq-2022-plan", lang=lang), "coverage")
        assert said in written
        assert len(listed(written)) == len(set(score.parts))


def test_tile_of_polycentricity_gives_its_further_figures() -> None:
    score = next(
        each for each in layoutmap.scores("gd-2023-plan", 3000.0) if each.key == "polycentricity"
    )
    written = tile(side(), "polycentricity")
    details = dict(score.details)
    assert f"首位度 {details['primacy']:.2f}、格林指数 {details['green']:.2f}" in written
    assert len(listed(written)) == len(score.parts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_part_without_a_figure_says_why(lang: str) -> None:
    of = side(lang=lang)
    part = Part(element="foshan", value=None, n=3, sector="fashion", empty="no_sector_sites")
    score = Score(key="specialisation_kept", value=None, unit="share", parts=(part,))
    _, value, why = layoutscores._row(of, score, part)
    assert (value, why) == ("—", of.view.t("empty.no_sector_sites"))


def test_details_of_an_element_tell_role_specialities_place_and_source() -> None:
    written = html.unescape(str(layoutpanel.elements(side())))
    foshan = written.split('id="element-foshan"')[1].split("</li>")[0]
    assert "角色：" in foshan
    assert "专长：影视制作、工业设计" in foshan
    assert "位置：文件所述" in foshan
    assert "另据：" not in foshan
    port = written.split('id="element-dm-port"')[1].split("</li>")[0]
    assert "另据：house.zsnews.cn" in port
    assert "2024年9月29日封顶" in port


def test_an_element_says_how_many_sites_near_by_it_leaves_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of = side("cq-2022-plan", lang="en")
    monkeypatch.setattr(layoutmap, "left_out", lambda _: {"yuelai": 1})
    written = str(layoutpanel.elements(of))
    assert written.count("1 more near by, known too vaguely to count") == 1


def test_links_of_the_present_leave_out_planned_ends() -> None:
    of = side("cq-2022-plan")
    assert str(layoutpanel.links(of)).count("<li>") == 4
    present = side("cq-2022-plan", phase="present")
    assert str(layoutpanel.links(present)).count("<li>") == 3  # the open list is planned
    assert layoutpanel.links(side("jn-2020-plan")) == ""


def test_one_site_is_counted_in_the_singular() -> None:
    of = side("cq-2022-plan", lang="en")
    assert "1 site today" in layoutsites.behind(of, ("cq-cqu",), element="chongqing-university")
    assert "2 sites today" in layoutsites.behind(of, ("cq-cqu", "cq-scfai"), element="x")


@pytest.mark.parametrize(("second", "named"), [(False, "foshan"), (True, "gd-2023-plan.foshan")])
def test_a_click_chooses_the_element_of_its_own_map(
    monkeypatch: pytest.MonkeyPatch, *, second: bool, named: str
) -> None:
    put: dict[str, object] = {}
    monkeypatch.setattr(session, "put", lambda item, value: put.update({item.name: value}))
    of = side(second=second)
    layoutmap._choose(of, Clicked(what="element", id="foshan"))
    assert put == {"element": named, "mark": ""}
    chosen = side(second=second, element=named)
    assert chosen.element == "foshan"
    assert f"element={named}" in html.unescape(
        str(layoutsites.behind(of, ("gd-dm-bay-port",), element="foshan"))
    )


def test_a_click_on_a_site_marks_it_and_one_on_a_district_does_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put: dict[str, object] = {}
    monkeypatch.setattr(session, "put", lambda item, value: put.update({item.name: value}))
    layoutmap._choose(side(), Clicked(what="district", id="440100"))
    assert put == {}
    layoutmap._choose(side(), Clicked(what="site", id="gd-dm-bay-port"))
    assert put == {"mark": "site:gd-dm-bay-port"}
