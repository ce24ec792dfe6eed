"""A pack as a Word document: named styles, real tables, pictures with their texts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt

from layers.printed.sheet import SIZES
from ui.pack import footnotes, measures, paging, template, text_width, view_map
from ui.pack.content import Bars, Facts, Figures, Map, Sentences, Table
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.document import Document
    from docx.table import Table as WordTable
    from docx.table import _Cell as WordCell
    from docx.text.paragraph import Paragraph

    from layers.printed.sheet import Sheet
    from ui.pack.content import Block, Column, Front, Section

MM: Final = 36_000
"""EMU, the unit of the format."""

A4_LINE: Final = 162.0
"""Length of a line of A4, mm."""
UNIT: Final = re.compile(r"(?<=\d) (?=k?m)")
"""Between a figure and its unit no line ends."""
POINTS: Final = 72 / 25.4
"""Of a millimetre."""


@dataclass
class Writing:
    """A document while it is written: its texts, the width of a line, what is counted in it."""

    document: Document
    t: PageTexts
    width: float
    """mm."""
    notes: Any
    """Its footnotes."""
    counts: Counter[str] = field(default_factory=Counter)

    def paragraph(self, text: str, style: str) -> Paragraph:
        """Add a paragraph."""
        return self.document.add_paragraph(text, style=style)

    def footnote(self, at: Paragraph, texts: Sequence[str]) -> None:
        """Add a footnote at the end of a paragraph; none without texts."""
        footnotes.add(self.document, self.notes, at, texts)

    def caption(self, kind: str, title: str, note: str, rests_on: Sequence[str] = ()) -> None:
        """Add a caption with its number, a field of Word's, and a footnote behind its title."""
        self.counts[kind] += 1
        label, _, behind = self.t(f"pack.{kind}", n="\0").partition("\0")
        paragraph = self.paragraph("", "Caption")
        if kind == "figure":  # what follows it may stand on the next page
            paragraph.paragraph_format.keep_with_next = False
        paragraph.add_run(label).bold = True
        _field(paragraph, f"SEQ {kind} \\* ARABIC", str(self.counts[kind]), bold=True)
        paragraph.add_run(f"{behind}\u3000{title}").bold = True
        self.footnote(paragraph, rests_on)
        if note:
            paragraph.add_run(f"\u3000{note}")


def word(front: Front, sections: Iterable[Section], *, sheet: Sheet) -> bytes:
    """Write a Word document.

    Parameters
    ----------
    front
        What stands on its cover and on every page.
    sections
        Made while it is written.
    sheet
        The paper.
    """
    document = template.word()
    for element in list(document.element.body)[:-1]:  # the last says what the pages are like
        document.element.body.remove(element)
    _enlarge(document, sheet.size[0] / SIZES["a4"][0])
    t, width = PageTexts(front.lang), _set_pages(document, sheet)
    writing = Writing(document, t, width, footnotes.opened(document))
    _properties(document, front)
    _running(writing, front)
    above = _front(writing, front).paragraph_format
    for number, (section, begins) in enumerate(paging.paged(front, sections)):
        if number == 0 and front.covered and not begins:
            above.space_before = Pt(measures.COVER * width / A4_LINE)
        heading = writing.paragraph(section.title, "Heading 1")
        heading.paragraph_format.page_break_before = begins or None
        for block in section.blocks:
            _block(writing, block)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _set_pages(document: Document, sheet: Sheet) -> float:
    """Set the pages to a sheet and return the width of their lines, mm."""
    section = document.sections[0]
    width, height = sheet.size
    section.page_width, section.page_height = Mm(width), Mm(height)
    return width - ((section.left_margin or 0) + (section.right_margin or 0)) / MM


