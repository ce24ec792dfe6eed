"""Live links are read back to what they were written from."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.requests import Request

from api import endpoints
from api.limits import MOST_FEATURES
from geo.search import criteria
from geo.search.criteria import Criteria
from tests.settings_in_use import use_settings

Headers = list[tuple[bytes, bytes]]


def connection(headers: Headers, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as ASGI has it
    told = {"type": "http", "scheme": "http", "server": ("127.0.0.1", 80), "root_path": ""}
    return told | {"headers": headers} | more


def test_the_host_of_the_request_is_the_address() -> None:
    asked = connection([(b"host", b"maps.example.org:8501")], scheme="https", root_path="/atlas/")
    assert endpoints.public_base(asked) == "https://maps.example.org:8501/atlas"
    assert endpoints.public_base(Request(asked)) == "https://maps.example.org:8501/atlas"
    assert endpoints.public_base(connection([(b"host", b"[::1]:80")])) == "http://[::1]:80"


@pytest.mark.parametrize("host", [b"<b>", b"evil.org/<script>", b"a b", b"-", b"x" * 60_000])
def test_a_host_that_is_not_sane_is_not_repeated(host: bytes) -> None:
    assert endpoints.public_base(connection([(b"host", host)])) == "http://localhost"


@pytest.mark.parametrize("base", ["", "/inside"])
def test_a_proxy_may_say_which_path_it_takes_away(base: str) -> None:
    told = [(b"host", b"a.org"), (b"x-forwarded-prefix", b"/maps/atlas/")]
    asked = connection(told, root_path=base)
    assert endpoints.public_base(asked) == f"http://a.org/maps/atlas{base}"


@pytest.mark.parametrize(
    "prefix", [b"//evil.org", b"evil", b"/<b>", b"/a b", b"/../x", b"/" + b"x" * 60_000, b"/a?b"]
)
def test_a_path_that_is_not_sane_is_not_repeated(prefix: bytes) -> None:
    asked = connection([(b"host", b"a.org"), (b"x-forwarded-prefix", prefix)])
    assert endpoints.public_base(asked) == "http://a.org"


def test_anybody_may_say_what_a_proxy_says_and_is_not_heard() -> None:
    told = [(b"host", b"a.org"), (b"x-forwarded-host", b"evil.org"), (b"x-forwarded-proto", b"ftp")]
    assert endpoints.public_base(connection(told)) == "http://a.org"


def test_the_public_address_goes_before_all(monkeypatch: pytest.MonkeyPatch) -> None:
    use_settings(monkeypatch, public_url="https://maps.example.org/atlas/")
    asked = connection([(b"host", b"10.0.0.5:8501")], root_path="/inside")
    assert endpoints.public_base(asked) == "https://maps.example.org/atlas"


@pytest.mark.parametrize(
    "asked",
    [
        Criteria(),
        Criteria(sector=("ind", "arc"), match="all", district=("310101",)),
        Criteria(near=(121.4737, 31.2304), within_km=0.5, area_min=1500.0, opened_since=1999),
        Criteria(text="四行 & co?"),
    ],
)
def test_a_live_link_says_what_was_asked(asked: Criteria) -> None:
    link = urlsplit(endpoints.items_address("https://maps.example.org/atlas/", "jinan", asked))
    params = dict(parse_qsl(link.query, strict_parsing=True))
    assert link.path == "/atlas/api/collections/sites/items"
    assert params.pop("region") == "jinan"
    assert params.pop("limit") == str(MOST_FEATURES)
    assert params.pop("f") == "json"
    assert criteria.parse(params) == (asked, ())


def test_all_regions_need_no_name() -> None:
    link = endpoints.items_address("http://localhost:8501", None, Criteria())
    assert "region" not in link


def test_the_service_is_below_the_app() -> None:
    assert endpoints.service_address("http://localhost:8501/") == "http://localhost:8501/api"
