"""What a reader draws or types becomes an element of the draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, get_args

from geo import settings
from geo.policy import draft as drafts
from geo.policy import strokes
from geo.policy.strokes import RefusedStrokeError, Tool
from ui.cached import indicators, names, scorecards
from ui.layouts.draft import work
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from geo.facts.schemas import Located
    from geo.policy.draft import Draft
    from geo.policy.model import Element, Layout
    from layers.transport.message import Clicked

TOOLS: Final[tuple[Tool, ...]] = get_args(Tool)
SIGNS: Final = {"corridor": "廊", "carrier": "载"}
ZONES: Final = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
"""Zones have no number of their own: a Roman one is their sign, the last for all further."""

_BETWEEN: Final = re.compile(r"[,，、;；\n]+")


def follow(clicked: Clicked) -> None:
    """Do what a click or a stroke on the map asks for."""
    if clicked.kind == "element":
        work.choose(clicked.id)
    elif clicked.line:
        chosen = "new" if clicked.kind == "stroke" else None
        work.step(lambda draft: stroke(draft, clicked), chosen=chosen)


def stroke(draft: Draft, clicked: Clicked) -> Draft:
    """Return a draft with what was drawn, or with corners where they were dragged to.

    Raises
    ------
    RefusedStrokeError
        If it gives no place.
    """
    if clicked.kind == "reshaped":
        return _reshaped(draft, clicked.id, clicked.line)
    if clicked.id not in TOOLS:
        return draft
    extent = strokes.extent(clicked.id, clicked.line, units(draft.layout))
    return _added(draft, clicked.id, extent)


def by_text(tool: Tool, text: str, *, precision: Located) -> None:
    """Add an element by the names of its districts, or by coordinates."""

    def add(draft: Draft) -> Draft:
        return _added(draft, tool, place(draft.layout, tool, text, precision=precision))

    work.step(add, chosen="new")


def place(layout: Layout, tool: Tool, text: str, *, precision: Located) -> dict[str, Any]:
    """Return the place that a reader typed.

    Raises
    ------
    RefusedStrokeError
        If it is none.
    """
    codes = [] if tool == "corridor" else _named(layout, text)
    if codes:
        return {"districts": codes}
    return strokes.extent(tool, strokes.typed(text), units(layout), precision=precision)


def _reshaped(draft: Draft, element: str, line: Sequence[tuple[float, float]]) -> Draft:
    """Return a draft in which an element has its corners elsewhere."""
    if element not in {each.id for each in draft.layout.elements}:
        return draft
    extent = drafts.element_of(draft.layout, element).extent
    tool: Tool = "corridor" if extent.axis else "zone" if extent.outline else "carrier"
    precision = extent.point.precision if extent.point else "street"
    moved = strokes.extent(tool, line, units(draft.layout), precision=precision)
    return drafts.change(draft, element, {"extent": moved})


def corners(element: Element) -> tuple[tuple[float, float], ...]:
    """Return the positions of an element; none of one made of districts."""
    extent = element.extent
    if extent.point:
        return ((extent.point.lon, extent.point.lat),)
    return extent.axis or extent.outline


def units(layout: Layout) -> gpd.GeoDataFrame:
    """Return the districts or cities that a layout's map shows."""
    return indicators.units(scorecards.query(layout, radius_m=settings.RADIUS_M))


def _added(draft: Draft, tool: Tool, extent: dict[str, Any]) -> Draft:
    """Return a draft with one more element; a node that is made a core, or back, stays one."""
    codes = extent.get("districts", ())
    if tool in {"core", "node"} and len(codes) == 1:
        known = strokes.of_district(draft.layout, codes[0])
        if known and drafts.element_of(draft.layout, known).kind == tool:
            raise RefusedStrokeError("named", text=_names(draft.layout, codes, "zh"))
        if known:
            return drafts.change(draft, known, {"kind": tool, **_role(tool)})
    n = 1 + sum(each.kind == tool for each in draft.layout.elements)
    fields: dict[str, Any] = {"kind": tool, "extent": extent, "status": "planned", **_role(tool)}
    for lang in ("zh", "en"):
        numbered = PageTexts(lang)("draft.numbered", kind=PageTexts(lang)(f"sign.{tool}"), n=n)
        fields[f"name_{lang}"] = _names(draft.layout, codes, lang) or numbered
    if tool == "zone":
        fields["sign"] = ZONES[min(n, len(ZONES)) - 1]
    return drafts.add(draft, {**fields, **({"sign": SIGNS[tool]} if tool in SIGNS else {})})


def _role(tool: Tool) -> dict[str, str]:
    """Return what is said of an element until the reader says more."""
    said = {}
    for lang in ("zh", "en"):
        t = PageTexts(lang)
        said[f"role_{lang}"] = t(f"sign.{tool}")
        said[f"summary_{lang}"] = t("draft.summary_element")
    return said


def _names(layout: Layout, codes: Sequence[str], lang: str) -> str:
    t = PageTexts("en" if lang == "en" else "zh")
    known = names.districts(layout.area, scorecards.unit(layout), t.lang)
    return t("list.comma").join(known[code] for code in codes if code in known).strip()


def _named(layout: Layout, text: str) -> list[str]:
    """Return the districts whose names a reader typed, all or none, in either language."""
    by_name: dict[str, str] = {}
    for lang in ("zh", "en"):
        for code, name in names.districts(layout.area, scorecards.unit(layout), lang).items():
            by_name[name.casefold()] = code
            if lang == "zh" and len(name) > len("横县"):
                by_name.setdefault(name[:-1], code)
    pieces = [piece.strip().casefold() for piece in _BETWEEN.split(text) if piece.strip()]
    codes = [by_name.get(piece, "") for piece in pieces]
    return list(dict.fromkeys(codes)) if codes and all(codes) else []
