"""The catalogue: sites, districts' figures, words and policy targets, read from ``data/``.

Everything is read and validated at once, the first time anything is asked for, and kept for the
life of the process. Either all of it is sound or :class:`geo.errors.DataError` lists every fault;
there is no half a catalogue. Each call returns a copy, which callers may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from geo import memory
from geo import settings as environment
from geo.checks import frames, toml
from geo.errors import DataError, InputError, UnknownRegionError
from geo.facts import cross_checks, own_regions, schemas, toml_files

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import pandas as pd

CORE: Final = "core"
WIDE: Final = "wide"
SCOPES: Final = (CORE, WIDE)
"""Creative sites, and these with technology and start-up parks."""

Field = schemas.PlaceField | schemas.SiteField | schemas.TargetField | schemas.RecordField


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All tables of ``data/``, validated.

    Attributes
    ----------
    tables
        Each table by the name of its file.
    date
        When the facts were last looked through.
    basemaps
        The online base maps on offer, by key.
    """

    tables: dict[str, pd.DataFrame]
    date: date
    basemaps: dict[str, toml_files.ListedBasemap]


def read(data_dir: Path) -> Catalogue:
    """Read and validate a whole data directory.

    Parameters
    ----------
    data_dir
        Directory with the files that ``data/README.md`` describes.

    Returns
    -------
    Catalogue
        All tables.

    Raises
    ------
    DataError
        With every fault of every file.
    """
    shown = environment.shown(data_dir)
    read_tables = {
        name: schemas.read(data_dir / f"{name}.csv", name=name, shown=shown)
        for name in schemas.SCHEMAS
    }
    cross_checks.check(read_tables)
    faults: list[str] = []
    stated = _toml(data_dir / toml_files.CATALOGUE, toml_files.CatalogueDate, faults)
    basemaps = _toml(data_dir / toml_files.BASEMAPS, toml_files.Basemaps, faults)
    for table in read_tables.values():
        faults.extend(table.faults)
    if faults or stated is None or basemaps is None:
        raise DataError(faults)
    sound = {name: table.frame for name, table in read_tables.items()}
    return Catalogue(sound, stated.date, basemaps.root)


def _toml(path: Path, model: type[toml.Model], faults: list[str]) -> toml.Model | None:
    """Return what a TOML file holds; nothing, and its faults added, where it is not sound."""
    found = toml.read(path, model, name=f"{environment.shown(path.parent)}/{path.name}")
    if isinstance(found, list):
        faults += found
        return None
    return found


@memory.by_facts
def _catalogue() -> Catalogue:
    return read(environment.current().data)


def check(data_dir: Path | None = None) -> None:
    """Read and validate everything, so that a damaged file stops the start-up.

    Parameters
    ----------
    data_dir
        Another data directory than the project's own.

    Raises
    ------
    DataError
        With every fault of every file, one a line: file, row (the header is row 1), id, column,
        what was found and what was expected.
    """
    if data_dir is None:
        _catalogue()
    else:
        read(data_dir)


def _table(name: str) -> pd.DataFrame:
    return _catalogue().tables[name].copy(deep=False)


def catalogue_date() -> date:
    """Return the day the facts were last looked through."""
    return _catalogue().date


def basemaps() -> dict[str, toml_files.ListedBasemap]:
    """Return the online base maps that ``data/basemaps.toml`` describes, by key."""
    return dict(_catalogue().basemaps)


def regions() -> pd.DataFrame:
    """Return the regions in display order.

    Returns
    -------
    DataFrame
        Index ``id``; columns as in ``data/README.md``, with ``prefectures`` (adcodes) and
        ``levels`` (``district``, ``city``) as tuples.
    """
    frame = _table("regions").set_index("id")
    for column in ("prefectures", "levels"):
        frame[column] = [tuple(cell.split(schemas.SEPARATOR)) for cell in frame[column]]
    return frame


