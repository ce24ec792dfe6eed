from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from geo.errors import InputError
from geo.measures import location_quotient
from tests.geo import toy

FAMILY_OF = {"a": "x", "b": "x", "c": "y"}
CODES = ["310101", "310104", "310105", "310106"]


def test_published_value() -> None:
    # Farhauer and Kroell 2013, Standorttheorien; an example of REAT (Wieland 2019, REGION 6(3)).
    assert location_quotient.location_quotient(1714, 79006, 879213, 15593224) == pytest.approx(
        0.3847623, abs=5e-8
    )


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17, p. 861, table I, method 5.
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_published_intervals_of_a_share(hits: int, n: int, low: float, high: float) -> None:
    # Where the area has half of its sites in the sector, a quotient is twice the share.
    found = location_quotient.interval(hits, n, 1, 2)
    assert (found.low / 2, found.high / 2) == pytest.approx((low, high), abs=5.1e-5)


@settings(max_examples=30)
@given(
    pair=st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted),
    level=st.floats(0.5, 0.999),
)
def test_intervals_agree_with_scipy(pair: list[int], level: float) -> None:
    hits, n = pair
    low, high = location_quotient.interval(hits, n, 3, 4, level=level)
    if n == 0:
        assert np.isnan([low, high]).all()
        return
    theirs = stats.binomtest(hits, n).proportion_ci(level)
    assert (low * 0.75, high * 0.75) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert low <= location_quotient.location_quotient(hits, n, 3, 4) <= high


def test_intervals_hold_the_true_quotient_as_often_as_they_say() -> None:
    n, share = 24, 0.3
    hits = np.random.default_rng(13).binomial(n, share, size=2000)
    low, high = location_quotient.interval(hits, n, 200, 1000)
    assert ((low <= share / 0.2) & (share / 0.2 <= high)).mean() >= 0.95


def test_scalars_and_arrays() -> None:
    found = location_quotient.location_quotient([2, 0, 0, np.nan], [4, 6, 0, 3], 2, 10)
    np.testing.assert_array_equal(found, [2.5, 0.0, np.nan, np.nan])
    assert np.isnan(location_quotient.location_quotient(0, 5, 0, 10))
    assert np.isnan(location_quotient.location_quotient(0, 0, 0, 0))
    assert np.isnan(location_quotient.interval(0, 5, 0, 10)).all()


def test_every_count_that_cannot_be_is_named() -> None:
    with pytest.raises(InputError, match=r"x_ds: found -1.0(.|\n)*x: found inf"):
        location_quotient.location_quotient([1, -1], 5, 3, np.inf)
    with pytest.raises(InputError, match="shapes that fit"):
        location_quotient.location_quotient([1, 2], [1, 2, 3], 1, 1)
    with pytest.raises(InputError, match="level: found 1"):
        location_quotient.interval(1, 2, 3, 4, level=1)


COUNTS = pd.DataFrame(
    {"film": [8, 2, 0, 0], "fashion": [2, 38, 3, 0], "crafts": [0, 0, 0, 0]},
    index=["west", "east", "isle", "none"],
)


def test_a_table_of_sectors() -> None:
    found = location_quotient.table(COUNTS)
    expected = location_quotient.location_quotient([8, 2, 0, 0], [10, 40, 3, 0], 10, 53)
    np.testing.assert_array_equal(found["film"], expected)
    assert found["crafts"].isna().all()
    assert found.loc["none"].isna().all()
    assert found.attrs["reference"] == "all districts"


def test_a_reference_area_by_its_name() -> None:
    province = pd.Series({"crafts": 5, "fashion": 30, "film": 10, "software": 55}, name="粤")
    found = location_quotient.table(COUNTS, reference=province)
    assert found.iloc[0].to_list() == pytest.approx([0.8 / 0.1, 0.2 / 0.3, 0])
    assert found.attrs["reference"] == "粤"


def test_every_fault_of_a_reference_is_named() -> None:
    holes = COUNTS.astype(float)
    holes.iloc[0, 0] = np.nan
    with pytest.raises(
        InputError,
        match=r"counts: found a missing value(.|\n)*no count of fashion, crafts(.|\n)*no name",
    ):
        location_quotient.table(holes, reference=pd.Series({"film": 3}))
    with pytest.raises(InputError, match="labels that come twice"):
        location_quotient.table(COUNTS.rename(index={"isle": "west"}))


