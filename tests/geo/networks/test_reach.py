"""What breaks: a walk shorter than the straight way, another there than back, one over a river."""

from __future__ import annotations

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.geometry import projection, sphere
from geo.measures import nearest
from geo.networks import graph, isochrones, reach, rules
from geo.networks.reach import Walk
from tests.geo.networks import made_city
from tests.geo.networks.made_city import BRIDGE, places

CITY = made_city.city()
ACROSS = sphere.WGS84.inv(*made_city.at(0, 0), *made_city.at(1, 0))[2]
UP = sphere.WGS84.inv(*made_city.at(0, 3), *made_city.at(0, 4))[2]


def test_the_city_has_a_node_a_corner_and_an_edge_a_block() -> None:
    assert len(CITY.lonlat) == made_city.SIDE**2
    assert len(CITY.tail) == len(made_city.blocks())


def test_over_the_river_leads_the_bridge_alone() -> None:
    """Of two places on both banks, 222 m apart, five blocks west of the bridge."""
    south, north = places((0, 3)), places((0, 4))
    walked = reach.costs(CITY, north, south, Walk(metres=5000)).toarray()[0, 0]
    assert walked == pytest.approx(2 * BRIDGE * ACROSS + UP, rel=1e-4)
    told = reach.reach(CITY, north, south, Walk(metres=1000)).iloc[0]
    assert not told["on_foot"]
    assert told["by_disc"]
    assert told["connected"]


def test_the_way_to_the_street_counts_and_has_a_limit() -> None:
    beside = places((2.5, 1.25))
    there = places((2, 1))
    aside = nearest.distances(_lonlat(beside), _lonlat(places((2.5, 1))))[1][0, 0]
    walked = reach.costs(CITY, beside, there, Walk(metres=1000)).toarray()[0, 0]
    assert walked == pytest.approx(aside + ACROSS / 2, rel=1e-3)
    far = Walk(metres=1000, street_m=aside - 1)
    assert reach.costs(CITY, beside, there, far).nnz == 0
    assert np.isnan(reach.reach(CITY, beside, there, far)["street_m"].iloc[0])


def test_minutes_are_metres_at_the_speed() -> None:
    one, other = places((0, 0)), places((3, 2))
    metres = reach.costs(CITY, one, other, Walk(metres=5000)).toarray()[0, 0]
    minutes = reach.costs(CITY, one, other, Walk(minutes=60, speed_kmh=4)).toarray()[0, 0]
    assert minutes == pytest.approx(metres / 4000 * 60)


def test_stairs_take_longer_and_ferries_are_taken_where_they_are_asked_for() -> None:
    course = gpd.GeoSeries.from_wkt(["LINESTRING (121 31, 121 31.001)"])
    street, stairs, ferry = (
        graph.network(graph.of_geometry(np.asarray(course.array), pd.Series([kind])))
        for kind in ("street", "stairs", "ferry")
    )
    pace = rules.standard().kinds["stairs"].pace
    assert stairs.minutes(5) == pytest.approx(street.minutes(5) / pace)
    assert stairs.metres == pytest.approx(street.metres)
    assert not ferry.walked(ferries=False).any()
    assert ferry.walked(ferries=True).all()
    ends = gpd.GeoDataFrame(geometry=shapely.points([[121, 31], [121, 31.001]]), crs=made_city.CRS)
    assert reach.costs(ferry, ends, ends, Walk(metres=500, ferries=True)).nnz == 0


def test_a_ferry_joins_what_it_lies_between() -> None:
    banks = gpd.GeoSeries.from_wkt(
        [
            "LINESTRING (121 31, 121.001 31)",
            "LINESTRING (121.001 31, 121.001 31.004)",
            "LINESTRING (121 31.004, 121.001 31.004)",
        ]
    )
    kinds = pd.Series(["street", "ferry", "street"])
    harbour = graph.network(graph.of_geometry(np.asarray(banks.array), kinds))
    ends = gpd.GeoDataFrame(geometry=shapely.points([[121, 31], [121, 31.004]]), crs=made_city.CRS)
    dry, wet = Walk(metres=1000), Walk(metres=1000, ferries=True)
    assert reach.costs(harbour, ends[:1], ends[1:], dry).nnz == 0
    assert reach.costs(harbour, ends[:1], ends[1:], wet).nnz == 1
    assert not reach.reach(harbour, ends[1:], ends[:1], dry)["connected"].iloc[0]
    assert reach.reach(harbour, ends[1:], ends[:1], wet)["connected"].iloc[0]


