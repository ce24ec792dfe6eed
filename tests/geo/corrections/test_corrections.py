"""What breaks: a correction that touches another row, changes its input, or cannot be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import hypothesis
import pandas as pd
import pytest
import shapely
from hypothesis import strategies as st

from geo.corrections import history as histories
from geo.corrections import making, reasons
from geo.corrections.correction import (
    Correction,
    as_table,
    corrected,
    of_table,
    reversed_,
)
from geo.corrections.history import History
from geo.corrections.making import Rows, Why
from geo.errors import RefusedCorrectionError
from geo.facts import boundaries, catalog

if TYPE_CHECKING:
    import geopandas as gpd

SITES = catalog.sites("shanghai", scope=catalog.WIDE).head(40)
UNITS = frozenset(boundaries.districts("shanghai").index)
IDS = list(SITES["id"])
WHY = Why(date="2026-11-28", reason="address", lang="zh")
PEOPLES_SQUARE = (121.4737, 31.2304)

edits = st.one_of(
    st.fixed_dictionaries(
        {
            "lon": st.floats(121.40, 121.48),
            "lat": st.floats(31.19, 31.26),
            "precision": st.sampled_from(making.PRECISIONS),
        }
    ),
    st.fixed_dictionaries({"address": st.sampled_from(["", "南京路1号", "Nanjing Road 1, 2"])}),
    st.fixed_dictionaries({"adcode": st.sampled_from(sorted(UNITS))}),
    st.just({"lon": None, "lat": None}),
)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.sampled_from(IDS[:4]), edits),
        st.tuples(st.sampled_from(["undo", "redo"]), st.none(), st.none()),
    ),
    max_size=8,
)


def as_bytes(frame: gpd.GeoDataFrame) -> bytes:
    return f"{frame.to_wkb(hex=True).to_csv()}{frame.dtypes}{frame.crs}".encode()


def after(history: History) -> gpd.GeoDataFrame:
    return corrected(SITES, history.corrections)


@hypothesis.given(acts)
@hypothesis.settings(max_examples=40)
def test_every_undo_gives_back_the_frame_before_and_every_redo_the_one_after(acts: list) -> None:  # type: ignore[type-arg]
    before = as_bytes(SITES)
    history, frames = History(), [before]
    for act, id_, cells in acts:
        if act == "edit":
            rows = Rows(sites=corrected(SITES, history.corrections), units=UNITS)
            step = making.edited(rows, {id_: cells}, WHY)
            history = histories.record(history, step)
            if step:
                frames = [*frames[: len(history.done)], as_bytes(after(history))]
        elif act == "undo":
            history = histories.undo(history)
        else:
            history = histories.redo(history)
        assert as_bytes(after(history)) == frames[len(history.done)]
    while history.done:
        history = histories.undo(history)
    assert as_bytes(after(history)) == before == as_bytes(SITES)


@hypothesis.given(st.sampled_from(IDS), edits)
@hypothesis.settings(max_examples=30)
def test_a_correction_touches_its_row_alone_and_its_reverse_gives_the_row_back(
    id_: str, cells: dict[str, object]
) -> None:
    step = making.edited(Rows(sites=SITES, units=UNITS), {id_: cells}, WHY)
    assert {each.id for each in step} <= {id_}
    changed = corrected(SITES, step)
    others = SITES["id"] != id_
    pd.testing.assert_frame_equal(changed[others], SITES[others])
    assert list(changed.columns) == list(SITES.columns)
    assert (changed.dtypes == SITES.dtypes).all()
    back = reversed_(step, date="2026-11-29", reason=reasons.BACK)
    pd.testing.assert_frame_equal(corrected(changed, back), SITES)
    assert of_table(as_table(step)) == list(step)


def test_a_position_brings_its_district_precision_and_source_along() -> None:
    unplaced = SITES.index[SITES["lon"].isna() | (SITES["adcode"] != "310101")][0]
    id_ = SITES["id"][unplaced]
    rows = Rows(sites=SITES, units=UNITS)
    row = corrected(SITES, making.placed(rows, id_, PEOPLES_SQUARE, "street", WHY)).loc[unplaced]
    assert (row["lon"], row["lat"]) == PEOPLES_SQUARE == (row.geometry.x, row.geometry.y)
    assert (row["adcode"], row["district"], row["precision"]) == ("310101", "黄浦区", "street")
    assert row["coord_source"] == "在图上定位（2026-11-28）：按地址在图上找到"


def test_a_row_whose_file_has_columns_of_that_name_keeps_them() -> None:
    """What a reader brings may call anything lon: the position is the geometry alone."""
    kept = SITES[["id", "adcode", "precision", "geometry"]].assign(lon="东经", lat="北纬")
    rows = Rows(sites=kept, units=UNITS, degrees=False)
    step = making.placed(rows, IDS[0], PEOPLES_SQUARE, "street", WHY)
    changed = corrected(kept, step, degrees=False)
    assert shapely.get_coordinates(changed.geometry.iloc[0]).tolist() == [[*PEOPLES_SQUARE]]
    assert set(changed["lon"]) == {"东经"}
    back = reversed_(step, date="2026-11-29", reason=reasons.BACK)
    assert corrected(changed, back, degrees=False).equals(kept)


@pytest.mark.parametrize(
    ("cells", "reason", "code"),
    [
        ({"lon": 135.0, "lat": 34.7, "precision": "street"}, "address", "abroad"),
        ({"lon": 116.39, "lat": 39.91, "precision": "street"}, "address", "elsewhere"),
        ({"lon": 121.47, "lat": None}, "address", "half"),
        ({"lon": "east", "lat": "north", "precision": "street"}, "address", "unread"),
        ({"lon": 121.47, "lat": 31.23, "precision": "none"}, "address", "precision"),
        ({"lon": 121.47, "lat": 31.23, "precision": "street"}, "", "reason"),
        ({"lon": 121.47, "lat": 31.23, "precision": "street"}, "other", "reason"),
        ({"adcode": "110101"}, "address", "district"),
        ({"name_zh": " "}, "address", "empty"),
        ({"no_such_column": "x"}, "address", "unknown"),
    ],
)
def test_what_is_refused(cells: dict[str, object], reason: str, code: str) -> None:
    why = Why(date="2026-11-28", reason=reason, lang="zh")
    with pytest.raises(RefusedCorrectionError) as refused:
        making.edited(Rows(sites=SITES, units=UNITS), {IDS[0]: cells}, why)
    assert refused.value.code == code


def test_a_district_that_the_position_is_not_in_is_allowed() -> None:
    located = SITES[SITES["lon"].notna()].iloc[0]
    other = next(code for code in sorted(UNITS) if code != located["adcode"])
    rows = Rows(sites=SITES, units=UNITS)
    step = making.edited(rows, {located["id"]: {"adcode": other}}, WHY)
    assert {each.field for each in step} == {"adcode", "district", "district_listed"}


def test_a_correction_that_does_not_fit_what_stands_there_is_refused() -> None:
    wrong = Correction("2026-11-28", IDS[0], "address", "never stood there", "x", "address")
    with pytest.raises(RefusedCorrectionError, match="changed"):
        corrected(SITES, [wrong])
    with pytest.raises(RefusedCorrectionError, match="unknown"):
        corrected(SITES, [Correction("2026-11-28", "nobody", "address", "", "x", "address")])


def test_a_step_that_another_builds_upon_is_taken_back_only_after_it() -> None:
    history = History()
    for address in ("一号", "二号"):
        rows = Rows(sites=corrected(SITES, history.corrections), units=UNITS)
        step = making.edited(rows, {IDS[0]: {"address": address}}, WHY)
        history = histories.record(history, step)
    with pytest.raises(RefusedCorrectionError, match="changed"):
        histories.without(history, 0)
    assert histories.without(histories.without(history, 1), 0).done == ()


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("121.4737,31.2304", PEOPLES_SQUARE),
        ("31.2304，121.4737", PEOPLES_SQUARE),
        ("１２１.4737° 31.2304°", PEOPLES_SQUARE),
    ],
)
def test_coordinates_are_read_as_those_of_a_file(text: str, pair: tuple[float, float]) -> None:
    assert making.typed(text) == pytest.approx(pair)


def test_what_is_no_pair_of_coordinates_is_refused() -> None:
    with pytest.raises(RefusedCorrectionError) as refused:
        making.typed("人民广场")
    assert refused.value.code == "unread"


def test_what_no_longer_fits_is_let_go_and_the_other_steps_stay() -> None:
    history = History()
    for row in (IDS[0], IDS[1]):
        rows = Rows(sites=corrected(SITES, history.corrections), units=UNITS)
        history = histories.record(
            history, making.edited(rows, {row: {"address": "南京路1号"}}, WHY)
        )
    elsewhere = SITES.copy()
    elsewhere.loc[elsewhere["id"].eq(IDS[0]), "address"] = "别处"
    with pytest.raises(RefusedCorrectionError):
        corrected(elsewhere, history.corrections)
    kept = histories.fitting(history, lambda made: corrected(elsewhere, made))
    assert kept.done == history.done[1:]
    assert histories.fitting(history, lambda made: corrected(SITES, made)) == history
