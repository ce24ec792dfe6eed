"""A pack as slides: a finding as the title of each, native charts and tables, maps as pictures."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.shapes.autoshape import Shape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.util import Emu, Pt

from geo import formats
from ui.pack import slide_tables, slide_text, template, text_width, view_map
from ui.pack.content import Bars, Column, Facts, Figures, Map, Sentences, Table
from ui.pack.slide_text import EMU_A_POINT, INK2
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pptx.chart.chart import Chart
    from pptx.presentation import Presentation
    from pptx.slide import Slide, SlideLayout
    from pptx.text.text import TextFrame

    from ui.pack.content import Block, Figure, Front, Section

TITLE, BELOW, MAIN, BESIDE, SOURCES = 0, 10, 11, 12, 13
"""Places of a slide, by their ``idx`` in the layouts."""

EMU_A_MM: Final = 36_000

STRONG, PALE, EDGE = "A87A2F", "E3C682", "6B5A33"
"""Bars: those that are meant, the others, and the line round both."""

MOST_BARS: Final = 24
FEW_BARS, NARROW_GAP, WIDE_GAP = 6, 45, 130
"""So many bars are broad, and have more between them, in hundredths of their breadth."""
LANGUAGES: Final = {
    "zh": MSO_LANGUAGE_ID.SIMPLIFIED_CHINESE,
    "en": MSO_LANGUAGE_ID.ENGLISH_UK,
}
TITLES: Final = (25.0, 22.5, 20.0)
"""Sizes of titles, points: the largest at which one takes the fewest lines."""
LONG_TITLES: Final = (17.5, 15.0)
"""Of those that would need a third line."""
COVERS: Final = (36.0, 32.0, 28.0, 24.0, 20.0)
"""Of the cover's title: the largest at which it stays within its place."""
LEADING: Final = 1.25
"""Of a title: its lines' height, in their size."""
TEXTS: Final = (18.0, 16.0, 14.0, 13.0, 12.0)
"""Sizes of sentences, points: the largest at which all fit on a slide."""
RUNNING: Final = 14.0
"""Of those that go on."""
REMARK: Final = 10.5
OF_FIGURE: Final = (12.5, 22.0, 13.0, 11.0, 11.0)
"""Of a figure beside what is shown: label, value, unit, note, and what is below it, points."""
SMALLER: Final = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7)
"""The largest at which all of them stand within their place."""
MAP_LETTERS: Final = 1.3
"""How much larger letters and signs of maps are than those on paper."""
FACTS: Final = 0.55
"""Width of facts beside a map, in that of both."""
LISTED: Final = 11.0
"""Size of what is listed below it."""
NUMBER: Final = re.compile(r"[\d,]+(\.\d+)?%?")


@dataclass(frozen=True)
class Writing:
    """Slides while they are written: their texts and what stands on each."""

    presentation: Presentation
    t: PageTexts
    front: Front

    def layout(self, name: str) -> SlideLayout:
        """Return a layout of the template."""
        return next(each for each in self.presentation.slide_layouts if each.name == name)

    def slide(self, layout: str, title: str, below: str = "") -> Slide:
        """Add a slide of a layout with its title, the line below it, and sources."""
        slide: Slide = self.presentation.slides.add_slide(self.layout(layout))
        _title(slide, title)
        _fill(slide, BELOW, below)
        _fill(slide, SOURCES, self.front.foot)
        _number(slide)
        return slide


def slides(front: Front, sections: Iterable[Section]) -> bytes:
    """Write slides; parameters as of `ui.pack.word.word`."""
    presentation = template.slides()
    _empty(presentation)
    writing = Writing(presentation, PageTexts(front.lang), front)
    about = presentation.core_properties
    about.title, about.subject, about.author = front.title, front.head, front.kind
    if front.covered:
        _cover(writing)
    for section in sections:
        for block, figures in _joined(section):
            _block(writing, section, block, figures)
    _languages(presentation, LANGUAGES[front.lang])
    written = BytesIO()
    presentation.save(written)
    return written.getvalue()


def _empty(presentation: Presentation) -> None:
    """Drop the slides that somebody left in their template."""
    listed = presentation.slides._sldIdLst  # noqa: SLF001 - the library has no name for it
    for each in list(listed):
        presentation.part.drop_rel(each.rId)
        listed.remove(each)


