from __future__ import annotations

import shapely

from geo.files.multipart import multipolygons


def test_polygons_become_multipolygons_and_all_else_stays() -> None:
    one, two = shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)
    given = [one, shapely.MultiPolygon([one, two]), shapely.Point(1, 2), None]
    found = multipolygons(given)
    assert found.tolist() == [shapely.MultiPolygon([one]), *given[1:]]
    assert given[0] is one


def test_nothing_is_nothing() -> None:
    assert multipolygons([]).tolist() == []
