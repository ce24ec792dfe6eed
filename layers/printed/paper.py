"""A sheet of paper: marks put on it in millimetres, from the upper left corner, and its file."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox
from PIL import Image

from layers import templates
from layers.printed import fonts, outlines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.backend_bases import RendererBase

    from layers.printed.fonts import Style

FileFormat = Literal["png", "svg", "pdf"]

INCH: Final = 25.4
POINT: Final = INCH / 72
"""Millimetres."""

LETTERS: Final = "layers/printed/letters.svg"
DPI: Final = 300
# For the whole process, which draws nothing else with matplotlib: a context would be all threads'.
mpl.rcParams["pdf.fonttype"] = 42
mpl.rcParams["svg.hashsalt"] = "chuangtu"

HALO: Final = 0.26
"""Width of the rim round letters, of their size."""


class Box(NamedTuple):
    """A rectangle, mm from the upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.y + self.height


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a mark is filled and edged; no colour, no ink.

    Parameters
    ----------
    fill, edge
        Colours, ``#RRGGBB``.
    width
        Of the edge, mm.
    dashes
        Lengths of dashes and gaps, mm.
    fill_alpha, edge_alpha
        Opacity.
    round
        Whether lines end round.
    """

    fill: str = ""
    edge: str = ""
    width: float = 0.0
    dashes: tuple[float, ...] = ()
    fill_alpha: float = 1.0
    edge_alpha: float = 1.0
    round: bool = False


class _Mark(NamedTuple):
    outline: Path
    look: Look
    clip: Box | None


class _Line(NamedTuple):
    """A line of text: where its baseline begins, mm, and its turn, degrees."""

    text: str
    style: Style
    size: float
    colour: str
    x: float
    y: float
    turn: float


@dataclass(frozen=True, kw_only=True)
class Lettering:
    """How text is set.

    Parameters
    ----------
    style
        Which face.
    size
        Of an em, mm.
    colour
        ``#RRGGBB``.
    halo
        Colour of the rim round the letters; empty for none.
    """

    style: Style
    size: float
    colour: str
    halo: str = ""

    def width(self, text: str) -> float:
        """Return how wide a text is set, mm."""
        return self.size * fonts.width(fonts.printable(text), self.style)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A sheet.

    Parameters
    ----------
    width, height
        Millimetres.
    grey
        Whether it is printed without colour.
    clip
        Beyond it no outline is seen; None for the whole sheet.
    marks
        What is on it, from the lowest on.
    """

    width: float
    height: float
    grey: bool = False
    clip: Box | None = None
    marks: list[_Mark | _Line] = field(default_factory=list)

    def draw(self, outline: Path, look: Look) -> None:
        """Put an outline on the sheet, over all that is there."""
        if len(outlines.corners(outline)) and (look.fill or look.edge):
            self.marks.append(_Mark(outline, look, self.clip))

    def box(self, box: Box, look: Look) -> None:
        """Put a rectangle on the sheet."""
        x, y, right, bottom = box.x, box.y, box.right, box.bottom
        corners = np.array([(x, y), (right, y), (right, bottom), (x, bottom), (x, y)])
        self.draw(Path(corners, closed=True), look)

    def text(
        self,
        text: str,
        x: float,
        y: float,
        lettering: Lettering,
        *,
        align: float = 0.0,
        turn: float = 0.0,
    ) -> None:
        """Set a line of text with its baseline at a height.

        Parameters
        ----------
        text
            Any text: what has no glyph is replaced.
        x, y
            Of its baseline, mm.
        lettering
            How it is set.
        align
            Which part of its width lies left of `x`: 0 begins there, 1 ends there.
        turn
            Degrees, against the clock, about that point.
        """
        line = fonts.printable(text)
        size = lettering.size
        shift = align * size * fonts.width(line, lettering.style)
        angle = np.radians(turn)
        x, y = x - shift * float(np.cos(angle)), y + shift * float(np.sin(angle))
        if lettering.halo:
            outline = outlines.text(line, lettering.style, size=size, x=x, y=y)
            rim = Look(fill=lettering.halo, edge=lettering.halo, width=HALO * size, round=True)
            self.draw(outline, rim)
        self.marks.append(_Line(line, lettering.style, size, lettering.colour, x, y, turn))

    def file(self, file_format: FileFormat) -> bytes:
        """Return the sheet as a file."""
        if file_format == "png":
            return _png(self)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            size = self.width / INCH, self.height / INCH
            figure, file = Figure(figsize=size, frameon=False), io.BytesIO()
            figure.add_artist(_Marks(self, _faces(self, FilePath(folder))))
            if file_format == "pdf":
                FigureCanvasPdf(figure).print_pdf(file, metadata={"CreationDate": None})
                return file.getvalue()
            FigureCanvasSVG(figure).print_svg(file, metadata={"Date": None})
            return _lettered(file.getvalue().decode(), self).encode()


def _lettered(svg: str, paper: Paper) -> str:
    """Return an SVG, whose letters are outlines, with its texts unseen above them."""
    lines = [
        {
            "text": mark.text,
            "x": mark.x / POINT,
            "y": mark.y / POINT,
            "size": mark.size / POINT,
            "width": mark.size * fonts.width(mark.text, mark.style) / POINT,
            "turn": mark.turn,
        }
        for mark in paper.marks
        if isinstance(mark, _Line)
    ]
    drawn, end, rest = svg.rpartition("</svg>")
    return f"{drawn}{templates.html(LETTERS, lines=lines)}\n{end}{rest}"


