"""A policy layout as it is drawn: signs, tinted districts, lines and notes, as plain data."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from layers import escape
from layers.policy import layout_areas, layout_links
from layers.policy.layout_signs import Mark, line_of, sign, standing
from layers.sites.symbols import DECIMALS, located

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

    from geo.policy.phases import Phase
    from layers.policy.layout_focus import Focus
    from layers.policy.layout_links import LinkLike

ERROR_SHOWN_M = 500
"""Smallest radius of uncertainty that gets its circle: less hides below the sign itself."""

_RANK = ("core", "node", "found", "carrier", "zone", "corridor", "candidate")
_NUMBERED = ("core", "node")


@dataclass(frozen=True, kw_only=True)
class Note:
    """A dashed note in a free corner of the map: a title and lines, plain texts."""

    title: str
    lines: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class LayoutLook:
    """Words and choices for a layout; every text is plain.

    Parameters
    ----------
    name
        Column with the elements' names; `name_zh` stands in where it is missing.
    values
        Light text behind each name ("51 处"), by element.
    captions
        Second line of each tooltip, by element.
    letters
        One character for each element without a number, by element; else its `sign`.
    radii
        Radius of uncertainty in metres by precision.
    strongholds
        Text behind the name ("7 处，未点名") of each strong district that no element names, by
        adcode.
    illustrative
        Word put behind the names of illustrative elements ("示意").
    notes
        What the document names and nobody published a place for, in words.
    locator
        Title of the small map that shows where the view lies; empty for none.
    selected
        Id of the selected element.
    """

    name: str = "name_zh"
    values: Mapping[str, str] = field(default_factory=dict)
    captions: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    radii: Mapping[str, float] = field(default_factory=dict)
    strongholds: Mapping[str, str] = field(default_factory=dict)
    illustrative: str = ""
    notes: Sequence[Note] = ()
    locator: str = ""
    selected: str | None = None


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """What `drawing` makes.

    Parameters
    ----------
    payload
        The `layout` part of the overlay's payload.
    signs
        Keys of all signs in use, for the legend, each with the letters of its first one.
    names
        Names of the zones, by the key of their fill: the legend tells them.
    notes
        As given: on phones the legend tells them.
    """

    payload: Mapping[str, Any]
    signs: Mapping[str, str]
    names: Mapping[str, str]
    notes: Sequence[Note]


def drawing(
    elements: gpd.GeoDataFrame,
    links: Iterable[LinkLike],
    *,
    units: gpd.GeoDataFrame,
    look: LayoutLook,
    phase: Phase = "planned",
    focus: Focus | None = None,
) -> Drawing:
    """Turn a layout into what the map draws.

    Parameters
    ----------
    elements
        WGS84, index element id; `number`, `kind`, `name_zh`, `status`, `certainty`, `adcodes`
        (tuple), `lon`, `lat` (label point) and geometry; where there are such columns,
        `precision` of points, `sign` (one character) and `in_document`, False for what stands
        outside the document.
    links
        Links between elements, in the order of drawing.
    units
        The districts of the map's ground, index adcode; with `city_adcode`, an element may name
        a city whose districts are drawn.
    look
        Words and choices.
    phase
        "present" leaves out what is planned, and links to it.
    focus
        What the first view shows, from `layout_focus`; None for the whole region.

    Returns
    -------
    Drawing
        Elements that are not published, and links to them, are left out altogether.
    """
    drawn = located(elements[elements["certainty"].ne("unpublished")])
    if phase == "present":
        drawn = drawn[drawn["status"].ne("planned")]
    drawn = _ranked(drawn)
    used: dict[str, str] = {}
    areas = layout_areas.areas(drawn, units=units, strongholds=look.strongholds, used=used)
    signs = [
        one
        for key, row in drawn.iterrows()
        for one in _signs(str(key), row, units, look, used, areas.zones.get(str(key), ""))
    ]
    _beside(signs)
    ways = layout_links.ways(links, signs, drawn, used)
    return Drawing(
        payload={
            "signs": [{k: v for k, v in one.items() if not k.startswith("_")} for one in signs],
            "links": ways,
            "areas": areas.fills,
            "edges": areas.edges,
            "lettered": areas.lettered,
            "axes": layout_areas.axes(drawn, used=used),
            "outlines": layout_areas.outlines(drawn, used=used),
            "strong": {
                escape.text(code): escape.text(text) for code, text in look.strongholds.items()
            },
            "notes": [
                {"title": escape.text(n.title), "lines": [escape.text(line) for line in n.lines]}
                for n in look.notes
            ],
            "locator": escape.text(look.locator),
            "selected": None if look.selected is None else escape.text(look.selected),
            "focus": None if focus is None else focus.payload(),
        },
        signs=used,
        names=_zone_names(areas.zones, drawn, look),
        notes=tuple(look.notes),
    )


def shape(element: pd.Series) -> str:
    """Shape of an element's sign: its kind, or "found" for a place outside the document."""
    return str(element["kind"]) if element.get("in_document", True) else "found"


