"""Beside a layout's map: its document, its elements with what stands there, and its links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo import formats
from geo.facts import remarks
from geo.policy import layouts
from layers import templates
from layers.policy import layout_drawing, layout_signs
from ui.blocks import markup
from ui.layouts import element_sites, layout_map, layout_words, present_sites

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from geo.policy.model import Element, Link
    from ui.state.sides import Side

TEMPLATE = "ui/layouts/panel.html"
NUMBERED = ("core", "node")


def document(side: Side) -> Markup:
    """Return the document that all sections below are of."""
    return markup.paragraph(document_text(side))


def document_text(side: Side) -> str:
    """Return the same as text."""
    t = side.view.t
    cited = layouts.citation(side.layout)
    title = t.of(cited, "title")
    return t("layouts.document", title=title, issued=cited.issued, issuer=cited.issuer)


def elements(side: Side) -> Markup:
    """Return the elements in the order of the layout, each with section, summary and its sites."""
    shown = layout_words.in_phase(side.view, side.layout)
    # What is chosen on the map or by name comes first, where the eye is.
    shown.sort(key=lambda element: element.id != side.element)
    return templates.piece(TEMPLATE, "elements")([_element(side, each) for each in shown])


@dataclass(frozen=True, kw_only=True)
class ElementRow:
    """An element as the list has it; `shape`, `line` and `letter` are its sign on the map."""

    id: str
    chosen: bool
    shape: str
    line: str
    letter: str
    name: str
    tags: Sequence[str]
    summary: str
    standing: Markup
    left_out: str
    section: str


@dataclass(frozen=True, kw_only=True)
class Shape:
    """An element's sign in a list: its form, how it is edged, and the letter in it."""

    shape: str
    line: str
    letter: str


def sign(side: Side, element: Element) -> Shape:
    """Return an element's sign as the map has it."""
    row = next(row for key, row in layout_map.elements(side.layout).iterrows() if key == element.id)
    letter = layout_words.letters(side.view, side.layout).get(element.id, element.sign)
    if element.kind in NUMBERED and element.located:
        letter = str(int(row["number"]))
    # What is only listed has no shape on the map.
    shape = layout_drawing.shape(row) if element.located else "nowhere"
    if shape == "zone":
        shape = layout_map.zone_fill(side.layout, element.id)
    return Shape(shape=shape, line=layout_signs.line_of(row), letter=letter)


def _element(side: Side, element: Element) -> ElementRow:
    t, shown = side.view.t, sign(side, element)
    return ElementRow(
        id=f"{'beside' if side.second else 'element'}-{element.id}",
        chosen=element.id == side.element,
        shape=shown.shape,
        line=shown.line,
        letter=shown.letter,
        name=t.of(element, "name"),
        tags=tags(side, element),
        summary=t.of(element, "summary"),
        standing=_standing(side, element),
        left_out=_left_out(side, element),
        section=remarks.translate(element.section, lang=t.lang) or t("layouts.elsewhere"),
    )


def tags(side: Side, element: Element) -> list[str]:
    """Return what must be known of an element beside its name, in a word each."""
    t = side.view.t
    known = {
        "own": element.own,
        "planned": element.status == "planned",
        "nowhere": not element.located,
        "illustrative": element.certainty == "illustrative",
        "open": element.open,
        "outside": not element.in_document,
        "placed_elsewhere": element.in_document and element.certainty == "found",
    }
    return [t(f"layouts.{key}") for key, holds in known.items() if holds]


def _standing(side: Side, element: Element) -> Markup:
    """Return what stands in an element today, and the element's details."""
    details = _details(side, element)
    if not element.located or element.is_venue:
        text = side.view.t("layouts.venue") if element.located else ""
        return templates.piece(element_sites.TEMPLATE, "without")(text, details)
    ids = present_sites.present(side.layout, side.view.state.phase).get(element.id, ())
    return element_sites.behind(side, ids, element=element.id, also=details)


def _left_out(side: Side, element: Element) -> str:
    """Return how many sites more may stand in an element."""
    vague = present_sites.left_out(side.layout).get(element.id, 0)
    if not vague or not element.located or element.is_venue:
        return ""
    return side.view.t("layouts.vague", n=vague)


def _details(side: Side, element: Element) -> Markup:
    """Return role, specialisations, how the place is known and who says so, on demand."""
    t = side.view.t
    specialities = [t.of(each, "name") for each in element.specialisations]
    rows = [
        ("role", t.of(element, "role")),
        ("specialities", formats.joined(specialities, t=t, most=len(specialities))),
        ("place", t(f"layouts.place_{element.certainty}")),
        ("around", layout_words.around(element)),
        ("source", remarks.translate(element.source, lang=t.lang)),
    ]
    lines = [t(f"layouts.{key}", text=text) for key, text in rows if text]
    return templates.piece(TEMPLATE, "details")(t("layouts.details"), lines)


def links(side: Side) -> Markup:
    """Return the links between the elements in view; nothing where the layout has none."""
    t = side.view.t
    shown = {each.id: each for each in layout_words.in_phase(side.view, side.layout)}
    rows = [
        _link(side, each, shown[each.source], shown[each.target])
        for each in side.layout.links
        if each.source in shown and each.target in shown
    ]
    return templates.piece(TEMPLATE, "links")(t("layouts.links"), t("layouts.links_note"), rows)


def _link(
    side: Side, link: Link, source: Element, target: Element
) -> tuple[str, list[str], str, str]:
    """Return the ends of a link, its tags, its summary and its section."""
    t = side.view.t
    ends = [t.of(end, "name") for end in (source, target)]
    tags = [t(f"layouts.relation_{link.relation}")]
    if link.certainty == "illustrative":
        tags.append(t("layouts.illustrative"))
    return (
        t("layouts.ends", source=ends[0], target=ends[1]),
        tags,
        t.of(link, "summary"),
        remarks.translate(link.section, lang=t.lang) or t("layouts.ours"),
    )