def sites(region: str | None = None, *, scope: str = CORE) -> gpd.GeoDataFrame:
    """Return the sites: parks, bases, design centres, service centres, creative streets.

    Parameters
    ----------
    region
        Id of a region, or of one that somebody brought (`geo.facts.own_regions`); all regions of
        the catalogue where omitted.
    scope
        ``core``, or ``wide`` for technology and start-up parks as well.

    Returns
    -------
    GeoDataFrame
        WGS84 points, empty where the position is unknown; columns as in ``data/README.md``.
        ``district`` is the present name of the unit of ``adcode``, ``district_listed`` beside it
        the one in the source.

    Raises
    ------
    UnknownRegionError
        If there is no such region.
    InputError
        If there is no such scope.

    Examples
    --------
    >>> from geo import catalog
    >>> park = catalog.sites("shanghai").set_index("name_zh").loc["田子坊"]
    >>> park["district"], park["precision"], round(park.geometry.x, 2), round(park.geometry.y, 2)
    ('黄浦区', 'building', 121.46, 31.21)
    """
    if scope not in SCOPES:
        raise InputError(f"scope: found {scope!r}, expected one of {', '.join(SCOPES)}")
    own = own_regions.known(region)
    frame = _located("sites", region) if own is None else own.sites.copy(deep=False)
    return frame if scope == WIDE else frame[frame["scope"] == CORE].reset_index(drop=True)


def venues(region: str | None = None) -> gpd.GeoDataFrame:
    """Return cultural venues: no creative parks, never counted. Columns as :func:`sites`."""
    return _located("venues", region)


def aggregates(region: str | None = None) -> gpd.GeoDataFrame:
    """Return what a document names but is no single site. Columns as :func:`sites` and ``role``."""
    return _located("aggregates", region)


def _located(name: str, region: str | None) -> gpd.GeoDataFrame:
    if own_regions.known(region):
        return _in_region(name, None).head(0)
    return _in_region(name, None if region is None else _known(region))


@memory.by_facts
def _in_region(name: str, region: str | None) -> gpd.GeoDataFrame:
    frame = _table(name)
    if region is not None:
        frame = frame[frame["region"] == region].reset_index(drop=True)
    frame = _named_as_today(frame)
    lon, lat = frame["lon"].to_numpy(np.float64), frame["lat"].to_numpy(np.float64)
    points = np.asarray(shapely.points(lon, lat))
    points[np.isnan(lon)] = shapely.Point()
    return gpd.GeoDataFrame(frame, geometry=points, crs=frames.WGS84)


def _named_as_today(frame: pd.DataFrame) -> pd.DataFrame:
    """Return places with the present names of their districts beside those of the sources."""
    place = list(frame.columns).index("district")
    today = frame["adcode"].map(_table("districts").set_index("adcode")["name_zh"])
    named = frame.rename(columns={"district": "district_listed"})
    named.insert(place, "district", today.astype(frame["district"].dtype))
    return named


def _known(region: str) -> str:
    known = list(_catalogue().tables["regions"]["id"])
    if region not in known:
        raise UnknownRegionError(region, known)
    return region


def sectors() -> pd.DataFrame:
    """Return the sectors: index ``code``; ``name_zh``, ``name_en``, ``family``."""
    return _table("sectors").set_index("code")


def families() -> pd.DataFrame:
    """Return the sector families in display order: index ``key``; names, short names, colours."""
    return _table("families").set_index("key")


def vocabulary(field: Field) -> pd.DataFrame:
    """Return the codes of a field in display order.

    Parameters
    ----------
    field
        Of places ``kind``, ``scope`` (of sites), ``level``, ``status``, ``precision`` or
        ``evidence``; of targets ``theme``, ``unit`` or ``period``; of the record of changes
        ``reason`` or ``table``.

    Returns
    -------
    DataFrame
        Index ``code``; ``name_zh``, ``name_en``; for ``kind`` also ``many_en``, the word for
        several; for ``precision`` also ``radius_m``, the radius of uncertainty in metres, infinite
        where only the district is known.

    Raises
    ------
    InputError
        If there is no such field.

    Examples
    --------
    >>> vocabulary("precision")["radius_m"].to_dict()
    {'building': 50.0, 'street': 500.0, 'district': 3000.0, 'none': inf}
    """
    if field not in schemas.FIELDS:
        raise InputError(f"unknown field {field!r}: expected one of {', '.join(schemas.FIELDS)}")
    return _words(field)


@memory.by_facts
def _words(field: Field) -> pd.DataFrame:
    words = _table("vocabulary")
    words = words[words["field"] == field].set_index("code").drop(columns="field")
    own = {"kind": "many_en", "precision": "radius_m"}
    return words.drop(columns=[name for name in own.values() if name != own.get(field)])


