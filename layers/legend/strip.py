"""The legend strip: only signs that are on the map, each with how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from layers import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

Precision = Literal["exact", "district", "none"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One sign: its code, its name (and a shorter one for phones) and how many there are."""

    code: str
    label: str
    count: str
    short: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A titled group of signs; `note` follows the title in plain type."""

    title: str
    entries: Sequence[Entry]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RampClass:
    """One box of the ramp: colour token, limits as written, how many units are in it."""

    token: str
    limits: str
    units: str


@dataclass(frozen=True, kw_only=True)
class ShadingPart:
    """The choropleth: title, unit, boxes; `none` and `few` are the signs for weak figures."""

    title: str
    unit: str
    classes: Sequence[RampClass]
    none: Entry | None = None
    few: Entry | None = None
    few_token: str = "d4"  # noqa: S105 - a colour
    weak_title: str = ""


@dataclass(frozen=True, kw_only=True)
class Legend:
    """All parts of a legend, each optional.

    Parameters
    ----------
    families, kinds, precision
        Signs of the sites. Codes: family keys; kinds; "exact", "district", "none".
    shading
        Fill of the districts.
    sources
        Title and lines on what the map rests on; beside families, on paper alone: the screen has
        them on the page.
    more
        Label of the phone's button that opens the rest; without it there is no button.
    """

    families: Part | None = None
    kinds: Part | None = None
    precision: Part | None = None
    shading: ShadingPart | None = None
    sources: tuple[str, Sequence[str]] | None = None
    more: str = ""


def legend_html(legend: Legend) -> str:
    """Write a legend.

    Parameters
    ----------
    legend
        Plain texts; all are escaped here.

    Returns
    -------
    str
        HTML of the strip; families are buttons that isolate theirs on the map.
    """
    parts = [
        _ramp(legend.shading, alone=True) if legend.shading and not legend.families else "",
        _weak(legend.shading) if legend.shading and not legend.families else "",
        _part("families", legend.families, rows=3),
        _part("kinds", legend.kinds, rows=3),
        _part("precision", legend.precision, rows=3),
        _ramp(legend.shading) if legend.shading and legend.families else "",
        _weak(legend.shading) if legend.shading and legend.families else "",
        sources_html(legend.sources, paper=legend.families is not None),
    ]
    rest = legend.kinds or legend.precision or legend.sources
    button = (
        f'<button type="button" class="ct-legend-more" aria-expanded="false">'
        f"{escape.text(legend.more)}</button>"
        if legend.more and rest
        else ""
    )
    body = "".join(parts)
    return f'<div class="ct-legend">{button}{body}</div>' if body else ""


def symbol(kind: str, family: str, precision: Precision) -> str:
    """Draw a site's sign as SVG, as the map does (20 by 16 px).

    Parameters
    ----------
    kind
        Shape; an unknown one is a circle.
    family
        Colour token.
    precision
        "exact" solid, "district" pale with a coloured rim, "none" hollow and dashed.

    Returns
    -------
    str
        SVG whose colours follow the theme.
    """
    shape = _shape(kind, 4.6)
    colour = f"var(--{escape.text(family)})"
    rim = f"var(--{escape.text(family)}-rim,{colour})"
    pale = f"color-mix(in srgb,{colour} 38%,var(--surf))"
    styles = {
        "none": ["fill:var(--surf);stroke:var(--ink2);stroke-width:1.4;stroke-dasharray:2.4 1.8"],
        "district": [
            f"fill:{pale};stroke:var(--key);stroke-width:3.2;stroke-opacity:.55",
            f"fill:{pale};stroke:{rim};stroke-width:2",
        ],
        "exact": [f"fill:{colour};stroke:var(--key);stroke-width:1"],
    }[precision]
    marks = "".join(f'<g style="{style}">{shape}</g>' for style in styles)
    return f'<svg width="20" height="16" viewBox="-10 -8 20 16" aria-hidden="true">{marks}</svg>'


def _shape(kind: str, r: float) -> str:
    def n(factor: float) -> str:
        return f"{factor * r:.2f}"

    shapes = {
        "base": f'<rect x="{n(-0.9)}" y="{n(-0.9)}" width="{n(1.8)}" height="{n(1.8)}"/>',
        "design_center": f'<path d="M0 {n(-1.3)}L{n(1.3)} 0L0 {n(1.3)}L{n(-1.3)} 0Z"/>',
        "service_center": f'<path d="M0 {n(-1.2)}L{n(1.2)} {n(0.95)}L{n(-1.2)} {n(0.95)}Z"/>',
        "street": (
            f'<rect x="{n(-1.55)}" y="{n(-0.62)}" width="{n(3.1)}" height="{n(1.24)}"'
            f' rx="{n(0.62)}"/>'
        ),
    }
    return shapes.get(kind, f'<circle r="{r:.2f}"/>')


def _part(name: Literal["families", "kinds", "precision"], part: Part | None, *, rows: int) -> str:
    if part is None or not part.entries:
        return ""
    if name == "kinds" and len(part.entries) > rows:
        rows = (len(part.entries) + 1) // 2
    items = "".join(_item(name, entry) for entry in part.entries)
    rest = "" if name == "families" else " ct-rest"
    style = f"grid-template-rows:repeat({min(rows, len(part.entries))},auto)"
    return (
        f'<div class="ct-part ct-part-{name}{rest}">{_title(part.title, part.note)}'
        f'<div class="ct-items" style="{style}">{items}</div></div>'
    )


def _item(name: str, entry: Entry) -> str:
    full = escape.text(entry.label)
    short = escape.text(entry.short or entry.label)
    words = f'<span class="ct-full">{full}</span><span class="ct-short">{short}</span>'
    count = f"<em>{escape.text(entry.count)}</em>" if entry.count else ""
    if name == "families":
        sign = symbol("park", entry.code, "exact")
        return (
            f'<button type="button" class="ct-item" data-family="{escape.text(entry.code)}"'
            f' aria-pressed="false">{sign}{words}{count}</button>'
        )
    if name == "kinds":
        sign = symbol(entry.code, "kind", "exact")
    else:
        precision: Precision = (
            "district" if entry.code == "district" else "none" if entry.code == "none" else "exact"
        )
        sign = symbol("park", "art", precision)
    return f'<div class="ct-item">{sign}{words}{count}</div>'


def _title(title: str, note: str = "") -> str:
    plain = f" <i>{escape.text(note)}</i>" if note else ""
    return f"<h2>{escape.text(title)}{plain}</h2>"


def _ramp(part: ShadingPart | None, *, alone: bool = False) -> str:
    if part is None or not part.classes:
        return ""
    boxes = "".join(
        f'<div><i style="background:var(--{escape.text(box.token)})"></i>'
        f"<b>{escape.text(box.limits)}</b><span>{escape.text(box.units)}</span></div>"
        for box in part.classes
    )
    return (
        f'<div class="ct-part ct-part-shading{" ct-solo" if alone else ""}">'
        f"{_title(part.title, part.unit)}"
        f'<div class="ct-ramp">{boxes}</div></div>'
    )


def _weak(part: ShadingPart | None) -> str:
    """Signs of districts without a figure, or with one on too few sites."""
    if part is None or not (part.none or part.few):
        return ""
    rows = []
    for entry, fill in ((part.none, "ct-none"), (part.few, f"ct-few-{part.few_token}")):
        if entry:
            rows.append(
                f'<div class="ct-item"><svg width="26" height="14" aria-hidden="true"><rect x=".5"'
                f' y=".5" width="25" height="13" style="fill:url(#{escape.text(fill)});'
                f'stroke:var(--rampline)"/></svg>&nbsp;{escape.text(entry.label)}'
                f"<em>{escape.text(entry.count)}</em></div>"
            )
    title = _title(part.weak_title) if part.weak_title else ""
    return f'<div class="ct-part ct-part-weak">{title}{"".join(rows)}</div>'


def sources_html(sources: tuple[str, Sequence[str]] | None, *, paper: bool = False) -> str:
    """Write what a map rests on, the last part of any legend, or of a printed one alone."""
    if sources is None:
        return ""
    title, lines = sources
    body = "<br>".join(escape.text(line) for line in lines)
    where = "ct-paper" if paper else "ct-rest"
    return f'<div class="ct-part ct-part-sources {where}">{_title(title)}{body}</div>'
