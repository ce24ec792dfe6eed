"""Policy layouts: read from ``data/layouts/``, one file a document, and laid on the districts.

A file with any fault is refused whole, with all its faults; the other layouts still load.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import memory, settings
from geo.checks import frames
from geo.china import county_units
from geo.errors import InputError
from geo.facts import boundaries, catalog, own_regions
from geo.policy.model import Citation, Element, Extent, Layout, Link, Point, Specialisation
from geo.policy.reader import read_file, read_upload

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "Citation",
    "Element",
    "Extent",
    "Layout",
    "Link",
    "Point",
    "Reading",
    "Specialisation",
    "all_layouts",
    "citation",
    "elements_frame",
    "layout",
    "read",
    "reading",
]

FOLDER: Final = "layouts"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder of layouts holds.

    Attributes
    ----------
    layouts
        The sound ones by id, in the order of their regions, then of their ids.
    faults
        Every fault of every other file: file, element, field, what was found and expected.
    refused
        Names of those files.
    """

    layouts: Mapping[str, Layout]
    faults: tuple[str, ...]
    refused: tuple[str, ...]


def read(folder: Path) -> Reading:
    """Read every layout of a folder.

    Parameters
    ----------
    folder
        Directory with one TOML file a layout, as ``data/README.md`` describes.

    Returns
    -------
    Reading
        The sound layouts and the faults of the others.
    """
    found: list[Layout] = []
    faults: list[str] = []
    refused: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        outcome = read_file(path)
        if isinstance(outcome, Layout):
            found.append(outcome)
        else:
            faults += outcome
            refused.append(path.name)
    order = {str(region): n for n, region in enumerate(catalog.regions().index)}
    found.sort(key=lambda each: (order.get(each.region, len(order)), each.id))
    known = MappingProxyType({each.id: each for each in found})
    return Reading(known, tuple(faults), tuple(refused))


@memory.by_facts
def reading() -> Reading:
    """Return the project's own layouts and the faults of their files; read once a process."""
    return read(settings.current().data / FOLDER)


def all_layouts() -> Mapping[str, Layout]:
    """Return every sound layout of ``data/layouts/`` by id, in display order."""
    return reading().layouts


def own_layouts(region: str) -> Mapping[str, Layout]:
    """Return the layouts that somebody drew for a region they brought, by id; else none.

    One that is no layout of the region as it is now is left out: an area that it names may be
    gone.
    """
    return _own_layouts(region) if own_regions.is_open(region) else MappingProxyType({})


@own_regions.by_region
def _own_layouts(region: str) -> Mapping[str, Layout]:
    own = own_regions.known(region)
    if own is None:
        return MappingProxyType({})
    read = {
        key: read_upload(text.encode(), name=key, region=region)
        for key, text in own.layouts.items()
    }
    return MappingProxyType(
        {
            key: each.model_copy(update={"id": key, "draft": True})
            for key, each in read.items()
            if isinstance(each, Layout)
        }
    )


def within_reach(region: str) -> Mapping[str, Layout]:
    """Return the layouts that a page on a region can show: its own first, then the catalogue's."""
    own = own_layouts(region)
    return {**own, **{key: each for key, each in all_layouts().items() if key not in own}}


def layout(layout_id: str, region: str = "") -> Layout:
    """Return one layout, of those within the reach of a region.

    Raises
    ------
    InputError
        If there is no such layout, with the ids that would have worked.

    Examples
    --------
    >>> from geo.policy import layouts
    >>> plan = layouts.layout("gd-2023-plan")
    >>> plan.pattern_zh, [each.name_zh for each in plan.elements if each.kind == "core"]
    ('两个核心、五个有专长的节点、一条工业设计走廊', ['广州', '深圳'])
    """
    known = within_reach(region)
    if layout_id not in list(known):
        raise InputError(f"unknown layout {layout_id!r}: expected one of {', '.join(known)}")
    return known[layout_id]


