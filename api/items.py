"""Pages of features: joined from ready text, the same as pygeoapi makes of the provider's rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from api import answer, sources, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.negotiation import Wish
    from api.query import Query


def page(
    name: str, query: Query, params: Iterable[tuple[str, str]], *, wish: Wish, base: str
) -> answer.Answer:
    """Return a page of a collection as GeoJSON.

    Parameters
    ----------
    name
        Id of the collection.
    query
        What is asked.
    params
        The same as written, for the links.
    wish
        Format and language.
    base
        Address of the API.

    Raises
    ------
    Refused
        For a filter's value that cannot be used.
    """
    features, matched = sources.collection(name).page(query)
    told = {
        "numberMatched": matched,
        "numberReturned": len(features),
        "links": links(name, query, params, matched=matched, lang=wish.lang, base=base),
    }
    rest = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    body = b"".join(
        (b'{"type":"FeatureCollection","features":[', b",".join(features), b"],", rest[1:])
    )
    return answer.Answer(body, answer.GEOJSON, wish.lang, more=(answer.CONTENT_CRS,))


def links(
    name: str,
    query: Query,
    params: Iterable[tuple[str, str]],
    *,
    matched: int,
    lang: texts.Language,
    base: str,
) -> list[dict[str, str]]:
    """Return the links of a page: itself, as HTML, to its neighbours, to its collection."""
    uri, written = f"{base}/collections/{name}/items", dict(params)
    kept = "".join(
        f"&{quote(key, safe='')}={quote(value, safe=',')}"
        for key, value in written.items()
        if key not in {"f", "offset"}
    )
    again = f"{kept}&f=json" if "f" in written else kept
    here = f"{kept}&offset={query.offset}" if query.offset else kept
    found = [
        _link("self", answer.GEOJSON, "This document as GeoJSON", f"{uri}?f=json{here}"),
        _link("alternate", "text/html", "This document as HTML", f"{uri}?f=html{here}"),
    ]
    if query.offset:
        before = f"{uri}?offset={max(0, query.offset - query.limit)}{again}"
        found.append(_link("prev", answer.GEOJSON, "Items (prev)", before))
    if matched > query.offset + query.limit:
        after = f"{uri}?offset={query.offset + query.limit}{again}"
        found.append(_link("next", answer.GEOJSON, "Items (next)", after))
    title = texts.text(f"collections.{name}", "title", lang)
    found.append(_link("collection", answer.JSON, title, uri.rpartition("/")[0]))
    return found


def _link(rel: str, media_type: str, title: str, href: str) -> dict[str, str]:
    return {"type": media_type, "rel": rel, "title": title, "href": href}
