"""Routes below the path that the app is served under."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.routing import BaseRoute, Match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import Receive, Scope, Send


class Below(BaseRoute):
    """Routes as they are without a path before them; what none of them knows is left to others.

    Streamlit's option ``server.baseUrlPath`` moves its own routes and not those it is given, and
    Starlette's Mount answers 404 to all below its path that it does not know.

    Parameters
    ----------
    base : str
        The path, with a slash before and none behind.
    routes : sequence of BaseRoute
        The routes.
    """

    def __init__(self, base: str, routes: Sequence[BaseRoute]) -> None:
        self.base = base
        self.routes = list(routes)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return how well one of the routes fits a connection, and with what."""
        root = str(scope.get("root_path", ""))
        if not str(scope.get("path", "")).startswith(f"{root}{self.base}/"):
            return Match.NONE, {}
        below: dict[str, Any] = {"root_path": root + self.base}
        for route in self.routes:
            match, child = route.matches({**scope, **below})
            if match is not Match.NONE:
                return match, {**below, **child, "below": route}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a connection by the route that fits it."""
        await scope["below"].handle(scope, receive, send)


def below(base: str, routes: Sequence[BaseRoute]) -> list[BaseRoute]:
    """Return routes below a path, as it stands in an option: "atlas" or "/atlas/"; "" is none."""
    path = base.strip("/")
    return [Below(f"/{path}", routes)] if path else list(routes)
