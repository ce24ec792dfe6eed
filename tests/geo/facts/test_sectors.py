from __future__ import annotations

import pandas as pd

from geo.facts import catalog, sectors


def test_a_site_with_k_sectors_counts_a_kth_in_each() -> None:
    pairs = sectors.shares(pd.DataFrame({"sectors": ["a", "a;b", "b; c ;d", None, "", ";"]}))
    assert pairs["site"].to_list() == [0, 1, 1, 2, 2, 2]
    assert pairs["sector"].to_list() == ["a", "a", "b", "b", "c", "d"]
    assert pairs["share"].to_list() == [1, 1 / 2, 1 / 2, 1 / 3, 1 / 3, 1 / 3]


def test_a_sector_named_twice_counts_once() -> None:
    pairs = sectors.shares(pd.DataFrame({"sectors": ["a;a;b"]}))
    assert pairs["share"].to_list() == [0.5, 0.5]


def test_rows_are_counted_whatever_the_index() -> None:
    pairs = sectors.shares(pd.DataFrame({"sectors": ["a", "b"]}, index=["x", "x"]))
    assert pairs["site"].to_list() == [0, 1]


def test_no_site_has_no_sector() -> None:
    assert sectors.shares(pd.DataFrame({"sectors": pd.Series(dtype="str")})).empty


def test_sectors_of_families() -> None:
    family_of = {"a": "x", "b": "x", "c": "y"}
    assert sectors.of_families({"x"}, family_of=family_of) == {"a", "b"}
    assert sectors.of_families([], family_of=family_of) == set()
    assert sectors.of_families({"z"}, family_of=family_of) == set()


def test_families_of_the_catalogue_make_up_all_its_sectors() -> None:
    everything = sectors.of_families(list(catalog.families().index))
    assert everything == set(catalog.sectors().index)


def test_the_first_known_sector_gives_the_family_and_an_unknown_one_is_mixed() -> None:
    listed = ["fashion;industrial_design", " industrial_design", "alchemy;fashion", "", None]
    sites = pd.DataFrame({"sectors": listed}, index=list("abcde"))
    told = sectors.main_families(sites)
    assert told.to_dict() == {"a": "fas", "b": "ind", "c": "fas", "d": "mix", "e": "mix"}


def test_a_family_that_was_asked_for_goes_before_the_first() -> None:
    sites = pd.DataFrame({"sectors": ["fashion;industrial_design", "fashion", None]})
    told = sectors.main_families(sites, preferred=["ind"])
    assert told.to_list() == ["ind", "fas", "mix"]
    assert sectors.main_families(sites[:0]).empty
