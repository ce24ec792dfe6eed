"""What is known of a collection before anything is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from api.collection import Collection, Unwritten, Written
from geo.facts import catalog
from geo.files import geojson

if TYPE_CHECKING:
    from numpy.typing import NDArray


def odd() -> gpd.GeoDataFrame:
    """Return columns of every kind, with all that JSON does not know."""
    columns = {
        "id": ["a", "b", "c"],
        "whole": pd.array([1, None, 3], dtype="Int64"),
        "number": [0.5, np.inf, np.nan],
        "truth": pd.array([True, None, False], dtype="boolean"),
        "day": [pd.Timestamp("2026-01-02"), pd.NaT, pd.Timestamp("2026-03-04")],
        "mixed": [1, None, "one"],
        "list": [["a"], None, []],
        "nothing": [None, None, None],
    }
    places = [shapely.Point(121.5, 31.2), shapely.Point(), shapely.Point(-170.25, 0)]
    return gpd.GeoDataFrame(columns, geometry=places, crs="EPSG:4326")


def both(frame: gpd.GeoDataFrame, all_: NDArray[np.bool_]) -> tuple[Collection, Collection]:
    """Return a collection that is written once, and the same that is written when it is read."""
    written = Collection(
        name="sites",
        features=Written(tuple(geojson.features(frame))),
        ids=tuple(frame["id"]),
        bounds=frame.bounds.to_numpy(np.float64),
        filters={},
        choose=lambda _: all_,
    )
    return written, replace(written, features=Unwritten(frame))


@pytest.mark.parametrize("frame", [odd(), catalog.sites(scope=catalog.WIDE)], ids=["odd", "sites"])
def test_features_written_when_they_are_read_are_those_written_once(
    frame: gpd.GeoDataFrame,
) -> None:
    written, unwritten = both(frame, np.ones(len(frame), dtype=bool))
    rows = [len(frame) - 1, 0, 1]
    assert unwritten.features.at(rows) == written.features.at(rows)
    assert unwritten.features.texts == written.features.texts
    assert unwritten.fields == written.fields
    pd.testing.assert_frame_equal(unwritten.table, written.table)
    for each in (shapely.box(121.5, 31.2, 122, 32), shapely.Point(121.5, 31.2).buffer(0.3)):
        known = np.arange(len(frame))
        met = unwritten.meeting(each, known)
        assert met.tolist() == written.meeting(each, known).tolist()
        assert 0 < met.sum() < len(frame)


def test_fields_have_the_types_of_their_values(places: Collection) -> None:
    assert {name: each["type"] for name, each in places.fields.items()} == {
        "name": "string",
        "n": "integer",
        "half": "number",
        "kept": "boolean",
        "note": "string",
    }


def test_the_extent_leaves_out_what_has_no_place(places: Collection) -> None:
    assert places.extent == [-172.0, -18.0, 178.0, 31.2]
