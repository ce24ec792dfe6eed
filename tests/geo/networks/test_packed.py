"""What breaks: a street that comes back shorter, a text that opens a way through the air."""

from __future__ import annotations

import base64
import tracemalloc
import zlib
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.facts import own_terrain
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
        ({"corners": CITY.corners + 1}, "not the"),
    ],
)
def test_a_text_that_is_none_is_refused(other: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        packed.unpack(replace(CITY, **other))  # type: ignore[arg-type]


def test_barriers_come_back_and_others_are_refused() -> None:
    back = packed.unpack_shapes(RIVER)
    assert list(back.geom_type) == ["LineString", "Polygon"]
    assert back.crs == made_city.CRS
    points = packed.pack_shapes(gpd.GeoSeries([shapely.MultiPoint([(0, 0), (1, 1)])]))
    for other, said in (
        ({"packed": points, "parts": 1, "corners": 2}, "lines and areas"),
        ({"parts": 1}, "not the 1"),
        ({"packed": base64.b64encode(zlib.compress(b"\1\2")).decode()}, "no geometries"),
    ):
        with pytest.raises(InputError, match=said):
            packed.unpack_shapes(replace(RIVER, **other))


NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=packed.LONGEST)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(DEGREES, NAMES), min_size=1, max_size=8))
def test_places_come_back_with_their_names(places: list[tuple[np.ndarray, str]]) -> None:
    at, names = zip(*places, strict=True)
    own = gpd.GeoDataFrame({"name": names}, geometry=[shapely.Point(each) for each in at])
    back = packed.unpack_places(packed.of_places(own, source="", file=""))
    assert back["name"].tolist() == [*names]
    assert shapely.get_coordinates(back.geometry) == pytest.approx(np.array(at), abs=1e-9)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[121,31]]", "no places"),
        ('[[121,31,"a"],[121,31,"b"]]', "not the 1"),
        ('[["121","x","a"]]', "no places"),
        ('[[1e999,31,"a"]]', "expected places"),
        ('[[NaN,31,"a"]]', "expected places"),
        ("[[121,31,7]]", "expected places"),
        ('[[121,31,"a\\nb"]]', "expected places"),
        (f'[[121,31,"{"a" * 81}"]]', "expected places"),
        ("[" * 400, "no places"),
        ("{}", "no places"),
    ],
)
def test_a_text_that_is_no_places_is_refused(text: str, said: str) -> None:
    own = gpd.GeoDataFrame({"name": ["a"]}, geometry=[shapely.Point(121, 31)])
    held = packed.of_places(own, source="", file="")
    forged_ = base64.b64encode(zlib.compress(text.encode())).decode()
    with pytest.raises(InputError, match=said):
        packed.unpack_places(replace(held, packed=forged_))


def test_amounts_that_are_none_are_refused() -> None:
    with pytest.raises(InputError, match="candidates"):
        own_terrain.OwnPlaces(source="", file="", places=2001, outside=0, packed="")
    with pytest.raises(InputError, match="streets"):
        replace(CITY, km=float("nan"))
    with pytest.raises(InputError, match="shapes"):
        replace(RIVER, corners=10**9)


def test_counts_that_no_courses_can_have_let_nothing_be_unpacked() -> None:
    bomb = own_terrain.deflate(bytes(5_000_000))
    with pytest.raises(InputError, match="2 corners or more each"):
        replace(CITY, edges=10**9, corners=2, packed=bomb)
    with pytest.raises(InputError, match="2 corners or more each"):
        replace(RIVER, parts=10**9, corners=2, packed=bomb)
    for none in (
        replace(CITY, edges=0, packed=bomb),
        replace(CITY, edges=0, corners=0, packed=bomb),
    ):
        tracemalloc.start()
        with pytest.raises(InputError, match="more than"):
            packed.unpack(none)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < 1_000_000


def test_a_street_that_ends_where_it_begins_is_kept() -> None:
    ring = shapely.LineString([(121, 31), (121.01, 31), (121.01, 31.01), (121, 31)])
    streets = graph.network(graph.of_geometry(np.array([ring, ring.reverse()], dtype=object)))
    assert packed.unpack(packed.of_network(streets, source="", file="")).metres.sum() > 0
    # The shortest: of two corners each.
    short = shapely.linestrings([[(121, 31), (121, 31)], [(121, 31), (121.01, 31)]])
    held = packed.of_shapes(gpd.GeoSeries(short, crs=made_city.CRS), source="", file="")
    assert len(packed.unpack_shapes(held)) == 2
