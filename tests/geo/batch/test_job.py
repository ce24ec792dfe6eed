"""What breaks: a sum that is spent by the first who looks at it."""

from __future__ import annotations

import pandas as pd

from geo.batch import job


def test_mean_distances_leave_their_sums_as_they_were() -> None:
    sums = pd.DataFrame({"centimetres": [300_00, 0], "within_800m": [2, 0]})
    n = pd.Series([2, 0], index=["a", "b"])
    once, again = (job._of_distances(n, sums) for _ in range(2))  # noqa: SLF001
    pd.testing.assert_frame_equal(once, again)
    assert once["nearest_mean_m"].iloc[0] == 150
    assert list(sums) == ["centimetres", "within_800m"]
