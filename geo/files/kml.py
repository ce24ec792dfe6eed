"""KML 2.2 (OGC 07-147r2) for globes and phones: names, descriptions, typed data, colours."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import numpy as np
import shapely

from geo import memory
from geo.facts import catalog, dictionary, remarks, schemas, sectors
from geo.files import plain_values, rows
from geo.files.about import COLON
from geo.geometry import lonlat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from geo.files.about import About
    from geo.settings import Language

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
DECIMALS: Final = 7
SIMPLE: Final[Mapping[rows.Kind, str]] = {
    str: "string", int: "int", float: "double", bool: "bool",
}  # fmt: skip
MIN_INT, MAX_INT = -(2**31), 2**31 - 1
REMARKS: Final = ("source", "note")
NONE: Final[Mapping[str, str]] = {}
PLAIN: Final = "plain"
"""The style of rows that have no sectors, such as districts."""


def kml(frame: gpd.GeoDataFrame, about: About, *, table: dictionary.Table) -> bytes:
    """Return a frame as a KML document.

    Parameters
    ----------
    frame : GeoDataFrame
        Points, lines or polygons in any CRS that has one.
    about
        What the file says about itself.
    table
        Whose dictionary explains the columns.

    Returns
    -------
    bytes
        UTF-8; a placemark a row, in the colour of the family that stands for it
        (`sectors.main_families`), named in the language of the file. One without a position has
        no geometry. Its description gives address, coded facts and source in words, escaped, for
        viewers take it for HTML.
        ``ExtendedData`` holds every known value, of the type and with the title that the schema
        of the document gives it.

    Raises
    ------
    InputError
        For a missing CRS or column names that are repeated.
    """
    content = _apart(rows.of(frame, table=table))
    root = ET.Element("kml", xmlns=NAMESPACE)
    document = ET.SubElement(root, "Document")
    _add(document, "name", about.title)
    _add(document, "open", "1")
    _add(document, "description", _html([about.paragraph()]))
    for style, colour in {PLAIN: "#747C83", **_colours()}.items():
        _style(document, style, colour)
    _schema(document, content, name=table, lang=about.language)
    names = [column.name for column in content.columns]
    places = lonlat.lonlat(frame)
    styles = sectors.main_families(frame) if "sectors" in frame else [PLAIN] * len(frame)
    for row, shape, style in zip(content, places, styles, strict=True):
        placemark = ET.SubElement(document, "Placemark")
        _describe(placemark, dict(zip(names, row, strict=True)), content, about)
        _add(placemark, "styleUrl", f"#{style}")
        _record(placemark, dict(zip(names, row, strict=True)), table=table)
        if shape is not None:
            _geometry(placemark, shape)
    ET.indent(root, space=" ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _apart(content: rows.Rows) -> rows.Rows:
    """Return rows with names that differ in more than their case, as viewers need it."""
    named = zip(content.columns, rows.names(content), strict=True)
    return replace(content, columns=tuple(replace(column, name=name) for column, name in named))


def _add(parent: ET.Element, tag: str, text: str, attributes: Mapping[str, str] = NONE) -> None:
    child = ET.SubElement(parent, tag, dict(attributes))
    child.text = plain_values.writable(text)


def _html(lines: Iterable[str]) -> str:
    return "<br/>".join(escape(line).replace("\n", "<br/>") for line in lines)


@memory.by_facts
def _colours() -> dict[str, str]:
    """Return the colour of each family, as #RRGGBB."""
    return {str(key): str(colour) for key, colour in catalog.families()["light"].items()}


def _style(document: ET.Element, name: str, colour: str) -> None:
    style = ET.SubElement(document, "Style", id=name)
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    solid = f"ff{blue}{green}{red}".lower()
    _add(ET.SubElement(style, "IconStyle"), "color", solid)
    _add(ET.SubElement(style, "LineStyle"), "color", solid)
    _add(ET.SubElement(style, "PolyStyle"), "color", f"40{solid[2:]}")


def _schema(document: ET.Element, content: rows.Rows, *, name: str, lang: Language) -> None:
    schema = ET.SubElement(document, "Schema", name=name, id=name)
    for column, kind, values in zip(content.columns, content.kinds(), content.values, strict=True):
        type_ = SIMPLE[float if kind is int and _beyond(values) else kind]
        field = ET.SubElement(schema, "SimpleField", type=type_, name=column.name)
        if title := column.title[lang]:
            unit = f" ({column.unit[lang]})" if column.unit[lang] else ""
            _add(field, "displayName", f"{title}{unit}")


def _beyond(values: Sequence[object]) -> bool:
    """Whether a column's whole numbers are more than KML's ``int`` holds, which has 32 bits."""
    return any(isinstance(each, int) and not MIN_INT <= each <= MAX_INT for each in values)


def _describe(
    placemark: ET.Element,
    row: Mapping[str, object],
    content: rows.Rows,
    about: About,
) -> None:
    lang = about.language
    name = row.get(f"name_{lang}") or row.get("name_zh") or row.get("name_en")
    _add(placemark, "name", str(name or ""))
    if lines := list(_facts(row, content, lang)):
        _add(placemark, "description", _html(lines))


def _record(placemark: ET.Element, row: Mapping[str, object], *, table: str) -> None:
    data = ET.SubElement(ET.SubElement(placemark, "ExtendedData"), "SchemaData")
    data.set("schemaUrl", f"#{table}")
    for column, value in row.items():
        if value is not None:
            text = str(int(value) if isinstance(value, bool) else value)
            _add(data, "SimpleData", text, {"name": column})


def _facts(row: Mapping[str, object], content: rows.Rows, lang: Language) -> Iterable[str]:
    """Return what a reader wants to know first: address, what codes say, remarks."""
    for column in content.columns:
        value = row[column.name]
        if value is None:
            continue
        words = [
            column.codes[code][lang]
            for code in str(value).split(schemas.SEPARATOR)
            if code in column.codes
        ]
        if column.name in REMARKS:
            words = [remarks.translate(str(value), lang=lang)]
        elif column.name == "address":
            words = [str(value)]
        if words:
            yield f"{column.title[lang] or column.name}{COLON[lang]}{', '.join(words)}"


def _geometry(parent: ET.Element, shape: BaseGeometry) -> None:
    parts = shapely.get_parts(shape)
    if shape.geom_type not in SHAPES:
        parent = ET.SubElement(parent, "MultiGeometry")
        for part in parts:
            _geometry(parent, part)
        return
    SHAPES[shape.geom_type](ET.SubElement(parent, shape.geom_type), shape)


def _simple(element: ET.Element, shape: BaseGeometry) -> None:
    rounded = np.round(shapely.get_coordinates(shape), DECIMALS) + 0.0
    _add(element, "coordinates", " ".join(f"{lon!r},{lat!r}" for lon, lat in rounded.tolist()))


def _polygon(element: ET.Element, shape: shapely.Polygon) -> None:
    for name, rings in (
        ("outerBoundaryIs", [shape.exterior]),
        ("innerBoundaryIs", list(shape.interiors)),
    ):
        for ring in rings:
            _simple(ET.SubElement(ET.SubElement(element, name), "LinearRing"), ring)


SHAPES: Final[Mapping[str, Callable[..., None]]] = {
    "Point": _simple,
    "LineString": _simple,
    "Polygon": _polygon,
}
