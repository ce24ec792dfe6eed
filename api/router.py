"""Which document an address names, and which parameters it takes."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from api import documents, items, negotiation, query, sources
from api.errors import Refused, shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.answer import Answer
    from api.negotiation import Wish
    from api.request import Request

DOCUMENTS: Final[dict[tuple[str, ...], Callable[[Wish, str], Answer]]] = {
    (): documents.landing,
    ("openapi",): documents.api_description,
    ("conformance",): documents.conformance,
    ("collections",): documents.collections,
}

OF_COLLECTION: Final = {
    (): documents.collection,
    ("schema",): documents.schema,
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
    filters = sources.collection(name).filter_names
    wish, params = _asked(request, (*query.PAGING, *filters))
    asked = query.items(params, filters)
    if wish.format == "json":
        return items.page(name, asked, params.items(), wish=wish, base=request.base)
    sources.collection(name).select(asked)  # refuses what cannot be used
    return documents.items(params, wish, request.base, name=name)


def _asked(request: Request, names: tuple[str, ...]) -> tuple[Wish, dict[str, str]]:
    """Return the wish, and the parameters, all of them known."""
    params = query.known(query.pairs(request.query_string), (*query.GENERAL, *names))
    wish = negotiation.wish(
        request.accept, request.accept_language, params.get("f"), params.get("lang")
    )
    return wish, params


def wish_despite(request: Request) -> Wish:
    """Return the wish of a request that may be faulty, to tell of the fault."""
    try:
        params = dict(query.pairs(request.query_string))
    except Refused:
        params = {}
    return negotiation.best_effort(request.accept, request.accept_language, params)
