"""What the record of changes says: what each line is about, and what the facts were before it."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import pandas as pd

from geo import memory, settings
from geo.checks import frames
from geo.errors import DataError
from geo.facts import boundaries, catalog, changes, schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

ABOUT: Final = ("region", "adcode", "name_zh", "name_en")
"""What a line is about, beside its row: empty where it is about a column or a table."""

NAMED_AS: Final = {
    "name_zh": ("name_zh", "title_zh", "indicator_zh"),
    "name_en": ("name_en", "title_en", "indicator_en"),
}
"""Columns that name a row, by the name they have here."""

NUMBERS: Final = ("lon", "lat", "population", "population_year", "area_land_km2", "area_year")
"""Columns that figures are made of."""


@memory.by_facts
def recorded() -> gpd.GeoDataFrame:
    """Return the record in order, each line with what it is about.

    Returns
    -------
    GeoDataFrame
        WGS84, index ``number``, a line's place in the record from 1: the columns of
        ``data/changes.csv``, ``id`` called ``row``, and those of `ABOUT`, all text, missing where
        empty. The geometry is the point of the site as it is known today, None for all else.
    """
    lines = catalog.changes().rename(columns={"id": "row"})
    lines.index = pd.RangeIndex(1, len(lines) + 1, name="number")
    today = _rows_of_today()
    gone = {
        (line["table"], line["row"]): json.loads(line["old"])
        for line in texts(lines)
        if line["reason"] == "removed" and line["row"] and not line["field"]
    }
    about = [_about(line, today, gone) for line in texts(lines)]
    frame = lines.join(pd.DataFrame(about, index=lines.index, columns=list(ABOUT), dtype="string"))
    frame = frame.replace("", pd.NA)
    sites = catalog.sites(scope=catalog.WIDE).set_index("id")
    points = sites.loc[sites["lon"].notna(), "geometry"].reindex(
        frame["row"].where(frame["table"] == "sites", "")
    )
    return gpd.GeoDataFrame(frame, geometry=points.array, crs=frames.WGS84)


def _rows_of_today() -> dict[str, changes.Rows]:
    files = changes.of_today(settings.current().data)
    return {name: changes.rows(name, file) for name, file in files.items()}


def _about(
    line: Mapping[str, str],
    today: Mapping[str, changes.Rows],
    gone: Mapping[tuple[str, str], changes.Cells],
) -> dict[str, str]:
    """Return what a line is about, as its table has it today or had it when the row went."""
    table, key = line["table"], line["row"]
    if not key:
        return dict.fromkeys(ABOUT, "")
    cells = today.get(table, {}).get(key) or gone.get((table, key), {})
    if "site" in cells:
        cells = cells | today["sites"].get(cells["site"], {})
    adcode = cells.get("adcode") or cells.get("city_adcode", "")
    region = line["row"] if line["table"] == "regions" else cells.get("region", "")
    named = {
        name: next((cells[each] for each in columns if cells.get(each)), "")
        for name, columns in NAMED_AS.items()
    }
    return {"region": region or _region_of(adcode, today), "adcode": adcode, **named}


def _region_of(adcode: str, today: Mapping[str, changes.Rows]) -> str:
    """Return the region that a district or a city lies in, empty where it is none of theirs."""
    own = today["districts"].get(adcode, {}).get("region", "")
    held = (
        key for key, cells in today["regions"].items() if adcode in cells["prefectures"].split(";")
    )
    return own or (next(held, "") if adcode else "")


def texts(lines: pd.DataFrame) -> list[dict[str, str]]:
    """Return lines of `recorded` as texts, empty where they hold nothing."""
    columns = [name for name in lines.columns if name != "geometry"]
    cells = lines[columns].fillna("").astype(str).to_numpy()
    return [dict(zip(columns, line, strict=True)) for line in cells]


def release() -> str:
    """Return the version of the last release; empty where the record knows of none."""
    lines = catalog.changes()
    released = lines.loc[lines["reason"] == "released", "new"]
    return "" if released.empty else str(released.iloc[-1])


def since_release() -> gpd.GeoDataFrame:
    """Return the lines of `recorded` after the last release; none where there was no release."""
    lines = recorded()
    released = lines.index[lines["reason"] == "released"]
    after = lines.index > max(released, default=lines.index.max())
    return gpd.GeoDataFrame(lines[after])


def follows_release(text: str) -> bool:
    """Whether a text is a day, YYYY-MM-DD, not before that of the last release."""
    lines = catalog.changes()
    released = lines.loc[lines["reason"] == "released", "date"]
    try:
        day = date.fromisoformat(text).isoformat()
    except ValueError:
        return False
    return day == text and not released.empty and text >= str(released.iloc[-1])


def days() -> tuple[str, ...]:
    """Return the days since the last release on which facts changed, the latest first."""
    return tuple(sorted(set(since_release()["date"]), reverse=True))


def before(region: str, day: str) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return a region's sites of scope core and its districts with the facts of before a day.

    Parameters
    ----------
    region
        Id of a region.
    day
        YYYY-MM-DD, not before the last release.

    Returns
    -------
    sites : GeoDataFrame
        With the columns of ``data/sites.csv``; the geometry of an unplaced site is None.
    districts : GeoDataFrame
        As `boundaries.districts`: outlines are those of today.

    Raises
    ------
    DataError
        If the record does not lead from the last release to today's tables.
    """
    sites, facts, residents = _tables_before(day)
    # What counts is a rule: a site that is told apart today was then what it is.
    today = catalog.sites(scope=catalog.WIDE).set_index("id")["scope"]
    scope = sites["id"].map(today).fillna(sites["scope"]).fillna(catalog.CORE)
    sites = sites[(scope == catalog.CORE) & (sites["region"] == region)].reset_index(drop=True)
    points = gpd.points_from_xy(sites["lon"].fillna(0), sites["lat"].fillna(0))
    placed = gpd.GeoDataFrame(sites, geometry=points, crs=frames.WGS84)
    placed.loc[sites["lon"].isna(), "geometry"] = None
    return placed, boundaries.with_facts(boundaries.districts(region), facts, residents)


