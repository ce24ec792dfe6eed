"""A table of positions filled in for rows that had none: joined by the row's number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import pandas as pd

from geo.intake import cells, columns, positions, template, words
from geo.intake.faults import Faults
from geo.intake.found import Found

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.china.datum import Datum
    from geo.intake.columns import Field
    from geo.intake.table import RawTable
    from geo.settings import Language

ROW: Final = {"zh": "行", "en": "row"}
ROWS: Final = ("行", "行号", "row")
"""Headings of the row's number."""

Refusal = Literal["unknown_row", "other_name", "no_position", "repeated"]
"""Why a line of the table is not taken: the list has no such row without a position, the row is
called otherwise, the line says no position that can be read, or its row came before."""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What was taken of a table.

    Attributes
    ----------
    found
        The positions that rows get.
    refused
        Numbers, as they are written, of the lines that are not taken, by why.
    empty
        How many lines were left empty.
    """

    found: tuple[Found, ...]
    refused: dict[Refusal, tuple[str, ...]]
    empty: int


def table(unplaced: pd.DataFrame, lang: Language, *, address: str = "") -> pd.DataFrame:
    """Return the table to fill in: number, name and place of each row, and two empty columns.

    Parameters
    ----------
    unplaced
        The rows, see `geo.intake.outcome.unplaced`.
    lang
        Of its headings, by which it is read again.
    address
        The column that holds addresses; empty where there is none.
    """
    known: dict[Field, str] = {"name": "name", "city": "city", "district": "district"}
    if address:
        known["address"] = address
    frame = pd.DataFrame({ROW[lang]: unplaced["row"]})
    for field, column in known.items():
        frame[template.heading(field, lang)] = unplaced[column]
    empty: tuple[Field, ...] = ("lon", "lat")
    for field in empty:
        frame[template.heading(field, lang)] = pd.Series(pd.NA, frame.index, dtype="string")
    return frame


def read(filled: RawTable, kept: gpd.GeoDataFrame, *, datum: Datum) -> Filled:
    """Return the positions that a table says for rows without one.

    Parameters
    ----------
    filled
        The table: a column with the row's number, and positions as a list has them.
    kept
        The rows of the list: those without a position take one.
    datum
        Of positions in lines that name none.

    Raises
    ------
    RefusedFileError
        Where it has no numbers of rows, or no positions.
    """
    held = columns.recognise(filled.cells)
    numbered = [each for each in filled.cells if columns.plain(str(each)) in ROWS]
    if not numbered:
        words.refuse("no_row_numbers", file=filled.file)
    plain = {field: name for field, name in held.items() if name != numbered[0]}
    if filled.geometry is None and not plain.keys() & {"lon", "position", "geometry"}:
        words.refuse("no_filled_positions", file=filled.file)
    placed, written = _placed(filled, plain, datum)
    shown = cells.text(filled.cells[numbered[0]]).fillna("")
    numbers = cells.numbers(filled.cells[numbered[0]])
    names = kept.set_index("row")["name"]
    away = names[(kept.geometry.isna() | kept.geometry.is_empty).to_numpy()]
    said = cells.text(filled.cells[plain["name"]]) if "name" in plain else None
    refused: dict[Refusal, tuple[str, ...]] = {}
    found: list[Found] = []
    taken: set[float] = set()

    def refuse(why: Refusal, number: object) -> None:
        refused[why] = (*refused.get(why, ()), str(number))

    for line in filled.cells.index[written.to_numpy()]:
        number, place = numbers[line], placed.loc[line]
        if pd.isna(number) or number not in away.index:
            refuse("unknown_row", shown[line])
        elif said is not None and pd.notna(said[line]) and not _alike(said[line], away[number]):
            refuse("other_name", shown[line])
        elif pd.isna(place["lon"]):
            refuse("no_position", shown[line])
        elif number in taken:
            refuse("repeated", shown[line])
        else:
            taken.add(number)
            found.append(
                Found(
                    row=int(number),
                    lon=float(place["lon"]),
                    lat=float(place["lat"]),
                    precision=place["precision"],
                    source=filled.file,
                )
            )
    return Filled(found=tuple(found), refused=refused, empty=int((~written).sum()))


def _placed(
    filled: RawTable, held: columns.Columns, datum: Datum
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the positions in WGS84, and which lines say any."""
    stated = positions.stated(filled, held, Faults())
    kinds: pd.Series | Datum = datum
    if "datum" in held:
        known = cells.half_width(filled.cells[held["datum"]]).map(columns.plain, na_action="ignore")
        kinds = known.map(columns.datums()).astype("string").fillna(datum)
    written = stated["lon"].notna()
    for field in columns.POSITIONS:
        if field in held:
            written |= cells.text(filled.cells[held[field]]).notna()
    return positions.to_wgs84(stated, kinds), written


def _alike(one: object, other: object) -> bool:
    return columns.plain(str(one)) == columns.plain(str(other))