def test_a_broken_network_is_told() -> None:
    whole = made_city.lines().geometry
    banks = gpd.GeoSeries(whole[whole.bounds["maxy"].lt(31.207) | whole.bounds["miny"].gt(31.207)])
    broken = graph.network(graph.of_geometry(np.asarray(banks.array)))
    demand = places((1, 1), (1, 2), (1, 5), (60, 1))
    walk = Walk(metres=2000)
    reached = reach.reach(broken, demand, places((0, 0)), walk)
    told = reach.connection(broken, reached, pd.Series([1.0, 2.0, 3.0, 4.0]), walk)
    assert told.components == 2
    south = banks.bounds["maxy"].lt(31.207).to_numpy()
    assert told.largest == pytest.approx(broken.metres[south].sum() / broken.metres.sum())
    assert (told.apart, told.far) == (0.3, 0.4)


def _lonlat(frame: gpd.GeoDataFrame) -> np.ndarray:
    return shapely.get_coordinates(np.asarray(frame.geometry.array))


somewhere = st.lists(st.tuples(st.floats(-0.4, 6.4), st.floats(-0.4, 6.4)), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(somewhere, somewhere, st.floats(50, 2500))
def test_a_walk_is_never_shorter_than_the_straight_way_and_the_same_back(
    demand: list[tuple[float, float]], sites: list[tuple[float, float]], metres: float
) -> None:
    to, from_ = places(*demand), places(*sites)
    walk = Walk(metres=metres)
    there, back = reach.costs(CITY, to, from_, walk), reach.costs(CITY, from_, to, walk)
    assert there.toarray() == pytest.approx(back.toarray().T)
    row, column = there.nonzero()
    a, b = _lonlat(to)[row], _lonlat(from_)[column]
    straight = np.asarray(sphere.WGS84.inv(*a.T, *b.T)[2])
    assert (there.tocsr()[row, column] >= straight - 0.05).all()
    reached = reach.reach(CITY, to, from_, walk)
    assert not (reached["on_foot"] & (reached["straight_m"] > walk.radius_m + 0.05)).any()
    rows = there.tocoo()
    least = pd.Series(rows.data).groupby(rows.coords[0]).min()
    assert reached["walk"].dropna().to_numpy() == pytest.approx(least.to_numpy())
    assert set(np.flatnonzero(reached["on_foot"])) == set(least.index)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(200, 4000))
