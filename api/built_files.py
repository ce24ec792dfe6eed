"""Whole collections as files on the disk: built once, kept while there is room, sent in parts."""

from __future__ import annotations

import hashlib
import threading
import weakref
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Final

from cachetools import LRUCache
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response

from api import answers, whole_files
from server import answer

if TYPE_CHECKING:
    from collections.abc import Hashable

    from starlette.types import Receive, Scope, Send

    from api.request import Request

MOST_KEPT: Final = 256_000_000
"""Bytes of files that are kept on the disk, beside those that are being sent."""

MOST_FILES: Final = 64
"""Files that are kept, however small."""


@dataclass(frozen=True, eq=False)
class BuiltFile:
    """A file that is there as long as somebody holds this.

    Parameters
    ----------
    path : Path
        Where it is.
    size : int
        Its bytes.
    mark : str
        Hash of them; the ETag, between quotation marks, is made of it.
    """

    path: Path
    size: int
    mark: str


def build(request: Request) -> BuiltFile:
    """Write the whole collection that is asked for; it is gone from the disk with the last holder.

    Raises
    ------
    RefusedRequest
        As `whole_files.write`.
    """
    with NamedTemporaryFile(suffix=whole_files.ending(request), delete=False) as made:
        path = Path(made.name)
    with ExitStack() as failed:
        failed.callback(path.unlink, missing_ok=True)
        whole_files.write(request, path)
        with path.open("rb") as file:
            mark = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=12)).hexdigest()
        built = BuiltFile(path, path.stat().st_size, mark)
        failed.pop_all()
    weakref.finalize(built, path.unlink, missing_ok=True)
    return built


class BuiltFileMemory:
    """The files used last, as many as `most` bytes hold, and always the latest.

    Parameters
    ----------
    most : int
        Bytes on the disk.
    count : int
        Files; each counts as at least its share of the bytes.
    """

    def __init__(self, *, most: int = MOST_KEPT, count: int = MOST_FILES) -> None:
        least = most // count
        self._kept: LRUCache[Hashable, BuiltFile] = LRUCache(
            most, getsizeof=lambda built: min(max(built.size, least), most)
        )
        self._guard = threading.Lock()

    def get(self, key: Hashable) -> BuiltFile | None:
        """Return the file under a key, None where it is not kept."""
        with self._guard:
            return self._kept.get(key)

    def put(self, key: Hashable, built: BuiltFile) -> None:
        """Keep a file, and let go of those not used for longest."""
        with self._guard:
            self._kept[key] = built


class BuiltAnswer(FileResponse):
    """A file as the answer to a request: all of it, a part, or that the client has it already.

    Parameters
    ----------
    built : BuiltFile
        The file.
    request : Request
        What it was built for.
    """

    def __init__(self, built: BuiltFile, request: Request) -> None:
        self.built = built  # held until it is sent
        end = whole_files.ending(request) or ""
        kept = answers.PRIVATE if request.key is not None else answers.SHARED
        super().__init__(
            built.path,
            media_type=whole_files.MEDIA[end],
            headers={name.decode(): value.decode() for name, value in (*answers.ALWAYS, *kept)}
            | {"etag": f'"{built.mark}"'},
            filename=f"chuangtu-{whole_files.name(request)}{end}",
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI has it."""
        known = Headers(scope=scope).get("if-none-match", "")
        if not answer.holds(known.encode("latin-1"), self.headers["etag"].encode()):
            await super().__call__(scope, receive, send)
            return
        same = Response(None, HTTPStatus.NOT_MODIFIED)
        kept = [each for each in self.raw_headers if not each[0].startswith(b"content-")]
        same.raw_headers = kept
        await same(scope, receive, send)
