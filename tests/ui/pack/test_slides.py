"""The slides of a view, as python-pptx reads them: native charts and tables with its figures."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pptx
import pytest
from PIL import Image
from pptx.shapes.picture import Picture

from geo import settings
from tests.ui.pack.making import DISTRICTS, made
from ui.blocks import rankings
from ui.cached import indicators
from ui.pack import making, slide_text, text_width, view_map
from ui.pack.asked import asked
from ui.pack.slides import BESIDE, form_of
from ui.state.pages import Districts
from ui.state.view import PageView

if TYPE_CHECKING:
    from geo.settings import Language

ADDRESSES = (
    "/?region=harbin",
    "/districts?region=shanghai",
    "/districts?region=shanghai&by=lq&focus=fas&compare=310101,310104",
    "/districts?region=jinan&view=peers&subject=370102",
    "/districts?region=jinan&view=units",
    "/layouts?region=guangdong",
    "/layouts?region=chongqing",
    "/find?region=shanghai",
    "/clusters?region=shanghai",
    "/siting?region=shanghai&mode=try&pins=A:121.22000,31.05000;B:121.10000,31.16000",
    "/site?id=hrb-hrbnu-park",
    "/targets",
)


@pytest.fixture
def page() -> PageView[Districts]:
    view = asked(DISTRICTS).view
    assert isinstance(view.state, Districts)
    return PageView(view.state)


def test_a_chart_holds_the_figures_of_the_page_and_is_titled_with_its_ends(
    page: PageView[Districts],
) -> None:
    table = indicators.with_quotients(page.query, focus=page.state.focus)
    rows = rankings.listed(table, indicator="area")
    bars = rankings.amounts(page, table, indicator="area", fills=("",) * 9, breaks=())
    slides = pptx.Presentation(BytesIO(made(DISTRICTS, "pptx"))).slides
    (slide,) = (each for each in slides if any(shape.has_chart for shape in each.shapes))
    assert slide.shapes.title is not None
    title = slide.shapes.title.text_frame.text
    assert all(each in title for each in (bars[0].name, bars[0].value, bars[-1].value))
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    plot = chart.plots[0]
    assert list(plot.categories) == [bar.name for bar in bars]
    assert list(plot.series[0].values) == rows["per_100_km2"].tolist()
    forms = re.findall(r'<c:dLbl>.*?formatCode="([^"]*)"', chart.part.blob.decode(), re.DOTALL)
    assert forms == [form_of(bar.value) for bar in bars]
    assert chart.part.chart_workbook.xlsx_part is not None  # the data can be edited


def test_tables_are_tables_and_nothing_is_left_empty() -> None:
    presentation = pptx.Presentation(BytesIO(made(DISTRICTS, "pptx")))
    tables = [shape for slide in presentation.slides for shape in slide.shapes if shape.has_table]
    assert len(tables) > len(indicators.units(asked(DISTRICTS).view.query))
    for slide in presentation.slides:
        assert slide.shapes.title is not None
        assert slide.shapes.title.text_frame.text
        layout = slide.slide_layout.name
        assert layout.startswith("Chuangtu ")


@pytest.mark.parametrize("lang", settings.LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_two_slides_have_one_title_and_none_with_a_map_that_of_the_cover(
    address: str, lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    dot = BytesIO()
    Image.new("RGB", (1, 1)).save(dot, "png")
    monkeypatch.setattr(view_map, "map_picture", lambda *_, **__: dot.getvalue())
    order = making.Order(asked=asked(address, lang=lang), file_format="pptx")
    cover, *slides = pptx.Presentation(BytesIO(making.make(order))).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides if slide.shapes.title]
    assert len(titles) == len(slides) > 3
    assert {title for title in titles if titles.count(title) > 1} == set()
    pictured = [slide for slide in slides if any(isinstance(s, Picture) for s in slide.shapes)]
    assert bool(pictured) == (address != "/targets")
    assert cover.shapes.title is not None
    said = cover.shapes.title.text_frame.text
    assert all(slide.shapes.title.text_frame.text != said for slide in pictured)


def test_a_line_without_letters_is_as_high_as_the_others() -> None:
    slides = pptx.Presentation(BytesIO(made("/targets", "pptx"))).slides
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    bare = [
        paragraph
        for table in tables
        for cell in table.iter_cells()
        for paragraph in cell.text_frame.paragraphs
        if not paragraph.text
    ]
    assert bare
    for paragraph in bare:
        assert paragraph._p.r_lst == []  # noqa: SLF001 - an empty run has the height of its default
        assert int(paragraph._p.get_or_add_endParaRPr().get("sz")) <= 1200  # noqa: SLF001


def test_figures_beside_a_map_stay_above_the_foot() -> None:
    address = "/districts?region=chongqing&parts=maps"
    (slide,) = pptx.Presentation(BytesIO(made(address, "pptx", "en"))).slides
    place = slide.placeholders[BESIDE]
    height = sum(
        text_width.lines(paragraph.text, place.width.pt, paragraph.runs[0].font.size.pt)
        * paragraph.line_spacing.pt
        + (paragraph.space_after.pt if paragraph.space_after else 0)
        for paragraph in place.text_frame.paragraphs
    )
    assert height <= place.height.pt


@pytest.mark.parametrize("n", [1, 13, 40, 41])
def test_sentences_that_go_on_are_spread_evenly(n: int) -> None:
    texts, room = ("句" * 30,) * n, (800.0, 300.0)
    counts: list[int] = []
    while texts:
        counts.append(slide_text.shares(texts, room, 14.0, 200.0 if not counts else room[1]))
        texts = texts[counts[-1] :]
    assert sum(counts) == n
    assert max(counts[1:], default=0) - min(counts[1:], default=0) <= 1


@pytest.mark.parametrize("title", ["一" * 200, "word " * 100])
def test_nothing_of_a_long_table_is_lost(title: str) -> None:
    from ui.pack import slide_tables  # noqa: PLC0415
    from ui.pack.content import Column  # noqa: PLC0415

    columns = (Column(head="a", width=1), Column(head="b", width=2))
    rows: tuple[tuple[str, ...], ...] = tuple((str(n), title) for n in range(100))
    seen: list[tuple[str, ...]] = []
    while len(seen) < len(rows):
        rest = rows[len(seen) :]
        part = slide_tables.fitting(columns, rest, (860.0, 350.0), heads=True, total=False)
        assert part.rows
        seen += part.rows
    assert tuple(seen) == rows
