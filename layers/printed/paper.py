"""A sheet of paper: marks put on it in millimetres, from the upper left corner, and its file."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, TransformedBbox
from PIL import Image

from layers import templates
from layers.printed import fonts, outlines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

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
            figure, file = _figure(self, faces=_faces(self, FilePath(folder))), io.BytesIO()
            if file_format == "pdf":
                FigureCanvasPdf(figure).print_pdf(file, metadata={"CreationDate": None})
                return file.getvalue()
            FigureCanvasSVG(figure).print_svg(file, metadata={"Date": None})
            return _lettered(file.getvalue().decode(), self).encode()


def _figure(paper: Paper, *, faces: Mapping[Style, FilePath] | None = None) -> Figure:
    """Return the sheet as a figure; texts as outlines where no faces are given."""
    figure = Figure(figsize=(paper.width / INCH, paper.height / INCH), facecolor="#FFFFFF")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, paper.width)
    axes.set_ylim(paper.height, 0)
    for order, mark in enumerate(paper.marks):
        if isinstance(mark, _Mark):
            _add(axes, mark, order, grey=paper.grey)
        elif faces is None:
            _add(axes, _outlined(mark), order, grey=paper.grey)
        else:
            axes.text(
                mark.x, mark.y, mark.text, parse_math=False,
                color=_ink(mark.colour, grey=paper.grey), size=mark.size / POINT,
                fontproperties=FontProperties(fname=faces[mark.style]), zorder=order,
                ha="left", va="baseline", rotation=mark.turn, rotation_mode="anchor",
            )  # fmt: skip
    return figure


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


def _add(axes: Axes, mark: _Mark, order: int, *, grey: bool) -> None:
    look = mark.look
    patch = PathPatch(
        mark.outline,
        facecolor=_ink(look.fill, alpha=look.fill_alpha, grey=grey),
        edgecolor=_ink(look.edge, alpha=look.edge_alpha, grey=grey),
        linewidth=look.width / POINT if look.edge else 0.0,
        capstyle="round" if look.round else "butt",
        joinstyle="round",
        zorder=order,
    )
    if look.dashes:
        # Matplotlib counts dashes in widths of the line, unless told otherwise.
        patch.set_linestyle((0, [length / look.width for length in look.dashes]))
    axes.add_artist(patch)
    if mark.clip is not None:
        x, y, right, bottom = mark.clip.x, mark.clip.y, mark.clip.right, mark.clip.bottom
        patch.set_clip_box(TransformedBbox(Bbox([(x, y), (right, bottom)]), axes.transData))


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
    figure = _figure(paper)
    figure.set_dpi(DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert(
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
