"""What the service says of itself, and that it is true."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from api import sources
from api.collection import NOWHERE
from tests.reading import having, links, one, read, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from tests.api.client import Client

DOCUMENTS = (
    "/",
    "/conformance",
    "/openapi",
    "/collections",
    "/collections/sites",
    "/collections/sites/schema",
    "/collections/sites/schema/feature",
    "/collections/sites/queryables",
    "/collections/layouts/queryables",
    "/collections/sites/items?limit=5",
    "/collections/sites/items/sh-m50",
    "/collections/districts/items?limit=5",
    "/collections/districts/items/310101",
    "/collections/cities/items",
    "/collections/quotients/items?limit=5",
    "/collections/quotients/items/310110.fas",
    "/collections/quotients/queryables",
    "/collections/tests/items?limit=5",
    "/collections/tests/items/shanghai.pairs_in_districts.1000",
    "/collections/tests/items/shanghai.gi_star.310101",
    "/collections/peers/items?limit=5",
    "/collections/peers/queryables",
    "/collections/completeness/items",
    "/collections/completeness/items/sh-parks-2018",
    "/collections/completeness/schema/feature",
    "/collections/layouts/items?limit=5",
    "/collections/layout_areas/items?limit=5",
    "/collections/changes/items?limit=5",
    "/collections/changes/items/901",
)


@pytest.mark.parametrize("path", ["/", "/collections", "/collections/sites"])
def test_every_link_leads_somewhere_and_is_of_its_type(client: Client, path: str) -> None:
    document = client.get(path).json
    links = [*document["links"]]
    links += [link for each in document.get("collections", []) for link in each["links"]]
    assert len(links) > 4
    for link in links:
        if link["rel"] == "about":
            assert client.base.startswith(link["href"])
            continue
        reply = client.follow(link["href"])
        assert reply.status == 200, link
        assert reply.headers["content-type"].split(";")[0] == link["type"].split(";")[0], link


def test_the_landing_page_has_what_the_standard_asks(client: Client) -> None:
    rels = {link["rel"] for link in client.get("/").json["links"]}
    assert rels >= {"self", "service-desc", "conformance", "data"}
    assert client.get("").json == client.get("/").json


def test_conformance_claims_what_is_kept_and_no_more(client: Client) -> None:
    for _ in range(2):
        classes = client.get("/conformance").json["conformsTo"]
        assert len(classes) == len(set(classes))
    parts = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
    assert {parts + each for each in ("core", "oas30", "html", "geojson")} <= set(classes)
    assert not [each for each in classes if "create" in each]


def test_collections_tell_extent_and_reference_system(client: Client) -> None:
    found = client.get("/collections?lang=en").json["collections"]
    assert [each["id"] for each in found] == list(sources.NAMES)
    (nowhere,) = (each for each in found if "extent" not in each)
    assert nowhere["id"] == "completeness"
    for each in found:
        if each is nowhere:
            assert not {"crs", "storageCrs"} & {*each}
            continue
        west, south, east, north = each["extent"]["spatial"]["bbox"][0]
        assert 100 < west < east < 135
        assert 18 < south < north < 54
        assert each["crs"] == [each["storageCrs"]]
        assert each["storageCrs"].endswith("CRS84")


def test_the_schema_lists_the_properties_with_their_meaning(client: Client) -> None:
    schema = client.get("/collections/sites/schema?lang=en").json["properties"]
    feature = client.get("/collections/sites/items/sh-m50").json
    assert set(schema) == {*feature["properties"], "geometry"}
    assert schema["id"]["x-ogc-role"] == "id"
    assert schema["opened_year"]["type"] == "integer"
    assert schema["area_m2"]["x-ogc-unit"] == "m²"
    assert "source" in schema["evidence"]["description"]


def test_queryables_are_the_properties_and_the_filters_by_code(client: Client) -> None:
    for name in sources.NAMES:
        found = client.get(f"/collections/{name}/queryables?lang=en").json["properties"]
        told = client.get(f"/collections/{name}/queryables").json
        assert told["additionalProperties"] is False
        held = sources.collection(name)
        placed = {"geometry"} if held.shape is not NOWHERE else set()
        assert set(found) == {*held.listed, *held.fields} | placed
        assert ("geometry" in client.get(f"/collections/{name}/schema").json["properties"]) == bool(
            placed
        )
        assert all(found[key]["description"] for key in held.listed)
        # Words, no names of columns.
        titles = {key: each["title"] for key, each in found.items() if key != "geometry"}
        assert [key for key, title in titles.items() if title == key or "_" in title] == []


@pytest.mark.parametrize("name", sources.NAMES)
def test_what_is_announced_can_be_compared_as_announced(client: Client, name: str) -> None:
    values = {"integer": "2010", "number": "2.5", "boolean": "TRUE", "string": "'{}'"}
    rows = [json.loads(each)["properties"] for each in sources.collection(name).features.texts]
    for key, told in client.get(f"/collections/{name}/queryables").json["properties"].items():
        if key == "geometry":
            continue
        known = next(
            (str(row[key]) for row in rows if row.get(key) is not None),
            sources.collection(name).ids[0],
        )
        value = told.get("enum", [known])[0].replace("'", "''")
        written = values[told["type"]].format(value)
        for asked in (f"{key} = {written}", f"{key} <> {written}", f"{key} IN ({written})"):
            reply = client.get(f"/collections/{name}/items?limit=1&filter={quote(asked)}")
            assert reply.status == 200, asked


def test_filters_that_are_no_queryables_are_parameters_of_the_items(client: Client) -> None:
    (items,) = (
        told["get"]
        for path, told in client.get("/openapi?f=json").json["paths"].items()
        if path == "/collections/sites/items"
    )
    named = {each.get("name") for each in items["parameters"]}
    assert {"opened_since", "near", "within_km", "match", "area_min", "text"} <= named


def found_under(node: object, key: str) -> Iterator[object]:
    """Find what stands under a key anywhere in a document."""
    if isinstance(node, dict):
        yield from (value for name, value in node.items() if name == key)
    if isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from found_under(each, key)


@pytest.mark.parametrize("name", sources.NAMES)
def test_every_feature_keeps_the_schema_that_describes_it(client: Client, name: str) -> None:
    collection = client.get(f"/collections/{name}").json
    for link in (each for each in collection["links"] if each["rel"] == "describedBy"):
        schema = client.follow(link["href"]).json
        assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
        assert schema["$id"] == link["href"].partition("?")[0]
        assert " " not in json.dumps(list(found_under(schema, "$ref")), separators=(",", ":"))
        # Programs read it by the draft that they know.
        for dialect in (Draft202012Validator, Draft7Validator):
            dialect.check_schema(schema)
            kept = dialect(schema)
            for feature in map(json.loads, sources.collection(name).features.texts):
                assert [fault.message for fault in kept.iter_errors(feature)] == []
                broken = feature | {"properties": feature["properties"] | {"name_zh": 7}}
                assert not kept.is_valid(broken)


@pytest.mark.parametrize("path", ["schema", "queryables"])
def test_a_property_is_of_one_type_in_every_collection_that_has_it(
    client: Client, path: str
) -> None:
    kinds: dict[str, set[str]] = {}
    for name in sources.NAMES:
        for key, told in client.get(f"/collections/{name}/{path}").json["properties"].items():
            kinds.setdefault(key, set()).add(told.get("type", "geometry"))
    assert {key: found for key, found in kinds.items() if len(found) > 1} == {}
    # No row of the lines has it.
    assert kinds["open_list"] == {"boolean"}


@pytest.mark.parametrize("name", sources.NAMES)
def test_every_value_keeps_the_schema_of_its_property(client: Client, name: str) -> None:
    for path in ("schema", "queryables"):
        told = client.get(f"/collections/{name}/{path}").json
        assert told["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert told["$id"] == f"{client.base}/collections/{name}/{path}"
    schema = client.get(f"/collections/{name}/schema").json
    kept = Draft202012Validator(schema)
    for feature in map(json.loads, sources.collection(name).features.texts):
        # What is null is not there (OGC API - Features, Part 5 describes what is).
        known = {key: each for key, each in feature["properties"].items() if each is not None}
        assert kept.is_valid(known)


@pytest.mark.parametrize("path", DOCUMENTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_for_people_ask_no_other_host(client: Client, path: str, lang: str) -> None:
    reply = client.get(path + ("&" if "?" in path else "?") + f"f=html&lang={lang}")
    assert reply.status == 200
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    page = read(reply.text)
    assert next(page.iter("html")).get("lang") == {"zh": "zh-CN", "en": "en"}[lang]
    assert {each.tag for each in page.iter()}.isdisjoint({"script", "img", "iframe"})
    assert {each.get("rel") for each in page.iter("link")} <= {"icon", "alternate"}
    styles = "".join(each.text or "" for each in page.iter("style"))
    assert "@import" not in styles
    assert "url(" not in styles
    home = client.base.removesuffix("/api")
    for each in page.iter():
        for address in (each.get(name, home) for name in ("href", "action")):
            assert address.startswith((home, "?", "data:,")), address
    assert "stand-in" not in reply.text


@pytest.mark.parametrize("path", DOCUMENTS)
def test_links_of_pages_lead_somewhere(client: Client, path: str) -> None:
    reply = client.get(path + ("&" if "?" in path else "?") + "f=html&lang=en")
    inside = set(links(read(reply.text), client.base))
    assert len(inside) > 4
    for address in sorted(inside):
        assert client.follow(address).status == 200, address


def test_a_page_in_the_other_language_keeps_the_filters(client: Client) -> None:
    path = "/collections/sites/items?f=html&lang=zh&region=jinan&kind=park"
    reply = client.get(path)
    switch = one(read(reply.text), class_="last", hreflang="en")
    other, rows = read(client.follow(switch.attrib["href"]).text), read(reply.text).iter("tr")
    assert next(other.iter("html")).get("lang") == "en"
    assert len(list(other.iter("tr"))) == len(list(rows))


def cells(page: ET.Element) -> set[str]:
    """Return what stands in the cells of a page's tables."""
    return {words(each) for tag in ("th", "td") for each in page.iter(tag)}


