"""A policy layout on paper: tinted districts, edges, links, and the signs with their names."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from matplotlib.path import Path

from layers.printed import names, outlines, placing, signs, style_sheets
from layers.printed.names import Label
from layers.printed.paper import Lettering
from layers.printed.placing import Wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from layers.policy.layout_drawing import Drawing
    from layers.printed.canvas import Canvas
    from layers.printed.fonts import Style
    from layers.printed.frame import Frame
    from layers.printed.press import Press

Point = tuple[float, float]

FILLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "core": "var(--corefill)",
        "node": "var(--nodefill)",
        "zone": "var(--nodefill)",
        "zone2": "var(--zonefill)",
        "corridor": "var(--nodefill)",
    }
)

SCALE: Final = 0.74
"""Size of signs on paper, of what a pixel would make of them."""

SIZES: Final[Mapping[str, float]] = MappingProxyType(
    {"core": 4.4, "node": 3.7, "zone": 3.7, "corridor": 3.7}
)
"""Of the letters of a name by kind, mm; of others 3.1."""

BENDS: Final = (0, 0.06, -0.06, 0.13, -0.13, 0.22, -0.22, 0.34, -0.34, 0.48, -0.48)
"""How strongly links bend (share of their length) to pass a sign, least first."""

AIR_PX: Final = 3.0
"""Between a sign and the end of a link."""

ARROW_PX: Final = 10.0


@dataclass(frozen=True, kw_only=True)
class Put:
    """A sign that has its place: the payload's sign, its middle, and where it belongs, mm."""

    sign: Mapping[str, Any]
    at: Point
    home: Point
    scale: float

    @property
    def ring(self) -> float:
        """Radius at which links end, mm."""
        return float(self.sign["ring"]) * self.scale

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom, mm."""
        width, height = (self.scale * half for half in self.sign["half"])
        x, y = self.at
        return x - width, y - height, x + width, y + height


def fills(drawing: Drawing) -> dict[str, str]:
    """Return the fill of each district that a layout tints, as a style sheet writes it."""
    areas: Mapping[str, str] = drawing.payload["areas"]
    return {code: FILLS.get(area, f"url(#ct-area-{area})") for code, area in areas.items()}


def below(canvas: Canvas, drawing: Drawing) -> None:
    """Draw what lies under the sites: edges, areas that are no districts, published routes."""
    press, ground = canvas.press, canvas.ground
    own = ground.own
    payload = drawing.payload
    for edge in payload["edges"]:
        codes = [code for code in edge["units"] if code in own.index]
        area = shapely.union_all(own.loc[codes].geometry.to_numpy())
        classes = f"ct-edge ct-edge-{edge['k']} ct-edge-{edge['line']}"
        if edge["e"] == payload["selected"]:
            classes += " ct-picked"
        _polygons(canvas, area, classes)
    for rim in payload["outlines"]:
        edge_of = shapely.Polygon(ground.place(*np.array(rim["rim"]).T))
        _polygons(canvas, edge_of, f"ct-edge ct-edge-zone ct-edge-{rim['line']}")
    for axis in payload["axes"]:
        for line in axis["lines"]:
            path = Path(canvas.place(*np.array(line).T))
            planned = " ct-planned" if axis["planned"] else ""
            for classes in ("ct-axis-band", f"ct-axis{planned}"):
                look = press.look(style_sheets.of(classes))
                press.paper.draw(path, look)


def _polygons(canvas: Canvas, area: shapely.Geometry, classes: str) -> None:
    press, drawn = canvas.press, outlines.polygons(canvas.cut(np.array([area])))
    press.paper.draw(drawn, press.look(style_sheets.of(classes)))


def _put(canvas: Canvas, drawing: Drawing) -> list[Put | None]:
    """Find a place for each sign where it hides no other; None for one out of the frame."""
    frame, room = canvas.frame, canvas.room
    scale = SCALE * canvas.press.pixel
    homes = dict(_homes(canvas, drawing))
    placed: list[Put | None] = []
    for one in drawing.payload["signs"]:
        lon, lat = one["at"]
        home = canvas.place(np.array([lon]), np.array([lat]))[0]
        area = None if one["fixed"] else homes.get(one["e"])
        if area is not None and not shapely.contains_xy(area, *home):
            home = shapely.get_coordinates(shapely.point_on_surface(area))[0]
        here = (float(home[0]), float(home[1]))
        width, height = (2 * scale * half for half in one["half"])
        host = placed[one["beside"]] if "beside" in one else None
        wanted = Wanted(
            size=(width, height),
            at=here,
            beside=None if host is None else host.box,
            area=area if host is None else None,
            crowd=10_000,
            cover=0.3,
            within=0.5,
        )
        (found,) = placing.place([wanted], room) if _seen(frame, here) else (None,)
        middle = None if found is None else found.middle
        if middle is None and _seen(frame, here):
            middle = here
        placed.append(None if middle is None else Put(sign=one, at=middle, home=here, scale=scale))
    return placed


def _seen(frame: Frame, at: Point) -> bool:
    box = frame.box
    return box.x < at[0] < box.right and box.y < at[1] < box.bottom


def _homes(canvas: Canvas, drawing: Drawing) -> list[tuple[str, shapely.Geometry]]:
    """Return what each element's districts cover of the frame, by element."""
    own = canvas.ground.own
    found: list[tuple[str, shapely.Geometry]] = []
    for edge in drawing.payload["edges"]:
        codes = [code for code in edge["units"] if code in own.index]
        shape = shapely.union_all(canvas.cut(own.loc[codes].geometry.to_numpy()))
        if not shapely.is_empty(shape):
            shapely.prepare(shape)
            found.append((str(edge["e"]), shape))
    return found


