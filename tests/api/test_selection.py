"""Windows over rows: points, shapes, rows without a geometry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from api import selection, sources
from api.query import Box, ItemsQuery

if TYPE_CHECKING:
    from api.collection import Collection


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ((121, 31, 122, 32), {"shanghai"}),
        ((121.5, 31.2, 121.5, 31.2), {"shanghai"}),
        ((-180, -90, 180, 90), {"shanghai", "fiji", "samoa", "triangle"}),
        ((170, -30, -170, 0), {"fiji", "samoa"}),
        ((122, -20, 121, 40), {"fiji", "samoa", "triangle"}),
        ((6, 6, 9, 9), set()),  # in the triangle's bounds, outside the triangle
        ((4, 4, 9, 9), {"triangle"}),
        ((-1e300, -1e300, 1e300, 1e300), {"shanghai", "fiji", "samoa", "triangle"}),
    ],
)
def test_a_window_shows_what_meets_it_and_what_has_no_place(
    places: Collection, box: Box, expected: set[str]
) -> None:
    rows = selection.select(places, ItemsQuery(bbox=box))
    assert {places.ids[row] for row in rows} == expected | {"nowhere"}


def test_a_page_says_how_many_there_are_on_all(places: Collection) -> None:
    features, matched = selection.page(places, ItemsQuery(limit=2, offset=3))
    assert [json.loads(each)["id"] for each in features] == ["triangle", "nowhere"]
    assert matched == 5
    assert selection.page(places, ItemsQuery(limit=2, offset=10**17)) == ([], 5)


def test_filter_and_window_hold_together(places: Collection) -> None:
    query = ItemsQuery(
        bbox=(0, 0, 180, 90), asked=(("shanghai", ""), ("nowhere", ""), ("fiji", ""))
    )
    assert [places.ids[row] for row in selection.select(places, query)] == ["shanghai", "nowhere"]


@pytest.mark.parametrize("zoom", [0, 6, 9, 12])
def test_outlines_for_a_web_map_still_fit_each_other(zoom: int) -> None:
    whole = sources.collection("districts")
    features, _ = selection.page(whole, ItemsQuery(limit=1000, zoom=zoom))
    shapes = np.asarray(shapely.from_geojson(features))
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert set(shapely.get_type_id(shapes)) == {shapely.GeometryType.MULTIPOLYGON}
    assert sum(map(len, features)) < sum(map(len, whole.features.texts))
    for light, full in zip(features, whole.features.texts, strict=True):
        told, known = json.loads(light), json.loads(full)
        assert told | {"geometry": None} == known | {"geometry": None}


def test_a_close_map_has_the_outlines_as_they_are() -> None:
    whole = sources.collection("cities")
    assert selection.page(whole, ItemsQuery(limit=1000, zoom=20)) == selection.page(
        whole, ItemsQuery(limit=1000)
    )
