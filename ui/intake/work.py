"""What is made of the file, each thing once for each set of choices, see `ui.intake.draft`."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final, Literal

from geo.china.datum import DATUMS
from geo.errors import RefusedFileError
from geo.facts import own_regions
from geo.intake import (
    cells,
    columns,
    datum_hint,
    decisions,
    own_districts,
    placing,
    positions,
    readers,
    regions,
    validation,
)
from geo.intake.faults import Faults
from geo.intake.own_districts import AreaColumns
from geo.intake.plan import Plan
from geo.intake.table import Reading
from geo.measures import assignment
from ui.intake import area
from ui.intake import draft as drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd

    from geo.china.datum import Datum
    from geo.intake.columns import Columns
    from geo.intake.decisions import Decision
    from geo.intake.own_districts import OwnDistricts
    from geo.intake.table import RawTable
    from geo.intake.validation import Intake
    from ui.intake.draft import Draft

LOOKED_AT: Final = 5_000
"""Rows that the second step tries: of a longer file the first ones, and the page says so."""

PLACED_BY: Final = ("lon", "position", "geometry")
"""Fields that hold a position."""


def table(draft: Draft) -> RawTable:
    """Return the file as a table.

    Raises
    ------
    RefusedFileError
        Where it cannot be read.
    """
    return drafts.made(
        "table",
        (draft.number, draft.reading),
        lambda: readers.read(draft.file, draft.content, reading=draft.reading),
    )


def held_columns(draft: Draft) -> Columns:
    """Return which column holds what: as chosen, else as recognised."""
    chosen = drafts.columns_of(draft)
    if chosen is not None:
        return chosen
    return recognised(draft)


def recognised(draft: Draft) -> Columns:
    """Return which column holds what, as far as the file tells."""
    read = table(draft)
    return drafts.made(
        "recognised", (draft.number, draft.reading), lambda: columns.recognise(read.cells)
    )


def is_placed(draft: Draft) -> bool:
    """Return whether any column, or the file itself, says positions."""
    held = held_columns(draft)
    return table(draft).geometry is not None or any(field in held for field in PLACED_BY)


def sample(draft: Draft) -> RawTable:
    """Return the rows that the second step tries."""
    read = table(draft)
    if len(read.cells) <= LOOKED_AT:
        return read
    return read.rows(slice(LOOKED_AT))


def counts(draft: Draft) -> pd.DataFrame:
    """Return how well each datum fits, see `geo.intake.datum_hint.hint`."""
    held = held_columns(draft)
    return drafts.made(
        "counts",
        _of(draft, held),
        lambda: datum_hint.hint(table(draft), Plan(columns=held)),
    )


def datum(draft: Draft) -> Datum | None:
    """Return the datum in force: as chosen, else as proposed; None where the page must ask."""
    if draft.datum is not None:
        return draft.datum
    # What the file says goes before what is counted; the page tells where these differ.
    if states_crs(draft):
        return DATUMS[0]
    proposed = columns.datum_named(held_columns(draft)) or datum_hint.best(counts(draft))
    if proposed is None and (not is_placed(draft) or not rows_with_datum(draft)[1]):
        return DATUMS[0]
    return proposed


def says_datum(draft: Draft) -> Literal["crs", "heading", "rows", "nothing"]:
    """Return what of the file says the datum of its coordinates."""
    held = held_columns(draft)
    if states_crs(draft):
        return "crs"
    if columns.datum_named(held):
        return "heading"
    return "rows" if rows_with_datum(draft)[0] else "nothing"


def rows_with_datum(draft: Draft) -> tuple[int, int]:
    """Return how many rows name their datum themselves, and how many do not."""
    held = held_columns(draft)
    if "datum" not in held:
        return 0, len(table(draft).cells)

    def count() -> tuple[int, int]:
        written = cells.half_width(table(draft).cells[held["datum"]])
        named = int(written.map(columns.plain, na_action="ignore").isin(columns.datums()).sum())
        return named, len(written) - named

    return drafts.made("named", _of(draft, held), count)


def converts(draft: Draft) -> bool:
    """Return whether any position that the file says is converted to WGS84."""
    geometry, held = table(draft).geometry, held_columns(draft)
    if geometry is not None and geometry.crs is not None:
        return not geometry.crs.is_geographic
    named, left = rows_with_datum(draft)
    usual = datum(draft) not in {None, DATUMS[0]}
    if not named:
        return usual
    written = cells.half_width(table(draft).cells[held["datum"]]).map(columns.plain, "ignore")
    kinds = set(written.map(columns.datums()).dropna())
    return bool(kinds - {DATUMS[0]}) or (usual and left > 0)


def states_crs(draft: Draft) -> bool:
    """Return whether the file itself says which CRS it is in."""
    geometry = table(draft).geometry
    return geometry is not None and geometry.crs is not None


def proposed_region(draft: Draft) -> tuple[str, ...]:
    """Return the region that the rows looked at lie in."""
    held, kind = held_columns(draft), datum(draft)

    def propose() -> tuple[str, ...]:
        plan = Plan(columns=held, datum=kind or DATUMS[0])
        found = validation.take_in(sample(draft), plan)
        return regions.proposed(found.kept["city_adcode"])

    return drafts.made("region", (*_of(draft, held), kind), propose)


def region(draft: Draft) -> tuple[str, ...]:
    """Return the region in force: as chosen, else as proposed."""
    return proposed_region(draft) if draft.region is None else draft.region


def plan(draft: Draft) -> Plan:
    """Return how the file is to be understood."""
    units = {unit: None for code in region(draft) for unit in placing.region_of(code)}
    return Plan(
        columns=held_columns(draft),
        datum=datum(draft) or DATUMS[0],
        region=tuple(units),
        treatments=draft.treatments,
        found=draft.positions,
    )


def tried(draft: Draft) -> Intake:
    """Return what becomes of the rows looked at."""
    return drafts.made(
        "tried", choices(draft), lambda: validation.take_in(sample(draft), plan(draft))
    )


def stated(draft: Draft) -> pd.DataFrame:
    """Return the positions of the rows looked at as the file has them."""
    held = held_columns(draft)
    return drafts.made(
        "stated", _of(draft, held), lambda: positions.stated(sample(draft), held, Faults())
    )


def intake(draft: Draft, progress: Callable[[float], object]) -> Intake:
    """Return what becomes of the file."""
    if len(table(draft).cells) <= LOOKED_AT:
        return tried(draft)
    return drafts.made(
        "intake",
        choices(draft),
        lambda: validation.take_in(table(draft), plan(draft), progress=progress),
    )


def decided(draft: Draft, intake: Intake) -> tuple[Decision, ...]:
    """Return the decisions on pairs that are still there, however the rows were placed since."""
    return decisions.standing(intake.pairs, draft.decisions)


def area_table(draft: Draft) -> RawTable | None:
    """Return the file of areas as a table; None where there is no such file.

    Raises
    ------
    RefusedFileError
        Where it cannot be read.
    """
    held = draft.areas
    if held is None:
        return None
    return drafts.made(
        "area_table",
        (held.number, held.layer),
        lambda: readers.read(held.file, held.content, reading=Reading(layer=held.layer)),
    )


def area_columns(draft: Draft) -> AreaColumns:
    """Return which column of the file of areas holds what: as chosen, else as recognised.

    Raises
    ------
    RefusedFileError
        Where it cannot be read.
    """
    read, held = area_table(draft), draft.areas
    if read is None or held is None:
        return AreaColumns()
    if held.columns is not None:
        return held.columns
    return drafts.made(
        "area_columns", (held.number, held.layer), lambda: own_districts.recognised(read)
    )


def surveyed(draft: Draft) -> OwnDistricts | None:
    """Return the areas with all that is wrong; None where there is no such file.

    Raises
    ------
    RefusedFileError
        Where it has none.
    """
    read, held = area_table(draft), draft.areas
    if read is None or held is None:
        return None
    columns_ = area_columns(draft)
    return drafts.made(
        "areas", (held.number, held.layer, columns_), lambda: own_districts.survey(read, columns_)
    )


def areas(draft: Draft) -> gpd.GeoDataFrame | None:
    """Return the areas that stand in place of the districts; None where the districts stand."""
    try:
        found = surveyed(draft)
    except RefusedFileError:
        return None
    return None if found is None else found.areas


def area_of(draft: Draft, kept: gpd.GeoDataFrame) -> pd.Series | None:
    """Return the area of one's own that each row lies in; None where the districts stand."""
    own = areas(draft)
    return None if own is None else assignment.by_position(kept, own)


def area_region(draft: Draft, kept: gpd.GeoDataFrame) -> str | None:
    """Return the id of the region that the areas make, for the map; None without areas.

    The process knows it while the reader is at work; no page leads to it.
    """
    own, held = areas(draft), draft.areas
    if own is None or held is None:
        return None
    id_ = drafts.made(
        "area_region",
        (held.number, held.layer, area_columns(draft), region(draft)),
        lambda: f"{own_regions.PREFIX}draft-{secrets.token_urlsafe(16)}",
    )
    if not own_regions.is_open(id_):
        units = plan(draft).region or area.units_of(kept["city_adcode"])
        made = own_regions.OwnRegion(id=id_, name="", units=units, sites=kept.head(0), areas=own)
        own_regions.remember(made)
    return id_


def choices(draft: Draft) -> tuple[object, ...]:
    """Return all that is chosen of how the file is understood."""
    return (
        *(*_of(draft, held_columns(draft)), datum(draft), region(draft)),
        *(draft.treatments, draft.found),
    )


def _of(draft: Draft, held: Columns) -> tuple[object, ...]:
    return (draft.number, draft.reading, tuple(held.items()))
