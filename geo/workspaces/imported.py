"""A workspace that somebody brings as a file: read, and held against what the pages work on.

An exported file may have been changed by any program since, or be made by anybody.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import pandas as pd

from geo.china import county_units
from geo.errors import InputError, WorkspaceFileError
from geo.facts import catalog, own_population, own_regions, schemas
from geo.geometry.lonlat import with_empty_points
from geo.measures import residents
from geo.networks import packed
from geo.workspaces import geopackage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.workspaces.content import Workspace

CODED: Final[tuple[catalog.Field, ...]] = (
    "kind",
    "scope",
    "level",
    "status",
    "precision",
    "evidence",
)
SHOWN: Final = 5
"""Faulty values that a message repeats."""
LONGEST: Final = 40


def imported(file: bytes) -> Workspace:
    """Return the workspace of an exported file, as one that the pages can show.

    Raises
    ------
    WorkspaceFileError
        As `geo.workspaces.geopackage.import_`, and where a page could not show it: which table,
        which column, what was found.
    """
    content = geopackage.import_(file)
    known = county_units.units().index
    _refuse("region", "adcode", (code for code in content.region if code not in known))
    if not content.region:
        raise WorkspaceFileError("region: empty; expected adcodes of county-level units")
    areas = None if content.boundaries is None else _areas(content.boundaries)
    homes = known if areas is None else known.union(pd.Index(areas["adcode"]))
    _check_brought(content)
    return replace(content, sites=_sites(content.sites, homes), boundaries=areas, settled=())


def _sites(frame: gpd.GeoDataFrame, homes: pd.Index) -> gpd.GeoDataFrame:
    """Return sites with the columns and types that pages work on; others stay as they are."""
    usual = catalog.sites().drop(columns="geometry").dtypes
    kinds = sorted(set(frame.geometry.geom_type.dropna()) - {"Point"})
    _refuse("sites", "geometry", kinds)
    _complete("sites", frame, usual.index)
    points = with_empty_points(frame.geometry)
    own = pd.DataFrame(frame.drop(columns=frame.geometry.name)).assign(lon=points.x, lat=points.y)
    try:
        own = own.astype(usual.to_dict())
    except (ValueError, TypeError) as error:
        raise WorkspaceFileError(f"sites: {error}; expected what was exported") from error
    _identified("sites", own["id"])
    for name in ("name_zh", "name_en"):
        own[name] = own[name].fillna(own["id"])
    for field in CODED:
        words = catalog.vocabulary(field).index
        _refuse("sites", field, own[field][~own[field].isin(words)].fillna("").unique())
    sectors = own["sectors"].fillna("").str.split(schemas.SEPARATOR).explode()
    _refuse("sites", "sectors", sectors[~sectors.isin(catalog.sectors().index)].unique())
    _refuse("sites", "adcode", own["adcode"][~own["adcode"].isin(homes)].dropna().unique())
    return gpd.GeoDataFrame(own, geometry=points)


def _areas(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return areas with the columns that pages work on."""
    _complete("boundaries", frame, ["adcode", "name_zh"])
    shapes = frame.geometry
    flat = shapes.geom_type.isin(["Polygon", "MultiPolygon"]) & shapes.is_valid & ~shapes.is_empty
    if frame.empty or not flat.all():
        raise WorkspaceFileError("boundaries, geometry: expected sound polygons")
    _identified("boundaries", frame["adcode"])
    labels = frame["adcode"].astype("str")
    _refuse("boundaries", "adcode", labels[labels.map(own_regions.label) != labels])
    numbers = {
        name: pd.to_numeric(frame[name], errors="coerce")
        for name in ("population", "area_land_km2")
        if name in frame
    }
    named = frame["name_zh"].astype("string").fillna(frame["adcode"].astype("string"))
    return frame.assign(adcode=frame["adcode"].astype("string"), name_zh=named, **numbers)


def _check_brought(content: Workspace) -> None:
    """Refuse residents at no place or of no amount; streets, shapes and places that are none."""
    try:
        if content.population is not None:
            own = content.population
            residents.People(*own_population.unpack(own.packed, own.places)).check()
        if content.streets is not None:
            packed.unpack(content.streets)
        for shapes in (content.barriers, content.forbidden):
            if shapes is not None:
                packed.unpack_shapes(shapes)
        if content.candidates is not None:
            packed.unpack_places(content.candidates)
    except InputError as error:
        raise WorkspaceFileError(str(error)) from error


def _complete(table: str, frame: pd.DataFrame, columns: Iterable[str]) -> None:
    missing = [name for name in columns if name not in frame]
    if missing:
        raise WorkspaceFileError(f"{table}: no column {', '.join(missing)}; expected it")


def _identified(table: str, ids: pd.Series) -> None:
    if ids.isna().any() or ids.eq("").any() or ids.duplicated().any():
        raise WorkspaceFileError(f"{table}, {ids.name}: empty or repeated; expected one a row")


def _refuse(table: str, column: str, values: Iterable[object]) -> None:
    """Refuse what a column cannot say."""
    found = ", ".join(repr(str(each)[:LONGEST]) for each in [*values][:SHOWN])
    if found:
        raise WorkspaceFileError(f"{table}, {column}: found {found}; expected a known code")
