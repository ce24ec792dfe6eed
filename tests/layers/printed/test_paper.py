"""Files of a sheet: faces within them, no box for a missing sign, grey where it is wanted."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from layers.printed import fonts
from layers.printed.paper import INCH, Box, Lettering, Look, Paper

if TYPE_CHECKING:
    from layers.printed.paper import FileFormat

SVG = {"svg": "http://www.w3.org/2000/svg"}
TEXT = "{http://www.w3.org/2000/svg}text"
COLOUR = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")


def sheet(text: str = "浦东新区 Pudong 121°30′E", *, grey: bool = False) -> Paper:
    paper = Paper(width=120, height=80, grey=grey)
    paper.box(Box(10, 10, 50, 20), Look(fill="#0072B2", edge="#D55E00", width=0.4))
    for row, style in enumerate(fonts.FILES):
        halo = "#FFFFFF" if row % 2 else ""
        lettering = Lettering(style=style, size=4, colour="#1D2329", halo=halo)
        paper.text(text, 10, 40 + 8 * row, lettering)
    return paper


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return str(document[0].get_textpage().get_text_range())


def test_the_faces_of_a_pdf_are_embedded_and_cut_down() -> None:
    content = sheet().file("pdf")
    names = set()
    with pypdfium2.PdfDocument(content) as document:
        for item in document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(item.raw)
            assert pdfium.FPDFFont_GetIsEmbedded(font) == 1
            names.update(re.findall(rb"/BaseFont /([A-Z]{6})\+(\S+)", content))
    assert {name for _, name in names} == {fonts.face(style).name.encode() for style in fonts.FILES}
    assert len(content) < 60_000


def test_what_has_no_glyph_is_replaced_and_all_else_can_be_searched() -> None:
    content = text_of(sheet("浦东 A\U0001f600\u200b$x^2$").file("pdf"))
    assert "浦东 A〓" in content
    assert "$x^2$" in content


def test_texts_of_an_svg_can_be_found_and_need_no_font() -> None:
    said = "浦东 <A> & 𠀀"
    root = ET.fromstring(sheet(said).file("svg"))  # noqa: S314 - our own
    layer = root.findall("svg:g", SVG)[-1]
    assert layer.get("fill") == "none"
    assert {text.text for text in root.iterfind(".//svg:text", SVG)} == {fonts.printable(said)}
    assert {*layer.iter(TEXT)} == {*root.iter(TEXT)}


@pytest.mark.parametrize("file_format", ["png", "svg", "pdf"])
def test_a_sheet_is_the_same_file_in_every_thread(file_format: FileFormat) -> None:
    alone = sheet().file(file_format)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: sheet().file(file_format), range(4)))
    if file_format == "pdf":  # whose numbers of objects depend on what was drawn before
        assert {text_of(each) for each in made} == {text_of(alone)}
    else:
        assert set(made) == {alone}


def test_what_lies_beyond_a_frame_is_cut_off_and_what_lies_within_is_there() -> None:
    paper = sheet()
    framed = replace(paper, clip=Box(20, 15, 30, 5))
    framed.box(Box(0, 0, 120, 80), Look(fill="#009E73"))
    root = ET.fromstring(framed.file("svg"))  # noqa: S314 - our own
    (cut,) = root.iterfind(".//svg:clipPath/svg:rect", SVG)
    measured = [float(cut.get(name, 0)) * INCH / 72 for name in ("x", "y", "width", "height")]
    assert measured == pytest.approx([20, 15, 30, 5], abs=0.01)
    with Image.open(io.BytesIO(framed.file("png"))) as picture:
        green = [
            picture.getpixel((round(x * 300 / INCH), round(y * 300 / INCH)))
            for x, y in ((35, 17), (5, 5))
        ]
    assert green == [(0, 0x9E, 0x73), (255, 255, 255)]


def test_grey_has_no_colour() -> None:
    with Image.open(io.BytesIO(sheet(grey=True).file("png"))) as picture:
        assert picture.mode == "L"
        assert picture.size == pytest.approx((120 / 25.4 * 300, 80 / 25.4 * 300), abs=1)
    page = sheet(grey=True).file("svg").decode()
    ET.fromstring(page)  # noqa: S314 - our own
    assert COLOUR.findall(page)
    assert all(red == green == blue for red, green, blue in COLOUR.findall(page))
