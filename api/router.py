"""Which document an address names, and which parameters it takes."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from api import documents, items, negotiation, query, sources
from api.errors import Faults, Refused
from api.query import Query
from geo.written import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from api.answer import Answer
    from api.negotiation import Wish
    from api.request import Request

DOCUMENTS: Final[dict[tuple[str, ...], Callable[[Wish, str], Answer]]] = {
    (): documents.landing,
    ("openapi",): documents.api_description,
    ("conformance",): documents.conformance,
    ("collections",): documents.collections,
}

MOST_ON_PAGE: Final = 100
"""Features on a page for people, however many are asked for."""

OF_COLLECTION: Final = {
    (): documents.collection,
    ("schema",): documents.schema,
    ("schema", "feature"): documents.feature_schema,
    ("queryables",): documents.queryables,
}


def answer(request: Request) -> Answer:
    """Return the answer to a GET request.

    Raises
    ------
    Refused
        404 for an address that names nothing, 400 for parameters that cannot be used, 406 where
        no format is acceptable.
    """
    parts = request.parts
    if parts in DOCUMENTS:
        wish, _ = _asked(request, ())
        return DOCUMENTS[parts](wish, request.base)
    if len(parts) < 2 or parts[0] != "collections":
        raise Refused("no_page", HTTPStatus.NOT_FOUND)
    name, rest = parts[1], parts[2:]
    if name not in sources.NAMES:
        status, known = HTTPStatus.NOT_FOUND, ", ".join(sources.NAMES)
        raise Refused("no_collection", status, name=shortened(name), known=known)
    if rest == ("items",):
        return _items(request, name)
    if len(rest) == 2 and rest[0] == "items":
        wish, params = _asked(request, ("crs",))
        query.check_systems(params)
        return documents.item(wish, request.base, name=name, identity=rest[1])
    if rest not in OF_COLLECTION:
        raise Refused("no_page", HTTPStatus.NOT_FOUND)
    wish, _ = _asked(request, ())
    return OF_COLLECTION[rest](wish, request.base, name=name)


def _items(request: Request, name: str) -> Answer:
    collection = sources.collection(name)
    filters, faults = collection.filter_names, Faults()
    wish, params = _read(request, (*query.PAGING, *filters), faults)
    asked = faults.of(query.items, params, filters)
    if faults or wish.format == "html":  # refuses what cannot be used
        faults.of(collection.select, Query(asked=query.given(params, filters)))
    faults.settle()
    if wish.format == "json" and asked is not None:
        return items.page(name, asked, params.items(), wish=wish, base=request.base)
    if asked is not None and asked.limit > MOST_ON_PAGE:
        params["limit"] = str(MOST_ON_PAGE)
    return documents.items(params, wish, request.base, name=name)


def _asked(request: Request, names: tuple[str, ...]) -> tuple[Wish, dict[str, str]]:
    """Return the wish, and the parameters, all of them known."""
    faults = Faults()
    found = _read(request, names, faults)
    faults.settle()
    return found


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
        wish = negotiation.wish(
            request.accept, request.accept_language, params.get("f"), params.get("lang")
        )
    except Refused:
        return None
    return request.parts, request.query_string, wish, request.base


def wish_despite(request: Request) -> Wish:
    """Return the wish of a request that may be faulty, to tell of the fault."""
    try:
        params = dict(query.pairs(request.query_string))
    except Refused:
        params = {}
    return negotiation.best_effort(request.accept, request.accept_language, params)