def milestones() -> pd.DataFrame:
    """Return dates of sites that are no opening years: ``site``, ``event``, ``level``, ``year``."""
    return _table("milestones")


def targets() -> pd.DataFrame:
    """Return the figures that policy documents set or report: index ``id``."""
    return _table("targets").set_index("id")


def reported() -> pd.DataFrame:
    """Return how many parks, bases and centres authorities report: index ``id``.

    Returns
    -------
    DataFrame
        ``region``, ``city_adcode``, ``kind``, ``level``, ``covers``, ``target``, ``name_zh``,
        ``name_en``, ``value``, ``year``, ``source``, ``note``; those of a target are the target's.
    """
    frame, known = _table("reported").set_index("id"), targets()
    for column, there in {
        **{f"name_{lang}": f"indicator_{lang}" for lang in ("zh", "en")},
        **{same: same for same in ("value", "year", "source")},
    }.items():
        stated = frame["target"].map(known[there]).astype(frame[column].dtype)
        frame[column] = frame[column].fillna(stated)
    return frame


def documents() -> pd.DataFrame:
    """Return the policy documents: index ``id``."""
    return _table("documents").set_index("id")


def district_facts() -> pd.DataFrame:
    """Return the facts of every district of the regions: index ``adcode``.

    Its residents are those of :func:`census`, for whatever outline they were counted.
    """
    return _table("districts").set_index("adcode").join(census().drop(columns="name_zh"))


def census() -> pd.DataFrame:
    """Return the residents of every county-level unit of China as counted: index ``adcode``.

    They may be those of another outline: ``population_comparable`` is "yes", "uncertain" or
    "no", and ``population_note`` says why. :func:`geo.facts.boundaries.districts` joins no figure
    that is not comparable.

    Returns
    -------
    DataFrame
        ``name_zh``, ``population``, ``population_year``, ``population_comparable``,
        ``population_note``, ``population_source``; missing where nobody was counted apart.
    """
    return _sourced("census", "population_source").set_index("adcode")


def areas() -> pd.DataFrame:
    """Return the land areas of the units that :func:`district_facts` does not have.

    Returns
    -------
    DataFrame
        Index ``adcode``: ``area_land_km2``, ``area_year``, ``area_source``; ``area_use``,
        "polygon" where the figure contradicts the outline and is not used.
    """
    return _sourced("areas", "area_source").set_index("adcode").drop(columns="name_zh")


def census_zones() -> pd.DataFrame:
    """Return what the census counts apart from the units it lies in: index ``name_zh``.

    Returns
    -------
    DataFrame
        ``province_zh``, ``city_zh``, ``population``, ``population_year``; ``lies_in``, the share
        (0-1) of its area in each unit by adcode; ``added_to``, the unit of :func:`census` whose
        residents hold those of the zone, if any; ``population_source``.
    """
    frame = _sourced("census_zones", "population_source").set_index("name_zh")
    frame["lies_in"] = frame["lies_in"].astype(object).map(_shares)
    return frame


def _shares(cell: str) -> dict[str, float]:
    """Return the shares (0-1) that a cell gives in percent by adcode."""
    pairs = (part.split(":") for part in cell.split(schemas.SEPARATOR))
    return {adcode: int(percent) / 100 for adcode, percent in pairs}


@memory.by_facts
def _sourced(name: str, column: str) -> pd.DataFrame:
    """Return a table with the sources that it names by id in a column of their own."""
    frame, sources = _table(name), _table("sources").set_index("id")["source"]
    frame[column] = frame.pop("source_id").map(sources).astype("string")
    return frame


def city_facts() -> pd.DataFrame:
    """Return the figures of Guangdong's prefecture cities: index ``adcode``."""
    return _table("cities").set_index("adcode")


def changes() -> pd.DataFrame:
    """Return the record of changes in order; columns as in ``data/README.md``."""
    return _table("changes")


def wording() -> pd.DataFrame:
    """Return the remarks of the tables in both languages: index ``text``; ``zh``, ``en``."""
    return _table("wording").set_index("text")


def unit_names() -> pd.DataFrame:
    """Return the units of China in Hanyu Pinyin: ``province_zh``, ``name_zh``, ``name_en``."""
    return _table("unit_names")


def columns() -> pd.DataFrame:
    """Return what the columns of downloads mean, in the order of ``data/columns.csv``.

    :mod:`geo.facts.dictionary` looks them up.
    """
    return _table("columns")
