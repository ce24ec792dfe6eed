"""What makes a map one: scale bar, north arrow, graticule, and the box for its approval number."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from matplotlib.path import Path

from layers.printed import frame as frames
from layers.printed.paper import Box, Lettering, Look

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.printed.canvas import Canvas
    from layers.printed.frame import Frame
    from layers.printed.press import Press

BARS_KM: Final = (1, 2, 3, 5)
"""First figures of the lengths that a scale bar can have."""

PARTS: Final = {1: 2, 2: 2, 3: 3, 5: 5}
"""Into how many parts each is divided."""

STEPS_MINUTES: Final[tuple[int, ...]] = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600)
"""Between the lines of a graticule."""

FEWEST_LINES: Final = 2.5
"""Of longitude across a frame, on average, or more."""

BAR_HEIGHT: Final = 1.3


def bar_km(frame: Frame, longest: float) -> float:
    """Return the length of a scale bar no longer than told, kilometres.

    Parameters
    ----------
    frame
        Its scale.
    longest
        Millimetres.
    """
    most = longest * frame.metres / 1000
    power = 10.0 ** math.floor(math.log10(most))
    return max(first * power for first in BARS_KM if first * power <= most)


def scale_bar(press: Press, frame: Frame, x: float, y: float, *, longest: float, km: str) -> float:
    """Draw a scale bar with its left end at a point, and return its length, mm.

    Parameters
    ----------
    press, frame
        With what, and of what.
    x, y
        Left end and upper side, mm.
    longest
        How long it may be, mm.
    km
        Word for kilometres.
    """
    length = bar_km(frame, longest)
    parts = PARTS[round(length / 10.0 ** math.floor(math.log10(length)))]
    part = length / parts
    step = 1000 * part / frame.metres
    ink = press.colours["ink"]
    lettering = Lettering(style="plain", size=2.6 * press.letters, colour=ink)
    for i in range(parts):
        box = Box(x + i * step, y, step, BAR_HEIGHT)
        fill = press.colours["surf"] if i % 2 else ink
        press.paper.box(box, Look(fill=fill, edge=ink, width=0.2))
    # Of a short bar the ends alone are numbered.
    close = lettering.width(f" {length:g}") > step
    for i in (0, parts) if close else range(parts + 1):
        text = f"{i * part:g}"
        at, align = x + i * step, 0.5
        if i == parts:
            at -= lettering.width(text) / 2
            text, align = f"{text} {km}", 0.0
        press.paper.text(text, at, y - 1.1 * press.letters, lettering, align=align)
    return parts * step


def north_arrow(press: Press, x: float, y: float, *, word: str) -> None:
    """Draw an arrow to the north with its point at a point, mm."""
    k = press.letters
    ink = press.colours["ink"]
    whole = np.array([(0, 0), (3.4, 15), (0, 12.6), (-3.4, 15), (0, 0)]) * k + (x, y)
    half = np.array([(0, 0), (0, 12.6), (-3.4, 15), (0, 0)]) * k + (x, y)
    surf = press.colours["surf"]
    press.paper.draw(Path(whole, closed=True), Look(fill=surf, edge=ink, width=0.35 * k))
    press.paper.draw(Path(half, closed=True), Look(fill=ink))
    lettering = Lettering(style="strong", size=4 * k, colour=ink, halo=press.colours["halo"])
    press.paper.text(word, x, y + 19.6 * k, lettering, align=0.5)


def graticule(canvas: Canvas, *, labelled: bool) -> int:
    """Draw meridians and parallels, labelled outside the frame, and return their step, minutes."""
    press, ground, frame, _ = canvas
    west, south, east, north = frames.degrees_of(frame, ground.central)
    step = next(
        (each for each in reversed(STEPS_MINUTES) if (east - west) * 60 / each >= FEWEST_LINES),
        STEPS_MINUTES[0],
    )
    look = Look(edge=press.colours["waterlab"], width=0.12, edge_alpha=0.55)
    for kind, low, high in (("lon", west, east), ("lat", south, north)):
        for minutes in range(math.ceil(low * 60 / step) * step, math.floor(high * 60) + 1, step):
            value = minutes / 60
            along = np.linspace(*((south, north) if kind == "lon" else (west, east)), 60)
            same = np.full_like(along, value)
            lon, lat = (same, along) if kind == "lon" else (along, same)
            points = canvas.place(lon, lat)
            press.paper.draw(Path(points), look)
            if labelled:
                _label(press, frame, points, minutes, kind)
    return step


def _label(
    press: Press, frame: Frame, points: NDArray[np.float64], minutes: int, kind: str
) -> None:
    """Write a line's degrees where it leaves the frame: above and below, or on the left."""
    lettering = Lettering(style="plain", size=2.4 * press.letters, colour=press.colours["ink2"])
    box, k = frame.box, press.letters
    text = degrees(minutes, "lon" if kind == "lon" else "lat")
    if kind == "lon":
        for side, y in ((box.y, box.y - 1.1 * k), (box.bottom, box.bottom + 2.9 * k)):
            x = float(np.interp(side, *_ascending(points[:, 1], points[:, 0])))
            if box.x + 6 * k < x < box.right - 6 * k:
                press.paper.text(text, x, y, lettering, align=0.5)
        return
    y = float(np.interp(box.x, *_ascending(points[:, 0], points[:, 1])))
    if box.y + 7 * k < y < box.bottom - 7 * k:
        press.paper.text(text, box.x - 1.2 * k, y, lettering, align=0.5, turn=90)


