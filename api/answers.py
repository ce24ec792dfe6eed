"""What the API sends, and the answers that it remembers."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from cachetools import LRUCache

from api.query import CRS84
from server import answer

Headers = answer.Headers

JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"
SCHEMA: Final = "application/schema+json"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
ATOM: Final = "application/atom+xml"
HTML: Final = "text/html; charset=utf-8"
PROBLEM: Final = "application/problem+json"

MOST_KEPT: Final = 32_000_000
"""Bytes of answers that are remembered, with the keys they are remembered under."""

MOST_ANSWERS: Final = 500
"""Answers that are remembered, however small."""

BESIDE: Final = 2_000
"""Bytes that an answer takes beside its body: headers, hash, places in tables."""

ALWAYS: Final[Headers] = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"ETag, Content-Crs, Content-Range, Content-Disposition, Accept-Ranges",
    ),
    (b"vary", b"Accept, Accept-Language, Accept-Encoding"),
    (b"x-content-type-options", b"nosniff"),
)
SHARED: Final[Headers] = ((b"cache-control", b"no-cache"),)
"""Ask again, with the ETag: 304 costs nothing."""

PRIVATE: Final[Headers] = (
    (b"cache-control", b"private, no-cache"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-robots-tag", b"noindex"),
)
"""Where the address is the key: nobody else keeps the answer, learns of it or lists it."""

CONTENT_CRS: Final = (b"content-crs", f"<{CRS84}>".encode())
PAGE_POLICY: Final = (
    b"default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'self'; "
    b"base-uri 'none'"
)


@dataclass(frozen=True)
class ApiAnswer(answer.Answer):
    """An answer of the API.

    Parameters
    ----------
    private : bool
        Whether it is for those alone who know its address.
    """

    private: bool = False

    def own(self) -> Headers:
        """Headers of its own."""
        policy = ((b"content-security-policy", PAGE_POLICY),) if self.media_type == HTML else ()
        return (*ALWAYS, *(PRIVATE if self.private else SHARED), *policy, *super().own())


def problem(status: HTTPStatus, detail: str, *, lang: str, more: Headers = ()) -> ApiAnswer:
    """Return a problem document (RFC 7807) that is an OGC exception as well."""
    codes = {HTTPStatus.NOT_FOUND: "NotFound", HTTPStatus.BAD_REQUEST: "InvalidParameterValue"}
    fault = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": detail,
        "code": codes.get(status, "NoApplicableCode"),
        "description": detail,
    }
    body = json.dumps(fault, ensure_ascii=False).encode("utf-8", "replace")
    return ApiAnswer(body, PROBLEM, lang, status, more)


class AnswerMemory:
    """The answers used last, as many as `most` bytes hold; safe among threads.

    Parameters
    ----------
    most : int
        Bytes of answers and of keys.
    count : int
        Answers; each counts as at least its share of the bytes.
    """

    def __init__(self, *, most: int = MOST_KEPT, count: int = MOST_ANSWERS) -> None:
        self.most = most
        self.least = most // count
        self._kept: LRUCache[object, tuple[ApiAnswer, int]] = LRUCache(most, getsizeof=_size)
        self._guard = threading.Lock()

    def get(self, key: object) -> ApiAnswer | None:
        """Return the answer under a key, None where it is not remembered."""
        with self._guard:
            kept = self._kept.get(key)
        return kept and kept[0]

    def put(self, key: object, answer: ApiAnswer) -> None:
        """Remember an answer, and forget those not used for longest."""
        # The body, what it is packed to at most, and a key that a client has a say in.
        size = 2 * len(answer.body) + len(repr(key)) + BESIDE
        if size <= self.most / 2:
            with self._guard:
                self._kept[key] = answer, max(size, self.least)


def _size(kept: tuple[ApiAnswer, int]) -> int:
    return kept[1]
