"""A layout of the reader's own on 布局: begun, drawn, changed, scored, loaded again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.policy import draft as drafts
from geo.policy import layouts, reader, writer
from layers.transport.message import Clicked
from tests import reading
from tests.pages.conftest import address, shown, words
from tests.reading import having
from ui.layouts.draft import drawing, work

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

GUANGDONG = "gd-2023-plan"
HUIZHOU = (114.42, 23.11)


def pressed(app: AppTest, label: str) -> AppTest:
    [button] = [each for each in app.button if each.label == label]
    return button.click().run()


def begun(run_page: Open, **params: str) -> AppTest:
    app = run_page("layouts", layout=GUANGDONG, **params)
    [button] = [each for each in app.button if each.label.startswith("以")]
    return button.click().run()


def rows(app: AppTest) -> dict[str, ET.Element]:
    return {str(row.get("id")): row for row in having(shown(app), class_="ct-draft-row")}


def drafted(app: AppTest) -> work.Work:
    found = app.session_state["layout_draft"]
    assert isinstance(found, work.Work)
    return found


def test_draft_begins_with_what_the_document_says(run_page: Open) -> None:
    app = begun(run_page)
    assert not app.exception
    base = layouts.layout(GUANGDONG)
    assert drafted(app).draft.layout.elements == base.elements
    assert "我的草稿" in app.session_state["layout_draft"].draft.layout.name_zh
    assert len(rows(app)) == len(base.elements)


def test_a_draft_is_a_view_of_its_own_in_the_address(run_page: Open) -> None:
    """The browser's history has it: test_draft.py of the browser goes back from it."""
    app = begun(run_page)
    assert address(app)["draft"] == "open"
    app = app.button(key="draft_leave").click().run()
    assert "draft" not in address(app)
    assert not rows(app)
    app = pressed(app, "接着改我的草稿")
    assert address(app)["draft"] == "open"
    assert rows(app)


def test_an_address_of_a_draft_says_where_there_is_none(run_page: Open) -> None:
    app = run_page("layouts", layout=GUANGDONG, draft="open")
    assert not app.exception
    assert "原来的草稿不在了" in words(app)
    assert [each for each in app.button if each.label.startswith("以")]


def test_district_typed_becomes_a_node_marked_as_mine_and_scored(run_page: Open) -> None:
    app = begun(run_page)
    app.selectbox(key="draft_add_0-0_tool").select("node")
    app.text_area(key="draft_add_0-0_where").input("惠州")
    app = pressed(app, "添加")
    assert not app.exception
    [element] = [each for each in drafted(app).draft.layout.elements if each.own]
    assert (element.kind, element.extent.districts) == ("node", ("441300",))
    assert "我加的" in reading.words(rows(app)[f"draft-{element.id}"])
    [table] = [each for each in shown(app).iter("table") if "ct-changes" in str(each.get("class"))]
    told = reading.words(table)
    assert "7 / 7" not in told
    app = pressed(app, "撤销")
    assert drafted(app).draft.layout.elements == layouts.layout(GUANGDONG).elements


def test_region_without_a_document_begins_empty(run_page: Open) -> None:
    app = run_page("layouts", region="shanghai")
    button = next(each for each in app.button if "没有底稿" in each.label)
    app = button.click().run()
    assert not app.exception
    assert drafted(app).draft.layout.elements == ()
    app.selectbox(key="draft_add_0-0_tool").select("carrier")
    app.text_area(key="draft_add_0-0_where").input("121.47, 31.23")
    app = pressed(app, "添加")
    assert not app.exception
    assert [each.kind for each in drafted(app).draft.layout.elements] == ["carrier"]


@pytest.mark.parametrize(
    ("tool", "text", "said"),
    [
        ("zone", "113.2,23.0; 113.4,23.2; 113.4,23.0; 113.2,23.2", "交叉"),
        ("carrier", "121.47, 31.23", "以外"),
        ("corridor", "113.2,23.0", "至少"),
        ("node", "深不可测", "深不可测"),
        ("core", "深圳", "已是"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_one_message(
    run_page: Open, tool: str, text: str, said: str
) -> None:
    app = begun(run_page)
    before = drafted(app).draft
    app.selectbox(key="draft_add_0-0_tool").select(tool)
    app.text_area(key="draft_add_0-0_where").input(text)
    app = pressed(app, "添加")
    assert not app.exception
    [fault] = having(shown(app), class_="ct-faults")
    assert said in reading.words(fault)
    assert drafted(app).draft == before


def test_element_is_changed_in_place(run_page: Open) -> None:
    app = begun(run_page)
    app.button(key="draft_edit_foshan").click()
    app.run()
    app.text_input(key="draft_foshan_0-0_name").input("佛山西")
    app.radio(key="draft_foshan_0-0_status").set_value("planned")
    app.multiselect(key="draft_foshan_0-0_sectors").set_value(["fashion"])
    app.text_input(key="draft_foshan_0-0_section").input("三(一)")
    app = pressed(app, "改好")
    assert not app.exception
    element = drafts.element_of(drafted(app).draft.layout, "foshan")
    assert (element.name_zh, element.name_en) == ("佛山西", "Foshan")
    assert (element.status, element.section, element.certainty) == ("planned", "三(一)", "own")
    assert [spec.sectors for spec in element.specialisations] == [("fashion",)]
    app = pressed(app, "删除")
    assert not app.exception
    assert "draft-foshan" not in rows(app)


def test_layout_drawn_on_a_copy_is_the_files_again(run_page: Open) -> None:
    app = begun(run_page)
    text = writer.to_toml(drafted(app).draft.layout)
    assert reader.read_upload(text.encode(), name="mine") == drafted(app).draft.layout


def test_strokes_of_the_map_become_elements(run_page: Open) -> None:
    draft = drafted(begun(run_page)).draft
    line = ((113.3, 23.1), (113.9, 22.8))
    click = Clicked(kind="stroke", id="corridor", lon=113.9, lat=22.8, line=line)
    after = drawing.stroke(draft, click)
    assert after.layout.elements[-1].extent.axis == line
    moved = Clicked(
        kind="reshaped",
        id=after.layout.elements[-1].id,
        lon=114.0,
        lat=22.7,
        line=((113.3, 23.1), (114.0, 22.7)),
    )
    assert drawing.stroke(after, moved).layout.elements[-1].extent.axis[1] == (114.0, 22.7)