def _languages(presentation: Presentation, language: MSO_LANGUAGE_ID) -> None:
    """Say in which language texts are: else Chinese may be set in the forms of Japanese."""
    for slide in presentation.slides:
        for frame in _frames(slide):
            for paragraph in frame.paragraphs:
                for run in paragraph.runs:
                    run.font.language_id = language


def _frames(slide: Slide) -> Iterator[TextFrame]:
    for shape in slide.shapes:
        if isinstance(shape, GraphicFrame) and shape.has_table:
            yield from (cell.text_frame for row in shape.table.rows for cell in row.cells)
        elif isinstance(shape, Shape):
            yield shape.text_frame


def _cover(writing: Writing) -> None:
    front = writing.front
    slide = writing.presentation.slides.add_slide(writing.layout("Chuangtu Cover"))
    _fill(slide, TITLE, front.title)
    place = slide.placeholders[TITLE]
    room = place.width / EMU_A_POINT, place.height / EMU_A_POINT
    fits = (each for each in COVERS if _tall(front.title, room[0], each) <= room[1])
    size = next(fits, COVERS[-1])
    _resize(slide, size, usual=COVERS[0])
    kept = text_width.balanced(front.title, room[0] / text_width.BOLD, size) * text_width.BOLD
    _move(place, (place.left, place.top, round(kept * EMU_A_POINT), place.height))
    _fill(slide, BELOW, front.kind)
    _fill(slide, MAIN, front.subtitle)
    _fill(slide, BESIDE, "\n".join(front.lines))


def _fill(slide: Slide, index: int, text: str) -> None:
    """Write into a place, or drop it: an empty one asks who edits the slide for text."""
    place = slide.placeholders[index]
    if text:
        place.text_frame.text = text
    else:
        _drop(place)


def _drop(place: Any) -> None:  # noqa: ANN401 - a shape of the library
    place._element.getparent().remove(place._element)  # noqa: SLF001


def _main(slide: Slide, *, alone: bool) -> Any:  # noqa: ANN401
    """Return the main place, as wide as the slide where nothing is to stand beside it."""
    place, beside = slide.placeholders[MAIN], slide.placeholders[BESIDE]
    if alone:
        _move(place, (place.left, place.top, _right(beside) - place.left, place.height))
        _drop(beside)
    return place


def _title(slide: Slide, text: str) -> None:
    """Write the title in the template's size, or smaller where that saves a line."""
    _fill(slide, TITLE, text)
    width = slide.placeholders[TITLE].width / EMU_A_POINT / text_width.BOLD
    sizes: tuple[float, ...] = TITLES
    if text_width.lines(text, width, TITLES[-1]) > 2:
        sizes = LONG_TITLES
    size = min(sizes, key=lambda each: text_width.lines(text, width, each))
    _resize(slide, size, usual=TITLES[0])


def _tall(text: str, width: float, size: float) -> float:
    """Return about how high a title is, points."""
    return LEADING * size * text_width.lines(text, width / text_width.BOLD, size)


def _resize(slide: Slide, size: float, *, usual: float) -> None:
    """Set a title in another size than its layout's, which is usual."""
    if size != usual:
        slide.placeholders[TITLE].text_frame.paragraphs[0].runs[0].font.size = Pt(size)


def _count(writing: Writing, written: Sequence[Slide], title: str) -> None:
    """Say of slides that go on with the same which of them each is: no two have one title."""
    for number, slide in enumerate(written, start=1):
        if len(written) > 1:
            _title(slide, writing.t("pack.part", title=title, n=number, of=len(written)))


def _number(slide: Slide) -> None:
    """Have the number of the layout on the slide, which the library leaves out."""
    for place in template.places(slide.slide_layout):
        if place.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            slide.shapes._spTree.append(copy.deepcopy(place._element))  # noqa: SLF001


def _describe(properties: Any, text: str) -> None:  # noqa: ANN401 - of any shape
    """Say what a picture, chart or table shows to who cannot see it."""
    properties.cNvPr.set("descr", text)


def _joined(section: Section) -> Iterator[tuple[Block, tuple[Figure, ...]]]:
    """Return the blocks, sentences with the figures before them."""
    figures: tuple[Figure, ...] = ()
    for block in section.blocks:
        if isinstance(block, Figures):
            figures = block.figures
        else:
            yield block, figures
            figures = ()


