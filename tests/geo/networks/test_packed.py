"""What breaks: a street that comes back shorter, a text that opens a way through the air."""

from __future__ import annotations

import base64
import zlib
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.networks import graph, packed
from tests.geo.networks import made_city

CITY = packed.of_network(made_city.city(), source="survey", file="city.osm.pbf")
RIVER = packed.of_shapes(
    gpd.GeoSeries([made_city.RIVER, shapely.box(121.4, 31.2, 121.41, 31.21)], crs=made_city.CRS),
    source="survey",
    file="river.gpkg",
)
DEGREES = st.tuples(st.floats(121, 121.5), st.floats(31, 31.5)).map(lambda at: np.round(at, 7))
COURSES = st.lists(DEGREES, min_size=2, max_size=6, unique_by=lambda at: (at[0], at[1]))


@settings(max_examples=40, deadline=None)
@given(st.lists(COURSES, min_size=1, max_size=8))
def test_a_network_comes_back_as_it_was(courses: list[list[np.ndarray]]) -> None:
    lines = np.array([shapely.LineString(each) for each in courses], dtype=object)
    network = graph.network(graph.of_geometry(lines))
    again = packed.unpack(packed.of_network(network, source="", file=""))
    assert (again.tail == network.tail).all()
    assert (again.head == network.head).all()
    assert (again.kind == network.kind).all()
    assert again.metres == pytest.approx(network.metres, abs=1e-6)
    assert again.lonlat == pytest.approx(network.lonlat, abs=1e-9)
    assert again.components().tolist() == network.components().tolist()


def forged(own: str, change: str) -> str:
    """The text of a network with some of its numbers changed."""
    numbers = np.frombuffer(zlib.decompress(base64.b64decode(own)), np.uint8).reshape(4, -1)
    whole = numbers.T.copy().view("<i4")[:, 0]
    edges = CITY.edges
    places = {"ends": edges, "negative": 2 * edges, "kind": 3 * edges, "course": 0}
    whole[places[change]] = {"ends": 5, "negative": -1, "kind": 99, "course": 1}[change]
    raw = whole.view(np.uint8).reshape(-1, 4).T.tobytes()
    return base64.b64encode(zlib.compress(raw)).decode()


@pytest.mark.parametrize("change", ["ends", "negative", "kind", "course"])
def test_numbers_that_are_no_network_are_refused(change: str) -> None:
    with pytest.raises(InputError, match=r"courses that are none|ends that do not meet"):
        packed.unpack(replace(CITY, packed=forged(CITY.packed, change)))


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"packed": "no base64!"}, "cannot be unpacked"),
        ({"packed": base64.b64encode(zlib.compress(bytes(10**7))).decode()}, "more than"),
        ({"edges": CITY.edges + 1}, "not the"),
    ],
)
def test_a_text_that_is_none_is_refused(other: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        packed.unpack(replace(CITY, **other))  # type: ignore[arg-type]


def test_barriers_come_back_and_others_are_refused() -> None:
    back = packed.unpack_shapes(RIVER)
    assert list(back.geom_type) == ["LineString", "Polygon"]
    assert back.crs == made_city.CRS
    point = packed.pack_shapes(gpd.GeoSeries([shapely.Point(0, 0)]))
    for other, said in (
        ({"packed": point, "parts": 1, "corners": 1}, "lines and areas"),
        ({"parts": 1}, "not the 1"),
        ({"packed": base64.b64encode(zlib.compress(b"\1\2")).decode()}, "no geometries"),
    ):
        with pytest.raises(InputError, match=said):
            packed.unpack_shapes(replace(RIVER, **other))


def test_amounts_that_are_none_are_refused() -> None:
    with pytest.raises(InputError, match="streets"):
        replace(CITY, km=float("nan"))
    with pytest.raises(InputError, match="shapes"):
        replace(RIVER, corners=10**9)
