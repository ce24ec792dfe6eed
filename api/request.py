"""What a client sent, as far as it matters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from api import endpoints
from api.service import Service
from server import subpath, weights

if TYPE_CHECKING:
    from starlette.types import Scope


@dataclass(frozen=True)
class Request:
    """A request for a document.

    Parameters
    ----------
    parts : tuple of str
        Parts of the address below the service's own, none for the landing page.
    query_string : str
        What stands behind the question mark.
    accept, accept_language : str
        Headers, "" where absent, as far as they are read.
    base : str
        Address of the API as the client knows it.
    key : str, optional
        The key of the workspace whose service is asked, as it is written.
    region : str, optional
        Id of the workspace's region, once it is open.
    tiles : bool
        Whether tiles are asked, and not the API.
    """

    parts: tuple[str, ...]
    query_string: str
    accept: str
    accept_language: str
    base: str
    key: str | None = None
    region: str | None = None
    tiles: bool = False

    @classmethod
    def of(cls, scope: Scope, headers: dict[bytes, bytes]) -> Self:
        """Return what an ASGI server was asked.

        Parameters
        ----------
        scope
            Of the connection, type ``http``.
        headers
            Its headers, names in lower case.
        """

        def header(name: bytes) -> str:
            return headers.get(name, b"")[: weights.MOST_HEADER].decode("latin-1")

        whole = subpath.path_of(scope)
        tiles = subpath.is_within(whole, endpoints.TILES)
        prefix = endpoints.TILES if tiles else endpoints.PREFIX
        path = subpath.within(whole, prefix).strip("/")
        parts, key = tuple(path.split("/")) if path else (), None
        if len(parts) > 1 and parts[0] == endpoints.WORKSPACES:
            (_, key), parts = parts[:2], parts[2:]
        return cls(
            parts=parts,
            key=key,
            query_string=scope["query_string"].decode("latin-1"),
            accept=header(b"accept"),
            accept_language=header(b"accept-language"),
            tiles=tiles,
            base=endpoints.service_address(endpoints.public_base(scope)),
        )

    @property
    def service(self) -> Service:
        """The service that answers: the workspace's, where it is open."""
        if self.region is None:
            return Service(self.base)
        return Service(self.base, self.key, self.region)

    def opened(self, region: str) -> Self:
        """Return the request, of which the workspace's region is open."""
        return replace(self, region=region)
