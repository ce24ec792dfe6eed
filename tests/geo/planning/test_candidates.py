"""What breaks: a site where no candidate is, a name that is another's, a plan of none."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import InputError, NoCandidateError
from geo.planning import Question, case, choice, propose
from geo.planning.question import MODELS, Model, Way
from geo.planning.scenario import Pin
from geo.planning.travel import Terrain
from tests.geo import toy
from tests.geo.planning import toy_plan

REGION = toy_plan.region()
AT = {"旧厂": (121.45, 31.15), "码头": (121.46, 31.16), "": (121.55, 31.25), "岛": (121.7, 31.4)}
"""The last lies outside."""


def places(at: dict[str, tuple[float, float]] = AT) -> gpd.GeoDataFrame:
    points = [shapely.Point(each) for each in at.values()]
    return gpd.GeoDataFrame({"name": [*at]}, geometry=points, crs=toy.CRS)


@pytest.mark.parametrize("model", MODELS)
def test_new_sites_stand_at_the_places_that_were_brought_and_bear_their_names(
    model: Model,
) -> None:
    asked = Question(p=2, model=model, candidates="own", share=0.5)
    found = propose(toy.sites([]), REGION, asked, terrain=Terrain(candidates=places()))
    assert len(found.places)
    for row in found.places.itertuples():
        assert AT[str(row.candidate)] == (row.lon, row.lat)
    assert (found.basis.candidates, found.basis.left_out) == (3, 1)
    assert np.isnan(found.basis.spacing_m)


def test_pins_are_candidates_like_places_of_a_file() -> None:
    own = propose(
        toy.sites([]),
        REGION,
        Question(p=2, candidates="own"),
        terrain=Terrain(candidates=places()),
    )
    pins = tuple(Pin(letter, *at) for letter, at in zip("ABC", AT.values(), strict=False))
    by_hand = propose(toy.sites([]), REGION, Question(p=2, candidates="pins", pins=pins))
    assert by_hand.totals == own.totals
    assert set(by_hand.places["candidate"]) <= {*"ABC"}
    assert by_hand.places.geometry.equals(own.places.geometry)


def test_other_candidates_have_no_name() -> None:
    for asked in (Question(p=2), Question(p=2, candidates="districts")):
        assert set(propose(toy.sites([]), REGION, asked).places["candidate"]) == {""}


def test_no_candidate_left_is_an_error_of_its_own() -> None:
    closed = gpd.GeoSeries([shapely.box(121.4, 31.1, 121.6, 31.3)], crs=toy.CRS)
    island = {"岛": AT["岛"]}
    for asked, terrain in (
        (Question(candidates="own"), Terrain(candidates=places(island))),
        (Question(candidates="own"), Terrain(candidates=places(), forbidden=closed)),
        (Question(candidates="pins", pins=(Pin("A", 121.45, 31.15),)), Terrain(forbidden=closed)),
        (Question(candidates="districts"), Terrain(forbidden=closed)),
        (Question(), Terrain(forbidden=closed)),
    ):
        with pytest.raises(NoCandidateError, match="candidates"):
            propose(toy.sites([]), REGION, asked, terrain=terrain)


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:32651"])
def test_candidates_and_forbidden_areas_may_have_any_crs(crs: str) -> None:
    park = gpd.GeoSeries([shapely.box(121.44, 31.14, 121.465, 31.165)], crs=toy.CRS)
    terrain = Terrain(candidates=places(), forbidden=park)
    elsewhere = Terrain(candidates=places().to_crs(crs), forbidden=park.to_crs(crs))
    asked = Question(p=1, candidates="own")
    found, again = (
        propose(toy.sites([]), REGION, asked, terrain=each) for each in (terrain, elsewhere)
    )
    assert again.basis.left_out == found.basis.left_out == 3
    assert again.totals.after == pytest.approx(found.totals.after)


@pytest.mark.parametrize("way", ["straight", "barriers"])
def test_every_fault_of_a_terrain_is_told_at_once(way: Way) -> None:
    nowhere = gpd.GeoSeries([shapely.box(121.44, 31.14, 121.465, 31.165)])
    areas = gpd.GeoDataFrame(geometry=[nowhere[0], shapely.Point(121.5, 131.2)], crs=toy.CRS)
    terrain = Terrain(candidates=areas, forbidden=nowhere, barriers=nowhere)
    with pytest.raises(InputError) as refused:
        propose(toy.sites([]), REGION, Question(p=1, way=way), terrain=terrain)
    lines = str(refused.value).splitlines()
    assert [line.split(" at ")[0].split(";")[0] for line in lines] == [
        "barriers: the frame has no CRS, so its coordinates could mean anything",
        "forbidden: the frame has no CRS, so its coordinates could mean anything",
        "candidates: no column name",
        "candidates, geometry: no point",
        "candidates, geometry: outside longitude -180 to 180 and latitude -90 to 90",
    ]


def test_a_candidate_without_a_place_is_left_out() -> None:
    lacking = places({"旧厂": AT["旧厂"], "码头": (np.nan, np.nan)})
    found = propose(
        toy.sites([]),
        REGION,
        Question(p=2, candidates="own"),
        terrain=Terrain(candidates=lacking),
    )
    assert (found.basis.candidates, found.basis.left_out) == (1, 1)
    assert found.places["candidate"].to_list() == ["旧厂"]


def test_a_district_s_point_outside_the_region_is_no_candidate() -> None:
    west = REGION.index[0]
    off = REGION.assign(lon=REGION["lon"].where(REGION.index != west, 121.7))
    found = propose(toy.sites([]), off, Question(p=4, candidates="districts", radius_m=12_000))
    assert (found.basis.candidates, found.basis.left_out) == (3, 1)
    assert found.places["lon"].max() < 121.6
    known = REGION.assign(lon=121.7)
    with pytest.raises(NoCandidateError, match="none is in the region"):
        propose(toy.sites([]), known, Question(p=1, candidates="districts"))


def test_what_is_asked_for_is_given() -> None:
    with pytest.raises(InputError, match="found 'own', of which the terrain has none"):
        propose(toy.sites([]), REGION, Question(candidates="own"))
    for pins, told in (
        ((), "found 0, expected 1 to 30"),
        ((Pin("A", 121.5, 31.2), Pin("A", 121.4, 31.2)), "letter A more than once"),
        ((Pin("A", 200.0, 31.2),), "pins, A"),
    ):
        with pytest.raises(InputError, match=told):
            Question(candidates="pins", pins=pins)
    with pytest.raises(InputError, match="found 1 with candidates 'cells'"):
        Question(pins=(Pin("A", 121.5, 31.2),))


@pytest.mark.parametrize("model", ["cover", "worst", "fewest"])
def test_more_candidates_than_squares_are_looked_at_for_are_no_fault(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "MOST_CANDIDATES", 2)
    asked = Question(p=1, model=model, radius_m=3000, candidates="own", share=0.1)
    found = propose(toy.sites([]), REGION, asked, terrain=Terrain(candidates=places()))
    assert found.basis.candidates == 3
    assert len(found.places) == 1


@pytest.mark.parametrize("model", ["median", "center"])
def test_many_candidates_leave_room_for_fewer_squares(model: Model) -> None:
    lon, lat = np.meshgrid(np.linspace(121.41, 121.59, 40), np.linspace(31.11, 31.29, 40))
    many = gpd.GeoDataFrame({"name": ""}, geometry=gpd.points_from_xy(lon.ravel(), lat.ravel()),
                            index=range(1600), crs=toy.CRS)  # fmt: skip
    asked = Question(p=2, model=model, radius_m=1000, candidates="own")
    few = case(toy.sites([]), REGION, Question(p=2, model=model, radius_m=1000))
    given = case(toy.sites([]), REGION, asked, terrain=Terrain(candidates=many))
    assert given.among.cost.shape[1] == len(many)
    assert given.among.cost.nnz <= 5_000 * 300
    assert given.among.here.size_m > few.among.here.size_m