def _ranked(elements: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Elements in the order their signs are put: the most important find their place first."""
    ranks = pd.Series([_RANK.index(shape(row)) for _, row in elements.iterrows()], dtype=int)
    return elements.iloc[ranks.sort_values(kind="stable").index]


def _signs(
    key: str,
    row: pd.Series,
    units: gpd.GeoDataFrame,
    look: LayoutLook,
    used: dict[str, str],
    fill: str,
) -> list[dict[str, Any]]:
    """One sign, or one for each district a candidate may stand in."""
    kind, line = shape(row), line_of(row)
    letters = _letters(key, row, look)
    area = bool(row["adcodes"]) and row.geometry.geom_type in {"Polygon", "MultiPolygon"}
    mark: Mark = ""
    if area and kind in {"carrier", "found"}:
        mark = "area"
    elif row["certainty"] == "found" and kind != "found":
        mark = "elsewhere"
    made = sign(kind, letters, stroke=line, mark=mark, fill=fill)
    used.setdefault(layout_areas.sign_key(kind, standing(row)), letters)
    if mark:
        used.setdefault(f"mark_{mark}", letters)
    radius = math.inf if area else look.radii.get(str(row.get("precision")), math.inf)
    circle = math.isfinite(radius) and radius >= ERROR_SHOWN_M
    if circle:
        used.setdefault("error", letters)
    drawn: dict[str, Any] = {
        "e": escape.text(key),
        "k": kind,
        "n": escape.text(_name(row, look)),
        "svg": made.svg,
        "half": list(made.half),
        "ring": made.ring,
        "fixed": not area,
        "u": float(radius) if circle else 0,
    }
    for name, texts in (("v", look.values), ("t", look.captions)):
        if texts.get(key):
            drawn[name] = escape.text(texts[key])
    if row["certainty"] == "illustrative" and look.illustrative:
        drawn["v"] = " ".join(filter(None, [drawn.get("v"), escape.text(look.illustrative)]))
    codes = tuple(row["adcodes"])
    if kind == "candidate" and len(codes) > 1:
        points = [(code, layout_areas.label_point(code, units)) for code in codes]
        return [{**drawn, "at": at, "_codes": (code,)} for code, at in points if at]
    return [{**drawn, "at": _at(row), "_codes": codes}]


def _at(row: pd.Series) -> list[float]:
    if pd.isna(row["lon"]) or pd.isna(row["lat"]):
        point = shapely.point_on_surface(row.geometry)
        return [round(point.x, DECIMALS), round(point.y, DECIMALS)]
    return [round(float(row["lon"]), DECIMALS), round(float(row["lat"]), DECIMALS)]


def _letters(key: str, row: pd.Series, look: LayoutLook) -> str:
    if row["kind"] in _NUMBERED and pd.notna(row["number"]):
        return str(int(row["number"]))
    return look.letters.get(key, str(row.get("sign", "")))


def _name(row: pd.Series, look: LayoutLook) -> str:
    name = row.get(look.name)
    return str(name) if isinstance(name, str) and name else str(row["name_zh"])


def _zone_names(
    zones: Mapping[str, str], drawn: gpd.GeoDataFrame, look: LayoutLook
) -> dict[str, str]:
    named: dict[str, list[str]] = {}
    for key, row in drawn.iterrows():
        if str(key) in zones:
            named.setdefault(f"area_{zones[str(key)]}", []).append(_name(row, look))
    return {fill: " · ".join(names) for fill, names in named.items()}


def _beside(signs: list[dict[str, Any]]) -> None:
    """Let what has the same district as a core or node stand beside its sign."""
    homes = {
        one["_codes"]: i for i, one in enumerate(signs) if one["k"] in _NUMBERED and one["_codes"]
    }
    for one in signs:
        if one["k"] in {"candidate", "carrier"} and one["_codes"] in homes:
            one["beside"] = homes[one["_codes"]]
