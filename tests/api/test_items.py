"""The quick way to a page of features gives what pygeoapi gives through the provider."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from api import documents, items, query, sources
from api.negotiation import Wish

if TYPE_CHECKING:
    from tests.api.client import Client

BASE = "https://maps.example.org/api"


def without_offset(link: dict[str, str]) -> tuple[str, str, str, dict[str, list[str]]]:
    """A link to compare: pygeoapi forgets the offset where a page names itself."""
    address = urlsplit(link["href"])
    asked = parse_qs(address.query)
    if link["rel"] in {"self", "alternate"}:
        asked.pop("offset", None)
    return link["rel"], link["type"], address.path, asked


def content(document: dict[str, Any]) -> dict[str, Any]:
    links = sorted(map(without_offset, document["links"]), key=str)
    return {**document, "links": links}


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("sites", {}),
        ("sites", {"limit": "7", "offset": "14", "kind": "park,base", "region": "shanghai"}),
        ("sites", {"bbox": "121.4,31.1,121.5,31.3", "text": "创意"}),
        ("sites", {"near": "121.47,31.23", "within_km": "2.5"}),
        ("sites", {"bbox": "10,10,-10,20"}),
        ("sites", {"limit": "1000"}),
        ("districts", {"region": "shanghai,jinan", "limit": "20"}),
        ("districts", {"bbox": "121.4,31.1,121.5,31.3"}),
        ("cities", {"offset": "20"}),
        ("layouts", {"feature": "link"}),
    ],
)
def test_pages_are_equal_to_those_of_pygeoapi(name: str, params: dict[str, str]) -> None:
    wish = Wish("json", "en")
    told = params | {"lang": "en"}
    asked = query.items(told, sources.collection(name).filter_names)
    quick = items.page(name, asked, told.items(), wish=wish, base=BASE)
    through = documents.items(told, wish, BASE, name=name)
    assert content(json.loads(quick.body)) == content(json.loads(through.body))
    assert quick.headers == through.headers


def test_next_links_keep_the_filters_and_reach_every_row(client: Client) -> None:
    found: list[str] = []
    reply = client.get("/collections/sites/items?region=guangdong&kind=park&limit=50")
    matched = reply.json["numberMatched"]
    assert matched > 100
    while True:
        found += reply.ids
        after = reply.links("next")
        if not after:
            break
        reply = client.follow(after[0])
    assert len(found) == len(set(found)) == matched
    back = client.follow(reply.links("prev")[0])
    assert back.ids == found[-len(reply.ids) - 50 : -len(reply.ids)]


def test_links_keep_the_format_that_was_asked_for(client: Client) -> None:
    path = "/collections/sites/items?limit=5&offset=5"
    for asked, expected in (("&f=json", ["json"]), ("", [])):
        links = client.get(path + asked).links("next") + client.get(path + asked).links("prev")
        assert [parse_qs(urlsplit(each).query).get("f", []) for each in links] == [expected] * 2


def test_the_last_whole_page_has_no_next(client: Client) -> None:
    reply = client.get("/collections/cities/items?limit=21")
    assert reply.json["numberReturned"] == 21
    assert reply.links("next") == []


def test_a_page_names_itself(client: Client) -> None:
    path = "/collections/sites/items?limit=2&offset=4&text=%E5%88%9B%E6%84%8F"
    reply = client.get(path)
    again = client.follow(reply.links("self")[0])
    assert again.json["features"] == reply.json["features"]


def test_nobody_gets_more_than_the_limit(client: Client) -> None:
    reply = client.get("/collections/sites/items?limit=1000000000")
    assert reply.json["numberReturned"] == min(query.MOST, reply.json["numberMatched"])
