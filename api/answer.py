"""What goes back to a client: a body, its hash as ETag, and how it is packed."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import Final

from cachetools import LRUCache

from api.query import CRS84

JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"
SCHEMA: Final = "application/schema+json"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
HTML: Final = "text/html; charset=utf-8"
PROBLEM: Final = "application/problem+json"

LEAST_PACKED: Final = 500
"""Bytes below which packing gains nothing."""

LARGE: Final = 1_000_000
"""Bytes from which a quick packing is worth more than a tight one."""

MOST_KEPT: Final = 32_000_000
"""Bytes of answers that are remembered, with the keys they are remembered under."""

MOST_ANSWERS: Final = 500
"""Answers that are remembered, however small."""

BESIDE: Final = 2_000
"""Bytes that an answer takes beside its body: headers, hash, places in tables."""

Headers = tuple[tuple[bytes, bytes], ...]

ALWAYS: Final[Headers] = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Content-Crs"),
    (b"cache-control", b"no-cache"),  # ask again, with the ETag: 304 costs nothing
    (b"vary", b"Accept, Accept-Language, Accept-Encoding"),
    (b"x-content-type-options", b"nosniff"),
)
CONTENT_CRS: Final = (b"content-crs", f"<{CRS84}>".encode())
PAGE_POLICY: Final = (
    b"default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'self'; "
    b"base-uri 'none'"
)


@dataclass(frozen=True)
class Answer:
    """A whole answer.

    Parameters
    ----------
    body : bytes
        The representation.
    media_type : str
        Its type.
    lang : str
        Its language.
    status : HTTPStatus
        200 where omitted.
    more : tuple of (bytes, bytes)
        Further headers, names in lower case.
    """

    body: bytes
    media_type: str
    lang: str
    status: HTTPStatus = HTTPStatus.OK
    more: Headers = field(default=())

    @cached_property
    def mark(self) -> bytes:
        """Hash of the body; the ETag, between quotation marks, is made of it."""
        return hashlib.blake2b(self.body, digest_size=12).hexdigest().encode()

    @cached_property
    def packed(self) -> bytes | None:
        """The body as gzip has it; None where that is no shorter."""
        if len(self.body) < LEAST_PACKED:
            return None
        level = 6 if len(self.body) < LARGE else 1
        found = gzip.compress(self.body, compresslevel=level, mtime=0)
        return found if len(found) < len(self.body) else None

    @cached_property
    def headers(self) -> Headers:
        """Headers that do not depend on the packing."""
        html = self.media_type == HTML
        return (
            *ALWAYS,
            (b"content-type", self.media_type.encode()),
            (b"content-language", self.lang.encode()),
            *(((b"content-security-policy", PAGE_POLICY),) if html else ()),
            *self.more,
        )

    def reply(self, *, packing: bool, held: bytes) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        """Return status, headers and body for one request.

        Parameters
        ----------
        packing : bool
            Whether the client takes gzip.
        held : bytes
            Its header If-None-Match.
        """
        packed = self.packed if packing else None
        etag = b'"%s%s"' % (self.mark, b"-gz" if packed is not None else b"")
        if self.status is HTTPStatus.OK:
            if held and (held.strip() == b"*" or etag in _tags(held)):
                kept = [each for each in self.headers if not each[0].startswith(b"content-")]
                return HTTPStatus.NOT_MODIFIED, [*kept, (b"etag", etag)], b""
            headers = [*self.headers, (b"etag", etag)]
        else:
            headers = list(self.headers)
        body = self.body
        if packed is not None:
            headers.append((b"content-encoding", b"gzip"))
            body = packed
        headers.append((b"content-length", str(len(body)).encode()))
        return self.status, headers, body

    def settle(self, *, packing: bool) -> None:
        """Make hash, headers and, where asked for, packing now rather than with the reply."""
        _ = self.mark, self.headers, packing and self.packed

    def settled(self, *, packing: bool) -> bool:
        """Whether a reply needs no more work."""
        made = self.__dict__
        return "mark" in made and ("packed" in made or not packing)


def _tags(header: bytes) -> set[bytes]:
    return {each.strip().removeprefix(b"W/") for each in header.split(b",")}


def problem(status: HTTPStatus, detail: str, *, lang: str, more: Headers = ()) -> Answer:
    """Return a problem document (RFC 7807) that is an OGC exception as well."""
    codes = {HTTPStatus.NOT_FOUND: "NotFound", HTTPStatus.BAD_REQUEST: "InvalidParameterValue"}
    told = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": detail,
        "code": codes.get(status, "NoApplicableCode"),
        "description": detail,
    }
    body = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    return Answer(body, PROBLEM, lang, status, more)


class Kept:
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
        self._held: LRUCache[object, tuple[Answer, int]] = LRUCache(most, getsizeof=_size)
        self._guard = threading.Lock()

    def get(self, key: object) -> Answer | None:
        """Return the answer under a key, None where it is not remembered."""
        with self._guard:
            found = self._held.get(key)
        return found and found[0]

    def put(self, key: object, answer: Answer) -> None:
        """Remember an answer, and forget those not used for longest."""
        # The body, what it is packed to at most, and a key that a client has a say in.
        size = 2 * len(answer.body) + len(repr(key)) + BESIDE
        if size <= self.most / 2:
            with self._guard:
                self._held[key] = answer, max(size, self.least)


def _size(held: tuple[Answer, int]) -> int:
    return held[1]
