"""Files opened by programs that did not write them: nothing is lost, every letter has its glyph."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import numpy as np
import pptx
import pytest
from PIL import Image

from tests.ui.pack.making import DISTRICTS, made

if TYPE_CHECKING:
    from pathlib import Path

    from geo.settings import Language
    from ui.pack.making import FileFormat

NUMBER = re.compile(r"\d[\d,.]*%?")


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, done.stderr
    return done.stdout


def converted(content: bytes, file_format: FileFormat, folder: Path) -> Path:
    """The PDF that LibreOffice makes of a file."""
    source = folder / f"pack.{file_format}"
    source.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    run(
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    )
    return source.with_suffix(".pdf")


def words_of(pdf: Path) -> str:
    return re.sub(r"\s+", "", run("pdftotext", "-layout", str(pdf), "-"))


def assert_lettered(pdf: Path) -> None:
    """Every font is in the file, and every letter is known by what it is."""
    fonts = run("pdffonts", str(pdf)).splitlines()[2:]
    assert fonts
    for font in fonts:
        embedded, _, unicode = font.split()[-5:-2]
        assert (embedded, unicode) == ("yes", "yes"), font
    text = run("pdftotext", str(pdf), "-")
    assert "\N{REPLACEMENT CHARACTER}" not in text
    assert "\x00" not in text


def test_word_file(tmp_path: Path) -> None:
    content = made(DISTRICTS, "docx")
    pdf = converted(content, "docx", tmp_path)
    assert_lettered(pdf)
    text = words_of(pdf)
    document = docx.Document(BytesIO(content))
    figures = {
        number
        for table in document.tables
        for cell in {cell for row in table.rows for cell in row.cells}
        for number in NUMBER.findall(cell.text)
    }
    assert len(figures) > 50
    assert {number for number in figures if number not in text} == set()


def emptiest(pdf: Path, folder: Path) -> float:
    """The greatest share of its height that a page has empty in one piece, but for the ends."""
    run("pdftoppm", "-r", "20", "-gray", str(pdf), str(folder / "page"))
    pages = [np.asarray(Image.open(each)) for each in sorted(folder.glob("page-*.pgm"))]
    shares = []
    for page in pages[1:-1]:
        inked = np.flatnonzero((page < 200).any(axis=1))
        shares.append(float(np.diff(inked).max()) / len(page))
    return max(shares)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("file_format", ["docx", "pdf"])
def test_no_page_is_nearly_empty(tmp_path: Path, file_format: FileFormat, lang: Language) -> None:
    """A heading, a line or a short table alone would leave more than half of its page empty."""
    content = made(DISTRICTS, file_format, lang)
    pdf = tmp_path / "pack.pdf"
    if file_format == "docx":
        pdf = converted(content, file_format, tmp_path)
    else:
        pdf.write_bytes(content)
    assert emptiest(pdf, tmp_path) < 0.45


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_numbers_of_footnotes_are_seen(tmp_path: Path, lang: Language) -> None:
    """The faces do not say how large a raised number is: once it had no size."""
    pdf = tmp_path / "pack.pdf"
    pdf.write_bytes(made(DISTRICTS, "pdf", lang))
    boxes = run("pdftotext", "-bbox", str(pdf), "-")
    heights = [
        float(bottom) - float(top)
        for top, bottom in re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', boxes)
    ]
    assert len(heights) > 100
    assert min(heights) > 3


def test_slides(tmp_path: Path) -> None:
    content = made(DISTRICTS, "pptx")
    pdf = converted(content, "pptx", tmp_path)
    assert_lettered(pdf)
    text = words_of(pdf)
    presentation = pptx.Presentation(BytesIO(content))
    shapes = [shape for slide in presentation.slides for shape in slide.shapes]
    frames = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    frames += [
        cell.text
        for shape in shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    ]
    figures = {number for frame in frames for number in NUMBER.findall(frame)}
    assert len(figures) > 50
    assert {number for number in figures if number not in text} == set()
    pages = run("pdfinfo", str(pdf))
    assert f"Pages:{len(presentation.slides):>16}"[-3:].strip() in pages


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pdf(tmp_path: Path, lang: Language) -> None:
    pdf = tmp_path / "pack.pdf"
    pdf.write_bytes(made(DISTRICTS, "pdf", lang))
    assert_lettered(pdf)
    text = words_of(pdf)
    document = docx.Document(BytesIO(made(DISTRICTS, "docx", lang)))
    figures = {
        number
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for number in NUMBER.findall(cell.text)
    }
    assert {number for number in figures if number not in text} == set()
    assert "Tagged:yes" in re.sub(r" +", "", run("pdfinfo", str(pdf)))
