"""A client that shows an answer as it came: status, headers, bytes."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
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
    """Asks a server on a loopback port; paths are those below /api."""

    host: str
    port: int

    @property
    def base(self) -> str:
        """Address of the API."""
        return f"http://{self.host}:{self.port}/api"

    def get(self, path: str, **headers: str) -> Reply:
        return self.send("GET", path, None, **headers)

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """Ask for a path; headers are written with underscores."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, f"/api{path}", body=body, headers=named)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, told, answer.read())
        finally:
            connection.close()

    def follow(self, address: str) -> Reply:
        """Ask for a whole address, which has to be one of this API."""
        assert address.startswith(self.base), address
        return self.get(address.removeprefix(self.base))
