"""Reading a connection."""

from __future__ import annotations

from typing import Any

import pytest

from api.request import Request
from server import answer, weights


def scope(path: str, *, root: str = "", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - ASGI
    told = {"path": root + path, "root_path": root, "query_string": b"a=1", "scheme": "http"}
    return told | {"server": ("127.0.0.1", 80), "headers": []} | more


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/api", ()),
        ("/api/", ()),
        ("/api/collections/", ("collections",)),
        ("/api/collections/sites/items/a\nb", ("collections", "sites", "items", "a\nb")),
    ],
)
@pytest.mark.parametrize("root", ["", "/atlas"])
def test_the_address_is_cut_at_its_slashes(path: str, parts: tuple[str, ...], root: str) -> None:
    headers = {b"host": b"maps.example.org"}
    found = Request.of(scope(path, root=root, headers=[*headers.items()]), headers)
    assert found.parts == parts
    assert found.base == f"http://maps.example.org{root}/api"
    assert (found.query_string, found.accept) == ("a=1", "")


def test_without_a_host_the_socket_is_the_address() -> None:
    assert Request.of(scope("/api"), {}).base == "http://127.0.0.1:80/api"
    assert Request.of(scope("/api", server=None), {}).base == "http://localhost:80/api"


def test_headers_are_read_as_far_as_they_may_matter() -> None:
    endless = {b"accept": b"text/html," + b"x" * 60_000, b"accept-language": b"y" * 60_000}
    found = Request.of(scope("/api"), endless)
    assert len(found.accept) + len(found.accept_language) <= 2 * weights.MOST_HEADER


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (b"", False),
        (b"gzip", True),
        (b"br, GZIP;q=0.5", True),
        (b"*", True),
        (b"gzip;q=0", False),
        (b"gzip; q=0.0", False),
        (b"identity", False),
        (b"*;q=0, gzip", True),
        (b"*, gzip;q=0", False),
    ],
)
def test_gzip_is_used_where_it_is_taken(header: bytes, expected: bool) -> None:  # noqa: FBT001
    assert answer.takes_gzip(header) is expected
