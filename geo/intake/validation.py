"""The rows of a file that can be kept, where they are, and what is wrong with the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pandera.pandas as pa
import shapely

from geo.checks.frames import WGS84
from geo.facts import precision
from geo.files import rows as file_rows
from geo.intake import cells, columns, duplicates, faults, found, placing, positions
from geo.intake.faults import Faults

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.china.datum import Datum
    from geo.intake.columns import Columns, Field
    from geo.intake.plan import Plan
    from geo.intake.table import RawTable

DERIVED: Final = ("id", "row", "name", "adcode", "district", "city_adcode", "city", "precision")
"""What every kept row has besides the columns of its file."""

TOTALS: Final = r"(合计|总计|小计|共计|总数|total|subtotal|sum)[:：]?"
"""First words of a row that sums up the others."""

FOOTNOTES: Final = (
    r"(注|备注|说明|附注|数据来源|资料来源|来源|制表|填表|note|notes|source)\s*\d*\s*[:：].*"
)
"""First words of a row that says something of the table."""

AMOUNTS: Final[Mapping[Field, pa.Check]] = {
    "opened_year": pa.Check.in_range(1840, 2100),
    "area_m2": pa.Check.in_range(1, 1e9),
}
"""What a year and an area in square metres can be."""

BARE_M2: Final[Mapping[str, float]] = {"m2": 1.0, "ten_thousand_m2": 1e4, "mu": 2000 / 3}
"""Units of `Treatments.bare_area` in square metres; the heading's is not among them."""


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What became of a file: ``len(kept) + len(rejected)`` is what was read.

    Attributes
    ----------
    kept
        Points in WGS84, empty where a row is known by its district alone. :data:`DERIVED`, then
        the columns of the file; a column that is called as one of those has ``_`` behind.
    rejected
        ``row``, ``reason`` (code), then the columns of the file.
    faults
        ``row``, ``column``, ``value``, ``code``: everything that was mended, left out or refused.
    pairs, stacks
        Rows that may be one place, and points of many names, see `geo.intake.duplicates`.
    """

    kept: gpd.GeoDataFrame
    rejected: pd.DataFrame
    faults: pd.DataFrame
    pairs: pd.DataFrame
    stacks: pd.DataFrame

    @property
    def read(self) -> int:
        """How many rows the file has."""
        return len(self.kept) + len(self.rejected)


def take_in(
    table: RawTable, plan: Plan, *, progress: Callable[[float], object] = lambda _: None
) -> Intake:
    """Return the rows of a file with their positions and districts, and every fault.

    Parameters
    ----------
    table
        The file as it was read.
    plan
        How it is to be understood.
    progress
        Told the share of the work that is done, 0 to 1.

    Returns
    -------
    Intake
        Every row of the file is either kept or rejected.

    Raises
    ------
    RefusedFileError
        Where the file as a whole cannot be placed.
    """
    noted = Faults()
    for each in table.faults:
        rows = pd.Series(table.cells.index == each.row, table.cells.index)
        noted.note(rows, each.column, each.code, pd.Series(each.value, table.cells.index))
    progress(0.05)
    facts = _facts(table, plan, noted)
    stated = positions.stated(table, plan.columns, noted, treatments=plan.treatments)
    progress(0.3)
    placed = positions.to_wgs84(stated, _datums(table, plan, noted))
    placed = found.added(placed, plan.found)
    progress(0.45)
    facts = facts.join(placing.place(placed, table, plan, noted))
    progress(0.75)
    told = noted.table()
    reasons = faults.reasons(told)
    kept = _kept(table, facts[~facts.index.isin(reasons.index)], plan)
    rejected = table.cells.loc[reasons.index].copy()
    rejected.insert(0, "reason", reasons.to_numpy())
    progress(0.9)
    located = kept.set_index("row")
    lon, lat = located.geometry.x, located.geometry.y
    return Intake(
        kept=kept,
        rejected=rejected.rename_axis("row"),
        faults=told,
        pairs=duplicates.pairs(located["name"], lon, lat),
        stacks=duplicates.stacks(located["name"], lon, lat),
    )


def _column(table: RawTable, held: Columns, name: Field) -> pd.Series | None:
    return table.cells[held[name]] if name in held else None


def _facts(table: RawTable, plan: Plan, noted: Faults) -> pd.DataFrame:
    """Return name and id of each row, and note what its other cells should have been."""
    held = plan.columns
    frame = pd.DataFrame(index=table.cells.index)
    named = _column(table, held, "name")
    frame["name"] = cells.text(named) if named is not None else pd.NA
    first = _first_cells(table.cells)
    total = first.str.fullmatch(TOTALS, case=False).fillna(value=False)
    noted.note(total, "", "total", first)
    footnote = first.str.fullmatch(FOOTNOTES, case=False).fillna(value=False)
    noted.note(footnote, "", "footnote", first)
    total |= footnote
    if named is not None:
        noted.note(frame["name"].isna() & ~total, held["name"], "no_name", frame["name"])
    ids = _column(table, held, "id")
    own = cells.text(ids) if ids is not None else pd.Series(pd.NA, frame.index, dtype="string")
    usable = own.notna().all() and own.is_unique
    frame["id"] = own if usable else frame.index.astype("string")
    if ids is not None:
        noted.note(own.duplicated(keep=False) & own.notna(), held["id"], "repeated_id", own)
    for field, check in AMOUNTS.items():
        column = _column(table, held, field)
        if column is not None:
            amounts = amount(column, field, bare=plan.treatments.bare_area)
            written = cells.text(column)
            wrong = (amounts.isna() & written.notna()) | failing(amounts, check)
            noted.note(wrong, held[field], f"no_{field}", written)
    areas = _column(table, held, "area_m2")
    if areas is not None:
        own = cells.with_unit(areas)
        if own.any() and cells.numbers(areas[~own]).notna().any():
            code = plan.treatments.code("bare_area")
            noted.note(own, held["area_m2"], code, cells.text(areas))
    return frame


def _first_cells(frame: pd.DataFrame) -> pd.Series:
    """Return the first cell of each row that is not empty, as text."""
    first = pd.Series(pd.NA, frame.index, dtype="string")
    for name in map(str, frame):
        empty = first.isna()
        if not empty.any():
            break
        first = first.mask(empty, cells.text(frame.loc[empty, name]))
    return first


def amount(column: pd.Series, field: Field, *, bare: str = "headed") -> pd.Series:
    """Return the years or areas of a column, see :data:`AMOUNTS`.

    Parameters
    ----------
    column
        As the file has it.
    field
        Which of both.
    bare
        What areas without a unit are in, see `geo.intake.treatments`.
    """
    if field == "opened_year":
        return cells.years(column)
    return cells.areas_m2(column, heading=str(column.name), bare=BARE_M2.get(bare))


def failing(amounts: pd.Series, check: pa.Check) -> pd.Series:
    """Return which amounts do not fulfil a check."""
    try:
        pa.SeriesSchema(float, check, nullable=True).validate(amounts, lazy=True)
    except pa.errors.SchemaErrors as error:
        return pd.Series(amounts.index.isin(error.failure_cases["index"]), amounts.index)
    return pd.Series(data=False, index=amounts.index)


def _datums(table: RawTable, plan: Plan, noted: Faults) -> pd.Series | Datum:
    column = _column(table, plan.columns, "datum")
    if column is None:
        return plan.datum
    written = cells.half_width(column)
    kinds = written.map(columns.plain, na_action="ignore").map(columns.datums()).astype("string")
    noted.note(kinds.isna() & written.notna(), plan.columns["datum"], "no_datum", written)
    return kinds.fillna(plan.datum)


def _alike(column: pd.Series, derived: pd.Series) -> bool:
    return bool(cells.text(column).eq(derived).all())


def _kept(table: RawTable, facts: pd.DataFrame, plan: Plan) -> gpd.GeoDataFrame:
    own = table.cells.loc[facts.index]
    frame = facts.rename_axis("row").reset_index()
    located = frame["lon"].notna().to_numpy()
    points = np.full(len(frame), None, dtype=object)
    points[located] = shapely.points(frame.loc[located, ["lon", "lat"]].to_numpy())
    frame.loc[~located, "precision"] = precision.UNKNOWN
    known = frame[list(DERIVED)]
    if plan.found:
        source = frame["row"].map(found.table(plan.found)["source"]).astype("string")
        known = known.assign(**{found.LOCATED_BY: source.where(located)})
    # A column of the file that says the same under the same name is that column.
    same = [name for name in ("name", "id") if name in own and _alike(own[name], facts[name])]
    own = own.drop(columns=same)
    taken = [*DERIVED, found.LOCATED_BY, "geometry"]
    names = {}
    for name in own:
        names[name] = file_rows.free(str(name), taken=taken)
        taken.append(names[name])
    columns = own.rename(columns=names).reset_index(drop=True)
    return gpd.GeoDataFrame(pd.concat([known, columns], axis=1), geometry=points, crs=WGS84)
