"""All documents but pages of GeoJSON: made by pygeoapi, with what is not true of us left out."""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, cast

import pygeoapi.api as core
from pygeoapi.api import itemtypes
from pygeoapi.util import render_j2_template

from api import answer, naming, openapi, settings, sources, texts
from api.errors import Refused
from geo import dictionary
from geo.written import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from api.negotiation import Wish

Json = dict[str, Any]
Made = tuple[dict[str, str], int, str]

NOT_OURS: Final = ("processes", "job-list", "tiling-schemes")
"""Ends of the relations that pygeoapi links to whether it serves them or not."""

NOT_KEPT: Final = "create-replace-delete"
"""End of the conformance class that pygeoapi claims for every collection: ours are read only."""

LINKED_DATA: Final = "application/ld+json"

_CLASSES: Final = tuple(core.CONFORMANCE_CLASSES)


def landing(wish: Wish, base: str) -> answer.Answer:
    """Return the landing page."""
    told = _made(core.landing_page, wish)
    return _answer(told, "landing_page.html", wish, base)


def conformance(wish: Wish, base: str) -> answer.Answer:
    """Return the conformance classes."""
    core.CONFORMANCE_CLASSES = list(_CLASSES)  # pygeoapi adds to it with every call
    told = _made(core.conformance, wish)
    told["conformsTo"] = [each for each in told["conformsTo"] if not each.endswith(NOT_KEPT)]
    return _answer(told, "conformance.html", wish, base)


def api_description(wish: Wish, base: str) -> answer.Answer:
    """Return the OpenAPI document."""
    told = _made(core.openapi_, wish)
    return _answer(told, "openapi/index.html", wish, base, media_type=answer.OPENAPI)


def collections(wish: Wish, base: str) -> answer.Answer:
    """Return all collections."""
    told = _made(core.describe_collections, wish)
    for each in told["collections"]:
        _describe(each, wish.lang)
    return _answer(told, "collections/index.html", wish, base)


def collection(wish: Wish, base: str, *, name: str) -> answer.Answer:
    """Return a collection."""
    told = _made(core.describe_collections, wish, name)
    _describe(told, wish.lang)
    return _answer(told, "collections/collection.html", wish, base)


def _describe(collection: Json, lang: texts.Language) -> None:
    """Add the link by which GDAL finds the types of properties: else it guesses from some rows."""
    collection["links"].append(
        {
            # As GDAL spells it: the case of a relation has no meaning (RFC 8288).
            "rel": "describedBy",
            "type": answer.SCHEMA,
            "title": texts.text("pages", "schema", lang),
            "href": f"{settings.STAND_IN}/collections/{collection['id']}/schema/feature?f=json",
        }
    )


def schema(wish: Wish, base: str, *, name: str) -> answer.Answer:
    """Return the JSON schema of a collection's properties."""
    return _schema_answer(_schema(name, wish), wish, base)


def feature_schema(wish: Wish, base: str, *, name: str) -> answer.Answer:
    """Return the JSON schema of a collection's features as GeoJSON has them."""
    told = _schema(name, wish)
    if wish.format == "html":
        return _schema_answer(told, wish, base)
    geometry = {"oneOf": [{"type": "null"}, {"$ref": "https://geojson.org/schema/Geometry.json"}]}
    # GDAL takes the id of the feature for a property of that name, and would make another of it.
    own = {key: each for key, each in told["properties"].items() if key not in {"geometry", "id"}}
    feature = {
        "type": {"type": "string", "enum": ["Feature"]},
        "id": {"type": "string"},
        "geometry": geometry,
        "properties": {"type": "object", "properties": own},
    }
    return _schema_answer({**told, "properties": feature}, wish, base)


def _schema(name: str, wish: Wish) -> Json:
    told = _made(core.get_collection_schema, wish, name)
    for column in _columns(name):
        if column.known:
            told["properties"][column.name] |= _explained(column, wish.lang)
    return told


def _schema_answer(told: Json, wish: Wish, base: str) -> answer.Answer:
    return _answer(told, "collections/schema.html", wish, base, media_type=answer.SCHEMA)


def queryables(wish: Wish, base: str, *, name: str) -> answer.Answer:
    """Return the filters of a collection as JSON schema, each with what it means."""
    told = _made(itemtypes.get_collection_queryables, wish, name, asked=True)
    told["$id"] = f"{settings.STAND_IN}/collections/{name}/queryables"
    told["additionalProperties"] = False  # another name is refused
    for own in sources.collection(name).filters:
        told["properties"][own.name]["description"] = texts.text("filters", own.key, wish.lang)
    return _answer(told, "collections/queryables.html", wish, base, media_type=answer.SCHEMA)


def items(params: Mapping[str, str], wish: Wish, base: str, *, name: str) -> answer.Answer:
    """Return a page of features, through the provider."""
    told = _made(itemtypes.get_collection_items, wish, name, params=params)
    template = "collections/items/index.html"
    return _answer(told, template, wish, base, media_type=answer.GEOJSON, of=name)


