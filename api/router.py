"""Which document an address names, and which parameters it takes."""

from __future__ import annotations

import json
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from api import (
    answers,
    documents,
    feed,
    html_pages,
    items,
    limits,
    negotiation,
    openapi,
    query,
    sources,
    tiles,
    unit_figures,
    whole_files,
)
from api.answers import ApiAnswer
from api.refusals import Faults, RefusedRequest
from geo.checks.written import shortened
from geo.files import plain_values

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from api.documents import Json
    from api.negotiation import Wish
    from api.request import Request
    from api.service import Service
    from geo.settings import Language

DOCUMENTS: Final[dict[tuple[str, ...], tuple[Callable[[Language, Service], Json], str, str]]] = {
    (): (documents.landing, "landing", answers.JSON),
    ("openapi",): (openapi.document, "openapi", answers.OPENAPI),
    ("conformance",): (documents.conformance, "conformance", answers.JSON),
    ("collections",): (documents.about_collections, "collections", answers.JSON),
}
"""Documents by address: what makes them, the template of their page, the media type."""

OF_COLLECTION: Final[dict[tuple[str, ...], tuple[Callable[..., Json], str, str]]] = {
    (): (documents.about_collection, "collection", answers.JSON),
    ("schema",): (documents.schema, "schema", answers.SCHEMA),
    ("schema", "feature"): (documents.feature_schema, "schema", answers.SCHEMA),
    ("queryables",): (documents.queryables, "queryables", answers.SCHEMA),
}

FEED: Final = ("feed",)


def answer(request: Request) -> ApiAnswer:
    """Return the answer to a GET request; a workspace that it is for is open.

    Raises
    ------
    RefusedRequest
        404 for an address that names nothing, 400 for parameters that cannot be used, 406 where
        no format is acceptable.
    """
    return replace(_answer(request), private=request.key is not None)


def _answer(request: Request) -> ApiAnswer:
    parts, service = request.parts, request.service
    if request.tiles:
        return tiles.answer(request)
    if parts in DOCUMENTS:
        wish, _ = _asked(request, ())
        make, template, media_type = DOCUMENTS[parts]
        document = make(wish.lang, service)
        listed = documents.about_collections(wish.lang, service)["collections"]
        return _as(wish, request, document, template, media_type, collections=listed)
    if parts == FEED and service.key is None:
        return feed.feed(request)
    if len(parts) < 2 or parts[0] != "collections":
        raise RefusedRequest("no_page", HTTPStatus.NOT_FOUND)
    name, rest = parts[1], parts[2:]
    if name not in service.names:
        status, known = HTTPStatus.NOT_FOUND, ", ".join(service.names)
        raise RefusedRequest("no_collection", status, name=shortened(name), known=known)
    if rest == ("items",):
        return _items(request, name)
    if len(rest) > 1 and rest[0] == "items":
        return _item(request, name, "/".join(rest[1:]))  # ids of one's own may hold slashes
    if rest not in OF_COLLECTION:
        raise RefusedRequest("no_page", HTTPStatus.NOT_FOUND)
    wish, _ = _asked(request, ())
    describe, template, media_type = OF_COLLECTION[rest]
    document = describe(wish.lang, service, name=name)
    if wish.format == "html" and rest == ("schema", "feature"):
        document = documents.schema(wish.lang, service, name=name)
    return _as(wish, request, document, template, media_type)


def _as(
    wish: Wish,
    request: Request,
    document: Json,
    template: str,
    media_type: str,
    **more: object,
) -> ApiAnswer:
    """Return a document in the format that is wished for."""
    headers = (answers.CONTENT_CRS,) if media_type == answers.GEOJSON else ()
    if wish.format == "html":
        content = {"data": document, **more}
        page = f"{template}.html"
        return html_pages.page(page, wish.lang, request.service, content, more=headers)
    if media_type == answers.SCHEMA and wish.plain:
        media_type = answers.JSON
    body = plain_values.to_json(document).encode("utf-8", "replace")
    return ApiAnswer(body, media_type, wish.lang, more=headers)