def citation(layout: Layout) -> Citation:
    """Return the document of a layout: that of ``data/documents.csv``, or the file's own.

    Examples
    --------
    >>> citation(layout("gd-2023-plan")).issued
    '2023'
    """
    if layout.citation is not None:
        return layout.citation
    row = catalog.documents().loc[layout.document]
    return Citation(
        title_zh=str(row["title_zh"]),
        title_en=str(row["title_en"]),
        issued=str(row["issued"]),
        issuer=str(row["issuer"]),
    )


def elements_frame(layout: Layout) -> gpd.GeoDataFrame:
    """Return the elements of a layout with the places that are published.

    Returns
    -------
    GeoDataFrame
        WGS84, index ``element`` (id), in the file's order. ``number`` (Int64: order of drawing of
        the located cores and nodes from 1, NA for the others), ``kind``, ``sign``, ``name_zh``,
        ``name_en``, ``status``, ``certainty``, ``in_document`` (bool), ``located`` (bool),
        ``adcodes`` (tuple of the districts or cities stated), ``precision`` (of a point), ``lon``,
        ``lat`` (label point, NaN where unpublished) and ``geometry``: the districts' union in full
        detail, the point, the line, the outline, or an empty point where unpublished.

    Examples
    --------
    >>> elements_frame(layout("gd-2023-plan"))[["number", "kind", "name_zh"]].head(2)
               number  kind name_zh
    element
    guangzhou       1  core      广州
    shenzhen        2  core      深圳
    """
    rows = layout.elements
    shapes = [geometry(layout, each) for each in rows]
    labels = np.array([_label(layout, each) for each in rows], dtype=np.float64).reshape(-1, 2)
    counted = [each.located and each.kind in {"core", "node"} for each in rows]
    numbered = np.array(counted, dtype=bool)
    return gpd.GeoDataFrame(
        {
            "number": pd.Series(np.cumsum(numbered), dtype="Int64").where(numbered).array,
            "kind": [each.kind for each in rows],
            "sign": [each.sign for each in rows],
            "name_zh": [each.name_zh for each in rows],
            "name_en": [each.name_en for each in rows],
            "status": [each.status for each in rows],
            "certainty": [each.certainty for each in rows],
            "in_document": [each.in_document for each in rows],
            "located": [each.located for each in rows],
            "adcodes": [each.extent.districts for each in rows],
            "precision": [
                each.extent.point.precision if each.extent.point else "" for each in rows
            ],
            "lon": labels[:, 0],
            "lat": labels[:, 1],
        },
        index=pd.Index([each.id for each in rows], name="element"),
        geometry=shapes,
        crs=frames.WGS84,
    )


def geometry(layout: Layout, element: Element) -> shapely.Geometry:
    """Return an element's place in WGS84 degrees; an empty point where unpublished."""
    extent = element.extent
    if extent.districts:
        return _union(layout.area, extent.districts)[0]
    if extent.axis:
        return shapely.LineString(extent.axis)
    if extent.outline:
        return shapely.Polygon(extent.outline)
    return shapely.Point(extent.point.lon, extent.point.lat) if extent.point else shapely.Point()


def _label(layout: Layout, element: Element) -> tuple[float, float]:
    extent = element.extent
    if extent.districts:
        return _union(layout.area, extent.districts)[1]
    if extent.axis:
        middle = shapely.LineString(extent.axis).interpolate(0.5, normalized=True)
        return middle.x, middle.y
    if extent.outline:
        within = shapely.point_on_surface(shapely.Polygon(extent.outline))
        return within.x, within.y
    return (extent.point.lon, extent.point.lat) if extent.point else (np.nan, np.nan)


@own_regions.by_region
def _union(
    area: str | tuple[str, ...], codes: tuple[str, ...]
) -> tuple[shapely.Geometry, tuple[float, float]]:
    """Return the union of districts, given by their codes or their cities', and its label."""
    units = boundaries.districts(area)
    members = units[units.index.isin(codes) | units["city_adcode"].isin(codes)]
    union = shapely.coverage_union_all(members.geometry.to_numpy())
    label = county_units.label_points(gpd.GeoSeries([union], crs=units.crs)).iloc[0]
    return union, (float(label["lon"]), float(label["lat"]))
