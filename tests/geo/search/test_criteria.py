from __future__ import annotations

import dataclasses
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.checks.written import MAX_SHOWN
from geo.errors import InputError
from geo.facts import catalog
from geo.facts.schemas import YEARS
from geo.search import criteria, matching, text_index
from geo.search.criteria import Criteria, Fault
from tests.geo import toy

CODES = {
    "sector": tuple(catalog.families().index),
    "kind": tuple(catalog.vocabulary("kind").index),
    "level": tuple(catalog.vocabulary("level").index),
    "status": tuple(catalog.vocabulary("status").index),
    "precision": tuple(catalog.vocabulary("precision").index),
    "evidence": tuple(catalog.vocabulary("evidence").index),
    "district": ("310105", "310000", "440402", "440100", "441900"),
}


def lists() -> dict[str, st.SearchStrategy[tuple[str, ...]]]:
    return {
        name: st.lists(st.sampled_from(codes), unique=True).map(tuple)
        for name, codes in CODES.items()
    }


@st.composite
def any_criteria(draw: st.DrawFn) -> Criteria:
    """Criteria as an address can hold them."""
    near = draw(st.none() | st.tuples(st.floats(-180, 180), st.floats(-90, 90)))
    listed: dict[str, Any] = {name: draw(codes) for name, codes in lists().items()}
    return Criteria(
        **listed,
        scope=draw(st.sampled_from(criteria.SCOPES)),
        match=draw(st.sampled_from(criteria.MATCHES)),
        opened_since=draw(st.none() | st.integers(*YEARS)),
        until=draw(st.none() | st.integers(*YEARS)),
        area_min=draw(st.none() | st.floats(0, criteria.MOST_M2)),
        near=None if near is None else (near[0] + 0.0, near[1] + 0.0),
        within_km=None if near is None else draw(st.none() | st.floats(1e-9, criteria.MOST_KM)),
        text=draw(
            st.text(max_size=criteria.MOST_TEXT)
            .map(str.strip)
            .filter(lambda text: not text or bool(text_index.words(text)))
        ),
    )


def refused(**params: str) -> tuple[Fault, ...]:
    found, faults = criteria.parse(params)
    assert found == Criteria()
    return faults


@given(any_criteria())
def test_what_is_written_is_read_again(asked: Criteria) -> None:
    assert criteria.parse(criteria.render(asked)) == (asked, ())


@given(st.dictionaries(st.sampled_from(criteria.NAMES), st.text(max_size=200)))
def test_no_text_is_too_odd_to_read(params: dict[str, str]) -> None:
    found, faults = criteria.parse(params)
    assert criteria.parse(criteria.render(found))[0] == found
    assert {fault.name for fault in faults} <= set(params)
    assert all(len(fault.value) <= MAX_SHOWN + 1 for fault in faults)
    assert len(matching.select(catalog.sites("jinan"), found)) <= 32


def test_an_address_without_filters() -> None:
    assert criteria.parse({"region": "shanghai", "kind": "", "text": "  "}) == (Criteria(), ())
    assert criteria.render(Criteria()) == {}


def test_an_address() -> None:
    params = {
        "sector": "fas,arc",
        "match": "all",
        "scope": "wide",
        "evidence": "listed,official",
        "district": "310105",
        "opened_since": "2010",
        "until": "2015",
        "area_min": "12000.5",
        "near": "121.47,31.23",
        "within_km": "2",
        "text": "四行 sihang",
    }
    asked = Criteria(
        sector=("fas", "arc"),
        match="all",
        scope="wide",
        evidence=("listed", "official"),
        district=("310105",),
        opened_since=2010,
        until=2015,
        area_min=12000.5,
        near=(121.47, 31.23),
        within_km=2.0,
        text="四行 sihang",
    )
    assert criteria.parse(params) == (asked, ())
    assert criteria.render(asked) == params


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("sector", "'; DROP TABLE sites; --", "unknown"),
        ("kind", "<script>alert(1)</script>", "unknown"),
        ("match", "none", "unknown"),
        ("district", "999999", "unknown"),
        ("opened_since", "12345", "out_of_range"),
        ("opened_since", "9" * 10, "no_number"),
        ("opened_since", "-5", "no_number"),
        ("opened_since", "２０１０", "no_number"),
        ("opened_since", "2010.5", "no_number"),
        ("until", "12345", "out_of_range"),
        ("until", "then", "no_number"),
        ("area_min", "-1", "out_of_range"),
        ("area_min", "1e300", "out_of_range"),
        ("area_min", "1e999", "out_of_range"),
        ("area_min", "nan", "no_number"),
        ("area_min", "1_000", "no_number"),
        ("near", "31.23,121.47", "out_of_range"),
        ("near", "121.47", "no_place"),
        ("near", "121.47,31.23,5", "no_place"),
        ("near", "inf,nan", "no_place"),
        ("near", "500,x", "no_place"),
        ("within_km", "-1", "out_of_range"),
        ("within_km", "0", "out_of_range"),
        ("within_km", "1e9", "out_of_range"),
        ("within_km", "far", "no_number"),
        ("within_km", "3", "needs_near"),
        ("text", "！？()", "no_words"),
    ],
)
def test_values_that_cannot_be_used(name: str, value: str, code: str) -> None:
    assert refused(**{name: value}) == (Fault(name, value, code),)


