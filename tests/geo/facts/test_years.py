"""Since when sites are known: by opening, else by recognition, else not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.facts import catalog, years
from geo.search import matching
from geo.search.criteria import Criteria

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

SITES = catalog.sites(scope=catalog.WIDE)
SINCE = years.known(SITES)
ANY_SITES = st.lists(st.sampled_from(range(len(SITES))), unique=True)


@given(ANY_SITES)
def test_known_and_unknown_are_all_and_the_years_add_up(rows: Sequence[int]) -> None:
    since = years.known(SITES.iloc[list(rows)])
    counts = years.per_year(since, years.span())
    unknown = since["year"].isna()
    assert list(since.index) == list(SITES.index[list(rows)])
    assert (since["event"].isna() == unknown).all()
    assert int(counts.to_numpy().sum()) + int(unknown.sum()) == len(rows)
    assert (counts.sum() == since["event"].value_counts().reindex(counts.columns).fillna(0)).all()


def test_a_year_of_opening_is_the_tables_own_and_recognition_stands_in_for_none() -> None:
    told = SITES["opened_year"].notna()
    assert (SINCE["event"][told] == years.OPENED).all()
    assert (SINCE["year"][told] == SITES["opened_year"][told]).all()
    events = catalog.milestones()
    first = events[events["event"] == "recognised"].groupby("site")["year"].min()
    recognised = SINCE["event"] == years.RECOGNISED
    assert recognised.any()
    assert (SINCE["year"][recognised] == SITES["id"][recognised].map(first)).all()
    neither = ~told & ~SITES["id"].isin(first.index)
    assert (SINCE["year"].isna() == neither).all()


def test_an_announcement_is_no_year() -> None:
    events = catalog.milestones().groupby("site")["event"].agg(set)
    only = [site for site, held in events.items() if "recognised" not in held]
    of_these = SINCE[SITES["id"].isin(only) & SITES["opened_year"].isna()]
    assert len(of_these)
    assert of_these["year"].isna().all()


@given(st.sampled_from(years.span()), st.sampled_from(years.span()))
def test_a_later_year_leaves_out_no_more(one: int, other: int) -> None:
    earlier, later = sorted((one, other))
    by = {
        until: set(matching.select(SITES, Criteria(scope="wide", until=until))["id"])
        for until in (earlier, later)
    }
    assert by[earlier] <= by[later]
    assert len(by[later]) == int((SINCE["year"] <= later).sum())


def test_the_span_holds_every_year_and_the_last_leaves_out_only_the_unknown() -> None:
    assert set(SINCE["year"].dropna()) <= set(years.span())
    shown = matching.select(SITES, Criteria(scope="wide", until=years.span()[-1]))
    assert set(SITES["id"]) - set(shown["id"]) == set(SITES["id"][SINCE["year"].isna()])


@pytest.mark.parametrize("sites", [SITES.drop(columns="id"), SITES.assign(opened_year="2,005")])
def test_years_that_are_none_are_refused(sites: pd.DataFrame) -> None:
    with pytest.raises(InputError, match=r"id|opened_year"):
        years.known(sites)
