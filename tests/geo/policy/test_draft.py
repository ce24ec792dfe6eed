"""A layout of one's own: every step can be taken back, and its file reads back as it was."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from geo.facts import boundaries
from geo.policy import draft as drafts
from geo.policy import layouts, membership, reader, scorecard, shapes, strokes, writer
from geo.policy.model import Layout
from geo.policy.strokes import RefusedStrokeError, Tool
from tests.geo import toy, toy_layout

if TYPE_CHECKING:
    from collections.abc import Callable

TITLES = drafts.Titles(name_zh="草稿", name_en="Draft", summary_zh="说明", summary_en="A line")
CITED = {"title_zh": "草稿", "title_en": "Draft", "issuer": "读者"}
GUANGDONG = "gd-2023-plan"
LINES = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), min_size=1).map(
    lambda text: text.strip() or "名"
)


def begun() -> drafts.Draft:
    return drafts.start(layouts.layout(GUANGDONG), TITLES)


def fields(kind: str = "node", **more: object) -> dict[str, Any]:
    return {
        "kind": kind,
        "name_zh": "惠州",
        "name_en": "Huizhou",
        "role_zh": "节点",
        "role_en": "Node",
        "summary_zh": "我加的。",
        "summary_en": "Mine.",
        "status": "planned",
        "extent": {"districts": ["441300"]},
        **more,
    }


Step = "Callable[[drafts.Draft], drafts.Draft]"


@st.composite
def steps(draw: st.DrawFn) -> Callable[[drafts.Draft], drafts.Draft]:
    name = draw(LINES)
    n = draw(st.integers(0, 20))
    kind = draw(st.sampled_from(["add", "change", "remove", "move", "rename"]))

    def step(draft: drafts.Draft) -> drafts.Draft:
        if kind == "add":
            return drafts.add(draft, fields(name_zh=name))
        if kind == "rename":
            return drafts.rename(draft, {"name_zh": name})
        elements = draft.layout.elements
        if not elements:
            return draft
        element = elements[n % len(elements)].id
        if kind == "change":
            return drafts.change(draft, element, {"name_zh": name})
        return drafts.remove(draft, element) if kind == "remove" else drafts.move(draft, element, n)

    return step


@settings(max_examples=12, deadline=None)
@given(st.lists(steps(), min_size=1, max_size=4))
def test_undo_restores_and_redo_repeats_every_step(
    made: list[Callable[[drafts.Draft], drafts.Draft]],
) -> None:
    first = draft = begun()
    states = [first.layout]
    for step in made:
        draft = step(draft)
        if draft.layout != states[-1]:
            states.append(draft.layout)
    last = draft.layout
    for state in reversed(states[:-1]):
        draft = drafts.undo(draft)
        assert draft.layout == state
    assert drafts.undo(draft) == draft
    for state in states[1:]:
        draft = drafts.redo(draft)
        assert draft.layout == state
    assert (draft.layout, draft.future) == (last, ())


@settings(max_examples=12, deadline=None)
@given(LINES, LINES, st.lists(steps(), max_size=3))
def test_file_of_a_draft_reads_back_as_it_was(
    name: str, section: str, made: list[Callable[[drafts.Draft], drafts.Draft]]
) -> None:
    draft = drafts.add(begun(), fields(name_zh=name, section=section))
    for step in made:
        draft = step(draft)
    files = drafts.texts([draft])
    assert reader.read_upload(files[draft.layout.id].encode(), name="x") == draft.layout
    [again] = drafts.read_texts(files).values()
    assert (again.layout, again.base) == (draft.layout, GUANGDONG)


@pytest.mark.parametrize("layout_id", list(layouts.all_layouts()))
def test_documents_layouts_are_written_as_they_are_read(layout_id: str) -> None:
    layout = layouts.layout(layout_id)
    assert reader.read_upload(writer.to_toml(layout).encode(), name="x") == layout


def test_note_above_a_file_stays_a_comment() -> None:
    text = writer.to_toml(layouts.layout(GUANGDONG), note='id = "x"\nregion = "y"')
    assert tomllib.loads(text)["id"] == GUANGDONG


def test_region_without_a_document_begins_with_no_element() -> None:
    draft = drafts.blank("shanghai", TITLES, day="2026-11-27", citation=CITED)
    assert draft.layout.elements == ()
    text = writer.to_toml(draft.layout)
    assert reader.read_upload(text.encode(), name="x") == draft.layout


def test_what_a_reader_adds_or_changes_is_theirs_and_scored() -> None:
    draft = drafts.add(begun(), fields())
    draft = drafts.change(draft, "foshan", {"name_zh": "佛山西"})
    own = {each.id for each in draft.layout.elements if each.own}
    assert own == {"foshan", "own-1"}
    assert all(each.in_document for each in draft.layout.elements if each.own)
    assert drafts.change(draft, "dongguan", {"name_zh": "东莞"}) == draft


def test_links_of_an_element_go_with_it() -> None:
    draft = drafts.remove(begun(), "guangzhou")
    ends = {end for link in draft.layout.links for end in (link.source, link.target)}
    assert "guangzhou" not in ends
    kept = [each for each in begun().layout.links if "guangzhou" not in {each.source, each.target}]
    assert list(draft.layout.links) == kept


@pytest.mark.parametrize(
    "wrong", [{"name_zh": ""}, {"name_zh": "a\x07"}, {"extent": {}}, {"status": "gone"}]
)
def test_step_that_makes_no_layout_is_refused_with_every_fault(wrong: dict[str, Any]) -> None:
    with pytest.raises(drafts.RefusedStepError) as refused:
        drafts.add(begun(), fields(**wrong))
    assert refused.value.faults


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"a = ", b"[" * 50_000, b"id = 1", b"x" * (reader.MOST_BYTES + 1)],
)
def test_file_that_is_no_layout_is_refused_with_its_faults(content: bytes) -> None:
    faults = reader.read_upload(content, name="mine.toml")
    assert isinstance(faults, list)
    assert all(fault.startswith("mine.toml") for fault in faults)
    assert faults


def test_file_cannot_name_the_region_that_somebody_else_brought() -> None:
    text = writer.to_toml(layouts.layout("sh-2021-meeting"))
    faults = reader.read_upload(text.replace('"shanghai"', '"ws-guessed"').encode(), name="x")
    assert isinstance(faults, list)
    assert any("region" in fault for fault in faults)


def test_zone_holds_the_sites_within_its_outline() -> None:
    outline = [[121.405, 31.14], [121.425, 31.14], [121.425, 31.16], [121.405, 31.16]]
    element = toy_layout.element("z", "zone", {"outline": outline}, certainty="own", section="")
    layout = toy_layout.layout(element)
    held = membership.element_sites(layout, toy_layout.sites(), toy.quarters())
    assert held["z"] == ("s1", "s2")
    scores = scorecard.scorecard(layout, toy_layout.sites(), toy.quarters(), radius_m=1000.0)
    assert next(each for each in scores if each.key == "served_elements").value == 1.0


@pytest.mark.parametrize("kind", ["core", "node", "corridor", "carrier"])
def test_outline_is_a_zones_alone(kind: str) -> None:
    rim = [[121.41, 31.14], [121.42, 31.14], [121.42, 31.16]]
    element = toy_layout.element("z", kind, {"outline": rim}, certainty="own")
    with pytest.raises(ValueError, match="only a zone has one"):
        toy_layout.layout(element)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=6))
def test_outline_crosses_itself_exactly_where_its_polygon_is_unsound(
    corners: list[tuple[int, int]],
) -> None:
    from shapely import Polygon  # noqa: PLC0415 - the other implementation

    points = [(float(x), float(y)) for x, y in corners]
    area = Polygon(points)
    sound = area.is_valid and area.area > 0 and len(set(points)) == len(points)
    assert (shapes.crossing(points) is None) == sound


@pytest.mark.parametrize(
    ("tool", "line", "code"),
    [
        ("carrier", [(121.47, 31.23)], "outside"),
        ("node", [(121.47, 31.23)], "outside"),
        ("corridor", [(113.3, 23.1)], "short"),
        ("corridor", [(113.3, 23.1), (113.3, 23.1)], "short"),
        ("zone", [(113.3, 23.1), (113.4, 23.2)], "short"),
        ("zone", [(113.2, 23.0), (113.4, 23.2), (113.4, 23.0), (113.2, 23.2)], "crossing"),
        ("corridor", [(113.3, 23.1), (121.47, 31.23)], "outside"),
    ],
)
def test_stroke_that_gives_no_place_says_why(
    tool: Tool, line: list[tuple[float, float]], code: str
) -> None:
    units = boundaries.districts("guangdong", level="city")
    with pytest.raises(RefusedStrokeError) as refused:
        strokes.extent(tool, line, units)
    assert refused.value.code == code
    if code == "crossing":
        assert np.allclose(refused.value.at or (), (113.3, 23.1))


def test_click_takes_the_city_below_it() -> None:
    units = boundaries.districts("guangdong", level="city")
    assert strokes.extent("core", [(114.42, 23.11)], units) == {"districts": ["441300"]}


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=5))
def test_positions_are_read_as_they_are_written(line: list[tuple[float, float]]) -> None:
    read = strokes.typed(strokes.written(line))
    assert np.allclose(read, line, atol=10**-strokes.DECIMALS)


def test_layout_type_is_a_reader_s_file_too() -> None:
    draft = drafts.add(begun(), fields())
    raw = tomllib.loads(writer.to_toml(draft.layout))
    assert raw["draft"] is True
    assert isinstance(reader.check(raw), Layout)
    assert {each["certainty"] for each in raw["elements"] if each["id"] == "own-1"} == {"own"}
