from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.facts import catalog
from geo.search import criteria, facets, matching
from geo.search.criteria import Criteria
from tests.geo import toy

if TYPE_CHECKING:
    import geopandas as gpd

SITES = catalog.sites().iloc[::3]
EVERYTHING = facets.counts(SITES, Criteria())


def choices(field: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(list(EVERYTHING[field])), unique=True, max_size=3).map(tuple)


any_criteria = st.builds(
    Criteria,
    **{field: choices(field) for field in criteria.LISTS},
    match=st.sampled_from(criteria.MATCHES),
    opened_since=st.sampled_from([None, None, 2010]),
    until=st.sampled_from([None, None, 2018]),
    area_min=st.sampled_from([None, None, 20_000.0]),
    near=st.sampled_from([None, (121.47, 31.23), (113.3, 23.1)]),
    within_km=st.sampled_from([None, 20.0, 200.0]),
    text=st.sampled_from(["", "", "chuangyi", "设计"]),
)


def left(sites: gpd.GeoDataFrame, asked: Criteria, field: str, code: str) -> int:
    """Count in the plain way: make the choice, select, count."""
    kept = asked.sector if field == "sector" and asked.match == criteria.ALL else ()
    choice = {field: (*kept, code)}
    return len(matching.select(sites, dataclasses.replace(asked, **choice)))  # type: ignore[arg-type]


@settings(max_examples=10)
@given(any_criteria)
def test_counts_are_what_the_choice_would_leave(asked: Criteria) -> None:
    found = facets.counts(SITES, asked)
    assert found == {
        field: {code: left(SITES, asked, field, code) for code in codes}
        for field, codes in found.items()
    }


def test_every_choice_is_there() -> None:
    assert list(EVERYTHING) == list(criteria.LISTS)
    assert list(EVERYTHING["sector"]) == list(catalog.families().index)
    assert list(EVERYTHING["kind"]) == list(catalog.vocabulary("kind").index)
    assert set(EVERYTHING["district"]) == set(SITES["adcode"].dropna()) | set(
        SITES["city_adcode"].dropna()
    )


def test_numbers_of_the_catalogue() -> None:
    found = facets.counts(catalog.sites(), Criteria())
    assert sum(found["kind"].values()) == len(catalog.sites())
    assert found["evidence"] == catalog.sites()["evidence"].value_counts().to_dict()


def test_choices_of_one_list_do_not_hide_each_other() -> None:
    asked = Criteria(kind=("park",))
    found = facets.counts(SITES, asked)
    assert found["kind"] == EVERYTHING["kind"]
    assert found["level"] != EVERYTHING["level"]


def test_all_families_narrow_each_other() -> None:
    sites = toy.sites(
        [None] * 3,
        sectors=["fashion;industrial_design", "fashion", "industrial_design;software_it"],
        adcode=["310101", "310101", None],
        kind="park",
        level="none",
        status="operating",
        evidence="listed",
    )
    both = facets.counts(sites, Criteria(sector=("ind",), match="all"))
    assert {code: n for code, n in both["sector"].items() if n} == {"ind": 2, "fas": 1, "dig": 1}
    either = facets.counts(sites, Criteria(sector=("ind",)))
    assert {code: n for code, n in either["sector"].items() if n} == {"ind": 2, "fas": 2, "dig": 1}
    assert either["district"] == {"310101": 1}


def test_no_sites_at_all() -> None:
    found = facets.counts(SITES[:0], Criteria(kind=("park",)))
    assert found["district"] == {}
    assert sum(n for codes in found.values() for n in codes.values()) == 0


def test_absent_columns_are_named_together() -> None:
    with pytest.raises(InputError, match="kind, level"):
        facets.counts(catalog.sites("jinan").drop(columns=["kind", "level"]), Criteria())
