"""What a reader decides about rows that may be one place: merged, or both kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from geo.intake import validation

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

Verdict = Literal["merge", "keep"]

MERGED: Final = "merged_rows"
"""Column of the kept rows: the rows of the file that were merged into this one."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One pair decided.

    Attributes
    ----------
    row, other_row
        `other_row` is merged into `row`, whichever stands first in the file, or both are kept.
    verdict
        What was decided.
    named_by
        The row whose name the place has; 0: the one that stays.
    step
        Decisions that were taken at once have the same.
    """

    row: int
    other_row: int
    verdict: Verdict
    named_by: int = 0
    step: int = 0


def together(decisions: Sequence[Decision], taken: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return decisions with further ones, taken at once."""
    step = max((each.step for each in decisions), default=0) + 1
    return (*decisions, *(replace(each, step=step) for each in taken))


def last(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that were taken last, at once."""
    return tuple(each for each in decisions if each.step == decisions[-1].step)


def without_last(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return decisions without those that were taken last, at once."""
    return tuple(each for each in decisions if each.step != decisions[-1].step)


def standing(pairs: pd.DataFrame, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions on pairs that are still there.

    A row that was given another position, or is read in another way, may be near others than
    before: what was decided of it and the former ones is neither true nor false then.
    """
    known = set(map(_key, pairs["row"], pairs["other_row"]))
    return tuple(each for each in decisions if _key(each.row, each.other_row) in known)


def of_kind(pairs: pd.DataFrame, reason: str, verdict: Verdict) -> tuple[Decision, ...]:
    """Return a decision on each pair of a kind: the row that stands first stays.

    Of a row that goes into another nothing more is decided: its pairs are void then.
    """
    chosen = pairs[pairs["reason"].eq(reason)]
    taken, gone = [], set[int]()
    for row, other in zip(chosen["row"], chosen["other_row"], strict=True):
        if row in gone or other in gone:
            continue
        taken.append(Decision(row=int(row), other_row=int(other), verdict=verdict))
        if verdict == "merge":
            gone.add(int(other))
    return tuple(taken)


def undecided(pairs: pd.DataFrame, decisions: Sequence[Decision]) -> pd.DataFrame:
    """Return the pairs that nobody decided on, and that no merged row has made void."""
    decided = {_key(each.row, each.other_row) for each in decisions}
    gone = {each.other_row for each in decisions if each.verdict == "merge"}
    open_ = [
        _key(row, other) not in decided and row not in gone and other not in gone
        for row, other in zip(pairs["row"], pairs["other_row"], strict=True)
    ]
    return pairs[np.array(open_, dtype=bool)]


def merged(kept: gpd.GeoDataFrame, decisions: Sequence[Decision]) -> gpd.GeoDataFrame:
    """Return the kept rows with those merged that are decided to be one place.

    Parameters
    ----------
    kept
        See `geo.intake.validation.Intake`.
    decisions
        In the order in which they were taken.

    Returns
    -------
    GeoDataFrame
        One row for each place: what the first of its rows leaves empty is taken from the others,
        and the rows that went into it stand in :data:`MERGED`, which is there only where
        something was merged. Its name is that of the row that was chosen for it. Nothing else
        changes.
    """
    into = {each.other_row: each.row for each in decisions if each.verdict == "merge"}
    if not into:
        return kept
    by_row = kept.set_index("row", drop=False)
    groups: dict[int, list[int]] = {}
    for row in into:
        groups.setdefault(_last(row, into), []).append(row)
    rest = [name for name in kept if name not in {*validation.DERIVED, "geometry"}]
    filled = by_row.copy()
    noted = pd.Series(pd.NA, filled.index, dtype="string")
    for row, others in groups.items():
        noted[row] = ", ".join(map(str, sorted(others)))
        rows = by_row.loc[[row, *sorted(others)], rest]
        filled.loc[[row], rest] = rows.bfill().iloc[[0]].to_numpy()
    named = {
        _last(each.row, into): by_row["name"][each.named_by]
        for each in decisions
        if each.verdict == "merge" and each.named_by
    }
    for row, name in named.items():
        filled.loc[[row], ["name"]] = name
    filled[MERGED] = noted
    return filled.drop(index=list(into)).reset_index(drop=True)


def _key(row: int, other: int) -> tuple[int, int]:
    """Return a pair, whichever of the two is named first."""
    return int(min(row, other)), int(max(row, other))


def _last(row: int, into: dict[int, int]) -> int:
    """Return the row that a row ends up in."""
    seen = {row}
    while row in into and into[row] not in seen:
        row = into[row]
        seen.add(row)
    return row
