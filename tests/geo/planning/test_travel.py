"""What breaks: a way that is shorter than the straight line, a plan over a river nobody crosses."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError, NoCandidateError
from geo.planning import Question, best, case, gains, propose
from geo.planning.question import CANDIDATES, MODELS, WAYS, Candidates, Model, Way
from geo.planning.scenario import Pin
from geo.planning.travel import Terrain, outline, travel
from tests.geo import toy
from tests.geo.networks import made_city

TERRAIN = Terrain(made_city.city(), gpd.GeoSeries([made_city.RIVER], crs=made_city.CRS))
somewhere = st.lists(
    st.tuples(st.floats(-3, 9), st.floats(-3, 9)).map(lambda at: made_city.at(*at)),
    min_size=1,
    max_size=8,
)


def banks() -> gpd.GeoDataFrame:
    """The city as two districts, south and north of the river, with residents."""
    (west, south), (east, north) = made_city.at(-0.5, -0.5), made_city.at(6.5, 6.5)
    river = made_city.at(0, 3.5)[1]
    boxes = [shapely.box(west, south, east, river), shapely.box(west, river, east, north)]
    return gpd.GeoDataFrame(
        {"population": [7000, 7000], "lon": [(west + east) / 2] * 2, "lat": [31.203, 31.209]},
        index=["south", "north"],
        geometry=boxes,
        crs=made_city.CRS,
    )


@settings(max_examples=40, deadline=None)
@given(somewhere, somewhere, st.floats(50, 3000), st.sampled_from(WAYS), st.floats(1, 10))
def test_no_way_reaches_beyond_the_disc(
    demand: list[tuple[float, float]],
    sites: list[tuple[float, float]],
    radius_m: float,
    way: Way,
    speed_kmh: float,
) -> None:
    start, end = np.array(demand), np.array(sites)
    asked = Question(way=way, speed_kmh=speed_kmh, radius_m=radius_m)
    disc = travel(Question(), TERRAIN).costs(start, end, most_m=radius_m).todense()
    own = travel(asked, TERRAIN).costs(start, end, most_m=radius_m)
    pairs = own.tocoo()
    held = np.zeros(own.shape, dtype=bool)
    held[pairs.coords] = True
    straight = travel(Question(), TERRAIN).costs(start, end, most_m=radius_m).tocoo()
    within = np.zeros(own.shape, dtype=bool)
    within[straight.coords] = True
    assert (within | ~held).all()
    assert (pairs.data >= disc[pairs.coords] - 1e-6).all()
    least = np.full(len(start), np.inf)
    np.minimum.at(least, pairs.row, pairs.data)
    nearest_m = travel(asked, TERRAIN).nearest_m(start, end, most_m=radius_m)
    assert np.where(nearest_m <= radius_m, nearest_m, np.inf) == pytest.approx(least, abs=1e-5)


@pytest.mark.parametrize("way", WAYS)
def test_a_site_serves_over_the_river_who_can_get_there(way: Way) -> None:
    sites = toy.sites([made_city.at(1, 3)])
    asked = Question(p=0, radius_m=700, way=way)
    served = propose(sites, banks(), asked, terrain=TERRAIN).districts["before"]
    assert served["south"] > 0
    # 222 m over the river; the bridge in column 5 begins after 762 m.
    assert (served["north"] > 0) == (way == "straight")
    bridged = propose(sites, banks(), Question(p=0, radius_m=1300, way=way), terrain=TERRAIN)
    assert (bridged.districts["before"]["north"] > 0) == (way != "barriers")


@pytest.mark.parametrize("way", ["barriers", "foot"])
def test_a_plan_by_another_way_adds_up_and_never_reaches_more(way: Way) -> None:
    sites = toy.sites([made_city.at(1, 3), made_city.at(5, 5)])
    by_squares = case(sites, banks(), Question(p=2, radius_m=500))
    by_squares = by_squares._replace(start=by_squares.start._replace(exact=None))
    straight = best(by_squares)
    asked = Question(p=2, radius_m=500, way=way)
    found = propose(sites, banks(), asked, terrain=TERRAIN)
    totals = found.totals
    assert totals.before + found.places["residents"].sum() == pytest.approx(totals.after)
    assert totals.before <= straight.totals.before + 1e-6
    assert totals.after <= straight.totals.after + 1e-6
    assert len(found.places) == 2
    curve = gains(sites, banks(), asked, terrain=TERRAIN)
    assert curve["after"].iloc[-1] == pytest.approx(totals.after, rel=1e-3)
    assert (curve["gain"] >= 0).all()


def test_candidates_of_walks_stand_near_streets() -> None:
    wide = gpd.GeoDataFrame(
        {"population": [9000], "lon": [121.5], "lat": [31.3]},
        geometry=[shapely.box(121.2, 31.0, 121.6, 31.4)],
        crs=made_city.CRS,
    )
    places = [
        propose(toy.sites([]), wide, Question(p=1, way=way, radius_m=1000), terrain=TERRAIN)
        for way in ("straight", "foot")
    ]
    spacing = [found.basis.spacing_m for found in places]
    assert spacing[1] < spacing[0]
    near = made_city.lines().union_all().buffer(0.006)
    assert places[1].places.within(near).all()
    assert len(places[1].places) == 1


@pytest.mark.parametrize("at", [(0, 0), (40, 40)])
def test_a_place_off_the_streets_is_still_drawn(at: tuple[float, float]) -> None:
    place = np.array(made_city.at(*at))
    drawn = outline(travel(Question(way="foot"), TERRAIN), place, most_m=1000)
    assert drawn.is_valid
    assert shapely.intersects_xy(drawn, *place)
    area = travel(Question(way="foot"), TERRAIN).area(place.reshape(1, 2), most_m=1000)
    assert shapely.is_empty(area) == (at == (40, 40))


def test_what_is_asked_for_must_be_there() -> None:
    for way in ("foot", "barriers"):
        with pytest.raises(InputError, match=f"{way}.*the terrain has none"):
            travel(Question(way=way), Terrain())
    with pytest.raises(InputError, match=r"(?s)radius_m.*way: found 'foot' with 'median'"):
        Question(way="foot", model="median", radius_m=0)


def test_a_walk_longer_than_anybody_s_is_refused() -> None:
    with pytest.raises(InputError, match="expected a number above 0 and up to 50,000"):
        Question(way="foot", radius_m=60_000)


@pytest.mark.parametrize("speed_kmh", [0, -1, 11, float("nan"), "fast"])
def test_a_speed_that_is_none_is_refused_with_all_else(speed_kmh: float) -> None:
    with pytest.raises(InputError, match=r"(?s)p: found -1.*speed_kmh: found"):
        Question(way="foot", speed_kmh=speed_kmh, p=-1)


@pytest.mark.parametrize("candidates", CANDIDATES)
@pytest.mark.parametrize("model", MODELS)
def test_no_new_site_stands_where_nothing_may_be_built(
    model: Model, candidates: Candidates
) -> None:
    south, north = banks().geometry
    pins = tuple(Pin(each, *made_city.at(row, row)) for row, each in enumerate("ABCDEF"))
    places = gpd.GeoDataFrame(
        {"name": [each.letter for each in pins]},
        geometry=[shapely.Point(each.lon, each.lat) for each in pins],
        crs=made_city.CRS,
    )
    terrain = Terrain(forbidden=gpd.GeoSeries([north], crs=made_city.CRS), candidates=places)
    asked = Question(
        p=2,
        radius_m=300,
        model=model,
        candidates=candidates,
        share=0.3,
        pins=pins if candidates == "pins" else (),
    )
    found = propose(toy.sites([made_city.at(1, 3)]), banks(), asked, terrain=terrain, seconds=1)
    assert len(found.places)
    assert shapely.intersects(south, found.places.geometry).all()
    assert not shapely.intersects(north, found.places.geometry).any()


def test_a_region_where_nothing_may_be_built_is_refused() -> None:
    terrain = Terrain(forbidden=banks().geometry)
    with pytest.raises(NoCandidateError, match="something may be built"):
        propose(toy.sites([made_city.at(1, 3)]), banks(), Question(p=2), terrain=terrain)
