from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.measures import location_quotient
from tests.geo import toy

FAMILY_OF = {"a": "x", "b": "x", "c": "y"}
CODES = ["310101", "310104", "310105", "310106"]


def test_published_value() -> None:
    # Employees in a sector of a US county and of the country, 2014.
    found = location_quotient.quotient(np.array([1714.0]), np.array([79006]), 879213, 15593224)
    assert found[0] == pytest.approx(0.3847623, abs=5e-8)


def test_a_table_reckoned_by_hand() -> None:
    sites = toy.sites(
        [None] * 9,
        adcode=["310101"] * 5 + ["310104"] * 2 + ["310105", "999999"],
        sectors=["a", "a;c", "c", "c", "c", "a", "b", None, "a;b"],
    )
    table = location_quotient.location_quotient(sites, toy.quarters(), sector="a")
    # x = 8 sites with a sector, one of them in no district; x_s = 1 + 1/2 + 1 + 1/2 = 3
    assert table["x_ds"].to_list() == [1.5, 1.0, 0.0, 0.0]
    assert table["n"].to_list() == [5, 2, 0, 0]
    assert table["few"].to_list() == [False, True, True, True]
    assert table["lq"].to_list() == pytest.approx(
        [(1.5 / 5) / (3 / 8), (1 / 2) / (3 / 8), np.nan, np.nan], nan_ok=True
    )


def test_a_family_counts_the_sum_of_its_sectors() -> None:
    sites = toy.sites(
        [None] * 4, adcode=CODES[:1] * 2 + CODES[1:3], sectors=["a;b", "a;c", "c", "a;b;c"]
    )
    table = location_quotient.location_quotient(
        sites, toy.quarters(), family="x", family_of=FAMILY_OF
    )
    assert table["x_ds"].to_list() == pytest.approx([1.5, 0, 2 / 3, 0])


def test_a_sector_that_no_site_has() -> None:
    sites = toy.sites([None], adcode=["310101"], sectors=["c"])
    table = location_quotient.location_quotient(sites, toy.quarters(), sector="a")
    assert table["lq"].isna().all()
    assert table["n"].to_list() == [1, 0, 0, 0]


def test_the_catalogue_knows_the_families() -> None:
    sites = toy.sites([None], adcode=["310101"], sectors=["industrial_design"])
    table = location_quotient.location_quotient(sites, toy.quarters(), family="ind")
    assert table.loc["310101", "lq"] == 1.0


@pytest.mark.parametrize("chosen", [{}, {"sector": "a", "family": "x"}])
def test_either_a_sector_or_a_family(chosen: dict[str, str]) -> None:
    sites = toy.sites([None], sectors=["a"])
    with pytest.raises(InputError, match="either"):
        location_quotient.location_quotient(sites, toy.quarters(), **chosen)  # type: ignore[arg-type]


def test_sites_without_sectors() -> None:
    with pytest.raises(InputError, match="no column sectors"):
        location_quotient.location_quotient(toy.sites([None]), toy.quarters(), sector="a")


ROWS = st.lists(
    st.tuples(st.sampled_from(CODES), st.sets(st.sampled_from("abc"), min_size=1).map(sorted)),
    min_size=1,
    max_size=25,
)


@settings(max_examples=40)
@given(rows=ROWS)
def test_quotients_weighted_by_sites_average_to_one(rows: list[tuple[str, list[str]]]) -> None:
    sites = toy.sites(
        [None] * len(rows),
        adcode=[code for code, _ in rows],
        sectors=[";".join(named) for _, named in rows],
    )
    table = location_quotient.location_quotient(sites, toy.quarters(), sector="a")
    if table["x_ds"].sum() > 0:
        assert (table["lq"] * table["n"]).sum() / len(sites) == pytest.approx(1)
    else:
        assert table["lq"].isna().all()


@settings(max_examples=40)
@given(rows=ROWS)
def test_sectors_add_up_to_the_sites(rows: list[tuple[str, list[str]]]) -> None:
    sites = toy.sites(
        [None] * len(rows),
        adcode=[code for code, _ in rows],
        sectors=[";".join(named) for _, named in rows],
    )
    tables = [
        location_quotient.location_quotient(sites, toy.quarters(), sector=name) for name in "abc"
    ]
    np.testing.assert_allclose(sum(table["x_ds"] for table in tables), tables[0]["n"])


def test_without_any_site_there_is_no_quotient() -> None:
    none = toy.sites([], sectors=[])
    table = location_quotient.location_quotient(none, toy.quarters(), sector="fashion")
    assert table["lq"].isna().all()
    assert (table["n"] == 0).all()