def test_stars_for_size_specialisation_and_focus() -> None:
    found = location_quotient.specialisation(COUNTS)
    assert found["stars"].xs("west").to_dict() == {"film": 3, "fashion": 0, "crafts": 0}
    # 38 of 40, the largest number and share, but only 1.17 times the share of all.
    assert found.loc[("east", "fashion"), "stars"] == 2
    assert found.loc[["isle", "none"], "stars"].isna().all()
    assert found.loc[["isle", "none"], "few"].all()


def test_the_top_tenth_of_many_districts() -> None:
    counts = pd.DataFrame({"a": range(30), "b": [100] * 30})
    found = location_quotient.specialisation(counts)["stars"]
    assert (found.loc[:, "a"] >= 2).to_list() == [False] * 27 + [True] * 3
    # All tie by size; by share the first three are the top.
    assert found.loc[:, "b"].to_list() == [2] * 3 + [1] * 27


@settings(max_examples=30)
@given(seed=st.integers(0, 999))
def test_tables_depend_neither_on_order_nor_on_a_cut_of_other_districts(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = pd.DataFrame(rng.integers(0, 9, (6, 3)), columns=list("abc"))
    found = location_quotient.table(counts)
    order, columns = rng.permutation(6), list(rng.permutation(list("abc")))
    pd.testing.assert_frame_equal(
        location_quotient.table(counts.loc[order, columns]), found.loc[order, columns]
    )
    part = pd.DataFrame([counts.loc[5] // 2, counts.loc[5] - counts.loc[5] // 2], index=[5, 6])
    cut = location_quotient.table(pd.concat([counts.loc[:4], part]))
    pd.testing.assert_frame_equal(cut.loc[:4], found.loc[:4])


def test_a_table_reckoned_by_hand() -> None:
    sites = toy.sites(
        [None] * 9,
        adcode=["310101"] * 5 + ["310104"] * 2 + ["310105", "999999"],
        sectors=["a", "a;c", "c", "c", "c", "a", "b", None, "a;b"],
    )
    table = location_quotient.by_district(sites, toy.quarters(), sector="a")
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
    table = location_quotient.by_district(sites, toy.quarters(), family="x", family_of=FAMILY_OF)
    assert table["x_ds"].to_list() == pytest.approx([1.5, 0, 2 / 3, 0])


def test_a_sector_that_no_site_has() -> None:
    sites = toy.sites([None], adcode=["310101"], sectors=["c"])
    table = location_quotient.by_district(sites, toy.quarters(), sector="a")
    assert table["lq"].isna().all()
    assert table["n"].to_list() == [1, 0, 0, 0]


def test_the_catalogue_knows_the_families() -> None:
    sites = toy.sites([None], adcode=["310101"], sectors=["industrial_design"])
    table = location_quotient.by_district(sites, toy.quarters(), family="ind")
    assert table.loc["310101", "lq"] == 1.0


@pytest.mark.parametrize("chosen", [{}, {"sector": "a", "family": "x"}])
def test_either_a_sector_or_a_family(chosen: dict[str, str]) -> None:
    sites = toy.sites([None], sectors=["a"])
    with pytest.raises(InputError, match="either"):
        location_quotient.by_district(sites, toy.quarters(), **chosen)  # type: ignore[arg-type]


def test_sites_without_sectors() -> None:
    with pytest.raises(InputError, match="no column sectors"):
        location_quotient.by_district(toy.sites([None]), toy.quarters(), sector="a")


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
    table = location_quotient.by_district(sites, toy.quarters(), sector="a")
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
    tables = [location_quotient.by_district(sites, toy.quarters(), sector=name) for name in "abc"]
    np.testing.assert_allclose(sum(table["x_ds"] for table in tables), tables[0]["n"])


def test_without_any_site_there_is_no_quotient() -> None:
    none = toy.sites([], sectors=[])
    table = location_quotient.by_district(none, toy.quarters(), sector="fashion")
    assert table["lq"].isna().all()
    assert (table["n"] == 0).all()