def _ascending(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    order = np.argsort(x)
    return x[order], y[order]


def degrees(minutes: int, kind: Literal["lon", "lat"]) -> str:
    """Write a longitude or latitude given in minutes.

    >>> degrees(7290, "lon"), degrees(-90, "lat")
    ('121°30′E', '1°30′S')
    """
    sides = {"lon": "EW", "lat": "NS"}[kind]
    whole, rest = divmod(abs(minutes), 60)
    return f"{whole}°{rest:02d}′{sides[minutes < 0]}"


def angle(minutes: int) -> str:
    """Write an angle given in minutes, in full degrees where it is that.

    >>> angle(30), angle(120)
    ('30′', '2°')
    """
    return f"{minutes // 60}°" if minutes % 60 == 0 else f"{minutes}′"


def ratio(scale: float) -> str:
    """Write a scale.

    >>> ratio(600_000.0)
    '1 : 600 000'
    """
    return f"1 : {scale:,.0f}".replace(",", " ")


def meridian(central: float) -> str:
    """Write the central meridian of a plane."""
    return degrees(round(central * 60), "lon")


def approval_width(press: Press, *, word: str, blank: str) -> float:
    """Return how wide the box for the number is, mm."""
    strong, quiet = _approval_letters(press)
    return strong.width(word) + quiet.width(blank) + 5.5 * press.letters


def _approval_letters(press: Press) -> tuple[Lettering, Lettering]:
    k, colours = press.letters, press.colours
    return (
        Lettering(style="plain", size=2.9 * k, colour=colours["ink"]),
        Lettering(style="plain", size=2.6 * k, colour=colours["ink2"]),
    )


def approval(press: Press, box: Box, *, word: str, blank: str) -> None:
    """Draw the empty box for the number that an authority gives a map."""
    edge = Look(edge=press.colours["ink2"], width=0.3, dashes=(1.2, 0.8))
    press.paper.box(box, edge)
    k = press.letters
    strong, quiet = _approval_letters(press)
    y = box.y + box.height / 2 + 1.05 * k
    press.paper.text(word, box.x + 2 * k, y, strong)
    press.paper.text(blank, box.x + 2 * k + strong.width(word) + 1.5 * k, y, quiet)