def _block(writing: Writing, section: Section, block: Block, figures: tuple[Figure, ...]) -> None:
    match block:
        case Sentences():
            _sentences(writing, section, block, figures)
        case Table():
            _table(writing, block)
        case Facts():
            _facts(writing, section, block)
        case Map():
            _map(writing, block)
        case Bars():
            _bars(writing, block)


def _sentences(
    writing: Writing, section: Section, block: Sentences, figures: tuple[Figure, ...]
) -> None:
    """Write sentences, as many on a slide as fit; the first has the figures beside them."""
    title, below = section.title, block.note
    if block.title:
        title, below = block.title, below or title
    texts, remarks, size = block.texts, block.remarks, RUNNING
    written: list[Slide] = []
    while texts:
        slide = writing.slide("Chuangtu Map" if figures else "Chuangtu Text", title, below)
        place = slide.placeholders[MAIN]
        if figures:
            _beside(slide, figures)
            place = _text_in_place(slide, place)
        left = place.height - _remarks(slide, place, remarks)
        room = (place.width / EMU_A_POINT, left / EMU_A_POINT)
        if not written:
            every = (each for each in TEXTS if slide_text.fitting(texts, room, each) == len(texts))
            size = next(every, RUNNING)
        whole = (room[0], place.height / EMU_A_POINT)
        n = slide_text.shares(texts, whole, size, room[1])
        slide_text.paragraphs(place.text_frame, texts[:n], size)
        texts, figures, remarks = texts[n:], (), ()
        written.append(slide)
    _count(writing, written, title)


def _text_in_place(slide: Slide, place: Any) -> Any:  # noqa: ANN401 - shapes of the library
    """Return a box for text where the layout has a picture."""
    box = slide.shapes.add_textbox(place.left, place.top, place.width, place.height)
    _drop(place)
    slide_text.bare(box)
    return box


def _beside(slide: Slide, figures: Sequence[Figure]) -> None:
    """Write figures beside what is shown: label, value with its unit, what it rests on."""
    place = slide.placeholders[BESIDE]
    frame, room = place.text_frame, (place.width / EMU_A_POINT, place.height / EMU_A_POINT)
    notes = [figure.note for figure in figures]
    small = next((k for k in SMALLER if _beside_height(notes, room[0], k) <= room[1]), SMALLER[-1])
    label_size, value_size, unit_size, note_size, apart = (small * each for each in OF_FIGURE)
    for number, figure in enumerate(figures):
        label = slide_text.paragraph(frame, number)
        slide_text.run(label, figure.label, label_size, INK2)
        value = frame.add_paragraph()
        slide_text.run(value, figure.value, value_size, bold=True)
        slide_text.run(value, f" {figure.unit}", unit_size)
        note = frame.add_paragraph()
        slide_text.run(note, figure.note, note_size, INK2)
        note.space_after = Pt(apart)
        for each, size in ((label, label_size), (value, value_size), (note, note_size)):
            each.line_spacing = Pt(slide_text.LINE * size)


def _beside_height(notes: Sequence[str], width: float, small: float) -> float:
    """Return about how high figures are with their notes in a width, points."""
    label, value, _, note, apart = (small * each for each in OF_FIGURE)
    lines = sum(text_width.lines(text, width, note) for text in notes)
    return slide_text.LINE * (len(notes) * (label + value) + lines * note) + len(notes) * apart


def _map(writing: Writing, block: Map) -> None:
    """Write a map below what it shows, or its caption where the cover says that already."""
    said = (block.on_slide or block.title, block.caption)
    if said[0] == writing.front.title:
        said = (formats.capitalised(block.caption), "")
    slide = writing.slide("Chuangtu Map", *said)
    place = _main(slide, alone=not block.figures)
    width, height = place.width / EMU_A_MM, place.height / EMU_A_MM
    picture = _picture(block, width, height)
    box = (place.left, place.top, place.width, place.height)
    placed = place.insert_picture(BytesIO(picture))
    placed.left, placed.top, placed.width, placed.height = box
    _describe(placed._element.nvPicPr, block.title)  # noqa: SLF001
    if block.figures:
        _beside(slide, block.figures)


def _picture(block: Map, width: float, height: float) -> bytes:
    """Draw a map of so many millimetres, to be read from the back of a room."""
    return view_map.map_picture(block.view, width, height, "png", of=block.of, enlarged=MAP_LETTERS)


