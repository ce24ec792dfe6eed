"""The OpenAPI document: true of this service, and whole without any other document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from api import answers, cql, limits, query, tiles, whole_files
from api.negotiation import FORMATS
from api.words import ApiTexts
from geo import settings
from geo.facts import catalog
from geo.files import tile_archive, vector_tile
from geo.search import criteria

if TYPE_CHECKING:
    from api.filters import Filter
    from api.service import Service
    from geo.settings import Language

VERSION: Final = "1.0.0"

Json = dict[str, Any]


def document(lang: Language, service: Service) -> Json:
    """Return the document in a language.

    Parameters
    ----------
    lang
        Its language.
    service
        What it describes.
    """
    paths = {
        "/": _get("landing", "service", "LandingPage", lang, answers.JSON),
        "/openapi": _get("openapi", "openapi", "OpenApi", lang, answers.OPENAPI),
        "/conformance": _get("conformance", "conformance", "Conformance", lang, answers.JSON),
        "/collections": _get("collections", "collections", "Collections", lang, answers.JSON),
    }
    if service.key is None:
        paths["/feed"] = _feed(lang, service)
    for name in service.names:
        paths |= _collection(name, lang, service)
        paths |= _files(name, lang, service)
    paths |= _tiles(lang, service)
    title = service.title(lang)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": title,
            "description": service.description(lang),
            "version": VERSION,
            "license": {"name": ApiTexts(lang)("service.licence")},
        },
        "servers": [{"url": service.base, "description": title}],
        "tags": [
            {"name": "service", "description": title},
            *({"name": name, "description": _description(name, lang)} for name in service.names),
        ],
        "paths": paths,
        "components": {
            "parameters": _parameters(lang),
            "responses": _faults(lang),
            "schemas": SCHEMAS,
        },
    }


SCHEMAS_OF: Final = (
    ("schema", "schema", "schema"),
    ("schema/feature", "feature_schema", "schema"),
    ("queryables", "queryables", "queryables"),
)
"""Of each collection: where a schema is, how its operation is called, the text of its page."""


def _collection(name: str, lang: Language, service: Service) -> Json:
    root = f"/collections/{name}"
    paging = [_ref("parameters", each) for each in query.PAGING]
    collection = service.outline(name)
    paging += [_ref("parameters", each) for each in query.OF_UNITS] if collection.units else []
    own = [_filter(each, lang) for each in collection.filters.values()]
    basis = [_ref("parameters", each) for each in query.OF_FIGURES] if collection.units else []
    described = ApiTexts(lang)("parameters.featureId")
    identity = _in_path("featureId", {"type": "string"}) | {"description": described}
    about: Json = {"tag": name, "summary": ApiTexts(lang)(f"collections.{name}.title")}
    rows: Json = about | {"crs": True}
    return {
        root: _get(f"{name}", "", "Collection", lang, answers.JSON, **about),
        **{
            f"{root}/{path}": _get(f"{name}.{what}", page, "Schema", lang, answers.SCHEMA, tag=name)
            for path, what, page in SCHEMAS_OF
        },
        f"{root}/items": _get(
            f"{name}.items", "", "Features", lang, answers.GEOJSON, more=[*paging, *own], **rows
        ),
        f"{root}/items/{{featureId}}": _get(
            f"{name}.item", "", "Feature", lang, answers.GEOJSON, more=[identity, *basis], **rows
        ),
    }


def _files(name: str, lang: Language, service: Service) -> Json:
    """Return the paths of a whole collection as a file."""
    collection = service.outline(name)
    own = [_filter(each, lang) for each in collection.filters.values()]
    return {
        f"/collections/{name}/items{end}": _download(
            f"{name}.items{end}", "file", lang, whole_files.MEDIA[end], tag=name, more=own
        )
        for end in whole_files.endings(collection.shape)
    }


def _tiles(lang: Language, service: Service) -> Json:
    """Return the paths of vector tiles, which stand beside those of the API."""
    layer = _in_path("layer", {"type": "string", "enum": list(tiles.names(service))})
    address = [_in_path(name, WHOLE) for name in "zxy"]
    paths = {
        f"/{{layer}}{tiles.TILEJSON}": ("tiles.json", answers.JSON, [layer]),
        f"/{{layer}}/{{z}}/{{x}}/{{y}}{tiles.TILE}": (
            "tiles",
            vector_tile.MEDIA,
            [layer, *address],
        ),
        f"/{{layer}}{tiles.ARCHIVE}": ("tiles.archive", tile_archive.MEDIA, [layer]),
    }
    beside = [{"url": service.tiles}]
    return {
        path: {"servers": beside, **_download(operation, "tiles", lang, media, more=more)}
        for path, (operation, media, more) in paths.items()
    }


def _download(
    operation: str, page: str, lang: Language, media: str, *, more: list[Json], tag: str = "service"
) -> Json:
    """Return a path that gives a file, in one format."""
    path = _get(operation, page, "", lang, media, tag=tag)
    path["get"]["parameters"] = [_ref("parameters", "lang"), *more]
    content = {media: {"schema": {"type": "string", "format": "binary"}}}
    path["get"]["responses"]["200"]["content"] = content
    return path


def _feed(lang: Language, service: Service) -> Json:
    """Return the path of the feed, which comes in one format."""
    path = _get("feed", "feed", "Feed", lang, answers.ATOM)
    region = service.collection("changes").filters["region"]
    path["get"]["parameters"] = [_ref("parameters", "lang"), _filter(region, lang)]
    path["get"]["responses"]["200"]["content"] = {answers.ATOM: {"schema": TEXT}}
    return path


def _get(  # noqa: PLR0913 - what an operation is made of
    operation: str,
    page: str,
    schema: str,
    lang: Language,
    media_type: str,
    *,
    tag: str = "service",
    summary: str = "",
    more: list[Json] | None = None,
    crs: bool = False,
) -> Json:
    """Return a path with its one operation."""
    headers: Json = {"ETag": {"schema": {"type": "string"}}}
    if crs:
        headers["Content-Crs"] = {"schema": {"type": "string"}}
    general = [_ref("parameters", name) for name in query.GENERAL]
    return {
        "get": {
            "operationId": operation,
            "summary": summary or ApiTexts(lang)(f"pages.{page}"),
            "tags": [tag],
            "parameters": [*general, *(more or [])],
            "responses": {
                "200": {
                    "description": "OK",
                    "headers": headers,
                    "content": {
                        media_type: {"schema": _ref("schemas", schema)},
                        "text/html": {"schema": {"type": "string"}},
                    },
                },
                "304": {"description": "Not Modified"},
                **{status: _ref("responses", status) for status in FAULTS},
            },
        }
    }


def _in_path(name: str, schema: Json) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _filter(own: Filter, lang: Language) -> Json:
    schema = {"type": "array", "items": own.schema} if own.many else own.schema
    description = ApiTexts(lang)(f"filters.{own.key}")
    return _parameter(own.name, description, schema)


def _parameters(lang: Language) -> Json:
    system = {"type": "string", "enum": [query.CRS84], "default": query.CRS84}
    box = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    limit = {"type": "integer", "minimum": 1, "maximum": limits.MOST_FEATURES}
    schemas: dict[str, Json] = {
        "f": {"type": "string", "enum": list(FORMATS)},
        "lang": {"type": "string", "enum": list(settings.LANGUAGES)},
        "limit": limit | {"default": limits.DEFAULT_FEATURES},
        "offset": {"type": "integer", "minimum": 0, "default": 0},
        "bbox": box,
        "crs": system,
        "bbox-crs": system,
        "datetime": {"type": "string"},
        "filter": {"type": "string"},
        "filter-lang": {"type": "string", "enum": list(cql.LANGUAGES), "default": cql.LANGUAGES[0]},
        "filter-crs": system,
        "zoom": {"type": "integer", "minimum": 0, "maximum": limits.MOST_ZOOM},
        "radius": {
            "type": "number",
            "minimum": settings.LEAST_RADIUS_KM,
            "maximum": settings.MOST_RADIUS_KM,
            "default": limits.RADIUS_KM,
        },
        "scope": {"type": "string", "enum": list(criteria.SCOPES), "default": catalog.CORE},
    }
    return {
        name: _parameter(name, ApiTexts(lang)(f"parameters.{name}"), schema)
        for name, schema in schemas.items()
    }


def _parameter(name: str, description: str, schema: Json) -> Json:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
        "style": "form",
        "explode": False,
    }


FAULTS: Final = {
    "400": "Bad Request",
    "404": "Not Found",
    "406": "Not Acceptable",
    "503": "Service Unavailable",
}


def _faults(lang: Language) -> Json:
    content = {
        answers.PROBLEM: {"schema": _ref("schemas", "Problem")},
        "text/html": {"schema": {"type": "string"}},
    }
    return {
        status: {
            "description": f"{phrase}. {ApiTexts(lang)('pages.fault')}",
            "content": content,
        }
        for status, phrase in FAULTS.items()
    }


def _description(name: str, lang: Language) -> str:
    return ApiTexts(lang)(f"collections.{name}.description")


def _ref(kind: str, name: str) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}


def _object(required: Json, **optional: Json) -> Json:
    return {
        "type": "object",
        "required": list(required),
        "properties": required | optional,
    }


def _list(of: Json) -> Json:
    return {"type": "array", "items": of}


TEXT: Final[Json] = {"type": "string"}
WHOLE: Final[Json] = {"type": "integer", "minimum": 0}
LINKS: Final[Json] = _list({"$ref": "#/components/schemas/Link"})

SCHEMAS: Final[Json] = {
    "Link": _object({"href": TEXT, "rel": TEXT}, type=TEXT, title=TEXT, hreflang=TEXT),
    "LandingPage": _object({"links": LINKS}, title=TEXT, description=TEXT),
    "OpenApi": _object({"openapi": TEXT, "info": {"type": "object"}, "paths": {"type": "object"}}),
    "Conformance": _object({"conformsTo": _list(TEXT)}),
    "Collections": _object(
        {"links": LINKS, "collections": _list({"$ref": "#/components/schemas/Collection"})}
    ),
    "Collection": _object(
        {"id": TEXT, "links": LINKS},
        title=TEXT,
        description=TEXT,
        keywords=_list(TEXT),
        extent={"type": "object"},
        itemType=TEXT,
        crs=_list(TEXT),
        storageCrs=TEXT,
    ),
    "Schema": _object({"type": TEXT, "properties": {"type": "object"}}, title=TEXT),
    "Geometry": _object({"type": TEXT}, coordinates=_list({})) | {"nullable": True},
    "Feature": _object(
        {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": TEXT,
            "geometry": {"$ref": "#/components/schemas/Geometry"},
            "properties": {"type": "object"},
        },
        links=LINKS,
    ),
    "Features": _object(
        {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": _list({"$ref": "#/components/schemas/Feature"}),
            "numberMatched": WHOLE,
            "numberReturned": WHOLE,
            "links": LINKS,
        },
        method=TEXT,
    ),
    "Problem": _object(
        {"type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT},
        code=TEXT,
        description=TEXT,
    ),
}
