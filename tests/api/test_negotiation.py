"""Formats and languages."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import negotiation
from api.refusals import RefusedRequest

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "json"),
        ("*/*", "json"),
        (BROWSER, "html"),
        ("application/geo+json", "json"),
        ("application/vnd.oai.openapi+json;version=3.0, application/json", "json"),
        ("text/html;q=0.2, application/json;q=0.9", "json"),
        ("application/json;q=0, text/html", "html"),
        ("application/xml, text/html;q=0.1", "html"),
    ],
)
def test_the_dearest_format_wins(accept: str, expected: str) -> None:
    assert negotiation.wish(accept, "", None, None).format == expected


@pytest.mark.parametrize(
    "accept", ["application/xml", "image/png, text/csv", "application/ld+json"]
)
def test_formats_that_are_not_served_are_not_acceptable(accept: str) -> None:
    with pytest.raises(RefusedRequest) as caught:
        negotiation.wish(accept, "", None, None)
    assert caught.value.status == 406


def test_the_parameter_goes_before_the_header() -> None:
    found = negotiation.wish(BROWSER, "en-GB,en;q=0.8", "json", "zh")
    assert found == negotiation.Wish("json", "zh")


@pytest.mark.parametrize(
    ("accept", "plain"),
    [
        ("", False),
        ("*/*", False),
        ("application/geo+json, application/json", True),  # GDAL, where it reads queryables
        ("application/schema+json, application/json", False),
        ("application/json, */*;q=0.1", False),
    ],
)
def test_json_of_no_other_name_where_no_other_is_taken(
    accept: str,
    plain: bool,  # noqa: FBT001
) -> None:
    assert negotiation.wish(accept, "", "json", None).plain is plain


@pytest.mark.parametrize(("f", "lang"), [("xml", None), ("", None), (None, "fr"), (None, "")])
def test_unknown_parameters_are_refused(f: str | None, lang: str | None) -> None:
    with pytest.raises(RefusedRequest) as caught:
        negotiation.wish("", "", f, lang)
    assert caught.value.status == 400


@pytest.mark.parametrize(
    ("header", "expected"),
    [("", "zh"), ("fr", "zh"), ("fr, en-US;q=0.7, zh;q=0.3", "en"), ("zh-TW", "zh")],
)
def test_the_language_is_that_of_the_header(header: str, expected: str) -> None:
    assert negotiation.wish("", header, None, None).lang == expected


@given(st.text(), st.text(), st.none() | st.text(), st.none() | st.text())
def test_any_wish_is_met_or_refused(
    accept: str, language: str, f: str | None, lang: str | None
) -> None:
    status: int | None = None
    try:
        found = negotiation.wish(accept, language, f, lang)
    except RefusedRequest as error:
        status = error.status
    else:
        assert found.format in negotiation.FORMATS
    assert status in {None, 400, 406}
    told = {name: value for name, value in {"f": f, "lang": lang}.items() if value is not None}
    assert negotiation.best_effort(accept, language, told).lang in {"zh", "en"}


def test_endless_headers_are_not_remembered() -> None:
    tracemalloc.start()
    for number in range(3000):
        negotiation.wish("", f"en;q=0.9,{number}" + "x" * 60_000, None, None)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 1_000_000


def test_all_that_is_wrong_is_told() -> None:
    with pytest.raises(RefusedRequest) as caught:
        negotiation.wish("", "", "xml", "fr")
    assert [each.blanks["name"] for each in caught.value.several] == ["f", "lang"]
    assert "'xml'" in caught.value.detail("en")
    assert "'fr'" in caught.value.detail("en")
