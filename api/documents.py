"""What the service says of itself and of its collections, as OGC API - Features has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from api import answers, naming, sources, tiles, whole_files
from api.collection import NOWHERE
from api.query import CRS84
from api.words import ApiTexts
from geo.facts import dictionary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.collection import Collection
    from api.service import Service
    from geo.settings import Language

Json = dict[str, Any]

_PART_1: Final = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
_PART_3: Final = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/"
_PART_5: Final = "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/"
_COMMON: Final = "http://www.opengis.net/spec/ogcapi-common-"
_CQL2: Final = "http://www.opengis.net/spec/cql2/1.0/conf/"
CONFORMS_TO: Final = (
    *(f"{_COMMON}1/1.0/conf/{each}" for each in ("core", "html", "json", "landing-page", "oas30")),
    f"{_COMMON}2/1.0/conf/collections",
    *(_PART_1 + each for each in ("core", "geojson", "html", "oas30")),
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    *(_PART_3 + each for each in ("queryables", "filter", "features-filter")),
    *(_PART_5 + each for each in ("core-roles-features", "schemas")),
    *(_CQL2 + each for each in ("cql2-text", "basic-cql2", "advanced-comparison-operators")),
    *(_CQL2 + each for each in ("case-insensitive-comparison", "property-property")),
    *(_CQL2 + each for each in ("basic-spatial-functions", "basic-spatial-functions-plus")),
)
"""What is kept, each held by a test."""

SCHEMA: Final = "http://www.opengis.net/def/rel/ogc/1.0/schema"
GREGORIAN: Final = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
QUERYABLES: Final = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
JSON_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"
OR_NULL: Final = {kind: f"{kind} or null" for kind in ("string", "number", "integer", "boolean")}
"""Names of definitions, by type."""


def landing(lang: Language, service: Service) -> Json:
    """Return the landing page."""
    title, base = service.title(lang), service.base
    feed = link("alternate", answers.ATOM, _page("feed", lang), f"{base}/feed")
    return {
        "title": title,
        "description": service.description(lang),
        "links": [
            link("about", "text/html", title, service.pages()),
            *both("self", "alternate", answers.JSON, base, lang),
            link("service-desc", answers.OPENAPI, _page("openapi", lang), f"{base}/openapi"),
            link("service-doc", "text/html", _page("openapi", lang), f"{base}/openapi?f=html"),
            link("conformance", answers.JSON, _page("conformance", lang), f"{base}/conformance"),
            *([feed] if service.key is None else []),
            link("data", answers.JSON, _page("collections", lang), f"{base}/collections"),
            link(tiles.TILESETS, answers.JSON, _page("tiles", lang), service.tiles),
        ],
    }


def conformance(lang: Language, service: Service) -> Json:  # noqa: ARG001 - as all documents
    """Return the conformance classes."""
    return {"conformsTo": list(CONFORMS_TO)}


def about_collections(lang: Language, service: Service) -> Json:
    """Return all collections."""
    return {
        "links": both("self", "alternate", answers.JSON, f"{service.base}/collections", lang),
        "collections": [about_collection(lang, service, name=name) for name in service.names],
    }


def about_collection(lang: Language, service: Service, *, name: str) -> Json:
    """Return a collection: what it holds, and where; without an extent where it is empty."""
    t, root = ApiTexts(lang), f"{service.base}/collections/{name}"
    collection = service.outline(name)
    box, days = collection.extent, collection.days
    extent: Json = {"spatial": {"bbox": [box], "crs": CRS84}} if box else {}
    if days is not None and len(days):
        ends = [f"{end}T00:00:00Z" for end in (min(days), max(days))]
        extent |= {"temporal": {"interval": [ends], "trs": GREGORIAN}}
    return {
        "id": name,
        "title": t(f"collections.{name}.title"),
        "description": "\n\n".join(
            filter(None, [t(f"collections.{name}.description"), t.method(name)])
        ),
        "keywords": list(collection.filters),
        **({"extent": extent} if extent else {}),
        "itemType": "feature",
        **({} if collection.shape is NOWHERE else {"crs": [CRS84], "storageCrs": CRS84}),
        "links": [
            *_whole(name, lang, service),
            *both("root", "root", answers.JSON, service.base, lang, "service"),
            *both("self", "alternate", answers.JSON, root, lang),
            *both(SCHEMA, SCHEMA, answers.SCHEMA, f"{root}/schema", lang, "schema"),
            *both(QUERYABLES, QUERYABLES, answers.SCHEMA, f"{root}/queryables", lang, "queryables"),
            # The name of the relation in the draft that GDAL reads.
            link(
                "queryables", answers.SCHEMA, _page("queryables", lang), f"{root}/queryables?f=json"
            ),
            *both("items", "items", answers.GEOJSON, f"{root}/items", lang, "items"),
            # By it GDAL finds the types of properties: else it guesses from some rows. It is
            # spelt as GDAL does; the case of a relation has no meaning (RFC 8288).
            link("describedBy", answers.SCHEMA, _page("schema", lang), _feature_schema(root)),
        ],
    }


def schema(lang: Language, service: Service, *, name: str) -> Json:
    """Return the schema of a collection's properties (Part 5); what is null is not there."""
    collection = service.collection(name)
    properties: Json = {
        each: {**_explained(name, each, lang), **schema, "x-ogc-propertySeq": number}
        for number, (each, schema) in enumerate(collection.fields.items(), 1)
    }
    if collection.key is not None and collection.key in properties:
        properties[collection.key]["x-ogc-role"] = "id"
    return _head(name, lang, f"{service.base}/collections/{name}/schema") | {
        "properties": properties | _geometry(collection)
    }