def _bars(writing: Writing, block: Bars) -> None:
    shown = block.bars[:MOST_BARS]
    slide = writing.slide("Chuangtu Chart", block.title, block.note)
    data = CategoryChartData()
    data.categories = [each.name for each in shown]
    data.add_series(block.note, [each.value for each in shown])
    rest = len(block.bars) - len(shown)
    remarks = [writing.t("pack.more_in_table", n=rest)] if rest > 0 else []
    place = _main(slide, alone=not (block.key or remarks))
    frame = place.insert_chart(XL_CHART_TYPE.BAR_CLUSTERED, data)
    _look(frame.chart, replace(block, bars=shown))
    _describe(frame._element.nvGraphicFramePr, block.title)  # noqa: SLF001
    if block.key or remarks:
        _key(slide, block.key, remarks)


def _look(chart: Chart, block: Bars) -> None:
    """Set the chart as all are: no title, legend or grid, figures at the bars, two colours."""
    chart.has_legend, chart.has_title = False, False
    chart.font.size = Pt(12 if len(block.bars) <= 2 * MOST_BARS / 3 else 10.5)
    plot = chart.plots[0]
    plot.gap_width = NARROW_GAP if len(block.bars) > FEW_BARS else WIDE_GAP
    plot.vary_by_categories, plot.has_data_labels = False, True
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    for number, bar in enumerate(block.bars):
        point = plot.series[0].points[number]
        shape = point.format
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(STRONG if bar.strong else PALE)
        shape.line.color.rgb, shape.line.width = RGBColor.from_string(EDGE), Pt(0.5)
        _label(point, bar.written)
    names, values = chart.category_axis, chart.value_axis
    names.reverse_order, names.major_tick_mark = True, XL_TICK_MARK.NONE
    names.format.line.color.rgb = RGBColor.from_string(EDGE)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    values.visible, values.has_major_gridlines, values.minimum_scale = False, False, 0


def _label(point: Any, written: str) -> None:  # noqa: ANN401
    """Have the figure at a bar written as pages do, and yet follow the bar's data."""
    label = point.data_label
    label.position = XL_LABEL_POSITION.OUTSIDE_END
    form = escape(form_of(written), {'"': "&quot;"})
    element = label._dLbl  # noqa: SLF001 - the library sets the formats of whole series alone
    element.insert(1, parse_xml(f'<c:numFmt {nsdecls("c")} formatCode="{form}" sourceLinked="0"/>'))


def form_of(written: str) -> str:
    """Return the format in which a workbook writes a figure as it is written.

    >>> form_of("1,210"), form_of("0.0053"), form_of("43.1%"), form_of("<0.1%")
    ('#,##0', '#,##0.0000', '#,##0.0%', '"<0.1%"')
    """
    if not NUMBER.fullmatch(written):
        return f'"{written}"'
    _, point, decimals = written.removesuffix("%").partition(".")
    return f"#,##0{point}{'0' * len(decimals)}{'%' * written.endswith('%')}"


def _key(slide: Slide, key: Sequence[str], remarks: Sequence[str]) -> None:
    """Say what the two colours are, and what is not in the chart."""
    frame = slide.placeholders[BESIDE].text_frame
    rows = [*zip((STRONG, PALE), key, strict=False), *(("", text) for text in remarks)]
    for number, (colour, text) in enumerate(rows):
        paragraph = slide_text.paragraph(frame, number)
        if colour:
            slide_text.run(paragraph, "■ ", 13, colour)
        slide_text.run(paragraph, text, 13)
        paragraph.space_after = Pt(6)


def _facts(writing: Writing, section: Section, block: Facts) -> None:
    """Write facts as a table; beside it the map of the thing, and what is listed by name."""
    slide = writing.slide("Chuangtu Map", block.title or section.title, block.note)
    alone = block.map is None and block.listed is None
    place = _main(slide, alone=alone)
    if not alone:
        _divide(place, slide.placeholders[BESIDE])
    room = (place.width / EMU_A_POINT, place.height / EMU_A_POINT)
    columns = (Column(head="", width=1.1), Column(head="", width=3.1))
    shown = slide_tables.fitting(columns, block.rows, room, heads=False, total=False)
    box = (place.left, place.top, place.width, place.height)
    frame = slide.shapes.add_table(len(shown.rows), len(columns), *box)
    _drop(place)
    slide_tables.fill(frame, shown)
    _describe(frame._element.nvGraphicFramePr, block.title or section.title)  # noqa: SLF001
    if not alone:
        _of_facts(writing, slide, block)


