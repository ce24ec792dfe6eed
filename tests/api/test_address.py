"""Live links are read back to what they were written from."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from api import address
from api.query import MOST
from geo import criteria
from geo.criteria import Criteria


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
    link = urlsplit(address.items_address("https://maps.example.org/atlas/", "jinan", asked))
    params = dict(parse_qsl(link.query, strict_parsing=True))
    assert link.path == "/atlas/api/collections/sites/items"
    assert params.pop("region") == "jinan"
    assert params.pop("limit") == str(MOST)
    assert params.pop("f") == "json"
    assert criteria.parse(params) == (asked, ())


def test_all_regions_need_no_name() -> None:
    link = address.items_address("http://localhost:8501", None, Criteria())
    assert "region" not in link


def test_the_service_is_below_the_app() -> None:
    assert address.service_address("http://localhost:8501/") == "http://localhost:8501/api"
