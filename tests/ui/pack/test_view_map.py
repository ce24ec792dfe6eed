"""Maps of real views as PDFs: true to scale, with every name, readable by other programs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from xml.etree import ElementTree as ET

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from geo.facts import boundaries, catalog
from layers import palette
from layers.printed import fonts, furniture
from layers.printed.paper import POINT
from tests import many
from ui.blocks import sentences
from ui.cached import indicators, names
from ui.districts.units import division
from ui.layouts import layout_sentence
from ui.map import counted_view, page_map
from ui.pack import view_map
from ui.pack.view_map import Sheet
from ui.siting import wording
from ui.state import pages, sides
from ui.state.address import parse
from ui.state.view import PageView
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.state.view import View

P = TypeVar("P", bound=pages.Page)
KM = {"zh": "公里", "en": "km"}
VIEWS = {
    "overview of Shanghai": ("overview", {"region": "shanghai"}),
    "districts of Guangdong": ("districts", {"region": "guangdong", "lang": "en"}),
    "overview of Chongqing": ("overview", {"region": "chongqing"}),
    "overview of Harbin": ("overview", {"region": "harbin", "lang": "en"}),
    "districts of Jinan": ("districts", {"region": "jinan"}),
}


class Printed(NamedTuple):
    view: View
    written: str
    text: str
    """What is written, without spaces."""

    boxes: list[tuple[float, float, float, float]]
    """Left, bottom, right, top of its paths, mm."""


def view(page: str, **params: str) -> View:
    return seen(pages.OF_PAGE[page], **params)


def seen(page: type[P], **params: str) -> PageView[P]:
    parsed = parse(params, page.fields())
    assert not parsed.refused
    return PageView(page.of(parsed.values))


@pytest.fixture(scope="module", params=list(VIEWS.values()), ids=list(VIEWS))
def printed(request: pytest.FixtureRequest) -> Printed:
    page, params = request.param
    asked = view(page, **params)
    content = view_map.map_file(asked, Sheet(paper="a3"), "pdf")
    with pypdfium2.PdfDocument(content) as document:
        text = document[0].get_textpage().get_text_range()
        paths = document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
        boxes = [tuple(POINT * side for side in path.get_bounds()) for path in paths]
    return Printed(asked, text, "".join(text.split()), boxes)


def bars(printed: Printed) -> Iterator[float]:
    """Lengths of the scale bars, mm: boxes of their height, edges included, side by side."""
    least, most = furniture.BAR_HEIGHT, furniture.BAR_HEIGHT + 0.5
    parts = [box for box in printed.boxes if least < box[3] - box[1] < most and box[2] - box[0] > 4]
    rows: dict[float, list[tuple[float, float, float, float]]] = {}
    for box in parts:
        rows.setdefault(round(box[1], 2), []).append(box)
    for row in rows.values():
        lefts = sorted(box[0] for box in row)
        if len(lefts) > 1:
            yield (lefts[-1] - lefts[0]) / (len(lefts) - 1) * len(lefts)


def test_the_scale_bars_are_as_long_as_the_scales_say(printed: Printed) -> None:
    ratios = re.findall(r"1 : (\d{1,3}(?: \d{3})+)", printed.written)
    scales = [float(ratio.replace(" ", "")) for ratio in ratios]
    word = KM[printed.view.t.lang]
    told = {float(km) for km in re.findall(rf"(\d+) {word}", printed.written)}
    lengths = list(bars(printed))
    assert lengths
    for length in lengths:
        shown = [length * scale / 1e6 for scale in scales]
        assert any(km == pytest.approx(each, rel=5e-3) for km in shown for each in told), shown


def test_title_and_every_district_can_be_read(printed: Printed) -> None:
    asked = printed.view
    told: dict[type[pages.Page], Any] = {
        pages.Overview: sentences.overview,
        pages.Districts: sentences.districts,
    }
    assert "".join(told[type(asked.state)](asked).split()) in printed.text
    units = boundaries.districts(asked.region, level=asked.unit)
    short = units["short_zh"] if asked.t.lang == "zh" else units["name_en"]
    missing = [name for name in short if "".join(name.split()) not in printed.text]
    assert missing == []


def test_every_sign_of_our_own_words_is_in_the_faces() -> None:
    sites = catalog.sites()
    texts = [*PageTexts("zh").texts.values(), *PageTexts("en").texts.values()]
    texts += [*sites["name_zh"], *sites["name_en"]]
    texts += [
        name for region in names.regions("zh") for name in boundaries.districts(region)["name_zh"]
    ]
    signs = {sign for text in texts for sign in text if not sign.isspace()}
    for style in fonts.FILES:
        assert all(map(fonts.face(style).row, signs))


@pytest.mark.parametrize(
    ("page", "params"),
    [
        ("layouts", {"region": "guangdong"}),
        ("layouts", {"region": "chongqing", "lang": "en"}),
        ("districts", {"region": "jinan", "view": "peers", "of": "370102"}),
        ("clusters", {"region": "shanghai"}),
        ("siting", {"mode": "try", "pins": "A:121.22000,31.05000", "at": "pin:A"}),
        ("find", {"region": "guangdong", "near": "113.33,23.11", "within_km": "5"}),
        ("find", {"region": "shanghai", "text": "没有这样的园区"}),
        ("site", {"id": "hrb-hrbnu-park"}),
    ],
)
def test_every_page_can_be_printed_upright_and_as_a_picture(
    page: str, params: dict[str, str]
) -> None:
    asked = view(page, **params)
    for content in (
        view_map.map_file(asked, Sheet(landscape=False), "svg"),
        view_map.map_picture(asked, 160, 110, "svg"),
    ):
        root = ET.fromstring(content)  # noqa: S314 - our own
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert len(list(root.iter())) > 100


def test_fonts_for_documents_lie_in_their_folders() -> None:
    found = {path.name for folder in view_map.FONT_FOLDERS for path in Path(folder).iterdir()}
    assert {name.rpartition("/")[2] for name in fonts.FILES.values()} <= found


def written(content: bytes) -> str:
    """What a PDF's first page says, without spaces."""
    with pypdfium2.PdfDocument(content) as document:
        return "".join(document[0].get_textpage().get_text_range().split())


