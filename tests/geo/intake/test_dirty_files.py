"""What breaks: files as people have them, read into other places or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyproj
import pytest

from geo.intake import columns, readers
from geo.intake.plan import Plan
from geo.intake.validation import take_in
from tests.geo.intake.dirty_files import DIRTY, Dirty

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd

WITHIN_M = 5


def kept_places(kept: gpd.GeoDataFrame) -> tuple[pd.Series, pd.Series]:
    return kept.geometry.x, kept.geometry.y


GEOD = pyproj.Geod(ellps="WGS84")


@pytest.mark.parametrize("make", DIRTY, ids=lambda make: make.__name__)
def test_dirty_file_yields_its_table(make: Callable[[], Dirty]) -> None:
    dirty = make()
    raw = readers.read(dirty.name, dirty.content)
    held = columns.recognise(raw.cells)
    kind = dirty.datum or columns.datum_named(held)
    assert kind is not None
    intake = take_in(raw, Plan(columns=held, datum=kind))
    kept = intake.kept
    assert list(zip(kept["row"], kept["name"], kept["adcode"], strict=True)) == [
        (row, name, adcode) for row, name, _, adcode in dirty.kept
    ]
    for lon, lat, (_, _, place, _) in zip(*kept_places(kept), dirty.kept, strict=True):
        if place is None:
            assert np.isnan(lon)
        else:
            assert GEOD.inv(lon, lat, *place)[2] < WITHIN_M
    if dirty.precision is not None:
        assert set(kept["precision"]) == {dirty.precision}
    assert list(intake.rejected["reason"].items()) == list(dirty.rejected)
    told = set(zip(intake.faults["row"], intake.faults["code"], strict=True))
    assert told >= set(dirty.told)
    assert intake.read == len(raw.cells)
