"""The API over HTTP: methods, headers, and requests that cannot be met."""

from __future__ import annotations

import gzip
import logging
import queue
from logging.handlers import QueueHandler
from typing import TYPE_CHECKING

import pytest

from api import request, router
from geo.facts import catalog
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from tests.api.client import Client

ITEMS = "/collections/sites/items"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

FAULTY = [
    (ITEMS + "?limit=-1", 400),
    (ITEMS + "?limit=0", 400),
    (ITEMS + "?limit=1e9", 400),
    (ITEMS + "?offset=-1", 400),
    (ITEMS + "?bbox=1,2,3", 400),
    (ITEMS + "?bbox=1,9,3,4", 400),
    (ITEMS + "?bbox=200,1,210,3", 400),
    (ITEMS + "?bbox=1,91,3,95", 400),
    (ITEMS + "?bbox=nan,nan,nan,nan", 400),
    (ITEMS + "?colour=red", 400),
    (ITEMS + "?name_zh=M50", 400),
    (ITEMS + "?kind=castle", 400),
    (ITEMS + "?kind=park&kind=base", 400),
    (ITEMS + "?within_km=-1&near=121,31", 400),
    (ITEMS + "?opened_since=12345", 400),
    (ITEMS + "?near=500,500", 400),
    (ITEMS + "?text=" + "x" * 101, 400),
    (ITEMS + "?region=%27%3B%20DROP%20TABLE%20sites%3B--", 400),
    (ITEMS + "?sector=" + ",".join(["ind"] * 10_000), 400),
    (ITEMS + "?text=%ff", 400),
    (ITEMS + "?filter=kind%3D", 400),
    (ITEMS + "?filter=colour%3D%27red%27", 400),
    (ITEMS + "?filter=kind%3D3", 400),
    (ITEMS + "?filter=" + "(" * 1300 + "kind%3D%27park%27" + ")" * 1300, 400),
    (ITEMS + "?filter=kind%3D%27park%27&filter-lang=sql", 400),
    (ITEMS + "?filter=kind%3D%27park%27&filter-crs=EPSG:4326", 400),
    (ITEMS + "?zoom=4", 400),
    ("/collections/districts/items?zoom=-1", 400),
    ("/collections/districts/items?zoom=25", 400),
    (ITEMS + "?radius=2", 400),
    *(
        (f"/collections/districts/items?radius={value}", 400)
        for value in (
            "0",
            "0.09",
            "50.1",
            "2.55",
            "3.00",
            "-3",
            "3km",
            "nan",
            "1e1",
            "%EF%BC%93",
            "",
        )
    ),
    ("/collections/cities/items/440100?radius=51", 400),
    (ITEMS + "?f=xml", 400),
    (ITEMS + "?lang=fr", 400),
    (ITEMS + "?crs=http://www.opengis.net/def/crs/EPSG/0/3857", 400),
    ("/?limit=1", 400),
    ("/collections/castles", 404),
    ("/collections/castles/items", 404),
    ("/collections/sites/items/nowhere", 404),
    ("/collections/sites/items/..%2f..%2fetc%2fpasswd", 404),
    ("/collections/sites/tiles", 404),
    ("/processes", 404),
    ("/admin/config", 404),
    ("/static/css/default.css", 404),
]


@pytest.mark.parametrize(("path", "status"), FAULTY)
def test_faulty_requests_are_told_what_is_wrong(client: Client, path: str, status: int) -> None:
    reply = client.get(path, Accept_Language="en")
    assert reply.status == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json["status"] == status
    assert 10 < len(reply.json["detail"]) < 500
    assert reply.json["code"]
    assert "Traceback" not in reply.text


@pytest.mark.parametrize(("path", "status"), FAULTY)
def test_people_read_it_as_a_page(client: Client, path: str, status: int) -> None:
    reply = client.get(path, Accept=BROWSER)
    assert reply.status == status
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert "Traceback" not in reply.text


def test_formats_that_are_not_served(client: Client) -> None:
    for path in ("/", ITEMS):
        assert client.get(path, Accept="application/xml").status == 406
        assert client.get(path, Accept="application/ld+json").status == 406


def test_a_window_that_crosses_the_antimeridian_is_no_fault(client: Client) -> None:
    reply = client.get(ITEMS + "?bbox=10,10,-10,20")
    assert reply.status == 200
    assert reply.json["numberMatched"] == catalog.sites()["lon"].isna().sum()


def test_the_whole_world_holds_all_sites(client: Client) -> None:
    reply = client.get(ITEMS + "?bbox=-180,-90,180,90")
    assert reply.json["numberMatched"] == len(catalog.sites())


def test_get_takes_no_body(client: Client) -> None:
    reply = client.send("GET", ITEMS, body=b'{"op": "="}')
    assert reply.status == 400
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_are_not_allowed(client: Client, method: str) -> None:
    reply = client.send(method, ITEMS)
    assert reply.status == 405
    assert reply.headers["allow"] == "GET, HEAD, OPTIONS"


def test_head_is_get_without_the_body(client: Client) -> None:
    got, head = client.get(ITEMS), client.send("HEAD", ITEMS)
    assert head.body == b""
    told = ("content-length", "content-type", "etag", "content-crs")
    assert [head.headers[name] for name in told] == [got.headers[name] for name in told]
    assert client.send("HEAD", "/nothing").status == 404


