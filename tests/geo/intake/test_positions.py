"""What breaks: a site that stands in the middle of an outline that nobody drew so."""

from __future__ import annotations

import pytest

from geo.intake.readers import read
from tests.geo.intake.files import codes, taken
from tests.geo.intake.making import geojson, point, polygon

SQUARE = [[121.4, 31.2], [121.5, 31.2], [121.5, 31.3], [121.4, 31.3], [121.4, 31.2]]
BOW_TIE = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
OUTSIDE = [[122, 32], [122.1, 32], [122.1, 32.1], [122, 32]]


def as_text(rings: list[list[list[float]]]) -> bytes:
    """A table with the outline as WKT."""
    drawn = ", ".join(f"({', '.join(f'{x} {y}' for x, y in ring)})" for ring in rings)
    return f'name,wkt\nA,POINT (121.4 31.2)\nB,"POLYGON ({drawn})"\n'.encode()


@pytest.mark.parametrize("rings", [[BOW_TIE], [SQUARE, OUTSIDE]], ids=["bow-tie", "hole outside"])
def test_an_outline_that_crosses_itself_is_no_place_of_a_site(
    rings: list[list[list[float]]],
) -> None:
    files = {"a.geojson": geojson(point(121.4, 31.2), polygon(*rings)), "a.csv": as_text(rings)}
    for name, content in files.items():
        intake = taken(read(name, content))
        row = intake.faults["row"].max()
        assert "crossing" in codes(intake, row), name
        located = intake.kept[~intake.kept.geometry.is_empty]
        assert row not in located["row"].tolist(), name
