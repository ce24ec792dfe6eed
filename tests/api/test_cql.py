"""Filters in CQL2 text give what pandas gives, and what SQL would where a value is not known."""

from __future__ import annotations

import contextlib
import json
import re
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import cql, sources
from api.refusals import RefusedRequest
from geo.facts import catalog
from geo.settings import LANGUAGES

if TYPE_CHECKING:
    from tests.api.client import Client

SITES = [json.loads(each) for each in sources.collection("sites").features.texts]


def ids(text: str, name: str = "sites") -> set[str]:
    held = sources.collection(name)
    return {held.ids[row] for row in cql.passing(text, held).nonzero()[0]}


def expected(**conditions: Any) -> set[str]:  # noqa: ANN401 - functions of values
    return {
        each["id"]
        for each in SITES
        if all(holds(each["properties"][name]) for name, holds in conditions.items())
    }


def test_conditions_on_properties() -> None:
    assert ids("kind = 'park'") == expected(kind=lambda kind: kind == "park") != set()
    assert ids("opened_year >= 2010") == expected(opened_year=lambda year: (year or 0) >= 2010)
    assert ids("area_m2 IS NULL") == expected(area_m2=lambda area: area is None)
    assert ids("kind IN ('park', 'base')") == expected(kind=lambda kind: kind in {"park", "base"})
    assert ids("opened_year BETWEEN 2000 AND 2005") == expected(
        opened_year=lambda year: year is not None and 2000 <= year <= 2005
    )
    assert ids("name_zh LIKE '%创意%'") == expected(name_zh=lambda name: "创意" in name)
    assert ids("CASEI(name_en) LIKE CASEI('m50%')") == {"sh-m50"}
    assert ids('"n" > 20', "districts") == ids("n > 20", "districts") != set()


def test_and_binds_before_or() -> None:
    park, base = ids("kind = 'park'"), ids("kind = 'base'")
    national = ids("level = 'national'")
    assert ids("kind = 'park' OR kind = 'base' AND level = 'national'") == park | base & national
    assert ids("(kind = 'park' OR kind = 'base') AND level = 'national'") == (
        (park | base) & national
    )


def test_what_is_not_known_is_neither_so_nor_otherwise() -> None:
    known = ids("opened_year IS NOT NULL")
    assert ids("opened_year > 2010 OR NOT opened_year > 2010") == known != ids("TRUE")
    assert ids("NOT opened_year = 2005") == known - ids("opened_year = 2005")


def test_places() -> None:
    located = {each["id"] for each in SITES if each["geometry"]}
    inside = ids("S_INTERSECTS(geometry, BBOX(121, 31, 122, 32))")
    polygon = "POLYGON((121 31, 122 31, 122 32, 121 32, 121 31))"
    assert inside == ids(f"S_INTERSECTS(geometry, {polygon})") != set()
    assert ids("NOT S_INTERSECTS(geometry, BBOX(121, 31, 122, 32))") == located - inside
    assert ids("S_INTERSECTS(geometry, POINT(121.47 31.23))", "districts") == {"310101"}


def test_filters_of_the_address_are_names_as_well(client: Client) -> None:
    path = "/collections/sites/items?limit=1000&sector=ind&kind=park"
    assert ids("sector = 'ind' AND kind = 'park'") == set(client.get(path).ids) != set()


def test_what_is_said_in_the_words_of_the_address_is_answered_as_there() -> None:
    assert ids("district = '310101'") == ids("district = '黄浦区'") != set()
    assert ids("region = 'shanghai,harbin'") == ids("region IN ('shanghai', 'harbin')") != set()
    assert ids("district = '440100'") == ids("'440100' = district") != set()
    assert ids("region <> 'shanghai,harbin'") == ids("NOT region IN ('shanghai', 'harbin')")
    assert ids("sector <> 'ind'") == ids("TRUE") - ids("sector = 'ind'")
    assert ids("region = ''") == set()


