"""What a client sent, as far as it matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api import addresses
from api.negotiation import MOST_HEADER, PREFIX

if TYPE_CHECKING:
    from starlette.types import Scope


@dataclass(frozen=True)
class Request:
    """A request for a document.

    Parameters
    ----------
    parts : tuple of str
        Parts of the address below the API's own, none for the landing page.
    query_string : str
        What stands behind the question mark.
    accept, accept_language : str
        Headers, "" where absent, as far as they are read.
    base : str
        Address of the API as the client knows it.
    """

    parts: tuple[str, ...]
    query_string: str
    accept: str
    accept_language: str
    base: str


def read(scope: Scope, headers: dict[bytes, bytes]) -> Request:
    """Return what an ASGI server was asked.

    Parameters
    ----------
    scope
        Of the connection, type ``http``.
    headers
        Its headers, names in lower case.
    """

    def header(name: bytes) -> str:
        return headers.get(name, b"")[:MOST_HEADER].decode("latin-1")

    path = path_of(scope).removeprefix(PREFIX).strip("/")
    return Request(
        parts=tuple(path.split("/")) if path else (),
        query_string=scope["query_string"].decode("latin-1"),
        accept=header(b"accept"),
        accept_language=header(b"accept-language"),
        base=addresses.service_address(addresses.public_base(scope)),
    )


def path_of(scope: Scope) -> str:
    """Return the path that was asked for, below the app's own."""
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))
