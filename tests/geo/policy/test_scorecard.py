"""Scores reckoned by hand on the quarters of `toy` and the twelve sites of `toy_layout`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.facts import boundaries, catalog
from geo.measures import coverage, polycentricity
from geo.policy import layouts, phases, scorecard
from tests.geo import toy, toy_layout

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.policy.model import Layout
    from geo.policy.phases import Phase

SOUTH_WEST, SOUTH_EAST = {"districts": ["310101"]}, {"districts": ["310104"]}
NORTH_WEST, NORTH_EAST = {"districts": ["310105"]}, {"districts": ["310106"]}
NOWHERE = {"unpublished": True}
PHASES: tuple[Phase, ...] = ("planned", "present")
LAYOUTS = ("hrb-2023-press", "sh-2021-meeting", "jn-2020-plan", "cq-2022-plan", "gd-2023-plan")


def point(lon: float, lat: float, precision: str = "building") -> dict[str, Any]:
    return {"point": {"lon": lon, "lat": lat, "precision": precision}}


def score(
    layout: Layout, key: str, *, sites: gpd.GeoDataFrame | None = None, radius_m: float = 1000
) -> scorecard.Score:
    given_sites = toy_layout.sites() if sites is None else sites
    found = scorecard.scorecard(layout, given_sites, toy.quarters(), radius_m=radius_m)
    assert tuple(each.key for each in found) == scorecard.KEYS
    return next(each for each in found if each.key == key)


def two_cores() -> Layout:
    """Cores south-west (6 sites) and south-east (3), a node north-west (2), one north-east (0)."""
    return toy_layout.layout(
        toy_layout.element("a", "core", SOUTH_WEST, specialisations=[toy_layout.spec("fashion")]),
        toy_layout.element("b", "core", SOUTH_EAST, specialisations=[toy_layout.spec("film_tv")]),
        toy_layout.element("c", "node", NORTH_WEST, specialisations=[toy_layout.spec()]),
        toy_layout.element("d", "node", NORTH_EAST),
        toy_layout.element("e", "corridor", NOWHERE),
    )


def test_core_share() -> None:
    # 6 + 3 of 12 sites; the one without a district is one of the twelve.
    found = score(two_cores(), "core_share")
    assert (found.numerator, found.denominator, found.value) == (9, 12, 0.75)
    assert found.sites == tuple(f"s{n}" for n in range(1, 10))
    assert found.districts == ("310101", "310104")
    assert [(part.element, part.n, part.value) for part in found.parts] == [
        ("a", 6, 0.5),
        ("b", 3, 0.25),
    ]


def test_a_site_in_two_cores_counts_once() -> None:
    both = toy_layout.layout(
        toy_layout.element("a", "core", SOUTH_WEST),
        toy_layout.element("b", "core", {"districts": ["310101", "310105"]}),
    )
    assert score(both, "core_share").numerator == 8  # 6 south-west and 2 north-west


def test_core_balance() -> None:
    # The smaller core has 3 sites, the larger 6.
    found = score(two_cores(), "core_balance")
    assert (found.numerator, found.denominator, found.value) == (3, 6, 0.5)


def test_served_elements() -> None:
    # a, b and c have sites, d has none; e has no published place and is not asked.
    found = score(two_cores(), "served_elements")
    assert (found.numerator, found.denominator, found.value) == (3, 4, 0.75)
    assert [(part.element, part.value) for part in found.parts] == [
        ("a", 1),
        ("b", 1),
        ("c", 1),
        ("d", 0),
    ]


def test_the_present_scores_what_exists_on_what_is_not_planned() -> None:
    # The second core is planned: one core left. Two of the first one's six sites are planned too.
    layout = toy_layout.layout(
        toy_layout.element("a", "core", SOUTH_WEST),
        toy_layout.element("b", "core", SOUTH_EAST, status="planned"),
    )
    sites = toy_layout.sites().assign(status=["planned"] * 2 + ["operating"] * 9 + ["unknown"])
    found = {
        phase: {
            each.key: each
            for each in scorecard.scorecard(
                layout, sites, toy.quarters(), radius_m=1000, phase=phase
            )
        }
        for phase in PHASES
    }
    assert found["planned"]["core_share"].value == 9 / 12
    present = found["present"]["core_share"]
    assert (present.numerator, present.denominator) == (4, 10)
    assert present.sites == ("s3", "s4", "s5", "s6")
    assert found["present"]["core_balance"].empty == "one_core"
    # The document names the planned core's district all the same.
    assert found["present"]["unnamed_strongholds"].value == 0


def test_what_only_another_source_knows_is_not_scored() -> None:
    outside = {"certainty": "found", "section": "", "source": "a report"}
    layout = toy_layout.layout(
        toy_layout.element("a", "core", SOUTH_WEST),
        toy_layout.element("x", "carrier", NORTH_EAST, **outside),
    )
    for key in ("served_elements", "coverage"):
        assert [part.element for part in score(layout, key).parts] == ["a"], key


def test_a_candidate_in_a_core_does_not_count_the_core_again() -> None:
    layout = toy_layout.layout(
        toy_layout.element("a", "core", SOUTH_WEST),
        toy_layout.element("base", "candidate", SOUTH_WEST),
        toy_layout.element("alone", "candidate", NORTH_EAST),
        toy_layout.element("site", "carrier", SOUTH_WEST, sites=["sh-m50"]),
    )
    served = score(layout, "served_elements")
    assert [(part.element, part.n) for part in served.parts] == [
        ("a", 6),
        ("alone", 0),
        ("site", 0),
    ]


def test_a_core_known_by_a_point_tells_the_share_of_its_district_too() -> None:
    # Two of the south-west sites lie within 1.05 km of the point; the quarter has 6 of the 12.
    layout = toy_layout.layout(toy_layout.element("a", "core", point(121.41, 31.15)))
    found = score(layout, "core_share")
    assert found.numerator == 2
    assert found.details == (("host", 0.5),)
    assert score(two_cores(), "core_share").details == ()


def test_a_balance_of_few_sites_is_flagged() -> None:
    few = toy_layout.layout(
        toy_layout.element("a", "core", SOUTH_EAST), toy_layout.element("b", "core", NORTH_EAST)
    )
    for key in ("core_balance", "polycentricity"):
        assert score(few, key).few, key
        assert not score(two_cores(), key).few, key


def test_specialisation_kept() -> None:
    # Fashion: 3 of 12 sites. In a: 3 of 6. LQ = (3/6) / (3/12) = 2, kept. Film: 9 of 12, and all 3
    # of b: LQ = 1 / (9/12) = 4/3, kept, but flagged: it rests on fewer than 5 sites. d is without
    # a site, so there is nothing to divide by. c's speciality has no sector of ours: no pair.
    layout = two_cores()
    lonely = layout.elements[3].model_copy(
        update={"specialisations": layout.elements[0].specialisations}
    )
    layout = layout.model_copy(update={"elements": (*layout.elements[:3], lonely)})
    found = score(layout, "specialisation_kept")
    assert (found.numerator, found.denominator, found.value) == (2, 2, 1.0)
    kept, few, empty = found.parts
    assert (kept.element, kept.sector, kept.value, kept.n) == ("a", "fashion", 2.0, 6)
    assert (kept.kept, kept.few, kept.unit) == (True, False, "ratio")
    assert (few.element, few.sector, few.n, few.empty) == ("b", "film_tv", 3, None)
    assert few.value == pytest.approx(4 / 3)
    assert (few.kept, few.few) == (True, True)
    assert (empty.element, empty.value, empty.n, empty.empty) == ("d", None, 0, "no_sites")
    assert found.sites == tuple(f"s{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9))


@pytest.mark.parametrize("sectors", range(1, 12))
def test_equal_shares_are_not_above_1_however_they_are_rounded(sectors: int) -> None:
    # Every site names the same sectors: each share is 1/k everywhere, and every quotient 1.
    codes = catalog.sectors().index[:sectors]
    layout = toy_layout.layout(
        toy_layout.element("a", "core", SOUTH_WEST, specialisations=[toy_layout.spec(*codes)]),
        toy_layout.element("b", "core", SOUTH_EAST, specialisations=[toy_layout.spec(*codes)]),
    )
    found = score(
        layout, "specialisation_kept", sites=toy_layout.sites().assign(sectors=";".join(codes))
    )
    assert (found.numerator, found.denominator) == (0, 2 * sectors)


def test_a_sector_counts_its_share_of_a_site() -> None:
    # All 12 sites name two sectors: fashion weighs 12/2 = 6 in the region and 6/2 = 3 in a, so
    # LQ = (3/6) / (6/12) = 1: not above 1, not kept.
    sites = toy_layout.sites().assign(sectors="fashion;film_tv")
    found = score(two_cores(), "specialisation_kept", sites=sites)
    assert (found.numerator, found.denominator, found.value) == (0, 2, 0.0)
    assert found.parts[0].value == pytest.approx(1.0)


def test_a_sector_nobody_has_is_not_scored() -> None:
    layout = toy_layout.layout(
        toy_layout.element("a", "core", SOUTH_WEST, specialisations=[toy_layout.spec("esports")])
    )
    found = score(layout, "specialisation_kept")
    assert (found.value, found.empty) == (None, "no_sector_sites")
    assert (found.parts[0].empty, found.parts[0].n) == ("no_sector_sites", 6)


def test_coverage_of_each_element_and_of_all() -> None:
    # Five discs in a row, all inside the south-west quarter: computed for that outline alone.
    sites, quarters = toy_layout.sites(), toy.quarters()
    found = score(two_cores(), "coverage")
    alone = coverage.coverage(sites, quarters, radius_m=1000)
    assert [part.element for part in found.parts] == ["a", "b", "c", "d"]
    shares = [part.value for part in found.parts if part.value is not None]
    assert shares == pytest.approx(alone["share"].tolist())
    # The four quarters together: covered areas and areas add up.
    total = alone["covered_km2"].sum() / alone["area_km2"].sum()
    assert found.value == pytest.approx(total, rel=1e-5)
    assert found.sites == ("s1", "s2", "s3", "s4", "s5", "s7", "s8", "s9", "s10", "s11")


def test_coverage_of_a_point_is_of_the_disc_its_sites_are_sought_in() -> None:
    # Radius 1,000 + 50 m round the middle of the south-west; one site there, seen at 1,050 m:
    # covered whole.
    layout = toy_layout.layout(toy_layout.element("a", "core", point(121.43, 31.15)))
    found = score(layout, "coverage", radius_m=1050)
    assert found.denominator == pytest.approx(math.pi * 1.05**2, rel=1e-4)
    assert found.value == pytest.approx(1.0, abs=1e-6)


def test_coverage_says_how_many_sites_it_used() -> None:
    # Two of the twelve have no position; at 100 m the street-level ones are too vague.
    found = score(two_cores(), "coverage")
    assert found.used == (10, 12)
    vague = toy_layout.sites().assign(precision=["street"] * 8 + ["building"] * 4)
    assert score(two_cores(), "coverage", sites=vague, radius_m=100).used == (3, 12)
    nothing = score(two_cores(), "coverage", sites=vague.iloc[:8], radius_m=100)
    assert (nothing.empty, nothing.used) == ("no_exact_sites", (0, 8))


def test_coverage_of_a_point_at_the_edge_ends_where_the_region_does() -> None:
    # Half of the disc of 1,050 m lies west of the region: sea, or another country.
    layout = toy_layout.layout(toy_layout.element("a", "core", point(121.4, 31.15)))
    found = score(layout, "coverage", radius_m=3000)
    assert found.denominator == pytest.approx(math.pi * 1.05**2 / 2, rel=1e-3)
    assert found.value == pytest.approx(1.0, abs=1e-6)


def test_unnamed_strongholds() -> None:
    # Four districts: the strongest tenth, rounded up, is one, the south-west with 6 sites.
    assert score(two_cores(), "unnamed_strongholds").value == 0
    layout = toy_layout.layout(toy_layout.element("b", "core", SOUTH_EAST))
    found = score(layout, "unnamed_strongholds")
    assert (found.value, found.denominator, found.districts) == (1, 1, ("310101",))
    assert found.sites == tuple(f"s{n}" for n in range(1, 7))
    assert scorecard.strongholds(layout, toy_layout.sites(), toy.quarters()) == ["310101"]


@pytest.mark.parametrize(
    ("kind", "fields", "named"),
    [
        ("core", {}, True),
        ("node", {}, True),
        ("carrier", {}, False),
        ("node", {"certainty": "found", "section": "", "source": "a.cn/b"}, False),
    ],
)
def test_what_a_point_names(kind: str, fields: dict[str, object], *, named: bool) -> None:
    layout = toy_layout.layout(toy_layout.element("a", kind, point(121.43, 31.15), **fields))
    assert (score(layout, "unnamed_strongholds").value == 0) is named


def test_districts_that_tie_for_strongest_all_count() -> None:
    sites = toy_layout.sites().iloc[[0, 1, 6, 7]]  # two and two
    layout = toy_layout.layout(toy_layout.element("c", "node", NORTH_WEST))
    found = score(layout, "unnamed_strongholds", sites=sites)
    assert set(found.districts) == {"310101", "310104"}


def test_polycentricity() -> None:
    # 6, 3, 2 and 0 of 11: shares 6/11, 3/11, 2/11, 0. HHI = 49/121; k = 4, so
    # HHI* = (49/121 - 1/4) / (3/4) = 25/121 and 1 - HHI* = 96/121. Primacy 6/11.
    # Green: mean 11/4, variance (36 + 9 + 4)/4 - 121/16 = 75/16, sd = 5 sqrt(3) / 4;
    # sd_max of {0, 6} = 3; 1 - 5 sqrt(3) / 12.
    found = score(two_cores(), "polycentricity")
    assert found.value == pytest.approx(96 / 121)
    details = dict(found.details)
    assert details["primacy"] == pytest.approx(6 / 11)
    assert details["green"] == pytest.approx(1 - 5 * math.sqrt(3) / 12)


def test_corridor_share() -> None:
    # The axis runs along 31.15 from 121.40 to 121.52: the five located sites of the south-west
    # and the first two of the south-east (0 and 0.03 degrees = 2.9 km beyond its end) lie on it;
    # the third is 6.7 km beyond, the northern ones 11 km off. 7 of 10 located sites.
    axis = {"axis": [[121.4, 31.15], [121.52, 31.15]]}
    layout = toy_layout.layout(toy_layout.element("k", "corridor", axis))
    found = score(layout, "corridor_share")
    assert (found.numerator, found.denominator, found.value) == (7, 10, 0.7)
    assert found.sites == ("s1", "s2", "s3", "s4", "s5", "s7", "s8")


@pytest.mark.parametrize(
    ("key", "layout", "empty"),
    [
        ("corridor_share", two_cores(), "axis_unpublished"),
        ("corridor_share", toy_layout.layout(toy_layout.element("a", "core", SOUTH_WEST)),
         "no_corridor"),
        ("core_share", toy_layout.layout(toy_layout.element("a", "node", SOUTH_WEST)), "no_cores"),
        ("core_share", toy_layout.layout(toy_layout.element("a", "core", NOWHERE)),
         "cores_unpublished"),
        ("core_balance", toy_layout.layout(toy_layout.element("a", "core", SOUTH_WEST)),
         "one_core"),
        ("core_balance",
         toy_layout.layout(toy_layout.element("a", "core", NORTH_EAST),
                           toy_layout.element("b", "core", point(121.55, 31.25))),
         "no_sites"),
        ("served_elements", toy_layout.layout(toy_layout.element("a", "core", NOWHERE)),
         "no_elements"),
        ("coverage", toy_layout.layout(toy_layout.element("a", "core", NOWHERE)), "no_elements"),
        ("specialisation_kept", toy_layout.layout(toy_layout.element("a", "core", SOUTH_WEST)),
         "no_pairs"),
        ("polycentricity", toy_layout.layout(toy_layout.element("a", "core", SOUTH_WEST)),
         "few_elements"),
    ],
)  # fmt: skip
def test_an_empty_score_says_why(key: str, layout: Layout, empty: str) -> None:
    found = score(layout, key)
    assert (found.value, found.empty) == (None, empty)


def test_nothing_stands_anywhere() -> None:
    sites = toy_layout.sites().iloc[:0]
    found = scorecard.scorecard(two_cores(), sites, toy.quarters(), radius_m=1000)
    assert {each.key: each.empty for each in found} == {
        "core_share": "no_sites",
        "core_balance": "no_sites",
        "served_elements": "no_sites",  # nothing is on record: unknown, not none
        "specialisation_kept": "no_sites",
        "coverage": "no_exact_sites",
        "unnamed_strongholds": "no_sites",
        "polycentricity": "no_sites",
        "corridor_share": "axis_unpublished",
    }


def test_what_stands_near_a_point() -> None:
    # 1 km and 50 m: the site 0.01 degrees (953 m) to either side is reached, the next is not.
    # With street precision 1.5 km, still the same; with district precision 4 km: four to a side.
    for precision, expected in (
        ("building", ("s2", "s3", "s4")),
        ("street", ("s2", "s3", "s4")),
        ("district", ("s1", "s2", "s3", "s4", "s5")),
    ):
        layout = toy_layout.layout(toy_layout.element("a", "core", point(121.43, 31.15, precision)))
        found = scorecard.element_sites(layout, toy_layout.sites(), toy.quarters())
        assert found == {"a": expected}


def test_a_site_known_more_vaguely_than_a_point_reaches_is_not_counted_there() -> None:
    # The three sites within 1,050 m of the building: one is known to 3 km only and may stand
    # anywhere in a disc eight times as large. A point known to 3 km reaches 4 km: there it counts.
    sites = toy_layout.sites()
    sites.loc[2, "precision"] = "district"
    for precision, expected, vague in (
        ("building", ("s2", "s4"), {"a": 1}),
        ("district", ("s1", "s2", "s3", "s4", "s5"), {}),
    ):
        layout = toy_layout.layout(toy_layout.element("a", "core", point(121.43, 31.15, precision)))
        found = scorecard.element_sites(layout, sites, toy.quarters())
        assert found == {"a": expected}
        assert scorecard.left_out(layout, sites, toy.quarters()) == vague


def test_all_ten_specialisations_of_guangdong_can_be_computed() -> None:
    layout = layouts.layout("gd-2023-plan")
    found = next(
        each
        for each in scorecard.scorecard(
            layout,
            catalog.sites("guangdong"),
            boundaries.districts("guangdong", level="city"),
            radius_m=3000,
        )
        if each.key == "specialisation_kept"
    )
    assert found.denominator == 10
    assert found.numerator == sum(part.kept for part in found.parts)
    assert all(part.few is (part.n < 5) for part in found.parts)
    assert any(part.few for part in found.parts)


def test_an_element_that_is_a_site_of_the_catalogue_holds_that_site() -> None:
    layout = toy_layout.layout(
        toy_layout.element("a", "carrier", point(121.43, 31.15), sites=["s5"]),
        toy_layout.element("b", "carrier", NOWHERE, sites=["s6", "gone"]),
        toy_layout.element("c", "carrier", NOWHERE),
    )
    found = scorecard.element_sites(layout, toy_layout.sites(), toy.quarters())
    assert found == {"a": ("s5",), "b": ("s6",), "c": ()}


def test_a_city_holds_the_sites_of_its_districts_and_those_that_state_only_the_city() -> None:
    districts = toy.quarters().assign(city_adcode=["310100", "310100", "310200", "310200"])
    sites = toy_layout.sites()
    sites["city_adcode"] = pd.Series([None] * 11 + ["310100"], dtype="string")
    layout = toy_layout.layout(toy_layout.element("a", "core", {"districts": ["310100"]}))
    found = scorecard.element_sites(layout, sites, districts)
    assert found["a"] == (*(f"s{n}" for n in range(1, 10)), "s12")


def test_inputs_are_not_changed() -> None:
    sites, quarters = toy_layout.sites(), toy.quarters()
    before_sites, before_quarters = sites.copy(), quarters.copy()
    scorecard.scorecard(two_cores(), sites, quarters, radius_m=1000)
    pd.testing.assert_frame_equal(sites, before_sites)
    pd.testing.assert_frame_equal(quarters, before_quarters)


counts = st.lists(st.integers(0, 1000), min_size=2, max_size=12).filter(any)


@given(counts)
def test_polycentricity_lies_between_0_and_1(values: list[int]) -> None:
    for figure in (polycentricity.evenness, polycentricity.green, polycentricity.primacy):
        assert -1e-9 <= figure(values) <= 1 + 1e-9


@given(st.integers(2, 12), st.integers(1, 1000))
def test_equal_elements_are_wholly_polycentric(k: int, each: int) -> None:
    assert polycentricity.evenness([each] * k) == pytest.approx(1)
    assert polycentricity.green([each] * k) == pytest.approx(1)
    assert polycentricity.primacy([each] * k) == pytest.approx(1 / k)


def test_evenness_by_the_published_index() -> None:
    # HHI of (20, 50, 20, 10) = 0.34, normalised 0.12: the textbook case of the Herfindahl index.
    assert polycentricity.evenness([20, 50, 20, 10]) == pytest.approx(1 - 0.12)


@pytest.mark.parametrize("values", [[], [3], [0, 0], [1, -1], [1, math.nan]])
def test_counts_without_a_balance_are_refused(values: list[float]) -> None:
    with pytest.raises(InputError, match="counts"):
        polycentricity.evenness(values)


@pytest.mark.parametrize("layout_id", LAYOUTS)
def test_every_real_layout_is_scored(layout_id: str) -> None:
    layout = layouts.layout(layout_id)
    level = catalog.regions()["default_level"][layout.region]
    sites = catalog.sites(layout.region)
    districts = boundaries.districts(layout.region, level=level)
    found = scorecard.scorecard(layout, sites, districts, radius_m=3000)
    ids = set(sites["id"])
    for each in found:
        assert (each.value is None) == (each.empty is not None), each.key
        assert set(each.sites) <= ids
        assert set(each.districts) <= set(districts.index)
        if each.unit == "share" and each.value is not None:
            assert 0 <= each.value <= 1
    served = next(each for each in found if each.key == "served_elements")
    standing = scorecard.element_sites(layout, sites, districts)
    assert {part.element: part.n for part in served.parts} == {
        each.id: len(standing[each.id]) for each in phases.scored(layout, phase="planned")
    }


def test_an_axis_far_from_its_middle_is_measured_in_metres() -> None:
    # 4,990 m and 5,010 m off the end of a line of 190 km.
    line = [[120.5, 31.15], [122.5, 31.15]]
    end = shapely.Point(122.5, 31.15)
    north = [(end.x, end.y + metres / 110_870) for metres in (4990, 5010)]
    layout = toy_layout.layout(toy_layout.element("k", "corridor", {"axis": line}))
    found = score(layout, "corridor_share", sites=toy.sites(north, sectors="fashion"))
    assert found.numerator == 1
