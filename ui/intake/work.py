"""What is made of the file, each thing once for each set of choices, see `ui.intake.draft`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from geo.china.datum import DATUMS
from geo.intake import cells, columns, datum_hint, placing, positions, readers, regions, validation
from geo.intake.faults import Faults
from geo.intake.plan import Plan
from ui.intake import draft as drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from geo.china.datum import Datum
    from geo.intake.columns import Columns
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


def choices(draft: Draft) -> tuple[object, ...]:
    """Return all that is chosen of how the file is understood."""
    return (
        *(*_of(draft, held_columns(draft)), datum(draft), region(draft)),
        *(draft.treatments, draft.found),
    )


def _of(draft: Draft, held: Columns) -> tuple[object, ...]:
    return (draft.number, draft.reading, tuple(held.items()))
