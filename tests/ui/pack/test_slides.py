"""The slides of a view, as python-pptx reads them: native charts and tables with its figures."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pptx
import pytest
from PIL import Image

from geo import settings
from tests.ui.pack.making import DISTRICTS, made
from ui.blocks import rankings
from ui.cached import indicators
from ui.pack import making, view_map
from ui.pack.asked import asked
from ui.pack.slides import form_of
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
def test_no_two_slides_have_one_title(
    address: str, lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    dot = BytesIO()
    Image.new("RGB", (1, 1)).save(dot, "png")
    monkeypatch.setattr(view_map, "map_picture", lambda *_, **__: dot.getvalue())
    order = making.Order(asked=asked(address, lang=lang), file_format="pptx")
    _, *slides = pptx.Presentation(BytesIO(making.make(order))).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides if slide.shapes.title]
    assert len(titles) == len(slides) > 3
    assert {title for title in titles if titles.count(title) > 1} == set()


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