def test_long_values_are_refused_and_shortened() -> None:
    assert refused(text="园" * 101) == (Fault("text", "园" * 40 + "…", "too_long"),)
    assert refused(area_min="1" * 50) == (Fault("area_min", "1" * 40 + "…", "no_number"),)


def test_the_known_codes_of_a_list_are_kept() -> None:
    found, faults = criteria.parse({"kind": "park,villa,,park , base,inn"})
    assert found == Criteria(kind=("park", "base"))
    assert faults == (Fault("kind", "villa,inn", "unknown"),)


def test_codes_of_a_release_mean_what_they_meant() -> None:
    asked, faults = criteria.parse({"evidence": "sourced"})
    assert faults == ()
    assert asked.evidence == ("official", "documented", "listed")
    unverified = criteria.parse({"evidence": "unverified"})[0]
    found = [matching.select(catalog.sites(), each)["id"] for each in (asked, unverified)]
    assert set(found[0]) ^ set(found[1]) == set(catalog.sites()["id"])


def test_a_list_without_end() -> None:
    many = ",".join(f"x{n}" for n in range(10_000))
    assert len(refused(kind=many)) == 1
    units = [f"{n:06}" for n in range(10_000)]
    found, (fault,) = criteria.parse({"district": ",".join(units)}, districts=set(units))
    assert found.district == tuple(units[: criteria.MOST_VALUES])
    assert fault.code == "too_many"


def test_districts_of_a_region() -> None:
    found, faults = criteria.parse({"district": "310105,440305"}, districts=["310105"])
    assert found.district == ("310105",)
    assert faults == (Fault("district", "440305", "unknown"),)


def test_a_unit_that_is_part_of_another() -> None:
    assert criteria.parse({"district": "440499,440402"})[0].district == ("440402",)


def test_a_distance_to_a_place_that_was_refused_is_told_once() -> None:
    assert refused(near="x", within_km="3") == (Fault("near", "x", "no_place"),)


def test_another_match_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(InputError, match="expected one of any, all"):
        Criteria(match="some")


def test_without_criteria_all_sites_pass() -> None:
    sites = catalog.sites()
    pd.testing.assert_frame_equal(matching.select(sites, Criteria()), sites)


@settings(max_examples=30)
@given(any_criteria())
def test_all_criteria_must_hold(asked: Criteria) -> None:
    sites = catalog.sites()
    found = set(matching.select(sites, asked)["id"])
    one_by_one = set(sites["id"])
    for name in criteria.NAMES:
        alone = {name: getattr(asked, name)}
        if name == "sector":
            alone["match"] = asked.match
        if name == "within_km":
            alone["near"] = asked.near
        if name != "near":  # told together with its distance
            one_by_one &= set(matching.select(sites, Criteria(**alone))["id"])
    assert found == one_by_one


def test_rows_keep_their_order_index_and_columns() -> None:
    sites = toy.sites([(121.4, 31.2)] * 3, kind=["park", "base", "park"]).set_axis([7, 8, 9])
    found = matching.select(sites, Criteria(kind=("park",)))
    pd.testing.assert_frame_equal(found, sites.loc[[7, 9]])


def test_the_columns_that_are_asked_for_must_be_there() -> None:
    sites = toy.sites([(121.4, 31.2)])
    asked = Criteria(sector=("ind",), kind=("park",), opened_since=2000, area_min=1.0)
    with pytest.raises(InputError, match="no column sectors, opened_year, area_m2, kind;"):
        matching.select(sites, asked)
    with pytest.raises(InputError, match="no column id, opened_year;"):
        matching.select(sites, Criteria(until=2000))


def test_within_three_kilometres_unless_said_otherwise() -> None:
    # One degree of latitude at the equator is 110.574 km on the WGS84 ellipsoid.
    sites = toy.sites([(0, 2.9 / 110.574), (0, 3.1 / 110.574), None])
    asked = Criteria(near=(0, 0))
    assert list(matching.select(sites, asked).index) == [0]
    wider = dataclasses.replace(asked, within_km=4.0)
    assert list(matching.select(sites, wider).index) == [0, 1]
    assert len(matching.select(sites, Criteria(within_km=1.0))) == 3


def test_values_that_no_address_holds() -> None:
    sites = catalog.sites("jinan")
    for asked in (
        Criteria(kind=("villa",)),
        Criteria(area_min=criteria.MOST_M2),
        Criteria(text="？"),
    ):
        assert len(matching.select(sites, asked)) == 0