def test_other_sites_may_read(client: Client) -> None:
    reply = client.get(ITEMS, Origin="https://example.org")
    assert reply.headers["access-control-allow-origin"] == "*"
    assert client.get("/nothing").headers["access-control-allow-origin"] == "*"
    assert "Link" not in reply.headers["access-control-expose-headers"]
    asked = client.send("OPTIONS", ITEMS, Access_Control_Request_Method="GET")
    assert (asked.status, asked.body) == (204, b"")
    assert asked.headers["access-control-allow-origin"] == "*"
    assert "GET" in asked.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    "path", ["/", "/openapi", "/collections", ITEMS, ITEMS + "/sh-m50", ITEMS + "?f=html"]
)
def test_what_the_client_holds_is_not_sent_again(client: Client, path: str) -> None:
    first = client.get(path)
    again = client.get(path, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get(path, If_None_Match='"another"').status == 200


def test_etags_differ_where_answers_do(client: Client) -> None:
    paths = (ITEMS, ITEMS + "?limit=99", ITEMS + "?f=html", ITEMS + "?region=jinan", "/")
    assert len({client.get(path).headers["etag"] for path in paths}) == len(paths)


def test_answers_are_packed_where_the_client_takes_it(client: Client) -> None:
    plain = client.get(ITEMS)
    packed = client.get(ITEMS, Accept_Encoding="br, gzip;q=0.8")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 4
    assert packed.headers["etag"] != plain.headers["etag"]
    again = client.get(ITEMS, Accept_Encoding="gzip", If_None_Match=packed.headers["etag"])
    assert again.status == 304
    refused = client.get(ITEMS, Accept_Encoding="gzip;q=0")
    assert "content-encoding" not in refused.headers


def test_links_follow_the_address_that_the_client_used(client: Client) -> None:
    reply = client.get(ITEMS + "?limit=1", Host="atlas.example.org")
    assert reply.links("next")[0].startswith("http://atlas.example.org/api/collections/")
    odd = client.get("/", X_Forwarded_Host="evil.example.org")
    assert odd.links("data") == [f"{client.base}/collections"]


def test_a_configured_address_is_in_every_link(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_settings(monkeypatch, public_url="https://maps.example.org/atlas")
    reply = client.get(ITEMS + "?limit=1", Host="10.0.0.5")
    assert reply.links("next")[0].startswith("https://maps.example.org/atlas/api/collections/")
    page = client.get("/?f=html").text
    assert "https://maps.example.org/atlas/api/collections" in page
    assert client.base not in page


def test_all_faults_are_told_at_once(client: Client) -> None:
    path = ITEMS + "?colour=red&limit=-1&bbox=1&kind=castle&region=x&near=a&f=xml&lang=en"
    reply = client.get(path)
    assert reply.status == 400
    named = ("colour", "limit", "bbox", "castle", "region", "near", "xml")
    assert [name for name in named if name not in reply.json["detail"]] == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (ITEMS + "?limit=0", {"en": "from 1", "zh": "从 1 起"}),
        (ITEMS + "?offset=-1", {"en": "from 0", "zh": "从 0 起"}),
        (ITEMS + "?bbox=121,32,122,31", {"en": "south no greater than north", "zh": "南不大于北"}),
        (ITEMS + "?bbox=200,1,210,3", {"en": "from -180 to 180", "zh": "-180 至 180"}),
        (ITEMS + "?district=999999", {"en": "not on record", "zh": "没有收录"}),
        (
            "/collections/districts/items?district=999999",
            {"en": "collection districts", "zh": "数据集 districts"},
        ),
    ],
)
def test_a_fault_says_what_to_change(client: Client, path: str, words: dict[str, str]) -> None:
    for lang, told in words.items():
        assert told in client.get(f"{path}&lang={lang}").json["detail"]


def test_a_map_that_shows_more_than_the_earth_is_no_fault(client: Client) -> None:
    assert client.get(ITEMS + "?bbox=-400,-100,400,100").status == 200


def test_answers_are_remembered_by_what_they_depend_on() -> None:
    def asked(language: str) -> request.Request:
        return request.Request(("collections",), "f=json", "", language, "http://a.org/api")

    assert router.key(asked("en")) == router.key(asked("en-GB, fr;q=0.3"))
    assert router.key(asked("en")) != router.key(asked("zh"))


def test_a_slash_at_the_end_makes_no_difference(client: Client) -> None:
    assert client.get("/collections/").json == client.get("/collections").json


def test_a_failure_is_logged_and_not_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("the secret is 42")

    monkeypatch.setattr(router, "answer", fail)
    # The server writes its log after it has answered.
    records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    handler = QueueHandler(records)
    logging.getLogger("uvicorn.error").addHandler(handler)
    try:
        reply = client.get("/collections?lang=en&f=json&failing")
        logged = records.get(timeout=10).getMessage()
    finally:
        logging.getLogger("uvicorn.error").removeHandler(handler)
    assert reply.status == 500
    assert reply.headers["content-type"] == "application/problem+json"
    assert "42" not in reply.text
    assert "the secret is 42" in logged
