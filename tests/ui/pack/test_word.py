"""The Word file of a view, as python-docx reads it: the page's figures in tables, named styles."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from tests.ui.pack.making import DISTRICTS, LAYOUTS, made
from ui.blocks import rankings, sentences
from ui.cached import indicators
from ui.districts import full_table
from ui.layouts import layout_words, scores
from ui.pack import template
from ui.pack.asked import asked
from ui.pack.of_units import COLUMNS
from ui.state import sides
from ui.state.pages import Districts, Layouts
from ui.state.view import PageView

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table


def document(address: str = DISTRICTS) -> Document:
    return docx.Document(BytesIO(made(address, "docx")))


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def xml() -> str:
    with ZipFile(BytesIO(made(DISTRICTS, "docx"))) as parts:
        return parts.read("word/document.xml").decode()


def headings(read: Document) -> list[str]:
    return [each.text for each in read.paragraphs if each.style and each.style.name == "Heading 1"]


@pytest.fixture
def page() -> PageView[Districts]:
    view = asked(DISTRICTS).view
    assert isinstance(view.state, Districts)
    return PageView(view.state)


def test_the_title_is_the_sentence_of_the_page(page: PageView[Districts]) -> None:
    titles = [
        each.text for each in document().paragraphs if each.style and each.style.name == "Title"
    ]
    assert titles == [sentences.districts(page)]


def test_tables_have_the_figures_of_the_page(page: PageView[Districts]) -> None:
    table = indicators.with_quotients(page.query, focus=page.state.focus)
    bars = rankings.amounts(page, table, indicator="area", fills=("",) * 9, breaks=())
    every = full_table.ordered(table, page.state.by)
    written = full_table.figures(page, every)
    read = {tuple(rows[0]): rows[1:] for rows in map(cells, document().tables)}
    ranked = next(rows for head, rows in read.items() if len(head) == 4 and head[0] == "名次")
    assert [row[1:3] for row in ranked] == [[bar.name, bar.value] for bar in bars]
    listed = next(rows for head, rows in read.items() if len(head) == 1 + len(COLUMNS))
    assert listed[:-1] == [
        [page.district_name(str(code)), *(written[name][code] for name in COLUMNS)]
        for code in every.index
    ]
    assert listed[-1][1] == str(indicators.overall(page.query).n)


def test_figures_stand_to_the_right_and_heads_on_every_page() -> None:
    table = next(each for each in document().tables if len(each.columns) == 1 + len(COLUMNS))
    assert table.style is not None
    assert table.style.name == "Chuangtu Table"
    figure = table.rows[1].cells[1].paragraphs[0].style
    assert figure is not None
    assert figure.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert xml().count("<w:tblHeader/>") == sum(
        each.style is not None and each.style.name == "Chuangtu Table" for each in document().tables
    )


def test_every_style_is_one_of_those_that_a_template_must_have() -> None:
    used = {each.style.name for each in document().paragraphs if each.style}
    assert used <= set(template.STYLES)


def test_the_map_says_what_it_shows(page: PageView[Districts]) -> None:
    told = re.findall(r'descr="([^"]*)"', xml())
    assert told[0] == sentences.districts(page)
    assert len(document().inline_shapes) == len(told)


def test_a_page_a_district_with_its_map(page: PageView[Districts]) -> None:
    table = indicators.table(page.query)
    order = [page.district_name(str(code)) for code in full_table.ordered(table, "area").index]
    found = headings(document())
    assert found[found.index("对照表") + 1 : found.index("来源")] == order
    assert re.findall(r'descr="([^"]*)的地点"', xml()) == order


def test_parts_and_their_order_are_those_of_the_address() -> None:
    read = document("/districts?region=harbin&parts=sources,findings")
    assert headings(read) == ["来源", "要点"]


def test_the_scorecard_is_that_of_the_page_and_names_what_is_not_published() -> None:
    view = asked(LAYOUTS).view
    assert isinstance(view.state, Layouts)
    (side,) = sides.sides(PageView(view.state))
    read = document(LAYOUTS)
    rows = next(rows for rows in map(cells, read.tables) if rows[0][0] == "指标")
    assert [row[:2] for row in rows[1:]] == [[each.name, each.value] for each in scores.lines(side)]
    text = "\n".join(each.text for each in read.paragraphs)
    without = [each for each in layout_words.in_phase(side.view, side.layout) if not each.located]
    assert without
    assert all(each.name_zh in text for each in without)