def _enlarge(document: Document, by: float) -> None:
    """Have all that stands on a page so many times larger: an A3 page is an A4 page enlarged."""
    if by == 1:
        return
    for style in document.styles:
        of_text = getattr(style, "font", None), ("size",)
        of_lines = getattr(style, "paragraph_format", None), ("space_before", "space_after")
        for owner, names in (of_text, of_lines):
            for name in names if owner is not None else ():
                if (length := getattr(owner, name)) is not None:
                    setattr(owner, name, Emu(round(by * length)))
    section = document.sections[0]
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Emu(round(by * getattr(section, f"{side}_margin"))))


def _properties(document: Document, front: Front) -> None:
    about = document.core_properties
    about.title, about.subject = front.title, front.head
    about.author, about.language = front.kind, "zh-CN" if front.lang == "zh" else "en-GB"


def _running(writing: Writing, front: Front) -> None:
    """Fill header and footer where the template has left them free."""
    section = writing.document.sections[0]
    # A cover has none; those of a bureau stay as they are.
    section.different_first_page_header_footer = front.covered
    for place, text in ((section.header, front.head), (section.footer, front.kind)):
        paragraph = place.paragraphs[0] if place.paragraphs else place.add_paragraph()
        if any(each.text for each in place.paragraphs) or place.tables:
            continue
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(writing.width), alignment=WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(text)
        if place is section.header:
            paragraph.add_run(f"\t{front.date}")
        else:
            paragraph.add_run("\t")
            _field(paragraph, "PAGE", "1")
            paragraph.add_run(" / ")
            _field(paragraph, "NUMPAGES", "1")


def _front(writing: Writing, front: Front) -> Paragraph:
    """Write the cover, or the head of the first page, and return the paragraph above its title."""
    kind = writing.paragraph(front.kind, "Chuangtu Kind")
    if not front.covered:
        kind.paragraph_format.space_before = Emu(0)
    title = writing.paragraph(UNIT.sub("\u00a0", front.title), "Title")
    size = _size(writing, "Title")
    if size is not None:
        width = Mm(writing.width).pt
        kept = text_width.balanced(front.title, width, size.pt)
        title.paragraph_format.right_indent = Pt(width - kept)
    for line in (front.subtitle, *front.lines):
        writing.paragraph(line, "Subtitle")
    return kind


def _block(writing: Writing, block: Block) -> None:
    match block:
        case Sentences():
            _sentences(writing, block)
        case Figures():
            _figures(writing, block)
        case Table():
            _table(writing, block)
        case Facts():
            _facts(writing, block)
        case Map():
            _map(writing, block)
        case Bars():
            pass  # the table beside it says the same


def _sentences(writing: Writing, block: Sentences) -> None:
    if block.title:
        writing.paragraph(block.title, "Heading 2")
    style = "List Bullet" if len(block.texts) > 1 else "Body Text"
    written = [writing.paragraph(text, style) for text in block.texts]
    for paragraph in written[-paging.TEXTS : None if block.note else -1]:
        paragraph.paragraph_format.keep_with_next = True
    writing.footnote(written[-1], block.remarks)
    if block.note:
        writing.paragraph(block.note, "Chuangtu Note")


def _figures(writing: Writing, block: Figures) -> None:
    if not block.figures:
        return
    table = writing.document.add_table(rows=1, cols=len(block.figures))
    table.style = "Chuangtu Figures"
    by = writing.width / A4_LINE / POINTS
    _widths(table, [by * each for each in measures.figure_widths(block.figures)])
    for cell, figure in zip(table.rows[0].cells, block.figures, strict=True):
        value = cell.paragraphs[0]
        value.style = "Chuangtu Value"
        value.add_run(figure.value)
        if figure.unit:
            unit = value.add_run(f" {figure.unit}")
            unit.style = None
            unit.font.size, unit.bold = _size(writing, "Chuangtu Label"), False
        cell.add_paragraph(figure.label, style="Chuangtu Cell")
        if figure.note:
            cell.add_paragraph(figure.note, style="Chuangtu Label")
    writing.paragraph("", "Chuangtu Note")


def _size(writing: Writing, style: str) -> Any:  # noqa: ANN401 - a length of the library's
    return writing.document.styles[style].font.size


