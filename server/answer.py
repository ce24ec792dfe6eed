"""A whole answer: its body, the body's hash as ETag, and how it is packed."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from server import weights

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

LEAST_PACKED: Final = 500
"""Bytes below which packing gains nothing."""

LARGE: Final = 1_000_000
"""Bytes from which a quick packing is worth more than a tight one."""

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True)
class Answer:
    """An answer to any client, and as ASGI application the reply to one.

    Parameters
    ----------
    body : bytes
        The representation.
    media_type : str
        Its type.
    lang : str
        Its language; not told where empty.
    status : HTTPStatus
        200 where omitted; another has no ETag.
    more : tuple of (bytes, bytes)
        Further headers, names in lower case.
    lasting : bool
        Whether it is made once and kept: then a tight packing is worth its time at any size.
    """

    body: bytes
    media_type: str
    lang: str = ""
    status: HTTPStatus = HTTPStatus.OK
    more: Headers = ()
    lasting: bool = False

    @cached_property
    def headers(self) -> Headers:
        """Headers that do not depend on the packing."""
        return self.own()

    def own(self) -> Headers:
        """Return type, language and further headers."""
        language = ((b"content-language", self.lang.encode()),) if self.lang else ()
        return ((b"content-type", self.media_type.encode()), *language, *self.more)

    @cached_property
    def mark(self) -> bytes:
        """Hash of the body; the ETag, between quotation marks, is made of it."""
        return hashlib.blake2b(self.body, digest_size=12).hexdigest().encode()

    @cached_property
    def packed(self) -> bytes | None:
        """The body as gzip has it; None where that is no shorter."""
        if len(self.body) < LEAST_PACKED:
            return None
        level = 6 if self.lasting or len(self.body) < LARGE else 1
        packed = gzip.compress(self.body, compresslevel=level, mtime=0)
        return packed if len(packed) < len(self.body) else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Answer one request, as ASGI has it; hash and packing are made in a thread, once."""
        asked = dict(scope["headers"])
        packing = takes_gzip(asked.get(b"accept-encoding", b""))
        made = self.__dict__
        if "mark" not in made or (packing and "packed" not in made):
            await asyncio.to_thread(lambda: (self.mark, packing and self.packed))
        status, headers, body = self.reply(
            packing=packing, if_none_match=asked.get(b"if-none-match", b"")
        )
        await send({"type": "http.response.start", "status": int(status), "headers": headers})
        sent = b"" if scope["method"] == "HEAD" else body
        await send({"type": "http.response.body", "body": sent})

    def reply(
        self, *, packing: bool, if_none_match: bytes
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        """Return status, headers and body for one request.

        Parameters
        ----------
        packing : bool
            Whether the client takes gzip.
        if_none_match : bytes
            Its header If-None-Match.
        """
        packed = self.packed if packing else None
        etag = b'"%s%s"' % (self.mark, b"-gz" if packed is not None else b"")
        if self.status is HTTPStatus.OK:
            if holds(if_none_match, etag):
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


def takes_gzip(accept_encoding: bytes) -> bool:
    """Whether a client takes packed answers."""
    taken = dict(weights.weighed(accept_encoding.decode("latin-1")))
    return taken.get("gzip", taken.get("*", 0.0)) > 0


def holds(if_none_match: bytes, etag: bytes) -> bool:
    """Whether a client holds an answer already, as its header If-None-Match says."""
    tags = {each.strip().removeprefix(b"W/") for each in if_none_match.split(b",")}
    return bool(tags & {b"*", etag})