def _typed(name: str, file: bytes) -> pd.DataFrame:
    """Return a table with all columns that it has today, and those it had."""
    rows = list(changes.rows(name, file).values())
    columns = dict.fromkeys([*schemas.SCHEMAS[name].columns, *(rows[0] if rows else ())])
    frame = pd.DataFrame(rows, columns=list(columns), dtype="string").replace("", pd.NA)
    numbers = {name: pd.to_numeric(frame[name]) for name in NUMBERS if name in frame}
    return frame.assign(**numbers).rename(columns={"source_id": "population_source"})


@memory.by_view(latest=4)
def _tables_before(day: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return sites, districts and residents as they were before a day; see `before`."""
    lines = _lines()
    later = {each.table for each in lines if each.date >= day and not (each.id or each.field)}
    base = {name: file for name, file in _released().items() if name not in later}
    replayed = changes.replay(base, [line for line in lines if line.date < day])
    sites, districts = (_typed(name, replayed[name]) for name in ("sites", "districts"))
    facts = districts.set_index("adcode")
    if "census" not in replayed:
        return sites, facts, facts
    return sites, facts, _typed("census", replayed["census"]).set_index("adcode")


@memory.by_facts
def _released() -> dict[str, bytes]:
    """Return the tables of the last release, from which the record leads to those of today."""
    folder = settings.current().data
    try:
        base, today = changes.released(folder), changes.of_today(folder)
        missing = changes.missing(changes.replay(base, _lines()), today, date="")
    except (OSError, ValueError, KeyError, StopIteration, zipfile.BadZipFile) as error:
        raise DataError([f"changes.csv: does not fit the last release ({error})"]) from error
    if missing:
        raise DataError([f"changes.csv: lacks {len(missing)} lines of today's tables"])
    return base


def _lines() -> tuple[changes.Change, ...]:
    return changes.since_release(changes.read(settings.current().data))
