"""What a layout's map says beside its signs: letters, notes, the names of its legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from geo.facts import catalog
from geo.policy import layouts, membership
from layers.policy import layout_legend
from layers.policy.layout_drawing import Note
from ui.layouts import present_sites

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.policy.model import Element, Layout
    from ui.state.pages import Layouts
    from ui.state.view import PageView

NAMED_IN_NOTE = 4
"""Elements without a published place that the note on the map names; the list has all."""


def in_phase(view: PageView[Layouts], layout: Layout) -> list[Element]:
    """Return the elements in view: all, or those that are there today."""
    planned = view.state.phase == "planned"
    return [each for each in layout.elements if planned or each.status == "existing"]


def letters(view: PageView[Layouts], layout: Layout) -> dict[str, str]:
    """Return the letters of each element without a number: in English two of its role."""
    if view.t.lang == "zh":
        return {}
    return {each.id: _initials(each.role_en) for each in layout.elements if each.sign}


def _initials(role: str) -> str:
    """Return two letters for a role.

    >>> _initials("Service centre of the corridor"), _initials("Candidate")
    ('SC', 'Ca')
    """
    first, *rest = role.split()
    return f"{first[0]}{rest[0][0]}".upper() if rest else first[:2].capitalize()


def count(
    view: PageView[Layouts], layout: Layout, ids: Collection[str], *, key: str = "unit.n_sites"
) -> str:
    """Return how many sites there are, and how many of them are planned."""
    t = view.t
    planned = len(present_sites.planned(layout).intersection(ids))
    # What is planned does not stand there today: "6 sites, 3 planned", not "6 sites today".
    text = t("unit.n_sites" if planned else key, n=formats.whole(len(ids)))
    return t("layouts.of_them_planned", sites=text, n=planned) if planned else text


def around(element: Element) -> str:
    """Return how many kilometres round an element's point count as its place; "" without one."""
    point = element.extent.point
    if point is None or element.sites or element.venues:
        return ""
    return f"{membership.reach_m(point) / 1000:.1f}".removesuffix(".0")


def open_core(layout: Layout) -> Element | None:
    """Return a core or zone that the document names without its districts.

    Nobody can say then that a strong district is not named: it may be part of that one.
    """
    return next(
        (
            each
            for each in layout.elements
            if each.kind in {"core", "zone"} and each.in_document and not each.located
        ),
        None,
    )


def unnamed(layout: Layout) -> str:
    """Return the key of the text behind the name of a strong district on the map."""
    return "layouts.stronghold_open" if open_core(layout) else "layouts.stronghold"


def notes(view: PageView[Layouts], layout: Layout) -> list[Note]:
    """Return what the document names without a place, in words."""
    t = view.t
    shown = in_phase(view, layout)
    unknown = [t.of(each, "name") for each in shown if not each.located]
    if not unknown:
        return []
    line = formats.joined(unknown, t=t, most=NAMED_IN_NOTE)
    return [Note(title=t("layouts.unpublished"), lines=[line])]


def legend(view: PageView[Layouts], layout: Layout) -> layout_legend.LayoutWords:
    """Return the words of the legend: every sign there is, and what the map rests on."""
    t = view.t
    keys = (
        *layout_legend.ELEMENT_SIGNS,
        *layout_legend.EXTENT_SIGNS,
        *layout_legend.LINK_SIGNS,
    )
    cited = layouts.citation(layout)
    date = catalog.catalogue_date().isoformat()
    lines = [t.of(cited, "title"), t("layouts.catalogue", date=date)]
    if layout.draft:
        lines.insert(0, t("draft.legend"))
    return layout_legend.LayoutWords(
        elements=t("layouts.elements"),
        extents=t("layouts.extents"),
        links=t("layouts.links"),
        labels={key: _label(view, key) for key in keys} | _own_labels(view, layout),
        sources=(t("legend.sources"), lines),
        more=t("legend.button"),
    )


def _own_labels(view: PageView[Layouts], layout: Layout) -> dict[str, str]:
    """Return the names of the signs that mean something else in this layout."""
    labels = {}
    if open_core(layout):
        labels["strong"] = view.t("sign.strong_open")
    codes = {code for each in layout.elements for code in each.extent.districts}
    if codes and all(code.endswith("00") for code in codes):
        labels["mark_area"] = view.t("sign.mark_area_city")
    return labels


def _label(view: PageView[Layouts], key: str) -> str:
    """Return a sign's name: its own, or that of the plain sign with the status behind it."""
    t = view.t
    if t.has(f"sign.{key}"):
        return t(f"sign.{key}")
    for status in ("planned", "illustrative", "own"):
        plain = key.removesuffix(f"_{status}")
        if plain != key:
            return t(f"sign.with_{status}", name=t(f"sign.{plain}"))
    raise KeyError(key)