def test_walks_agree_with_networkx_on_random_networks(seed: int, metres: float) -> None:
    draws = np.random.default_rng(seed)
    corners = np.round(draws.uniform((121, 31), (121.02, 31.02), (15, 2)), 7)
    pairs = draws.integers(0, 15, (25, 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    network = graph.network(graph.of_geometry(shapely.linestrings(corners[pairs])))
    peer: nx.MultiGraph[int] = nx.MultiGraph()
    for a, b in pairs.tolist():
        peer.add_edge(a, b, weight=sphere.WGS84.inv(*corners[a], *corners[b])[2])
    known = sorted(peer.nodes)
    ends = gpd.GeoDataFrame(geometry=shapely.points(corners[known]), crs=made_city.CRS)
    # Each corner is its own stop, so that no way to the street is left.
    ours = reach.costs(network, ends, ends, Walk(metres=metres))
    for row, start in enumerate(known):
        theirs = nx.single_source_dijkstra_path_length(peer, start, cutoff=metres)
        got = dict(zip(ours[[row]].indices.tolist(), ours[[row]].data.tolist(), strict=True))
        wanted = {known.index(node): far for node, far in theirs.items()}
        sure = {node for node, far in wanted.items() if far < metres - 0.1}
        assert (
            sure
            <= got.keys()
            <= wanted.keys() | {node for node, far in got.items() if far > metres - 0.1}
        )
        assert [got[node] for node in sorted(sure)] == pytest.approx(
            [wanted[node] for node in sorted(sure)], abs=0.05
        )


def test_an_outline_holds_whom_it_reaches_and_stays_in_the_disc() -> None:
    site, walk = places((1.5, 3)), Walk(metres=700)
    bands = isochrones.isochrones(CITY, site, walk, limits=[300, 500, 700], width_m=50)
    assert list(bands.index) == [300, 500, 700]
    small, middle, large = bands.geometry
    assert large.buffer(1e-7).contains(middle)
    assert middle.buffer(1e-7).contains(small)
    corners = shapely.points(shapely.get_coordinates(large))
    apart = nearest.distances(shapely.get_coordinates(corners), _lonlat(site))[1]
    assert apart.max() <= 700.1
    # On the other bank, 260 m away, is nobody within 700 m on foot.
    assert not large.intersects(shapely.Point(made_city.at(1.5, 4)))
    on_street = places(*((column, 3) for column in np.arange(0, 6.1, 0.25)))
    walked = reach.reach(CITY, on_street, site, walk)["walk"]
    inside = shapely.intersects(large, np.asarray(on_street.geometry.array))
    assert inside[walked.le(650).to_numpy()].all()
    assert not inside[walked.isna().to_numpy()].any()


def test_an_outline_of_a_whole_street_has_its_width() -> None:
    street = gpd.GeoSeries.from_wkt(["LINESTRING (121 31, 121.01 31)"])
    road = graph.network(graph.of_geometry(np.asarray(street.array)))
    site = gpd.GeoDataFrame(geometry=[shapely.Point(121.003, 31)], crs=made_city.CRS)
    outline = isochrones.isochrones(road, site, Walk(metres=2000), width_m=100)
    area = projection.area_km2(outline).iloc[0]
    assert area == pytest.approx(road.metres[0] * 200 / 1e6 + np.pi * 0.01, rel=0.01)


@pytest.mark.parametrize(
    ("walk", "said"),
    [
        (Walk(), "expected one of the two"),
        (Walk(metres=1, minutes=1), "expected one of the two"),
        (Walk(metres=0), "above 0"),
        (Walk(metres=float("nan")), "above 0"),
        (Walk(minutes=1e9), "up to"),
        (Walk(minutes=10, speed_kmh=0), "speed_kmh"),
        (Walk(minutes=10, speed_kmh=50), "speed_kmh"),
        (Walk(metres=10, street_m=-1), "street_m"),
    ],
)
def test_an_impossible_walk_is_refused(walk: Walk, said: str) -> None:
    with pytest.raises(InputError, match=said):
        reach.reach(CITY, places((1, 1)), places((1, 1)), walk)


@pytest.mark.parametrize(
    ("asked", "said"), [({"limits": [800]}, "limits"), ({"width_m": 0}, "width_m")]
)
def test_an_impossible_outline_is_refused(asked: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        isochrones.isochrones(CITY, places((1, 1)), Walk(metres=700), **asked)  # type: ignore[arg-type]


def test_nobody_and_nothing_are_no_fault() -> None:
    none = places((1, 1))[:0]
    walk = Walk(metres=500)
    assert reach.costs(CITY, places((1, 1)), none, walk).shape == (1, 0)
    told = reach.reach(CITY, places((1, 1)), none, walk)
    assert told["walk"].isna().all()
    assert not told[["on_foot", "by_disc", "connected"]].to_numpy().any()
    assert isochrones.isochrones(CITY, none, walk).geometry.is_empty.all()
    unlocated = gpd.GeoDataFrame(geometry=[shapely.Point()], crs=made_city.CRS)
    assert reach.costs(CITY, unlocated, places((1, 1)), walk).nnz == 0