def _of_facts(writing: Writing, slide: Slide, block: Facts) -> None:
    """Write beside facts where the thing is, and what is listed of it."""
    beside = slide.placeholders[BESIDE]
    texts: list[str] = []
    if block.listed is not None:
        names = writing.t("list.comma").join(row[0] for row in block.listed.rows)
        texts = [writing.t("pack.label", name=block.listed.title, text=names)]
        texts += block.listed.remarks
    if block.map is not None:
        height = slide_text.height(texts, beside.width / EMU_A_POINT, LISTED)
        _map_above(slide, beside, block.map, round(height * EMU_A_POINT))
    if texts:
        slide_text.paragraphs(beside.text_frame, texts, LISTED, INK2)
    else:
        _drop(beside)


def _divide(place: Any, beside: Any) -> None:  # noqa: ANN401 - shapes of the library
    """Give facts about as much room as the map beside them: it is the larger for it."""
    left, top, height, gap = place.left, place.top, place.height, beside.left - _right(place)
    whole = _right(beside) - left - gap
    _move(place, (left, top, round(FACTS * whole), height))
    _move(beside, (_right(place) + gap, top, whole - place.width, height))


def _right(place: Any) -> int:  # noqa: ANN401
    return int(place.left + place.width)


def _move(place: Any, box: tuple[int, int, int, int]) -> None:  # noqa: ANN401
    """Put a shape elsewhere: left, top, width and height, which its layout says else."""
    place.left, place.top, place.width, place.height = box


def _map_above(slide: Slide, place: Any, block: Map, below: int) -> None:  # noqa: ANN401
    """Draw a map above the text of a place, which is so high."""
    left, top, width, height = place.left, place.top, place.width, place.height
    gap = round(REMARK * EMU_A_POINT) if below else 0
    tall = height - below - gap
    picture = _picture(block, width / EMU_A_MM, tall / EMU_A_MM)
    drawn = slide.shapes.add_picture(BytesIO(picture), left, top, width, tall)
    _describe(drawn._element.nvPicPr, block.title)  # noqa: SLF001
    _move(place, (left, top + tall + gap, width, below))


def _table(writing: Writing, block: Table) -> None:
    """Write a table, as many rows on a slide as fit, remarks at the foot of the first."""
    rows, remarks = (*block.rows, *filter(None, [block.total])), block.remarks
    written: list[Slide] = []
    sizes: tuple[float, ...] = slide_tables.SIZES
    while rows:
        slide = writing.slide("Chuangtu Table", block.title, block.note)
        place = slide.placeholders[MAIN]
        left = place.height - _remarks(slide, place, remarks)
        room = (place.width / EMU_A_POINT, left / EMU_A_POINT)
        shown = slide_tables.fitting(
            block.columns, rows, room, heads=True, total=bool(block.total), sizes=sizes
        )
        frame = place.insert_table(rows=len(shown.rows) + 1, cols=len(block.columns))
        slide_tables.fill(frame, shown)
        _describe(frame._element.nvGraphicFramePr, block.title)  # noqa: SLF001
        rows, remarks, sizes = rows[len(shown.rows) :], (), (shown.size,)
        written.append(slide)
    _count(writing, written, block.title)


def _remarks(slide: Slide, place: Any, remarks: Sequence[str]) -> int:  # noqa: ANN401
    """Write remarks at the foot of a place, and return how high they stand."""
    if not remarks:
        return 0
    width = place.width / EMU_A_POINT
    lines = sum(text_width.lines(text, width, REMARK) for text in remarks)
    height = round(lines * REMARK * slide_text.LINE * EMU_A_POINT)
    foot = place.top + place.height - height
    box = slide.shapes.add_textbox(place.left, foot, place.width, Emu(height))
    slide_text.bare(box)
    for number, text in enumerate(remarks):
        added = slide_text.paragraph(box.text_frame, number)
        slide_text.run(added, text, REMARK, INK2)
        added.line_spacing = Pt(slide_text.LINE * REMARK)
    return height + round(REMARK * EMU_A_POINT)
