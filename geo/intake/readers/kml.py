"""KML and KMZ: the placemarks.

A document type, with which entities come, is refused; links to other files and to the network are
not followed.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, Final, NoReturn
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import shapely

from geo.errors import InputError
from geo.intake import words
from geo.intake.readers import encodings, headings, limits, shapes, tables
from geo.intake.readers.archives import Archive
from geo.intake.table import RawTable, Reading, RowFault
from geo.settings import current

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd

    Cells = dict[str, str]

DECLARED: Final = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")

PLAIN: Final = ("name", "description", "address", "phoneNumber", "styleUrl")
"""What a placemark says of itself, besides its data."""

HEAD: Final = 1000
"""Bytes in which the encoding is declared."""

MOST_DEEP: Final = 200
"""Elements within elements."""

MOST_ELEMENTS: Final = 10
"""As many times the rows that are taken; a placemark with data has about as many."""


class _HarmfulError(Exception):
    """A document type, or elements without end in one another."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class _Builder(ET.TreeBuilder):
    """Builds elements without the names of their spaces, and no document type."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.count = 0
        self.most = MOST_ELEMENTS * current().upload_rows

    def doctype(self, *_: object) -> NoReturn:
        raise _HarmfulError("doctype")

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        self.depth += 1
        self.count += 1
        if self.depth > MOST_DEEP:
            raise _HarmfulError("too_deep")
        if self.count > self.most:
            raise _HarmfulError("too_costly")
        return super().start(sys.intern(tag.rpartition("}")[2]), attrs)

    def end(self, tag: str) -> ET.Element:
        self.depth -= 1
        return super().end(tag.rpartition("}")[2])


def read(file: str, content: bytes, asked: Reading) -> RawTable:
    """Return the placemarks of a KML, or of the first in a KMZ.

    Parameters as of `geo.intake.readers.choice.Reader`.

    Raises
    ------
    RefusedFileError
        Where it is no KML, or one that could do harm.
    """
    if content.startswith(b"PK"):
        archive = Archive(file, content)
        named = [name for name in archive.members if name.lower().endswith(".kml")]
        if not named:
            words.refuse("no_member", file=file, wanted=".kml")
        content = archive.read("doc.kml" if "doc.kml" in named else named[0])
    declared = DECLARED.match(content[:HEAD])
    stated = declared[1].decode().lower() if declared else None
    known = stated if stated in encodings.KNOWN and stated != "utf-8" else None
    text, encoding = encodings.decode(file, content, asked.encoding or known)
    root = _root(file, text.lstrip())
    marks = list(_placemarks(root, ()))
    if not marks:
        words.refuse("no_rows", file=file)
    limits.check_rows(file, len(marks))
    index = pd.RangeIndex(1, len(marks) + 1, name=tables.NAME)
    geometry, faults = _geometry([mark for mark, _ in marks], index)
    return RawTable(
        file=file,
        format="kml",
        reading=Reading(encoding=encoding),
        cells=tables.from_objects(_columns(file, marks), index),
        geometry=geometry,
        faults=tuple(faults),
    )


def _root(file: str, text: str) -> ET.Element:
    # The text is decoded: what a declaration says of its encoding holds no longer.
    parser = ET.XMLParser(target=_Builder(), encoding="utf-8")  # noqa: S314 - no document types
    try:
        parser.feed(text.encode("utf-8", "replace"))
        root: ET.Element = parser.close()
    except _HarmfulError as error:
        words.refuse(error.code, file=file)
    except ET.ParseError as error:
        row, column = error.position
        words.refuse("not_xml", file=file, row=row, column=column + 1)
    if root.tag not in ("kml", "Document", "Folder", "Placemark"):
        words.refuse("not_kml", file=file)
    return root


def _placemarks(
    element: ET.Element, folders: tuple[str, ...]
) -> Iterator[tuple[ET.Element, tuple[str, ...]]]:
    """Yield placemarks in their order, with the names of the folders round them."""
    if element.tag == "Placemark":
        yield element, folders
        return
    if element.tag == "Folder":
        folders = (*folders, (element.findtext("name") or "").strip())
    for child in element:
        if child.tag in ("Document", "Folder", "Placemark"):
            yield from _placemarks(child, folders)


def _columns(
    file: str, marks: list[tuple[ET.Element, tuple[str, ...]]]
) -> Mapping[str, list[str | None]]:
    rows = [_cells(mark, folders) for mark, folders in marks]
    keys = list(dict.fromkeys(key for row in rows for key in row))
    limits.check_cells(file, len(rows), len(keys))
    return dict(
        zip(
            headings.named(keys, len(keys)),
            ([row.get(key) for row in rows] for key in keys),
            strict=True,
        )
    )


def _cells(mark: ET.Element, folders: tuple[str, ...]) -> Cells:
    """Return what a placemark says: of itself, as data, and in which folder."""
    said = [(name, mark.findtext(name)) for name in PLAIN]
    said += [(each.get("name", ""), each.findtext("value")) for each in mark.iter("Data")]
    said += [(each.get("name", ""), each.text) for each in mark.iter("SimpleData")]
    said.append(("folder", " / ".join(filter(None, folders))))
    cells: Cells = {}
    for name, value in said:
        if value and value.strip():
            cells.setdefault(name, value.strip())
    identity = mark.get("id")
    return {"id": identity, **cells} if identity and "id" not in cells else cells


def _geometry(marks: list[ET.Element], index: pd.Index) -> tuple[gpd.GeoSeries, list[RowFault]]:
    made = np.full(len(marks), None, dtype=object)
    faults = []
    for at, mark in enumerate(marks):
        try:
            parts = [_shape(child) for child in mark if child.tag in SHAPES]
            made[at] = parts[0] if parts else None
        except (shapely.errors.ShapelyError, ValueError) as error:
            faults.append(
                RowFault(row=at + 1, column="geometry", value=str(error)[:80], code="no_shape")
            )
    geometry, more = shapes.series(made, index, shapes.crs("", "OGC:CRS84"))
    return geometry, sorted(faults + more, key=lambda fault: fault.row)


SHAPES: Final = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry")


def _shape(element: ET.Element) -> shapely.Geometry:
    match element.tag:
        case "Point":
            positions = _positions(element)
            return shapely.Point(positions[0])
        case "LineString" | "LinearRing":
            return shapely.LineString(_positions(element))
        case "Polygon":
            rings = [
                _positions(ring)
                for side in ("outerBoundaryIs", "innerBoundaryIs")
                for ring in element.iterfind(f"{side}/LinearRing")
            ]
            return shapely.Polygon(rings[0] if rings else [], rings[1:])
        case _:
            return _collected([_shape(child) for child in element if child.tag in SHAPES])


def _collected(parts: list[Any]) -> shapely.Geometry:
    """Return parts as one, of their kind where they are of one."""
    kinds = {part.geom_type for part in parts}
    if kinds == {"Point"}:
        return shapely.MultiPoint(parts)
    if kinds == {"Polygon"}:
        return shapely.MultiPolygon(parts)
    return (
        shapely.MultiLineString(parts)
        if kinds == {"LineString"}
        else shapely.GeometryCollection(parts)
    )


def _positions(element: ET.Element) -> list[tuple[float, float]]:
    """Return the positions of an element, without their heights."""
    written = " ".join((element.findtext("coordinates") or "").split())
    parts = written.replace(" ,", ",").replace(", ", ",").split()
    try:
        positions = [
            (float(lon), float(lat)) for lon, lat, *_ in (part.split(",") for part in parts)
        ]
    except ValueError:
        raise InputError(written) from None
    if not positions:
        raise InputError(written)
    return positions
