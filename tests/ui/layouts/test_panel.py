"""What stands beside a layout's map: tiles that open, elements with their sources, links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geo.policy import layouts
from geo.policy.score import Part, Score
from geo.policy.scorecard import KEYS
from layers.transport.message import Clicked
from tests.reading import having, links, read, words
from tests.ui import states
from ui.cached import records, scorecards
from ui.layouts import element_sites, layout_map, layout_sentence, panel, present_sites, scores
from ui.state import pages, session, sides
from ui.state.selection import Selection

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from geo.policy.phases import Phase


PHASES: tuple[Phase, ...] = ("planned", "present")


def side(layout: str = "gd-2023-plan", *, second: bool = False, **values: object) -> sides.Side:
    first = {"layout": "cq-2022-plan", "beside": layout} if second else {"layout": layout}
    given: dict[str, Any] = {**first, **values}
    return sides.sides(states.view(pages.Layouts, **given))[int(second)]


def tile(of: sides.Side, key: str) -> ET.Element:
    title = of.view.t(f"score.{key}_formula", km=of.view.radius_km)
    (found,) = having(read(scores.scorecard(of)), title=title)
    return found


def listed(part: ET.Element) -> list[str]:
    return [words(row) for row in part.iter("li")]


def test_tile_of_specialisations_names_each_pair_and_flags_what_rests_on_few_sites() -> None:
    of = side()
    score = next(
        each for each in scorecards.scores(layouts.layout("gd-2023-plan"), 3000.0)
        if each.key == "specialisation_kept"
    )  # fmt: skip
    written = tile(of, "specialisation_kept")
    rows = listed(written)
    assert len(rows) == len(score.parts) == 10
    for row, part in zip(rows, score.parts, strict=True):
        assert f"{part.value:.2f}" in row
        assert ("相符" in row) is part.kept
        assert ("不符" in row) is not part.kept
        assert ("仅供参考" in row) is part.few
    assert f"{score.numerator:.0f} / 10" in words(written)
    assert "佛山·影视" in words(next(written.iter("small")))
    few = sum(part.few for part in score.parts)
    (paragraph,) = having(read(scores.scorecard(of)), class_="ct-note")
    note = words(paragraph)
    assert f"{few} 项只据不到 5 处" in note
    assert "玩具衍生品" in note


def test_tile_of_coverage_says_what_it_used_and_names_each_element() -> None:
    score = next(
        each
        for each in scorecards.scores(layouts.layout("cq-2022-plan"), 3000.0)
        if each.key == "coverage"
    )
    assert score.used is not None
    for lang, said in (
        ("zh", f"据 {score.used[1]} 处里位置够精确的 {score.used[0]} 处"),
        ("en", f"{score.used[0]} of {score.used[1]} sites known that well"),
    ):
        written = tile(side("cq-2022-plan", lang=lang), "coverage")
        assert said in words(written)
        assert len(listed(written)) == len(set(score.parts))


def test_tile_of_polycentricity_gives_its_further_figures() -> None:
    score = next(
        each
        for each in scorecards.scores(layouts.layout("gd-2023-plan"), 3000.0)
        if each.key == "polycentricity"
    )
    written = tile(side(), "polycentricity")
    details = dict(score.details)
    assert f"首位度 {details['primacy']:.2f}、格林指数 {details['green']:.2f}" in words(written)
    assert len(listed(written)) == len(score.parts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_part_without_a_figure_says_why(monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    of = side(lang=lang)
    part = Part(element="foshan", value=None, n=3, sector="fashion", empty="no_sector_sites")
    score = Score(key="specialisation_kept", value=None, unit="share", parts=(part,))
    monkeypatch.setattr(scorecards, "scores", lambda *_: (score,))
    (row,) = listed(tile(of, "specialisation_kept"))
    assert "—" in row
    assert row.endswith(of.view.t("empty.no_sector_sites"))


def test_details_of_an_element_tell_role_specialities_place_and_source() -> None:
    shown = read(panel.elements(side()))
    foshan, port = (words(having(shown, id=f"element-{key}")[0]) for key in ("foshan", "dm-port"))
    assert "角色：" in foshan
    assert "专长：影视制作、工业设计" in foshan
    assert "位置：文件所述" in foshan
    assert "另据：" not in foshan
    assert "另据：house.zsnews.cn" in port
    assert "2024年9月29日封顶" in port


def test_an_element_says_how_many_sites_near_by_it_leaves_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of = side("cq-2022-plan", lang="en")
    monkeypatch.setattr(present_sites, "left_out", lambda _: {"yuelai": 1})
    written = str(panel.elements(of))
    assert written.count("1 more near by, known too vaguely to count") == 1


def test_links_of_the_present_leave_out_planned_ends() -> None:
    of = side("cq-2022-plan")
    assert len(listed(read(panel.links(of)))) == 4
    present = side("cq-2022-plan", phase="present")
    assert len(listed(read(panel.links(present)))) == 3  # the open list is planned
    assert not words(read(panel.links(side("jn-2020-plan"))))


def test_one_site_is_counted_in_the_singular() -> None:
    of = side("cq-2022-plan", lang="en")
    for ids, counted in ((("cq-cqu",), "1 site today"), (("cq-cqu", "cq-scfai"), "2 sites today")):
        behind = read(element_sites.behind(of, ids, element="chongqing-university"))
        assert words(next(behind.iter("summary"))) == counted


@pytest.mark.parametrize(("second", "named"), [(False, "foshan"), (True, "gd-2023-plan.foshan")])
def test_a_click_chooses_the_element_of_its_own_map(
    monkeypatch: pytest.MonkeyPatch, *, second: bool, named: str
) -> None:
    put: dict[str, object] = {}
    monkeypatch.setattr(session, "put", lambda item, value: put.update({item.name: str(value)}))
    of = side(second=second)
    layout_map.choose(of, Clicked(lon=0, lat=0, kind="element", id="foshan"))
    assert put == {"element": named, "mark": ""}
    chosen = side(second=second, element=named)
    assert chosen.element == "foshan"
    behind = read(element_sites.behind(of, ("gd-dm-bay-port",), element="foshan"))
    assert [each for each in links(behind) if f"element={named}" in each]


def test_a_click_on_a_site_marks_it_and_one_on_a_district_does_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put: dict[str, object] = {}
    monkeypatch.setattr(session, "put", lambda item, value: put.update({item.name: str(value)}))
    layout_map.choose(side(), Clicked(lon=0, lat=0, kind="district", id="440100"))
    assert put == {}
    layout_map.choose(side(), Clicked(lon=0, lat=0, kind="site", id="gd-dm-bay-port"))
    assert put == {"mark": "site:gd-dm-bay-port"}


def test_a_click_on_a_strong_district_marks_its_sites(monkeypatch: pytest.MonkeyPatch) -> None:
    put: dict[str, object] = {}
    monkeypatch.setattr(session, "put", lambda item, value: put.update({item.name: str(value)}))
    layout_map.choose(side("cq-2022-plan"), Clicked(lon=0, lat=0, kind="district", id="500107"))
    assert put == {"mark": "district:500107", "element": ""}
    of = side("cq-2022-plan", mark=Selection("district", "500107"))
    ids = present_sites.marked(of)
    assert len(ids) == 8
    assert f"九龙坡区，{len(ids)} 处" in words(read(element_sites.marked(of)))
    written = tile(of, "unnamed_strongholds")
    assert "九龙坡区 8" in words(written)
    assert any("mark=district:500107" in link.get("href", "") for link in written.iter("a"))


def test_sites_known_by_their_district_alone_are_told_apart() -> None:
    of = side("cq-2022-plan")
    every = records.all_sites("chongqing").set_index("id").geometry.is_empty
    known, unknown = every.index[~every][0], every.index[every][0]
    assert "○" not in element_sites.behind(of, (known,), element="x")
    assert element_sites.behind(of, (known, unknown), element="x").count("○") == 1


def test_planned_sites_are_told_and_left_out_of_the_present() -> None:
    planned = present_sites.planned(layouts.layout("cq-2022-plan"))
    standing = present_sites.present(layouts.layout("cq-2022-plan"))["yuelai"]
    n = len(planned.intersection(standing))
    assert 0 < n < len(standing)
    of, present = side("cq-2022-plan"), side("cq-2022-plan", phase="present")
    told = words(read(panel.elements(of)))
    assert f"{len(standing)} 处，规划 {n}" in told
    today = words(read(panel.elements(present)))
    assert "规划 " not in today
    assert f"现有 {len(standing) - n} 处" in today
    before, after = (
        next(each for each in scorecards.scores(layouts.layout("cq-2022-plan"), 3000.0, when))
        for when in PHASES
    )
    assert after.denominator == (before.denominator or 0) - len(planned)


@pytest.mark.parametrize(
    ("layout", "values", "said", "unsaid"),
    [
        ("sh-2021-meeting", {}, ("5 个节点（周围约 4 公里）", "是否属于中心城区"), "没有点名"),
        ("cq-2022-plan", {}, ("1 个核心、3 个节点", "却没有点名"), "公里"),
        ("jn-2020-plan", {}, ("没有划核心与节点", "14 项里 1 项"), "没有点名"),
        ("hrb-2023-press", {}, ("核心没有公布位置",), "节点"),
        ("sh-2021-meeting", {"phase": "present"}, ("规划中",), "%"),
    ],
)
def test_the_headline_says_no_more_than_is_known(
    layout: str, values: dict[str, str], said: tuple[str, ...], unsaid: str
) -> None:
    of = side(layout, second=False, **values)
    told = layout_sentence.headline(of.view, [of.layout])
    assert all(part in told for part in said), told
    assert unsaid not in told


def test_the_headline_of_two_layouts_speaks_of_both() -> None:
    first, second = sides.sides(side("gd-2023-plan", second=True).view)
    told = layout_sentence.headline(first.view, [first.layout, second.layout])
    assert "重庆市“1+N”" in told
    assert "广东省“双核多点”" in told
    table = read(scores.together((first, second)))
    assert len(list(table.iter("tr"))) == 9


def test_every_score_says_how_it_is_made() -> None:
    (how,) = having(read(scores.scorecard(side("sh-2021-meeting"))), class_="ct-how")
    assert len(listed(how)) == len(KEYS) + 2
    assert "4 公里" in words(how)


def test_the_core_tells_the_share_of_the_district_around_it() -> None:
    assert "所在的两江新区 26%" in words(tile(side("cq-2022-plan"), "core_share"))


def test_signs_of_the_list_are_those_of_the_map() -> None:
    shown = read(panel.elements(side("cq-2022-plan")))
    rows = {
        str(row.get("id")).removeprefix("element-"): having(row, class_="ct-sign")[0].get("class")
        for row in next(shown.iter("ul"))
    }
    assert rows["mountain-city-centre"] == "ct-sign ct-sign-found ct-sign-dashed"
    assert rows["design-park"] == "ct-sign ct-sign-carrier ct-sign-solid"
    assert rows["yuelai"] == "ct-sign ct-sign-core ct-sign-solid"
    assert str(rows["others"]).startswith("ct-sign ct-sign-nowhere")