def item(wish: Wish, base: str, *, name: str, identity: str) -> answer.Answer:
    """Return one feature.

    Raises
    ------
    Refused
        404 if there is none of this id.
    """
    if identity not in sources.collection(name).rows:
        status = HTTPStatus.NOT_FOUND
        raise Refused("no_feature", status, collection=name, name=shortened(identity))
    told = _made(itemtypes.get_collection_item, wish, name, identity)
    template = "collections/items/item.html"
    return _answer(told, template, wish, base, media_type=answer.GEOJSON, of=name)


def fault(
    status: HTTPStatus, detail: str, wish: Wish, base: str, *, more: answer.Headers = ()
) -> answer.Answer:
    """Return a page that tells people what is wrong."""
    told = {"code": f"{int(status)} {status.phrase}", "description": detail}
    page = _placed(_page("exception.html", told, wish), base)
    return answer.Answer(page, answer.HTML, wish.lang, status, more)


def _made(
    make: Callable[..., Made],
    wish: Wish,
    *arguments: str,
    params: Mapping[str, str] | None = None,
    asked: bool = False,
) -> Json:
    """Have pygeoapi make a document; return what is true of it."""
    api = _api(wish.lang, asked=asked)
    told = dict(params or {}) | {"f": "json", "lang": wish.lang}
    request = SimpleNamespace(query_params=told, headers={}, scope={"path": ""})
    _, status, body = make(api, core.APIRequest(request, api.locales), *arguments)
    if status != HTTPStatus.OK:
        raise RuntimeError(f"pygeoapi answered {status} to what had been checked: {body}")
    found: Json = _mended(json.loads(body))
    return found


def _columns(name: str) -> tuple[dictionary.Column, ...]:
    """Return what the data dictionary says of a collection's properties."""
    if name not in sources.NAMES:  # a page about no collection
        return ()
    # A collection is called as the table that explains it.
    table = cast("dictionary.Table", name)
    return dictionary.describe(sources.collection(name).fields, table=table)


def _explained(column: dictionary.Column, lang: texts.Language) -> dict[str, str]:
    """Return a property's words for its schema."""
    told = {"title": column.title[lang], "description": column.meaning[lang]}
    return told | ({"x-ogc-unit": column.unit[lang]} if column.unit[lang] else {})


def _words(name: str, lang: texts.Language) -> Json:
    """Return what people read in place of property names and codes."""
    known = [column for column in _columns(name) if column.known]
    words: dict[str, dict[str, str]] = {
        column.name: {code: told[lang] for code, told in column.codes.items()} for column in known
    }
    if lang == "en":
        words |= dict.fromkeys(naming.PLACES, naming.english())
    return {
        "titles": {column.name: column.title[lang] for column in known},
        "units": {column.name: column.unit[lang] for column in known},
        "words": words,
    }


def _answer(
    told: Json,
    template: str,
    wish: Wish,
    base: str,
    *,
    media_type: str = answer.JSON,
    of: str = "",
) -> answer.Answer:
    more = (answer.CONTENT_CRS,) if media_type == answer.GEOJSON else ()
    if wish.format == "html":
        page = _placed(_page(template, told | _words(of, wish.lang), wish), base)
        return answer.Answer(page, answer.HTML, wish.lang, more=more)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return answer.Answer(_placed(text, base), media_type, wish.lang, more=more)


def _page(template: str, told: Json, wish: Wish) -> str:
    api = _api(wish.lang)
    folder = api.config["server"]["templates"]
    locale = next(each for each in api.locales if each.language == wish.lang)
    return str(render_j2_template(api.tpl_config, folder, template, told, locale))


def _placed(text: str, base: str) -> bytes:
    """Put the true address in the stand-in's place."""
    true = text.replace(settings.STAND_IN, base).replace(settings.HOME, base.removesuffix("/api"))
    return true.encode("utf-8", "replace")


def _mended(document: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a document without links to what is not served, and without a time stamp.

    The same rows are the same bytes then, and so have the same ETag.
    """
    if not isinstance(document, dict):
        return document
    kept = {name: value for name, value in document.items() if name != "timeStamp"}
    if "links" in kept:
        kept["links"] = [link for link in kept["links"] if _is_true(link)]
    if "collections" in kept:
        kept["collections"] = [_mended(each) for each in kept["collections"]]
    return kept


def _is_true(link: dict[str, Any]) -> bool:
    return link.get("type") != LINKED_DATA and not link["rel"].endswith(NOT_OURS)


@cache
def _api(lang: texts.Language, *, asked: bool = False) -> core.API:
    """Return pygeoapi for a language; for the queryables it is told of the filters."""
    provider = "api.provider.Asked" if asked else "api.provider.Rows"
    with _logging_as_it_is():
        return core.API(settings.configuration(provider=provider), openapi.document(lang))


@contextmanager
def _logging_as_it_is() -> Iterator[None]:
    """Keep pygeoapi from setting up logging for the whole process.

    It does so unless the root logger has a handler; and it logs every mistake of a client as an
    error of its own.
    """
    logging.getLogger("pygeoapi").setLevel(logging.CRITICAL)
    root, occupied = logging.getLogger(), logging.NullHandler()
    root.addHandler(occupied)
    try:
        yield
    finally:
        root.removeHandler(occupied)
