"""Pairs of rows that may be one place, merged or kept as decided."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geo.intake.decisions import (
    MERGED,
    Decision,
    last,
    merged,
    of_kind,
    standing,
    together,
    undecided,
    without_last,
)

ROWS = list(range(2, 8))


def kept() -> gpd.GeoDataFrame:
    """Rows 2 to 7, each with a cell that no other has."""
    frame = pd.DataFrame(
        {
            "id": [str(row) for row in ROWS],
            "row": ROWS,
            "name": [f"园{row}" for row in ROWS],
            **{f"column {row}": [row if each == row else None for each in ROWS] for row in ROWS},
        }
    )
    points = gpd.points_from_xy([114.0 + row / 100 for row in ROWS], [30.5] * len(ROWS))
    return gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")


def decision(row: int, other: int) -> Decision:
    return Decision(row=row, other_row=other, verdict="merge")


decisions = st.lists(
    st.tuples(st.sampled_from(ROWS), st.sampled_from(ROWS))
    .filter(lambda pair: pair[0] < pair[1])
    .map(lambda pair: decision(*pair)),
    max_size=4,
)


@given(decisions)
def test_every_row_is_there_or_in_another(decided: list[Decision]) -> None:
    found = merged(kept(), decided)
    inside = [
        int(row)
        for rows in (found[MERGED].dropna() if MERGED in found else [])
        for row in rows.split(", ")
    ]
    assert sorted([*found["row"], *inside]) == ROWS
    assert not set(found["row"]) & {each.other_row for each in decided}


@given(decisions, decisions)
def test_a_decision_stands_as_long_as_its_pair(
    decided: list[Decision], there: list[Decision]
) -> None:
    pairs = pd.DataFrame(
        {"row": [each.other_row for each in there], "other_row": [each.row for each in there]}
    )
    kept_ = standing(pairs, decided)
    assert [*kept_] == [each for each in decided if each in there]


@given(decisions)
def test_no_cell_is_lost(decided: list[Decision]) -> None:
    found = merged(kept(), decided)
    for row in ROWS:
        assert found[f"column {row}"].dropna().to_list() == [row]


def test_what_a_row_says_itself_stays() -> None:
    frame = kept().assign(note=pd.Series(["own", "other"], dtype="string"))
    found = merged(frame, [decision(2, 3)])
    assert found.loc[found["row"] == 2, "note"].to_list() == ["own"]
    assert frame["note"].to_list()[:2] == ["own", "other"]


def test_both_kept_changes_nothing() -> None:
    both = Decision(row=2, other_row=3, verdict="keep")
    assert merged(kept(), [both]).equals(kept())


def test_pairs_wait_until_decided_or_void() -> None:
    pairs = pd.DataFrame({"row": [2, 2, 3], "other_row": [3, 4, 5]})
    assert len(undecided(pairs, [])) == 3
    left = undecided(pairs, [decision(2, 3)])
    assert left[["row", "other_row"]].to_numpy().tolist() == [[2, 4]]


def test_the_row_that_stays_and_its_name_are_chosen() -> None:
    chosen = Decision(row=3, other_row=2, verdict="merge", named_by=2)
    found = merged(kept(), [chosen])
    assert 2 not in found["row"].to_list()
    (place,) = found[found["row"] == 3].to_dict("records")
    assert (place["name"], place[MERGED]) == ("园2", "2")
    pairs = pd.DataFrame({"row": [2], "other_row": [3]})
    assert undecided(pairs, [chosen]).empty


def test_pairs_of_a_kind_are_decided_and_taken_back_at_once() -> None:
    pairs = pd.DataFrame(
        {"row": [2, 2, 3, 6], "other_row": [3, 4, 4, 7], "reason": ["same", "same", "same", "near"]}
    )
    before = together((), [decision(6, 7)])
    after = together(before, of_kind(pairs, "same", "merge"))
    assert [(each.row, each.other_row) for each in last(after)] == [(2, 3), (2, 4)]
    assert undecided(pairs, after).empty
    assert merged(kept(), after)["row"].to_list() == [2, 5, 6]
    assert without_last(after) == before