def _links(canvas: Canvas, drawing: Drawing, placed: Sequence[Put | None]) -> None:
    """Draw links from ring to ring, bent where they would run over another sign."""
    press, room = canvas.press, canvas.room
    for link in drawing.payload["links"]:
        a, b = placed[link["a"]], placed[link["b"]]
        if a is None or b is None:
            continue
        others = [one for one in placed if one is not a and one is not b and one is not None]
        path = _route(press, a, b, others, twin=link["k"] == "twin")
        if len(path) < 3:
            continue
        broken = " ct-planned" if link["planned"] else ""
        classes = (
            ("ct-twin-halo", f"ct-twin{broken}", f"ct-twin-core{broken}")
            if link["k"] == "twin"
            else ("ct-link-halo", f"ct-link ct-link-{link['k']}{broken}")
        )
        for name in classes:
            look = press.look(style_sheets.of(name), scale=SCALE * press.pixel)
            press.paper.draw(Path(path), look)
        if link["k"] == "radiates":
            head = press.look(style_sheets.of("ct-link-head"), scale=SCALE * press.pixel)
            press.paper.draw(_arrow(path, ARROW_PX * SCALE * press.pixel), head)
        half = 1.2 * press.letters
        for x, y in path[:: max(1, len(path) // 24)]:
            room.take((x - half, y - half, x + half, y + half))


def _route(
    press: Press, a: Put, b: Put, others: Sequence[Put], *, twin: bool
) -> NDArray[np.float64]:
    """Return the points of a link that passes other signs."""
    length = float(np.hypot(b.at[0] - a.at[0], b.at[1] - a.at[1]))
    air = AIR_PX * SCALE * press.pixel
    paths = [_bow(a.at, b.at, bend * length) for bend in ((0,) if twin else BENDS)]

    def clear(path: NDArray[np.float64]) -> bool:
        return not any(
            (np.hypot(*(path - np.array(one.at)).T) < one.ring + 2 * air).any() for one in others
        )

    path = next((each for each in paths if clear(each)), paths[0])
    ends = (np.hypot(*(path - np.array(one.at)).T) >= one.ring + air for one in (a, b))
    return np.asarray(path[np.logical_and(*ends)])


def _bow(a: Point, b: Point, rise: float) -> NDArray[np.float64]:
    """Return points of a bow that rises by so much at its middle."""
    length = float(np.hypot(b[0] - a[0], b[1] - a[1])) or 1.0
    x = (a[0] + b[0]) / 2 - 2 * rise * (b[1] - a[1]) / length
    y = (a[1] + b[1]) / 2 + 2 * rise * (b[0] - a[0]) / length
    t = np.linspace(0, 1, max(40, int(length)))[:, np.newaxis]
    start, middle, end = np.array(a), np.array([x, y]), np.array(b)
    return np.asarray((1 - t) ** 2 * start + 2 * t * (1 - t) * middle + t**2 * end)


def _arrow(path: NDArray[np.float64], size: float) -> Path:
    end = path[-1]
    back = path[max(0, len(path) - 5)]
    angle = float(np.arctan2(*(end - back)[::-1]))
    corners = [
        end + size * np.array([np.cos(angle + turn), np.sin(angle + turn)]) for turn in (2.7, -2.7)
    ]
    return Path(np.array([end, *corners, end]), closed=True)


def draw(canvas: Canvas, drawing: Drawing) -> None:
    """Draw links and signs, each sign with its name."""
    placed = _put(canvas, drawing)
    _links(canvas, drawing, placed)
    _signs(canvas, placed)
    _letter(canvas, placed)


def _signs(canvas: Canvas, placed: Sequence[Put | None]) -> None:
    """Draw the signs, the first on top, and the line of each that was moved off its point."""
    press, _, frame, _ = canvas
    for one in placed[::-1]:
        if one is None:
            continue
        moved = np.hypot(one.at[0] - one.home[0], one.at[1] - one.home[1]) > 0.8
        if moved and one.sign["fixed"] and "beside" not in one.sign:
            tie = Path(np.array([one.home, one.at]))
            press.paper.draw(tie, press.look(style_sheets.of("ct-tie")))
            foot = Path(np.array([one.home, one.home]))
            press.paper.draw(foot, press.look(style_sheets.of("ct-tie-foot")))
        if one.sign["u"]:
            circle = Path.circle(one.home, one.sign["u"] / frame.metres)
            said = style_sheets.of("ct-sign-error")
            press.paper.draw(circle, press.look(said))
        signs.draw(press, str(one.sign["svg"]), *one.at, scale=one.scale)


def _letter(canvas: Canvas, placed: Sequence[Put | None]) -> None:
    """Letter the signs, each beside its own; candidates beside another sign have no name."""
    press, room = canvas.press, canvas.room
    k, ink, halo = press.letters, press.colours["ink"], press.colours["halo"]
    figure = Lettering(style="plain", size=2.9 * k, colour=ink, halo=halo)
    labels, wanted = [], []
    for one in placed:
        if one is None or (one.sign["k"] == "candidate" and "beside" in one.sign):
            continue
        size = SIZES.get(one.sign["k"], 3.1) * k
        style: Style = "strong" if one.sign["k"] in SIZES else "plain"
        name = Lettering(style=style, size=size, colour=ink, halo=halo)
        lines = [(unescape(one.sign["n"]), name)]
        if one.sign.get("v"):
            lines.append((unescape(one.sign["v"]), figure))
        label = Label(lines=tuple(lines))
        labels.append(label)
        wanted.append(
            Wanted(size=label.size(press), at=one.at, beside=one.box, led=True, crowd=9, cover=1.2)
        )
    names.draw_all(press, labels, placing.place(wanted, room))


def strong(drawing: Drawing) -> dict[str, str]:
    """Return what stands behind the names of the strong districts, by adcode."""
    told: Mapping[str, str] = drawing.payload["strong"]
    return {code: unescape(text) for code, text in told.items()}