def _table(writing: Writing, block: Table) -> None:
    writing.caption("table", block.title, block.note, block.remarks)
    rows = [*block.rows, *([block.total] if block.total else [])]
    table = writing.document.add_table(rows=1 + len(rows), cols=len(block.columns))
    table.style = "Chuangtu Table"
    _look(table, total=bool(block.total))
    by = writing.width / A4_LINE / POINTS
    _widths(table, [by * each for each in measures.widths(block)])
    _head(table, block.columns)
    for cells, row in zip(list(table.rows)[1:], rows, strict=True):
        _together(cells)
        for cell, column, text in zip(cells.cells, block.columns, row, strict=True):
            _write(cell, text, figure=column.figure, bold=row is block.total)
    # All in one piece, or at least the first and the last ones: none stands alone on a page.
    lines = list(table.rows)[:-1]
    for above in lines if block.whole else [*lines[: paging.FIRST], *lines[1 - paging.LAST :]]:
        for cell in above.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _head(table: WordTable, columns: Sequence[Column]) -> None:
    """Write the heads, each with its unit below, and have them again on every page."""
    head = table.rows[0]
    properties = head._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no name for it
    properties.append(OxmlElement("w:tblHeader"))
    _together(head)
    for cell, column in zip(head.cells, columns, strict=True):
        _write(cell, column.head, figure=column.figure)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
        if column.unit:
            run = cell.paragraphs[0].add_run()
            run.add_break(WD_BREAK.LINE)
            run.add_text(column.unit)


def _together(row: Any) -> None:  # noqa: ANN401 - a row of the library's
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def _write(cell: WordCell, text: str, *, figure: bool, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Chuangtu Number" if figure else "Chuangtu Cell"
    paragraph.add_run(text).bold = bold or None


def _look(table: WordTable, *, heads: bool = True, total: bool = False) -> None:
    """Say which rows of the style are used: the first, and the last where it adds up."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001
    rows = {"firstRow": heads, "lastRow": total, "firstColumn": False, "lastColumn": False}
    for name, on in (rows | {"noHBand": True, "noVBand": True}).items():
        look.set(qn(f"w:{name}"), str(int(on)))
    # Older programs read the same as bits.
    look.set(qn("w:val"), f"{0x0600 | 0x0020 * heads | 0x0040 * total:04X}")


def _widths(table: WordTable, widths: Sequence[float]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _facts(writing: Writing, block: Facts) -> None:
    if block.note:
        writing.paragraph(block.note, "Body Text")
    table = writing.document.add_table(rows=len(block.rows), cols=2)
    table.style = "Chuangtu Facts"
    _look(table, heads=False)
    _widths(table, [writing.width * share for share in measures.FACT_COLUMNS])
    for row, texts in zip(table.rows, block.rows, strict=True):
        _together(row)
        for cell, text in zip(row.cells, texts, strict=True):
            _write(cell, text, figure=False)
    if block.map is not None:
        _map(writing, block.map)
    if block.listed is not None:
        _table(writing, block.listed)


def _map(writing: Writing, block: Map) -> None:
    width = writing.width
    picture = view_map.map_picture(block.view, width, block.height * width, "png", of=block.of)
    paragraph = writing.paragraph("", "Chuangtu Picture")
    inline = paragraph.add_run().add_picture(BytesIO(picture), width=Mm(width))._inline  # noqa: SLF001
    inline.docPr.set("descr", block.title)
    for side in "TBLR":  # else LibreOffice keeps text an eighth of an inch away
        inline.set(f"dist{side}", "0")
    writing.caption("figure", block.caption, block.note)


def _field(paragraph: Paragraph, code: str, shown: str, *, bold: bool = False) -> None:
    """Add a field that Word computes, with what it shows until then."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), code)
    run = paragraph.add_run(shown)
    run.bold = bold or None
    element.append(run._r)  # noqa: SLF001
    paragraph._p.append(element)  # noqa: SLF001
