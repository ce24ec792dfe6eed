"""Beside a layout's map: its document, its elements with what stands there, and its links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from geo.facts import remarks
from geo.policy import layouts
from layers.policy import layout_drawing, layout_signs
from ui.blocks import markup
from ui.layouts import element_sites, layout_map, layout_words, present_sites
from ui.words import formats

if TYPE_CHECKING:
    from geo.policy.model import Element, Link
    from ui.state.sides import Side

NUMBERED = ("core", "node")


def document(side: Side) -> Markup:
    """Return the document that all sections below are of."""
    t = side.view.t
    cited = layouts.citation(side.layout)
    title = getattr(cited, f"title_{t.lang}")
    return markup.paragraph(
        t("layouts.document", title=title, issued=cited.issued, issuer=cited.issuer)
    )


def elements(side: Side) -> Markup:
    """Return the elements in the order of the layout, each with section, summary and its sites."""
    shown = layout_words.in_phase(side.view, side.layout)
    # What is chosen on the map or by name comes first, where the eye is.
    shown.sort(key=lambda element: element.id != side.element)
    return Markup('<ul class="ct-elements">{}</ul>').format(
        Markup("").join(_element(side, each) for each in shown)
    )


def _element(side: Side, element: Element) -> Markup:
    t = side.view.t
    tagged = Markup("").join(Markup("<em>{}</em>").format(tag) for tag in _tags(side, element))
    return Markup(
        '<li id="{}-{}" class="{}">{}'
        "<div><strong>{}</strong>{}"
        "<p>{}</p>{}</div><span>{}</span></li>"
    ).format(
        "beside" if side.second else "element",
        element.id,
        "ct-chosen" if element.id == side.element else "",
        _sign(side, element),
        getattr(element, f"name_{t.lang}"),
        tagged,
        getattr(element, f"summary_{t.lang}"),
        _standing(side, element),
        remarks.translate(element.section, lang=t.lang) or t("layouts.elsewhere"),
    )


def _sign(side: Side, element: Element) -> Markup:
    """Return the sign of the map, or that of what is only listed.

    The page admits no drawing in its HTML: the styles draw the same shapes.
    """
    row = next(
        row for key, row in layout_map.elements(side.layout.id).iterrows() if key == element.id
    )
    letter = layout_words.letters(side.view, side.layout).get(element.id, element.sign)
    if element.kind in NUMBERED and element.located:
        letter = str(int(row["number"]))
    kind = layout_drawing.shape(row) if element.located else "nowhere"
    if kind == "zone":
        kind = layout_map.zone_fill(side.layout.id, element.id)
    return Markup('<b class="ct-sign ct-sign-{} ct-sign-{}"><span>{}</span></b>').format(
        kind, layout_signs.line_of(row), letter
    )


def _tags(side: Side, element: Element) -> list[str]:
    t = side.view.t
    told = {
        "planned": element.status == "planned",
        "nowhere": not element.located,
        "illustrative": element.certainty == "illustrative",
        "open": element.open,
        "outside": not element.in_document,
        "placed_elsewhere": element.in_document and element.certainty == "found",
    }
    return [t(f"layouts.{key}") for key, holds in told.items() if holds]


def _standing(side: Side, element: Element) -> Markup:
    """Return what stands in an element today, how many more may, and the element's details."""
    t, details = side.view.t, _details(side, element)
    if not element.located:
        return Markup('<div class="ct-behind">{}</div>').format(details)
    if element.is_venue:
        said = Markup("<small>{}</small>").format(t("layouts.venue"))
        return Markup('<div class="ct-behind">{}{}</div>').format(said, details)
    ids = present_sites.present(side.layout.id, present_sites.phase(side.view)).get(element.id, ())
    here = element_sites.behind(side, ids, element=element.id, also=details)
    vague = present_sites.left_out(side.layout.id).get(element.id, 0)
    if not vague:
        return here
    return Markup("{} <small>{}</small>").format(here, t("layouts.vague", n=vague))


def _details(side: Side, element: Element) -> Markup:
    """Return role, specialisations, how the place is known and who says so, on demand."""
    t = side.view.t
    specialities = [str(getattr(each, f"name_{t.lang}")) for each in element.specialisations]
    rows = [
        ("role", getattr(element, f"role_{t.lang}")),
        ("specialities", formats.joined(specialities, t=t, most=len(specialities))),
        ("place", t(f"layouts.place_{element.certainty}")),
        ("around", layout_words.around(element)),
        ("source", remarks.translate(element.source, lang=t.lang)),
    ]
    told = Markup("<br>").join(t(f"layouts.{key}", said=said) for key, said in rows if said)
    return Markup("<details><summary>{}</summary><p>{}</p></details>").format(
        t("layouts.details"), told
    )


def links(side: Side) -> Markup:
    """Return the links between the elements in view; nothing where the layout has none."""
    t = side.view.t
    shown = {each.id: each for each in layout_words.in_phase(side.view, side.layout)}
    rows = [
        _link(side, each, shown[each.source], shown[each.target])
        for each in side.layout.links
        if each.source in shown and each.target in shown
    ]
    if not rows:
        return Markup("")
    return Markup('{}<ul class="ct-ways">{}</ul>').format(
        markup.heading(t("layouts.links"), note=t("layouts.links_note")), Markup("").join(rows)
    )


def _link(side: Side, link: Link, source: Element, target: Element) -> Markup:
    t = side.view.t
    ends = [str(getattr(end, f"name_{t.lang}")) for end in (source, target)]
    illustrative = link.certainty == "illustrative"
    tag = Markup("<em>{}</em>").format(t("layouts.illustrative")) if illustrative else Markup("")
    section = remarks.translate(link.section, lang=t.lang)
    return Markup(
        "<li><div><strong>{}</strong> <em>{}</em>{}<p>{}</p></div><span>{}</span></li>"
    ).format(
        t("layouts.ends", source=ends[0], target=ends[1]),
        t(f"layouts.relation_{link.relation}"),
        tag,
        getattr(link, f"summary_{t.lang}"),
        section or t("layouts.ours"),
    )