def feature_schema(lang: Language, service: Service, *, name: str) -> Json:
    """Return the JSON schema of a collection's features, as GeoJSON has them.

    Values may be null, and GDAL reads a single type only, at the end of a reference at most. It
    takes the reference as it is written, where a validator decodes it first (RFC 6901, section 6):
    so each finds a definition of its own. What is found says the same in every draft of JSON
    Schema, for no definition has anything beside a type.
    """
    collection = service.collection(name)
    # GDAL takes the id of the feature for a property of that name, and would make another of it.
    properties = {
        each: {"$ref": f"#/definitions/{quote(OR_NULL[schema['type']])}"}
        | _explained(name, each, lang)
        for each, schema in collection.fields.items()
        if each != "id"
    }
    definitions: Json = {}
    for kind, named in OR_NULL.items():
        definitions[named] = {"type": [kind, "null"]}
        definitions[quote(named)] = {"type": kind}  # for GDAL alone
    shapes: list[Json] = [
        {"type": "object", "properties": {"type": {"const": each}}, "required": ["type"]}
        for each in collection.shape.types
    ]
    root = f"{service.base}/collections/{name}"
    return _head(name, lang, _feature_schema(root).partition("?")[0]) | {
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string"},
            "geometry": {"anyOf": [{"type": "null"}, *shapes]},
            "properties": {
                "type": "object",
                "required": list(collection.fields),
                "properties": properties,
            },
        },
        "definitions": definitions,
    }


def queryables(lang: Language, service: Service, *, name: str) -> Json:
    """Return what a filter in CQL2 may compare: the properties, and names that stand for codes.

    The other filters are parameters of the address alone; the OpenAPI document has all of them.
    """
    collection = service.collection(name)
    properties: Json = {
        each: _explained(name, each, lang) | schema for each, schema in collection.fields.items()
    }
    for asked in (collection.filters[name] for name in collection.listed):
        before = _explained(name, asked.name, lang)
        if ApiTexts(lang).has(f"titles.{asked.key}"):
            before = {"title": ApiTexts(lang)(f"titles.{asked.key}")}
        words = {"description": ApiTexts(lang)(f"filters.{asked.key}")}
        properties[asked.name] = before | asked.schema | words
    return _head(name, lang, f"{service.base}/collections/{name}/queryables") | {
        "properties": properties | _geometry(collection),
        "additionalProperties": False,  # another name is refused
        # GDAL looks for the properties here, as the first draft of Part 3 had them.
        "queryables": [
            {"id": each, "type": schema["type"]} for each, schema in collection.fields.items()
        ],
    }


def words(lang: Language, service: Service, *, name: str) -> Json:
    """Return what people read in place of property names and codes."""
    known = [column for column in _columns(name, service) if column.known]
    read: dict[str, Mapping[str, str]] = {
        column.name: {code: names[lang] for code, names in column.codes.items()} for column in known
    }
    if lang == "en":
        read |= dict.fromkeys(naming.UNIT_PROPERTIES, naming.english())
    return {
        "titles": {column.name: column.title[lang] for column in known},
        "units": {column.name: column.unit[lang] for column in known},
        "words": read,
    }


def link(rel: str, media_type: str, title: str, href: str) -> dict[str, str]:
    """Return a link."""
    return {"type": media_type, "rel": rel, "title": title, "href": href}


def both(
    rel: str,
    rel_of_page: str,
    media_type: str,
    href: str,
    lang: Language,
    page: str = "",
    *,
    asked: str = "",
) -> list[dict[str, str]]:
    """Return the links to a document and to the page for people, with what more they ask."""
    title = _page(page, lang) if page else ApiTexts(lang)("service.document")
    return [
        link(rel, media_type, f"{title} (JSON)", f"{href}?f=json{asked}"),
        link(rel_of_page, "text/html", f"{title} (HTML)", f"{href}?f=html{asked}"),
    ]


def _page(key: str, lang: Language) -> str:
    return ApiTexts(lang)(f"pages.{key}")


def _whole(name: str, lang: Language, service: Service) -> list[dict[str, str]]:
    """Return the links to a collection's tiles, where it has some, and to files of all its rows."""
    items, title = f"{service.base}/collections/{name}/items", _page("file", lang)
    shape, layer = service.outline(name).shape, f"{service.tiles}/{name}"
    drawn = [link(tiles.TILESETS, answers.JSON, _page("tiles", lang), layer)]
    return [
        *([] if shape is NOWHERE else drawn),
        *(
            link("enclosure", whole_files.MEDIA[end], f"{title} ({end[1:]})", f"{items}{end}")
            for end in whole_files.endings(shape)
        ),
    ]


def _feature_schema(root: str) -> str:
    return f"{root}/schema/feature?f=json"


def _head(name: str, lang: Language, identity: str) -> Json:
    title = ApiTexts(lang)(f"collections.{name}.title")
    return {"$schema": JSON_SCHEMA, "$id": identity, "type": "object", "title": title}


def _geometry(collection: Collection) -> Json:
    """Return the geometry among properties; nothing where the features have none."""
    told = {"x-ogc-role": "primary-geometry", "format": collection.shape.format}
    return {} if collection.shape is NOWHERE else {"geometry": told}


def _columns(name: str, service: Service) -> tuple[dictionary.ExplainedColumn, ...]:
    """Return what the data dictionary says of a collection's properties."""
    return dictionary.describe(service.collection(name).fields, table=sources.table(name))


def _explained(name: str, field: str, lang: Language) -> dict[str, str]:
    """Return a property's words for its schema; the name where the dictionary has none."""
    (column,) = dictionary.describe([field], table=sources.table(name))
    if not column.known:
        return {"title": field}
    schema = {"title": column.title[lang], "description": column.meaning[lang]}
    return schema | ({"x-ogc-unit": column.unit[lang]} if column.unit[lang] else {})
