"""Routes below a path: the same answers, and nothing taken from others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Match, Mount, Route

from api import endpoints
from server.subpath import base_path, below

if TYPE_CHECKING:
    from starlette.requests import Request


def where(request: Request) -> PlainTextResponse:
    return PlainTextResponse(endpoints.public_base(request.scope))


ROUTES = [Route("/report", where), Mount("/assets/a", app=Starlette())]


def scope(path: str) -> dict[str, Any]:
    return {"type": "http", "method": "GET", "path": path, "headers": [(b"host", b"a.org")]}


@pytest.mark.parametrize("base", ["atlas", "/atlas/", "deep/atlas"])
def test_a_route_is_found_below_the_path_and_knows_it(base: str) -> None:
    (route,) = below(base_path(base), ROUTES)
    path = "/" + base.strip("/")
    match, told = route.matches(scope(f"{path}/report"))
    assert match is Match.FULL
    assert endpoints.public_base({**scope(f"{path}/report"), **told}) == f"http://a.org{path}"
    assert route.matches(scope(f"{path}/assets/a/x.js"))[0] is Match.FULL


@pytest.mark.parametrize("path", ["/report", "/atlas", "/atlas/", "/atlas/find", "/atlases/report"])
def test_other_addresses_are_left_to_others(path: str) -> None:
    (route,) = below("/atlas", ROUTES)
    assert route.matches(scope(path))[0] is Match.NONE


@pytest.mark.parametrize("base", ["", "/"])
def test_without_a_path_routes_are_as_they_are(base: str) -> None:
    assert below(base_path(base), ROUTES) == ROUTES