def _outlined(line: _Line) -> _Mark:
    outline = outlines.text(line.text, line.style, size=line.size, x=line.x, y=line.y)
    if line.turn:
        about = Affine2D().rotate_deg_around(line.x, line.y, -line.turn)
        outline = outline.transformed(about)
    return _Mark(outline, Look(fill=line.colour), None)


class _Marks(Artist):
    """All that is on a sheet as one artist: one for each mark takes longer than drawing it."""

    def __init__(self, paper: Paper, faces: Mapping[Style, FilePath]) -> None:
        super().__init__()
        self.paper, self.faces = paper, faces

    def draw(self, renderer: RendererBase) -> None:
        """Draw them."""
        _print(self.paper, renderer, self.faces)


def _print(
    paper: Paper, renderer: RendererBase, faces: Mapping[Style, FilePath] | None = None
) -> None:
    """Draw a sheet with a renderer of matplotlib; texts as outlines where no faces are given."""
    dots = float(np.asarray(renderer.points_to_pixels(1.0))) / POINT
    way = Affine2D().scale(dots, -dots).translate(0, dots * paper.height)
    for mark in (_ground(paper), *paper.marks):
        if isinstance(mark, _Mark):
            _outline(renderer, way, mark, grey=paper.grey)
        elif faces is None:
            _outline(renderer, way, _outlined(mark), grey=paper.grey)
        else:
            _text(renderer, way, mark, faces[mark.style], grey=paper.grey)


def _ground(paper: Paper) -> _Mark:
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]) * (paper.width, paper.height)
    return _Mark(Path(corners, closed=True), Look(fill="#FFFFFF"), None)


def _outline(renderer: RendererBase, way: Affine2D, mark: _Mark, *, grey: bool) -> None:
    look, pen = mark.look, renderer.new_gc()
    pen.set_foreground(_ink(look.edge, alpha=look.edge_alpha, grey=grey), isRGBA=True)
    pen.set_linewidth(look.width / POINT if look.edge else 0.0)
    pen.set_capstyle("round" if look.round else "butt")
    pen.set_joinstyle("round")
    if look.edge and look.dashes:
        pen.set_dashes(0, [length / POINT for length in look.dashes])
    if mark.clip is not None:
        x, y, right, bottom = mark.clip.x, mark.clip.y, mark.clip.right, mark.clip.bottom
        (left, low), (far, high) = way.transform([(x, bottom), (right, y)])
        pen.set_clip_rectangle(Bbox([(left, low), (far, high)]))
    fill = _ink(look.fill, alpha=look.fill_alpha, grey=grey) if look.fill else None
    renderer.draw_path(pen, mark.outline, way, fill)
    pen.restore()


def _text(
    renderer: RendererBase, way: Affine2D, line: _Line, face: FilePath, *, grey: bool
) -> None:
    x, y = way.transform((line.x, line.y))
    if renderer.flipy():
        y = renderer.get_canvas_width_height()[1] - y
    pen, font = renderer.new_gc(), FontProperties(fname=face, size=line.size / POINT)
    pen.set_foreground(_ink(line.colour, grey=grey), isRGBA=True)
    renderer.draw_text(pen, x, y, line.text, font, line.turn)
    pen.restore()


def _ink(colour: str, *, alpha: float = 1.0, grey: bool) -> tuple[float, float, float, float]:
    """Return a colour as matplotlib has it; none is clear. Without colour its lightness stays."""
    if not colour:
        return 0.0, 0.0, 0.0, 0.0
    red, green, blue = to_rgb(colour)
    if grey:
        red = green = blue = lightness(colour)
    return red, green, blue, alpha


def lightness(colour: str) -> float:
    """Return the grey that is as light as a colour, 0 to 1 (luminance of IEC 61966-2-1).

    >>> round(lightness("#808080"), 3), round(lightness("#0072B2"), 2)
    (0.502, 0.43)
    """
    channels = np.array(to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    light = float(linear @ np.array([0.2126, 0.7152, 0.0722]))
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _png(paper: Paper) -> bytes:
    # Not by way of a figure, which would stay with all its dots until garbage is looked for.
    renderer = RendererAgg(DPI * paper.width / INCH, DPI * paper.height / INCH, DPI)
    _print(paper, renderer)
    picture = Image.fromarray(np.asarray(renderer.buffer_rgba())).convert(
        "L" if paper.grey else "RGB"
    )
    file = io.BytesIO()
    picture.save(file, "png", dpi=(DPI, DPI), compress_level=4)
    return file.getvalue()


def _faces(paper: Paper, folder: FilePath) -> dict[Style, FilePath]:
    """Write each face that the sheet's texts need, cut down to their characters."""
    signs: dict[Style, set[str]] = {}
    for mark in paper.marks:
        if isinstance(mark, _Line):
            signs.setdefault(mark.style, set()).update(mark.text)
    faces = {style: folder / f"{style}.ttf" for style in signs}
    for style, path in faces.items():
        path.write_bytes(fonts.cut(style, signs[style]))
    return faces
