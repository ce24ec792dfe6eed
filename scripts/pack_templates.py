"""Makes the templates of packs: Word styles and slide layouts, that a bureau may set otherwise.

``python scripts/pack_templates.py`` writes ``ui/pack/templates/``. They are files like anybody
else's: what writes a pack knows their styles and layouts by name alone.
"""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import pptx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from pptx.oxml import parse_xml as parse_slide_xml
from pptx.oxml.ns import nsdecls as slide_nsdecls
from pptx.util import Inches

if TYPE_CHECKING:
    from docx.document import Document

FOLDER: Final = Path(__file__).resolve().parent.parent / "ui" / "pack" / "templates"
INK, INK2, ACC, HAIR = "1D2329", "525C66", "0E5A66", "BFBAAC"
SERIF, SANS = ("Times New Roman", "宋体"), ("Arial", "微软雅黑")
"""Each with the Chinese one: both are on every machine with Word."""


class Style(NamedTuple):
    """A paragraph style: font, points, colour, weight, points before and after."""

    name: str
    font: tuple[str, str]
    size: float
    colour: str = INK
    bold: bool = False
    before: float = 0.0
    after: float = 0.0


STYLES: Final = (
    Style("Normal", SERIF, 10.5),
    Style("Body Text", SERIF, 10.5, before=4, after=6),
    Style("List Bullet", SERIF, 10.5, after=5),
    Style("Title", SERIF, 24, bold=True, before=12, after=12),
    Style("Subtitle", SANS, 11, INK2, after=4),
    Style("Heading 1", SERIF, 16, bold=True, before=18, after=8),
    Style("Heading 2", SERIF, 12.5, bold=True, before=14, after=6),
    Style("Caption", SANS, 9, before=10, after=4),
    Style("Header", SANS, 9, INK2),
    Style("Footer", SANS, 9, INK2),
    Style("footnote text", SANS, 8.5, INK2, after=2),
    Style("Chuangtu Kind", SANS, 11, ACC, before=150, after=6),
    Style("Chuangtu Note", SANS, 8.5, INK2, before=4),
    Style("Chuangtu Cell", SANS, 9, before=1.9, after=1.9),
    Style("Chuangtu Number", SANS, 9, before=1.9, after=1.9),
    Style("Chuangtu Value", SANS, 15, bold=True, before=4),
    Style("Chuangtu Label", SANS, 9, INK2, after=4),
    Style("Chuangtu Picture", SANS, 9, before=4),
)
SUPERFLUOUS: Final = ("Light ", "Medium ", "Dark ", "Colorful ")
"""Beginnings of table styles of the library's template."""


