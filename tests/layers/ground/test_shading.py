from __future__ import annotations

import pandas as pd
import pytest

from layers import palette
from layers.ground import shading

CLASSES = pd.Series([0, 4, pd.NA], index=["a", "b", "c"], dtype="Int64")


def test_no_figure_is_a_sign_and_not_the_zero_class() -> None:
    units = shading.shading(CLASSES, ramp=palette.AMOUNT)
    assert units["fill"].tolist() == ["r0", "r4", ""]
    assert units["sign"].tolist() == ["", "", "none"]


def test_a_figure_on_few_sites_keeps_its_class_and_says_so() -> None:
    few = pd.Series([False, True, True], index=["a", "b", "c"])
    units = shading.shading(CLASSES, ramp=palette.QUOTIENT, few=few)
    assert units.loc[["b"], ["fill", "sign"]].to_numpy().tolist() == [["d5", "few"]]
    assert units.loc["c", "sign"] == "none"


def test_texts_and_badges_follow_the_index_and_not_the_order() -> None:
    units = shading.shading(
        CLASSES,
        ramp=palette.AMOUNT,
        values=pd.Series(["2", "1"], index=["b", "a"]),
        unlocated=pd.Series([3, 0], index=["c", "a"]),
    )
    assert units["value"].tolist() == ["1", "2", ""]
    assert units["badge"].tolist() == ["", "", "3"]


@pytest.mark.parametrize(("ramp", "last"), [(palette.AMOUNT, 6), (palette.QUOTIENT, 5)])
def test_a_class_outside_the_ramp_is_refused(ramp: tuple[str, ...], last: int) -> None:
    with pytest.raises(ValueError, match=f"got {last} to {last}"):
        shading.shading(pd.Series([last]), ramp=ramp)


def test_the_input_is_left_as_it_was() -> None:
    before = CLASSES.copy()
    shading.shading(CLASSES, ramp=palette.AMOUNT)
    pd.testing.assert_series_equal(CLASSES, before)


def test_districts_that_are_not_shaded_have_a_look_as_the_others() -> None:
    plain = shading.plain(CLASSES.index)
    shaded = shading.shading(CLASSES, ramp=palette.AMOUNT)
    assert list(plain.columns) == list(shaded.columns)
    assert plain.index.equals(shaded.index)
    assert set(plain.to_numpy().ravel()) == {""}