def test_truths_may_be_written_as_numbers() -> None:
    known = ids("population_comparable = TRUE", "districts")
    assert ids("population_comparable = 1", "districts") == known != set()
    assert ids("population_comparable = 1.0", "districts") == known
    assert ids("population_comparable <> 0", "districts") == known
    assert ids("1 = population_comparable", "districts") == known
    other = ids("population_comparable = FALSE", "districts")
    assert ids("population_comparable IN (0)", "districts") == other != set()
    with pytest.raises(RefusedRequest):
        ids("population_comparable = 2", "districts")


def test_what_is_queryable_may_be_asked_whether_it_is_known() -> None:
    located = {each["id"] for each in SITES if each["geometry"]}
    assert ids("geometry IS NOT NULL") == located != ids("TRUE")
    assert ids("geometry IS NULL") == ids("TRUE") - located
    assert ids("sector IS NULL") == ids("sectors IS NULL")
    assert ids("sector IS NOT NULL") == ids("sectors IS NOT NULL") != set()


def test_codes_that_no_column_has_may_be_alike() -> None:
    codes = sources.collection("sites").filters["sector"].choices
    begun = [str(code) for code in codes if str(code).startswith("f")]
    assert ids("sector LIKE 'f%'") == set().union(*(ids(f"sector = '{code}'") for code in begun))
    assert ids("sector ILIKE 'F%'") == ids("sector LIKE 'f%'") != set()
    assert ids("sector LIKE 'nothing%'") == set()


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("kind = 'castle'", "sites", ["filter (kind)", "castle", "park"]),
        ("sector > 'a'", "sites", ["sector", "LIKE", "fas"]),
        ("S_INTERSECTS(kind, POINT(1 2))", "sites", ["S_INTERSECTS(geometry", "IS NULL"]),
        ("geometry = 3", "sites", ["S_INTERSECTS(geometry", "IS NULL"]),
        ("geometry IS NULL", "completeness", ["geometry", "reported"]),
        ("S_INTERSECTS(geometry, POINT(1 2))", "completeness", ["geometry", "reported"]),
    ],
)
def test_what_cannot_be_asked_is_told_with_what_can(text: str, name: str, words: list[str]) -> None:
    with pytest.raises(RefusedRequest) as caught:
        ids(text, name)
    for lang in LANGUAGES:
        assert [each for each in words if each not in caught.value.detail(lang)] == []


def test_ilike_takes_either_case() -> None:
    assert ids("name_en ILIKE 'm50%'") == {"sh-m50"}
    assert ids("\"name_en\" ilike 'M50%' AND kind = 'park'") == {"sh-m50"}
    assert ids("name_zh NOT ILIKE '%设计%'") == ids("NOT (name_zh ILIKE '%设计%')") != set()
    assert ids("note = 'a name_en ILIKE ''m50%'''") == set()


@pytest.mark.parametrize(
    "text",
    [
        "opened_since = 2010",
        "near = '121.47,31.23'",
        "match = 'all'",
        "area_min = 5",
        "text = 'M50'",
        "region = 'nowhere'",
        "kind = 'castle'",
        "'castle' <> kind",
        "sector = ''",
        "kind",
        "kind =",
        "kind = 3",
        "opened_year = '2010'",
        "colour = 'red'",
        "opened_year + 1 > 2010",
        "S_WITHIN(geometry, POINT(1 2))",
        "S_INTERSECTS(kind, POINT(1 2))",
        "T_AFTER(opened_year, DATE('2010-01-01'))",
        "sector = 'castle'",
        "sector > 'a'",
        "f(kind) = 1",
        "NOT " * 900 + "kind = 'park'",
        "(" * 1500 + "kind = 'park'" + ")" * 1500,
        "'; DROP TABLE sites; --",
    ],
)
def test_filters_that_cannot_be_used_are_refused(text: str) -> None:
    with pytest.raises(RefusedRequest) as caught:
        ids(text)
    assert caught.value.status == 400
    assert caught.value.detail("zh")
    assert 10 < len(caught.value.detail("en")) < 600


