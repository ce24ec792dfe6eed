"""A client that shows an answer as it came: status, headers, bytes."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Reply:
    """An answer; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def ids(self) -> list[str]:
        return [feature["id"] for feature in self.json["features"]]

    def links(self, rel: str) -> list[str]:
        return [link["href"] for link in self.json["links"] if link["rel"] == rel]


@dataclass(frozen=True)
class Client:
    """Asks a server on a loopback port; paths are those below /api, or another prefix."""

    host: str
    port: int
    prefix: str = "/api"

    @property
    def base(self) -> str:
        """Address of the API."""
        return f"{self.app}{self.prefix}"

    @property
    def app(self) -> str:
        """Address of the app."""
        return f"http://{self.host}:{self.port}"

    @property
    def tiles(self) -> Client:
        """The same for the vector tiles."""
        return replace(self, prefix="/tiles")

    def get(self, path: str, **headers: str) -> Reply:
        return self.send("GET", path, None, **headers)

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """Ask for a path; headers are written with underscores."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, f"{self.prefix}{path}", body=body, headers=named)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, told, answer.read())
        finally:
            connection.close()

    def follow(self, address: str) -> Reply:
        """Ask for a whole address, which has to be one of this API or of its tiles."""
        asked = self if address.startswith(self.base) else self.tiles
        assert address.startswith(asked.base), address
        return asked.get(address.removeprefix(asked.base))