def page_of(client: Client, path: str, *, lang: str) -> ET.Element:
    return read(client.get(f"/collections/{path}?f=html&lang={lang}").text)


def title(page: ET.Element) -> str:
    return words(next(page.iter("h1")))


def test_people_read_words_and_not_codes(client: Client) -> None:
    page = page_of(client, "sites/items", lang="zh")
    assert "园区" in cells(page)
    assert "park" not in cells(page)


def test_titles_are_names_and_numbers_have_units(client: Client) -> None:
    page = page_of(client, "districts/items/310101", lang="en")
    assert title(page) == "Huangpu"
    assert {"Shanghai", "20.46 km²"} <= cells(page)
    assert title(page_of(client, "districts/items/310101", lang="zh")) == "黄浦区"
    assert {"Area used (km²)", "Harbin"} <= cells(page_of(client, "districts/items", lang="en"))
    site = page_of(client, "sites/items/sh-m50", lang="en")
    assert title(site) == "M50 Creative Park"
    assert "Putuo" in cells(site)


def test_a_page_for_people_is_short(client: Client) -> None:
    path = "/collections/sites/items?f=html&lang=en&limit=1000"
    page = read(client.get(path).text)
    assert len(having(page, scope="row")) == 100
    after = one(page, rel="next").attrib["href"]
    assert "offset=100&" in after
    assert len(having(read(client.follow(after).text), scope="row")) == 100


def test_what_users_write_is_text_on_a_page(client: Client) -> None:
    path = "/collections/sites/items?f=html&kind=%3Cscript%3Ealert(1)%3C/script%3E"
    reply = client.get(path)
    assert reply.status == 400
    page = read(reply.text)
    assert not list(page.iter("script"))
    assert "<script>alert(1)</script>" in words(page)
