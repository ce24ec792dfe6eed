"""Pages of features and the links between them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from api import limits

if TYPE_CHECKING:
    from tests.api.client import Client


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
    assert reply.json["numberReturned"] == min(limits.MOST_FEATURES, reply.json["numberMatched"])


def test_the_filter_of_evidence_is_read_as_the_last_release_had_it(client: Client) -> None:
    old = client.get("/collections/sites/items?existence=sourced&limit=1000")
    now = client.get("/collections/sites/items?evidence=official,documented,listed&limit=1000")
    assert old.status == 200
    assert old.ids == now.ids
    twice = client.get("/collections/sites/items?existence=sourced&evidence=listed")
    assert twice.status == 400
