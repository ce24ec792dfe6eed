"""The legend of a policy layout: every sign in use and no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from layers import templates
from layers.legend.strip import Entry, Group, Legend
from layers.policy.layout_areas import sign_key
from layers.policy.layout_signs import ELEMENT_KINDS, SIGNS, STROKES, Mark, Standing, sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from layers.policy.layout_drawing import Drawing

ELEMENT_SIGNS = (
    *(sign_key(kind, each) for kind in ELEMENT_KINDS for each in STROKES),
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
    "area_own",
    *(sign_key(kind, each) for kind in ("outline", "axis") for each in STROKES),
    "band",
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
class LayoutWords:
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


def layout_legend(
    drawn: Drawing,
    words: LayoutWords,
    *,
    sites: bool = False,
    marked: bool = False,
    counted: bool = False,
) -> Legend:
    """Return the legend of a drawing: notes, elements, extents, links, sources.

    Parameters
    ----------
    drawn
        From `layout_drawing.drawing`.
    words
        Titles and names.
    sites
        Whether present sites are drawn as grey dots.
    marked
        Whether some of them stand out.
    counted
        Whether the map fills in what is counted in its view.

    Raises
    ------
    KeyError
        Naming the signs in use that have no name.
    """
    used = dict(drawn.signs) | ({"sites": ""} if sites else {}) | ({"marked": ""} if marked else {})
    labels = {**words.labels, **drawn.names}
    missing = [key for key in used if key not in labels]
    if missing:
        raise KeyError(f"Signs in use without a name in the legend: {', '.join(missing)}.")
    return Legend(
        name="layout",
        notes=[(note.title, note.lines) for note in drawn.notes],
        groups=[
            Group(
                name=name,
                title=title,
                entries=[
                    Entry(code=key, label=labels[key], sign=swatch(key, used[key]))
                    for key in keys
                    if key in used
                ],
                rows=ROWS,
                folded=name != "elements",
            )
            for name, title, keys in (
                ("elements", words.elements, ELEMENT_SIGNS),
                ("extents", words.extents, EXTENT_SIGNS),
                ("links", words.links, LINK_SIGNS),
            )
        ],
        sources=words.sources,
        more=words.more,
        counted=counted,
    )


def swatch(key: str, letters: str = "") -> Markup:
    """Draw a sign of the legend as SVG.

    Parameters
    ----------
    key
        One of the signs' keys.
    letters
        Number or character of an element.

    Returns
    -------
    Markup
        SVG of at most 34 by 21 px.
    """
    kind, _, rest = key.partition("_")
    if kind in ELEMENT_KINDS:
        line = STROKES[cast("Standing", rest)]
        return sign(kind, letters, stroke=line, scale=_SCALE.get(kind, 0.82)).svg
    if kind == "mark":
        return sign("carrier", "", mark=cast("Mark", rest), scale=0.82).svg
    if kind == "link":
        relation, _, planned = rest.partition("_")
        return templates.piece(SIGNS, "link")(relation, " ct-planned" if planned else "")
    return templates.piece(SIGNS, "extent")(key)