def main() -> int:
    """Write both."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "pack.docx").write_bytes(_steady(_word()))
    (FOLDER / "pack.pptx").write_bytes(_steady(_slides()))
    return 0


def _steady(content: bytes) -> bytes:
    """Return a file of an office with no time in its archive: made again it is the same."""
    steady = BytesIO()
    with ZipFile(BytesIO(content)) as made, ZipFile(steady, "w", ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(ZipInfo(name), made.read(name), ZIP_DEFLATED)
    return steady.getvalue()


def _saved(file: Any) -> bytes:  # noqa: ANN401 - either library's document
    content = BytesIO()
    file.core_properties.author = "创图"
    file.core_properties.title = file.core_properties.comments = ""
    file.save(content)
    return content.getvalue()


def _word() -> bytes:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin, section.bottom_margin = Mm(26), Mm(22)
    section.header_distance, section.footer_distance = Mm(13), Mm(11)
    for style in list(document.styles):
        if style.name and style.name.startswith(SUPERFLUOUS):
            style.delete()
    for each in STYLES:
        _style(document, each)
    _paragraphs(document)
    mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    for name, (lines, rows) in TABLES.items():
        document.styles.element.append(parse_xml(_table_style(name, lines, rows)))
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    language.set(qn("w:eastAsia"), "zh-CN")  # else Chinese is set in the Japanese forms
    return _saved(document)


def _style(document: Document, of: Style) -> None:
    styles = document.styles
    known = {each.name for each in styles}
    if of.name not in known:
        own = of.name.startswith("Chuangtu")
        styles.add_style(of.name, WD_STYLE_TYPE.PARAGRAPH, not own).base_style = styles["Normal"]
    style: Any = styles[of.name]
    style.font.name, style.font.size = of.font[0], Pt(of.size)
    style.font.bold, style.font.italic = of.bold, False
    style.font.color.rgb = RGBColor.from_string(of.colour)
    for each in style.element.rPr.findall(qn("w:spacing")):  # letters apart, of the library's
        style.element.rPr.remove(each)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for each in list(fonts.attrib):
        if "heme" in each:  # a font of the theme would go before these
            del fonts.attrib[each]
    for script, font in zip(("hAnsi", "cs", "eastAsia"), (of.font[0], *of.font), strict=True):
        fonts.set(qn(f"w:{script}"), font)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(of.before), Pt(of.after)
    form.line_spacing = 1.0 if of.name.startswith(("Chuangtu", "footnote")) else 1.3


def _paragraphs(document: Document) -> None:
    """Set what is not alike in all styles."""
    styles: Any = document.styles
    styles["Chuangtu Number"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for name in ("Heading 1", "Heading 2", "Caption", "Chuangtu Picture"):
        styles[name].paragraph_format.keep_with_next = True
    for name in ("Title", "Header", "Footer"):  # lines and tabs of the library's template
        for kind in ("pBdr", "tabs"):
            found = styles[name].element.find(f".//{qn(f'w:{kind}')}")
            if found is not None:
                found.getparent().remove(found)
    border = f'<w:bottom w:val="single" w:sz="4" w:space="4" w:color="{HAIR}"/>'
    rule = parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>")
    styles["Header"].element.get_or_add_pPr().insert(0, rule)


def _line(side: str, eighths: int, colour: str = INK) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour}"/>'


def _row(kind: str, borders: str, *, bold: bool = False) -> str:
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    cells = f"<w:tcPr><w:tcBorders>{borders}</w:tcBorders></w:tcPr>"
    return f'<w:tblStylePr w:type="{kind}">{weight}{cells}</w:tblStylePr>'


TABLES: Final = {
    # Three lines: 1.2, 0.6 and 1.2 points; a sum has one above.
    "Chuangtu Table": (
        _line("top", 10) + _line("bottom", 10),
        _row("firstRow", _line("bottom", 5)) + _row("lastRow", _line("top", 5), bold=True),
    ),
    "Chuangtu Facts": (_line("top", 10) + _line("bottom", 5) + _line("insideH", 2, HAIR), ""),
    "Chuangtu Figures": (_line("top", 10) + _line("bottom", 5) + _line("insideV", 2, HAIR), ""),
}
"""Lines of the whole table, and of its first and last row."""


ASIDE: Final = 85
"""Between the edge of a cell and its text, twentieths of a point: as far is a table set in, so
that its lines are as long as those of the text."""


def _table_style(name: str, lines: str, rows: str) -> str:
    own = name.replace(" ", "")
    margins = "".join(f'<w:{side} w:w="{ASIDE}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{own}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>'
        f'<w:qFormat/><w:tblPr><w:tblInd w:w="{ASIDE}" w:type="dxa"/>'
        f"<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>{rows}</w:style>"
    )


class Place(NamedTuple):
    """A place of a slide: kind, ``idx``, its box in inches, points, colour, anchor, serif."""

    kind: str
    idx: int
    name: str
    box: tuple[float, float, float, float]
    size: float
    colour: str = INK
    anchor: str = "t"
    serif: bool = False


# Inches, on a slide of 13.33 x 7.5.
LEFT, WIDTH, TOP, HEIGHT = 0.65, 12.03, 1.78, 4.9
TITLE = Place("title", 0, "Title", (LEFT, 0.36, WIDTH, 0.95), 25, INK, "b", serif=True)
BELOW = Place("body", 10, "Subtitle", (LEFT, 1.34, WIDTH, 0.36), 13, INK2)
SOURCES = Place("body", 13, "Sources", (LEFT, 6.93, 11.2, 0.34), 11, INK2, "ctr")
NUMBER = Place("sldNum", 14, "Number", (11.95, 6.93, 0.73, 0.34), 11, INK2, "ctr")
TEXT = Place("body", 11, "Text", (LEFT, TOP, WIDTH, HEIGHT), 14)
LAYOUTS: Final = {
    "Chuangtu Cover": (
        Place("body", 10, "Kind", (LEFT, 1.5, WIDTH, 0.45), 16, ACC, "b"),
        Place("title", 0, "Title", (LEFT, 2.05, WIDTH, 1.9), 36, INK, "t", serif=True),
        Place("body", 11, "Subtitle", (LEFT, 4.1, WIDTH, 0.9), 16, INK2),
        Place("body", 12, "Dates", (LEFT, 5.9, WIDTH, 0.9), 13, INK2, "b"),
    ),
    "Chuangtu Map": (
        TITLE, BELOW,
        Place("pic", 11, "Map", (LEFT, TOP, 7.4, HEIGHT), 12),
        Place("body", 12, "Beside", (8.4, TOP, 4.28, HEIGHT), 13),
        SOURCES, NUMBER,
    ),
    "Chuangtu Chart": (
        TITLE, BELOW,
        Place("chart", 11, "Chart", (LEFT, TOP, 8.9, HEIGHT), 12),
        Place("body", 12, "Beside", (9.85, TOP, 2.83, HEIGHT), 13),
        SOURCES, NUMBER,
    ),
    "Chuangtu Table": (
        TITLE, BELOW, Place("tbl", 11, "Table", (LEFT, TOP, WIDTH, HEIGHT), 12), SOURCES, NUMBER,
    ),
    "Chuangtu Text": (TITLE, BELOW, TEXT, SOURCES, NUMBER),
}  # fmt: skip


def _slides() -> bytes:
    presentation = pptx.Presentation()
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    layouts = presentation.slide_layouts
    for layout in list(layouts)[len(LAYOUTS) :]:
        layouts.remove(layout)
    for layout, (name, places) in zip(layouts, LAYOUTS.items(), strict=True):
        layout.name = name
        _fill(layout, places)
        if name != "Chuangtu Cover":
            layout.shapes._spTree.append(parse_slide_xml(_hair(20)))  # noqa: SLF001
    _fill(presentation.slide_master, (TITLE, TEXT._replace(idx=1)))
    return _with_fonts(_saved(presentation))


def _fill(sheet: Any, places: tuple[Place, ...]) -> None:  # noqa: ANN401 - layout or master
    """Put places on a layout in place of those of the library's template."""
    tree = sheet.shapes._spTree  # noqa: SLF001 - there is no other way to make a layout
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for number, place in enumerate(places, start=2):
        tree.append(parse_slide_xml(_place(number, place)))


