"""Features: pages joined from ready text, and one by its id."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from api import answers, documents, selection, sources
from api.query import OF_FIGURES, basis_of, given
from api.refusals import RefusedRequest
from api.words import ApiTexts
from geo.checks.written import shortened
from geo.files import plain_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from api.query import ItemsQuery
    from api.service import Service
    from geo.settings import Language


def page(
    name: str,
    query: ItemsQuery,
    params: Iterable[tuple[str, str]],
    *,
    lang: Language,
    service: Service,
) -> bytes:
    """Return a page of a collection as GeoJSON.

    Parameters
    ----------
    name
        Id of the collection.
    query
        What is asked.
    params
        The same as written, for the links.
    lang
        Language of the links' titles.
    service
        Whose it is.

    Raises
    ------
    RefusedRequest
        For a filter's value that cannot be used.
    """
    features, matched = selection.page(service.collection(name, query.basis, query.asked), query)
    members = {
        "numberMatched": matched,
        "numberReturned": len(features),
        **({"method": method} if (method := ApiTexts(lang).method(name)) else {}),
        "links": _links(name, query, params, matched=matched, lang=lang, service=service),
    }
    rest = plain_values.to_json(members).encode("utf-8", "replace")
    return b"".join(
        (b'{"type":"FeatureCollection","features":[', b",".join(features), b"],", rest[1:])
    )


def _links(
    name: str,
    query: ItemsQuery,
    params: Iterable[tuple[str, str]],
    *,
    matched: int,
    lang: Language,
    service: Service,
) -> list[dict[str, str]]:
    """Return the links of a page: itself, as HTML, to its neighbours, to its collection."""
    uri, written = f"{service.base}/collections/{name}/items", dict(params)
    kept = "".join(
        f"&{quote(key, safe='')}={quote(value, safe=',')}"
        for key, value in written.items()
        if key not in {"f", "offset"}
    )
    again = f"{kept}&f=json" if "f" in written else kept
    here = f"{kept}&offset={query.offset}" if query.offset else kept
    own = ApiTexts(lang)("service.document")
    links = [
        documents.link("self", answers.GEOJSON, f"{own} (JSON)", f"{uri}?f=json{here}"),
        documents.link("alternate", "text/html", f"{own} (HTML)", f"{uri}?f=html{here}"),
    ]
    if query.offset:
        before = f"{uri}?offset={max(0, query.offset - query.limit)}{again}"
        title = ApiTexts(lang)("pages.previous")
        links.append(documents.link("prev", answers.GEOJSON, title, before))
    if matched > query.offset + query.limit:
        after = f"{uri}?offset={query.offset + query.limit}{again}"
        links.append(documents.link("next", answers.GEOJSON, ApiTexts(lang)("pages.next"), after))
    title = ApiTexts(lang)(f"collections.{name}.title")
    links.append(documents.link("collection", answers.JSON, title, uri.rpartition("/")[0]))
    return links


def item(
    name: str, identity: str, params: Mapping[str, str], *, lang: Language, service: Service
) -> documents.Json:
    """Return one feature, of a unit with the figures that are asked for, of what is made for it.

    Raises
    ------
    RefusedRequest
        404 if there is none of this id.
    """
    basis = basis_of({} if name in sources.ASKED_FOR else params)
    collection = service.collection(name, basis, given(params, service.outline(name).filters))
    if identity not in collection.rows:
        status = HTTPStatus.NOT_FOUND
        raise RefusedRequest("no_feature", status, collection=name, name=shortened(identity))
    (text,) = collection.features.at([collection.rows[identity]])
    feature: documents.Json = json.loads(text)
    root = f"{service.base}/collections/{name}"
    title = ApiTexts(lang)(f"collections.{name}.title")
    address = f"{root}/items/{quote(identity, safe='')}"
    feature["links"] = [
        *documents.both("root", "root", answers.JSON, service.base, lang, "service"),
        *documents.both(
            "self",
            "alternate",
            answers.GEOJSON,
            address,
            lang,
            asked=asked_of_item(params, name, service),
        ),
        documents.link("collection", answers.JSON, title, root),
    ]
    return feature


def asked_of_item(params: Mapping[str, str], name: str, service: Service) -> str:
    """Return what of the parameters the address of one feature carries on."""
    names = names_of_item(name, service)
    asked = {each: params[each] for each in names if params.get(each)}
    return f"&{urlencode(asked, safe=',')}" if asked else ""


def names_of_item(name: str, service: Service) -> tuple[str, ...]:
    """Return the parameters that one feature of a collection hangs on."""
    if name in sources.ASKED_FOR:
        return tuple(service.outline(name).filters)
    return OF_FIGURES if service.outline(name).units else ()