def _item(request: Request, name: str, identity: str) -> ApiAnswer:
    own = items.names_of_item(name, request.service)
    faults = Faults()
    wish, params = _read(request, ("crs", *own), faults)
    faults.of(query.check_systems, params)
    faults.of(query.basis_of, {} if name in sources.ASKED_FOR else params)
    faults.settle()
    document = items.item(name, identity, params, lang=wish.lang, service=request.service)
    return _rows(wish, request, name, document, "item", params)


def _items(request: Request, name: str) -> ApiAnswer:
    outline = request.service.outline(name)
    filters, faults = outline.filters, Faults()
    names = (*query.PAGING, *(query.OF_UNITS if outline.units else ()), *filters)
    wish, params = _read(request, names, faults)
    asked = faults.of(query.items, params, filters)
    if faults:  # those of the filters are told as well
        faults.of(request.service.check, name, query.given(params, filters))
    faults.settle()
    if asked is None:
        raise TypeError(params)
    if wish.format == "html":
        asked = replace(asked, limit=min(asked.limit, limits.MOST_ON_PAGE))
        params = {key: each for key, each in params.items() if key != "f"} | {"lang": wish.lang}
        params |= {"limit": str(asked.limit)} if "limit" in params else {}
    body = items.page(name, asked, params.items(), lang=wish.lang, service=request.service)
    if wish.format == "html":
        return _rows(wish, request, name, json.loads(body), "items", params)
    return ApiAnswer(body, answers.GEOJSON, wish.lang, more=(answers.CONTENT_CRS,))


def _rows(
    wish: Wish,
    request: Request,
    name: str,
    document: Json,
    template: str,
    params: Mapping[str, str],
) -> ApiAnswer:
    """Return features in the format that is wished for, with the words that people read."""
    words = documents.words(wish.lang, request.service, name=name)
    words["asked"] = items.asked_of_item(params, name, request.service)
    return _as(wish, request, document, template, answers.GEOJSON, **words)


def _asked(request: Request, names: tuple[str, ...]) -> tuple[Wish, dict[str, str]]:
    """Return the wish, and the parameters, all of them known."""
    faults = Faults()
    wish, params = _read(request, names, faults)
    faults.settle()
    return wish, params


def _read(request: Request, names: tuple[str, ...], faults: Faults) -> tuple[Wish, dict[str, str]]:
    """Return the wish and the known parameters, and add what is wrong to `faults`."""
    pairs = query.pairs(request.query_string)
    params = query.sorted_out(pairs, (*query.GENERAL, *names), faults)
    wish = faults.of(
        negotiation.wish,
        request.accept,
        request.accept_language,
        params.get("f"),
        params.get("lang"),
    )
    return wish or wish_despite(request), params


def key(request: Request) -> Hashable | None:
    """Return what an answer may be remembered under: all that it depends on, and no more.

    None for a request that will be refused.
    """
    try:
        params = dict(query.pairs(request.query_string))
        # A feed comes in one format, whatever is accepted, and so does a tile, or a file.
        one = request.tiles or request.parts == FEED or whole_files.ending(request) is not None
        accept = "" if one else request.accept
        wish = negotiation.wish(
            accept, request.accept_language, params.get("f"), params.get("lang")
        )
    except RefusedRequest:
        return None
    asked = request.tiles, request.parts, request.query_string, wish, request.base
    return (request.region, *asked)


def takes_long(request: Request) -> bool:
    """Whether an answer has to be measured or searched for, which takes seconds.

    Units on another basis than the usual one, what is made for what is asked, and what comes of
    all sites of a workspace together; not what is said of any of them.
    """
    if request.parts[:1] == ("collections",) and request.parts[2:3] != ("items",):
        return False
    name = whole_files.name(request)
    if name in sources.ASKED_FOR or (request.key is not None and name in sources.SEARCHED):
        return True
    try:
        return query.basis_of(dict(query.pairs(request.query_string))) != unit_figures.USUAL
    except RefusedRequest:
        return False


def wish_despite(request: Request) -> Wish:
    """Return the wish of a request that may be faulty, to tell of the fault."""
    try:
        params = dict(query.pairs(request.query_string))
    except RefusedRequest:
        params = {}
    return negotiation.best_effort(request.accept, request.accept_language, params)
