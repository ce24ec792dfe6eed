"""What stands behind the question mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import limits, query
from api.query import ItemsQuery
from api.refusals import Faults, RefusedRequest


def test_nothing_asked_is_the_first_page() -> None:
    assert query.items({}, ()) == ItemsQuery(limit=100, offset=0, bbox=None, asked=())


def test_a_page_a_window_and_filters_are_read() -> None:
    params = {"limit": "5", "offset": "10", "bbox": "1,2,3,4", "kind": "park", "f": "json"}
    found = query.items(params, ("kind", "level"))
    assert found == ItemsQuery(5, 10, (1.0, 2.0, 3.0, 4.0), (("kind", "park"),))


def test_more_than_the_limit_is_cut_and_not_refused() -> None:
    assert query.items({"limit": "1000000000"}, ()).limit == limits.MOST_FEATURES


def test_heights_of_a_window_are_left_aside() -> None:
    assert query.items({"bbox": "1,2,-5,3,4,900"}, ()).bbox == (1.0, 2.0, 3.0, 4.0)


def test_a_window_may_cross_the_antimeridian() -> None:
    assert query.items({"bbox": "170,-10,-170,10"}, ()).bbox == (170.0, -10.0, -170.0, 10.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("limit", value) for value in ("-1", "0", "1e9", "ten", "", "１０", "1.5", " 5")),
        *(("offset", value) for value in ("-1", "x", "", "1e3", "9" * 30)),
        *(("bbox", value) for value in ("", "1,2,3", "1,2,3,4,5", "a,b,c,d", "1,9,3,4")),
        *(("bbox", value) for value in ("nan,1,2,3", "inf,1,2,3", "1,2,9,3,4,0", "1e999,1,2,3")),
        *(("crs", value) for value in ("", "EPSG:4326", "http://example.org/crs")),
        *(
            ("datetime", value)
            for value in (
                "yesterday",
                "2020-1-1",
                "2020/2021/2022",
                "2020-99-99",
                "2021-01-01/2020-01-01",
                "2020-02-30/..",
            )
        ),
    ],
)
def test_absurd_values_are_refused(name: str, value: str) -> None:
    with pytest.raises(RefusedRequest) as caught:
        query.items({name: value}, ())
    assert caught.value.status == 400
    assert caught.value.blanks["name"] == name


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020-01-01", "2020-01-01", "2020-01-01"),
        ("2020-01-01T00:00:00Z", "2020-01-01", "2020-01-01"),
        ("2020-01-01T02:00:00+08:00", "2019-12-31", "2019-12-31"),
        ("2020-01-01/..", "2020-01-01", "9999-12-31"),
        ("../2021-12-31", "0001-01-01", "2021-12-31"),
        ("/2021-12-31", "0001-01-01", "2021-12-31"),
        ("2020-01-01/2021-12-31T23:59:59Z", "2020-01-01", "2021-12-31"),
        ("2020-01-01T12:00:00Z/2020-01-01", "2020-01-01", "2020-01-01"),
    ],
)
def test_times_of_the_standard_are_days(value: str, first: str, last: str) -> None:
    assert query.items({"datetime": value}, ()) == ItemsQuery(days=(first, last))


def test_the_system_of_a_window_needs_the_window() -> None:
    with pytest.raises(RefusedRequest):
        query.items({"bbox-crs": query.CRS84}, ())
    with_box = {"bbox-crs": query.CRS84, "bbox": "1,2,3,4", "crs": query.CRS84}
    assert query.items(with_box, ()).bbox == (1.0, 2.0, 3.0, 4.0)


def test_unknown_and_repeated_names_are_refused() -> None:
    faults = Faults()
    found = query.sorted_out((("colour", "red"), ("kind", "a"), ("kind", "b")), ("kind",), faults)
    assert found == {"kind": "a"}
    with pytest.raises(RefusedRequest) as refused:
        faults.settle()
    assert [each.key for each in refused.value.several] == ["unknown_parameter", "repeated"]


def test_an_endless_address_is_refused() -> None:
    with pytest.raises(RefusedRequest, match="too_long"):
        query.pairs("kind=" + "park," * 10_000)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(RefusedRequest, match="encoding"):
        query.pairs("text=%ff%fe")


@given(st.dictionaries(st.sampled_from([*query.PAGING, "kind"]), st.text()))
def test_any_text_is_read_or_refused(params: dict[str, str]) -> None:
    told = {"-"}
    try:
        found = query.items(params, ("kind",))
    except RefusedRequest as error:
        told = {error.detail("zh"), error.detail("en")}
    else:
        assert 1 <= found.limit <= limits.MOST_FEATURES
        assert found.offset >= 0
    assert all(told)
