"""The addresses of rows without a position: which are asked for, and what their answers say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from geo.china import county_units
from geo.intake import cells, outcome, placing
from geo.intake.found import Found
from geo.intake.geocoders import Outcome, Question
from geo.measures import containment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.intake.geocoding import Answer, Geocoding
    from geo.intake.plan import Plan
    from geo.intake.table import RawTable
    from geo.intake.validation import Intake

Told = Outcome | Literal["elsewhere"]
"""What came of a row's address; ``elsewhere``: a position in another district than its own."""

UNPLACED: Final = "no_place"
"""Why a row is rejected that only its address can place."""


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """What came of the addresses that were asked for.

    Attributes
    ----------
    service
        That was asked.
    found
        The positions that rows get.
    outcomes
        Rows by what came of their address, ``found`` among them.
    sent
        How many questions went to the service; the others it had answered before.
    """

    service: str
    found: tuple[Found, ...]
    outcomes: Mapping[Told, tuple[int, ...]]
    sent: int


def questions(intake: Intake, table: RawTable, plan: Plan) -> dict[int, Question]:
    """Return what would be asked of a service, by row: of each row without a position its address.

    Parameters
    ----------
    intake, table, plan
        What became of the file, the file, and how it was understood.

    Returns
    -------
    dict
        A row that has no address is not in it. The district stands in front of an address that
        does not name it.
    """
    if "address" not in plan.columns:
        return {}
    away = outcome.unplaced(intake.kept).set_index("row")[["city", "district"]]
    lost = intake.rejected.index[intake.rejected["reason"].eq(UNPLACED)]
    rows = pd.concat([away, pd.DataFrame(index=lost, columns=away.columns, dtype="string")])
    written = cells.half_width(table.cells.loc[rows.index, plan.columns["address"]])
    asked = {}
    places = zip(
        rows.index, written, rows["city"].fillna(""), rows["district"].fillna(""), strict=True
    )
    for row, address, city, district in places:
        if pd.notna(address):
            inside = district[:-1] in address if len(district) > 2 else district in address
            text = address if inside else f"{district}{address}"
            asked[int(row)] = Question(address=text, city=city)
    return asked


def lookup(answers: Geocoding, asked: Mapping[int, Question], intake: Intake) -> Lookup:
    """Return what the answers of a service say of the rows.

    A position in another district than the row itself names is not taken: one of both is wrong.

    Parameters
    ----------
    answers
        To all of `asked`.
    asked
        See `questions`.
    intake
        What became of the file.
    """
    of_rows = {row: answers.answers[question] for row, question in asked.items()}
    away = _elsewhere(of_rows, intake)
    told: dict[int, Told] = {
        row: "elsewhere" if row in away else each.reply.outcome for row, each in of_rows.items()
    }
    outcomes: dict[Told, tuple[int, ...]] = {}
    for row, each in told.items():
        outcomes[each] = (*outcomes.get(each, ()), row)
    placed = {row: of_rows[row] for row in outcomes.get("found", ())}
    service = next((each.service for each in of_rows.values()), "")
    sent = {asked[row] for row, each in of_rows.items() if _was_sent(each)}
    found = tuple(_found(row, each) for row, each in placed.items())
    return Lookup(service=service, found=found, outcomes=outcomes, sent=len(sent))


def _was_sent(answer: Answer) -> bool:
    return not answer.kept and answer.reply.outcome != "not_asked"


def _found(row: int, answer: Answer) -> Found:
    reply = answer.reply
    assert reply.lon is not None  # noqa: S101 - a position was found
    assert reply.lat is not None  # noqa: S101
    assert reply.precision is not None  # noqa: S101
    source = " ".join(filter(None, (answer.service, reply.level, answer.answered[:10])))
    return Found(row=row, lon=reply.lon, lat=reply.lat, precision=reply.precision, source=source)


def _elsewhere(of_rows: Mapping[int, Answer], intake: Intake) -> frozenset[int]:
    """Return the rows whose position lies in another district, or city, than they name."""
    found = {row: each.reply for row, each in of_rows.items() if each.reply.outcome == "found"}
    if not found:
        return frozenset()
    units = county_units.units()
    lonlat = np.array([(each.lon, each.lat) for each in found.values()], dtype=float)
    here = placing.holding(lonlat, units)
    kept = intake.kept.set_index("row")
    named = kept["adcode"].reindex(list(found))
    city = kept["city_adcode"].reindex(list(found))
    inside = here != containment.NOWHERE
    adcodes = np.where(inside, units.index.to_numpy()[here], "")
    cities = np.where(inside, units["city_adcode"].to_numpy()[here], "")
    other = (
        (named.notna() & named.ne(pd.Series(adcodes, named.index)))
        | (city.notna() & city.ne(pd.Series(cities, city.index)))
        | ~inside
    )
    return frozenset(int(row) for row in other.index[other.fillna(value=False).to_numpy()])