def test_two_layouts_stand_on_one_sheet() -> None:
    asked = seen(pages.Layouts, region="jinan", beside="hrb-2023-press")
    text = written(view_map.map_file(asked, Sheet(), "pdf"))
    for side in sides.sides(asked):
        assert "".join(layout_sentence.headline(asked, [side.layout]).split()) in text


def test_every_division_stands_on_the_sheet_and_can_stand_alone() -> None:
    asked = seen(pages.Districts, region="jinan", view="units")
    titles = division.shown(asked).names()
    text = written(view_map.map_file(asked, Sheet(), "pdf"))
    for row, title in enumerate(titles):
        of = written(view_map.map_picture(asked, 120, 90, "pdf", of=str(row)))
        assert f"·{title}".replace(" ", "") in text
        assert [f"·{each}".replace(" ", "") in of for each in titles] == [
            each == title for each in titles
        ]


def test_a_districts_own_map_has_the_sites_that_count_there() -> None:
    asked = seen(pages.Districts, region="jinan")
    for code, n in indicators.table(asked.query)["n"].items():
        sites = page_map.of_one_district(asked, str(code)).sites
        assert sites is not None
        assert len(sites) == n


def test_borders_lie_on_what_sites_reach_and_numbers_in_their_discs() -> None:
    asked = wording.complete(seen(pages.Siting, region="jinan", radius="10", p="2"))
    svg = view_map.map_picture(asked, 160, 110, "svg").decode()
    of_theme = palette.palettes(catalog.families())["light"]
    colours = {name: colour.lower() for name, colour in of_theme.items()}
    reach = svg.index(f"fill: {colours['surf']}; stroke: {colours['ink2']}")
    assert reach < svg.index(f"stroke: {colours['line']}")
    assert reach < svg.index(f"stroke: {colours['cityline']}")


def test_of_many_sites_the_numbers_of_cells_are_on_paper() -> None:
    every = many.opened()
    asked = seen(pages.Overview, region=many.REGION)
    shown = counted_view.on_paper(
        asked, page_map.with_sites(asked), region=asked.region, unit=asked.unit
    )
    squares, sites = shown.squares, shown.sites
    assert squares is not None
    assert sites is not None
    located = every[~every.geometry.is_empty]
    numbers = [int(number.replace(",", "")) for number in squares.numbers]
    assert sum(numbers) + len(sites) == len(located)
    most = numbers.index(max(numbers))
    west, south, east, north = squares.outlines[most].bounds
    assert len(located.cx[west:east, south:north]) == max(numbers)
    assert squares.numbers[most] in written(view_map.map_picture(asked, 162, 130, "pdf"))