def _emu(inches: float) -> int:
    return round(914_400 * inches)


def _box(x: float, y: float, width: float, height: float, shape: str) -> str:
    return (
        f'<a:xfrm><a:off x="{_emu(x)}" y="{_emu(y)}"/>'
        f'<a:ext cx="{_emu(width)}" cy="{_emu(height)}"/></a:xfrm>'
        f'<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>'
    )


def _place(number: int, of: Place) -> str:
    font = "+mj" if of.serif else "+mn"
    counts = of.kind == "sldNum"
    shown = '<a:rPr lang="zh-CN"/><a:t>{}</a:t>'.format("‹#›" if counts else of.name)
    text = f"<a:r>{shown}</a:r>"
    if counts:
        known = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
        text = f'<a:fld id="{known}" type="slidenum">{shown}</a:fld>'
    at = "" if of.kind == "title" else f' idx="{of.idx}"'
    return (
        f"<p:sp {slide_nsdecls('p', 'a')}><p:nvSpPr>"
        f'<p:cNvPr id="{number}" name="{of.name}"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{of.kind}"{at}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{_box(*of.box, 'rect')}</p:spPr><p:txBody>"
        f'<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{of.anchor}"><a:normAutofit/>'
        f'</a:bodyPr><a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{"r" if counts else "l"}">'
        '<a:lnSpc><a:spcPct val="110000"/></a:lnSpc>'
        '<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{round(100 * of.size)}" b="{int(of.serif)}">'
        f'<a:solidFill><a:srgbClr val="{of.colour}"/></a:solidFill>'
        f'<a:latin typeface="{font}-lt"/><a:ea typeface="{font}-ea"/></a:defRPr>'
        f"</a:lvl1pPr></a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _hair(number: int) -> str:
    """Return the line above the sources."""
    return (
        f"<p:cxnSp {slide_nsdecls('p', 'a')}><p:nvCxnSpPr>"
        f'<p:cNvPr id="{number}" name="Line"/><p:cNvCxnSpPr/><p:nvPr userDrawn="1"/>'
        f"</p:nvCxnSpPr><p:spPr>{_box(LEFT, 6.85, WIDTH, 0, 'line')}"
        f'<a:ln w="9525"><a:solidFill><a:srgbClr val="{HAIR}"/></a:solidFill></a:ln>'
        "</p:spPr></p:cxnSp>"
    )


def _with_fonts(content: bytes) -> bytes:
    """Return a presentation whose theme names our fonts."""
    changed = BytesIO()
    with ZipFile(BytesIO(content)) as made, ZipFile(changed, "w", ZIP_DEFLATED) as kept:
        for name in made.namelist():
            part = made.read(name)
            if name.startswith("ppt/theme/"):
                part = _fonts(part.decode()).encode()
            kept.writestr(name, part)
    return changed.getvalue()


def _fonts(theme: str) -> str:
    for kind, (latin, chinese) in (("major", SERIF), ("minor", SANS)):
        faces = f'<a:latin typeface="{latin}"/><a:ea typeface="{chinese}"/><a:cs typeface=""/>'
        own = f"<a:{kind}Font>{faces}</a:{kind}Font>"
        theme = re.sub(rf"<a:{kind}Font>.*?</a:{kind}Font>", own, theme, flags=re.DOTALL)
    return theme


if __name__ == "__main__":
    sys.exit(main())
