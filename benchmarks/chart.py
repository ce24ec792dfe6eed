"""A chart of seconds against size, both by powers of ten, as SVG."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 70, 150, 20, 50

COLOURS: Final = ("#0b6e4f", "#9a9a9a", "#c1440e", "#2f5d9b", "#8a5a9e")


def chart(lines: Mapping[str, Mapping[int, float]], *, across: str, up: str) -> str:
    """Return lines of values above 0 by sizes above 0, each named at its end."""
    sizes = [size for line in lines.values() for size in line]
    values = [value for line in lines.values() for value in line.values()]
    west, east = (math.log10(each) for each in (min(sizes), max(sizes)))
    south, north = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))

    def x(size: float) -> float:
        return LEFT + (math.log10(size) - west) / (east - west) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        share = (math.log10(value) - south) / (north - south)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    drawn = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            'font-family="sans-serif" font-size="13">'
            '<rect width="100%" height="100%" fill="white"/>'
        )
    ]
    for power in range(south, north + 1):
        at = y(10.0**power)
        drawn += [
            f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>',
            f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g}</text>',
        ]
    for power in range(math.ceil(west), math.floor(east) + 1):
        drawn.append(
            f'<text x="{x(10**power):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">'
            f"{10**power:,}</text>"
        )
    drawn += [
        (
            f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">'
            f"{escape(across)}</text>"
        ),
        (
            f'<text transform="translate(16 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" '
            f'text-anchor="middle">{escape(up)}</text>'
        ),
    ]
    for (name, line), colour in zip(lines.items(), COLOURS, strict=False):
        points = [(x(size), y(value)) for size, value in line.items()]
        path = "L".join(f"{one:.1f} {other:.1f}" for one, other in points)
        end_x, end_y = points[-1]
        drawn += [
            f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
            f'<text x="{end_x + 8:.1f}" y="{end_y + 4:.1f}" fill="{colour}">{escape(name)}</text>',
        ]
    return "\n".join([*drawn, "</svg>", ""])