@given(st.text(alphabet="ab%_\\'园", max_size=8), st.text(alphabet="ab%_\\'园", max_size=8))
def test_a_pattern_matches_as_sql_has_it(pattern: str, text: str) -> None:
    def matches(pattern: str, text: str) -> bool:
        if not pattern:
            return not text
        first, rest = pattern[0], pattern[1:]
        if first == "%":
            return any(matches(rest, text[skipped:]) for skipped in range(len(text) + 1))
        if first == "\\" and rest:
            first, rest = rest[0], rest[1:]
            return text[:1] == first and matches(rest, text[1:])
        return bool(text) and (first in {"_", text[0]}) and matches(rest, text[1:])

    assert bool(cql.like(pattern).fullmatch(text)) is matches(pattern, text)


def test_no_pattern_takes_for_ever() -> None:
    wanted = cql.like("%a" * 100 + "b")
    start = time.process_time()
    assert not wanted.fullmatch("a" * 3000)
    assert time.process_time() - start < 1


@given(st.text(max_size=60))
def test_any_text_is_answered_or_refused(text: str) -> None:
    told = ""
    try:
        assert len(cql.passing(text, sources.collection("cities"))) == 21
    except RefusedRequest as error:
        told = error.detail("en")
    assert told or re.search(r"\S", text)


def test_a_filter_over_http(client: Client) -> None:
    path = "/collections/sites/items?scope=wide&limit=10&filter=" + quote("kind = 'park'")
    reply = client.get(f"{path}&filter-lang=cql2-text")
    assert reply.json["numberMatched"] == len(ids("kind = 'park'"))
    after = client.follow(reply.links("next")[0])
    assert {each["properties"]["kind"] for each in after.json["features"]} == {"park"}


def test_creative_sites_are_served_unless_the_address_or_the_filter_names_the_scope(
    client: Client,
) -> None:
    def matched(asked: str) -> int:
        n: int = client.get(f"/collections/sites/items?limit=1{asked}").json["numberMatched"]
        return n

    core, wide = len(catalog.sites()), len(catalog.sites(scope="wide"))
    assert 0 < core < wide
    assert matched("") == matched("&scope=core") == core
    assert matched("&scope=wide") == wide
    assert matched("&filter=" + quote("scope = 'wide'")) == wide - core
    assert matched("&filter=" + quote("name_en <> 'scope'")) == core
    assert matched("&filter=" + quote("scope IN ('core', 'wide')")) == wide


def test_the_conformance_says_so(client: Client) -> None:
    told = client.get("/conformance").json["conformsTo"]
    # What QGIS looks for before it sends a filter.
    for each in (
        "cql2/1.0/conf/cql2-text",
        "cql2/1.0/conf/basic-cql2",
        "ogcapi-features-3/1.0/conf/filter",
        "ogcapi-features-3/1.0/conf/features-filter",
    ):
        assert f"http://www.opengis.net/spec/{each}" in told


TOKENS = (
    *("kind", "opened_year", "geometry", "1", "'a'", "TRUE", "DATE('2020-01-01')", "NULL"),
    *("=", "<", "AND", "OR", "NOT", "LIKE", "IN", "BETWEEN", "IS", "+", "(", ")", ","),
    *("CASEI(kind)", "CASEI(kind, kind)", "like(kind)", "isNull()", "foo(1)", "BBOX(1,2,3,4,5,6)"),
    *("S_INTERSECTS(geometry, POINT(1))", "S_INTERSECTS(geometry, POLYGON((0 0, 1 1)))"),
    *("S_INTERSECTS(geometry, foo(1))", "S_INTERSECTS(geometry, BBOX(1,2,3,4,5,6))"),
)


@pytest.mark.parametrize("text", TOKENS)
def test_part_of_a_filter_is_answered_or_refused(text: str) -> None:
    with contextlib.suppress(RefusedRequest):
        ids(text)


@given(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=7).map(" ".join))
def test_whatever_is_written_is_answered_or_refused(text: str) -> None:
    with contextlib.suppress(RefusedRequest):
        ids(text)
