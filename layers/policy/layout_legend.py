"""The legend of a policy layout: every sign in use and no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from layers import escape
from layers.legend.strip import sources_html
from layers.policy.layout_signs import ELEMENT_KINDS, Mark, Stroke, sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.policy.layout_drawing import Drawing, Note

_STROKES: dict[str, Stroke] = {"": "solid", "_planned": "dashed", "_illustrative": "dotted"}
_DRAWN = tuple(kind for kind in ELEMENT_KINDS if kind != "listed")

ELEMENT_SIGNS = (
    *(f"{kind}{suffix}" for kind in _DRAWN for suffix in _STROKES),
    "mark_area",
    "mark_elsewhere",
    "sites",
    "marked",
)
EXTENT_SIGNS = (
    "area_core",
    "area_node",
    "area_zone",
    "area_zone2",
    "area_corridor",
    "area_planned",
    "area_illustrative",
    "axis",
    "axis_planned",
    "error",
    "strong",
)
LINK_SIGNS = (
    "link_twin",
    "link_radiates",
    "link_supports",
    "link_serves",
    "link_twin_planned",
    "link_radiates_planned",
    "link_supports_planned",
    "link_serves_planned",
    "link_illustrative",
)
_SCALE = {"core": 0.48, "node": 0.72, "zone": 0.82, "corridor": 0.8, "found": 0.74}
ROWS = 2


@dataclass(frozen=True, kw_only=True)
class LayoutLegend:
    """Words of the legend; plain texts.

    Parameters
    ----------
    elements, extents, links
        Titles of the parts.
    labels
        Name of each sign by its key (`ELEMENT_SIGNS`, `EXTENT_SIGNS`, `LINK_SIGNS`); those in use
        must be there.
    sources
        Title and lines on what the map rests on.
    more
        Label of the phone's button that opens the rest.
    """

    elements: str
    extents: str
    links: str
    labels: Mapping[str, str]
    sources: tuple[str, Sequence[str]] | None = None
    more: str = ""


def layout_legend_html(
    drawn: Drawing, words: LayoutLegend, *, sites: bool = False, marked: bool = False
) -> str:
    """Write the legend of a drawing.

    Parameters
    ----------
    drawn
        From `layouts.drawing`.
    words
        Titles and names.
    sites
        Whether present sites are drawn as grey dots.
    marked
        Whether some of them stand out.

    Returns
    -------
    str
        HTML of the strip: elements, extents, links, sources; and, for phones, the notes.

    Raises
    ------
    KeyError
        Naming the signs in use that have no name.
    """
    used = dict(drawn.signs) | ({"sites": ""} if sites else {}) | ({"marked": ""} if marked else {})
    missing = [key for key in used if key not in words.labels and key not in drawn.names]
    if missing:
        raise KeyError(f"Signs in use without a name in the legend: {', '.join(missing)}.")
    parts = [
        _part(
            name, title, [key for key in keys if key in used], used, {**words.labels, **drawn.names}
        )
        for name, title, keys in (
            ("elements", words.elements, ELEMENT_SIGNS),
            ("extents", words.extents, EXTENT_SIGNS),
            ("links", words.links, LINK_SIGNS),
        )
    ]
    said = "".join(map(_said, drawn.notes))
    body = "".join([said, *parts, sources_html(words.sources)])
    button = (
        f'<button type="button" class="ct-legend-more" aria-expanded="false">'
        f"{escape.text(words.more)}</button>"
        if words.more
        else ""
    )
    return f'<div class="ct-legend ct-legend-layout">{button}{body}</div>' if body else ""


def swatch(key: str, letters: str = "") -> str:
    """Draw a sign of the legend as SVG.

    Parameters
    ----------
    key
        One of the signs' keys.
    letters
        Number or character of an element.

    Returns
    -------
    str
        SVG of at most 34 by 21 px.
    """
    kind, _, rest = key.partition("_")
    if kind in _DRAWN:
        line = _STROKES[f"_{rest}" if rest else ""]
        return sign(kind, letters, stroke=line, scale=_SCALE.get(kind, 0.82)).svg
    if kind == "mark":
        return sign("carrier", "", mark=cast("Mark", rest), scale=0.82).svg
    if kind == "link":
        return _way(rest)
    return _EXTENTS[key]


def _svg(width: int, height: int, body: str) -> str:
    return f'<svg width="{width}" height="{height}" aria-hidden="true">{body}</svg>'


def _box(fill: str, edge: str) -> str:
    return _svg(
        26,
        14,
        f'<rect x="1" y="1" width="24" height="12" style="fill:{fill};stroke-linejoin:miter"'
        f' class="{edge}"/>',
    )


def _way(relation: str) -> str:
    name, _, planned = relation.partition("_")
    broken = " ct-planned" if planned else ""
    if name == "twin":
        paths = (
            f'<path d="M0 6H34" class="{line}{broken}"/>' for line in ("ct-twin", "ct-twin-core")
        )
        return _svg(34, 12, "".join(paths))
    head = '<path d="M34 6L25 2.4V9.6Z" class="ct-link-head"/>' if name == "radiates" else ""
    end = 27 if head else 33
    return _svg(34, 12, f'<path d="M1 6H{end}" class="ct-link ct-link-{name}{broken}"/>{head}')


_DOT = '<circle cx="13" cy="5" r="2.6" style="fill:var(--ink2)"/>'
_MARKED = '<circle cx="13" cy="6" r="4.6" class="ct-marked-site"/>'
_EXTENTS = {
    "sites": _svg(26, 10, _DOT),
    "marked": _svg(26, 12, _MARKED),
    "area_core": _box("var(--corefill)", "ct-edge ct-edge-core"),
    "area_node": _box("var(--nodefill)", "ct-edge"),
    "area_zone": _box("var(--nodefill)", "ct-edge ct-edge-zone"),
    "area_zone2": _box("var(--zonefill)", "ct-edge ct-edge-zone"),
    "area_corridor": _box("var(--nodefill)", "ct-edge ct-edge-zone"),
    "area_planned": _box("url(#ct-area-planned)", "ct-edge ct-edge-dashed"),
    "area_illustrative": _box("none", "ct-edge ct-edge-dotted"),
    "strong": _box("url(#ct-area-strong)", "ct-own"),
    "axis": _svg(
        34, 12, '<path d="M0 6H34" class="ct-axis-band"/><path d="M0 6H34" class="ct-axis"/>'
    ),
    "axis_planned": _svg(
        34,
        12,
        '<path d="M0 6H34" class="ct-axis-band"/><path d="M0 6H34" class="ct-axis ct-planned"/>',
    ),
    "error": _svg(26, 19, '<circle cx="13" cy="9.5" r="8" class="ct-sign-error"/>'),
}


def _part(
    name: str,
    title: str,
    keys: Sequence[str],
    used: Mapping[str, str],
    labels: Mapping[str, str],
) -> str:
    if not keys:
        return ""
    items = "".join(
        f'<div class="ct-item" data-sign="{escape.text(key)}">{swatch(key, used[key])}'
        f"<span>{escape.text(labels[key])}</span></div>"
        for key in keys
    )
    rest = "" if name == "elements" else " ct-rest"
    style = f"grid-template-rows:repeat({min(ROWS, len(keys))},auto)"
    return (
        f'<div class="ct-part ct-part-{name}{rest}"><h2>{escape.text(title)}</h2>'
        f'<div class="ct-items" style="{style}">{items}</div></div>'
    )


def _said(note: Note) -> str:
    lines = "<br>".join(escape.text(line) for line in note.lines)
    return f'<div class="ct-part ct-part-said"><b>{escape.text(note.title)}</b>{lines}</div>'
