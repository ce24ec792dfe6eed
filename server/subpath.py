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
        The path, as `base_path` has it.
    routes : sequence of BaseRoute
        The routes.
    """

    def __init__(self, base: str, routes: Sequence[BaseRoute]) -> None:
        self.base = base
        self.routes = list(routes)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return how well one of the routes fits a connection, and with what."""
        if not path_of(scope).startswith(f"{self.base}/"):
            return Match.NONE, {}
        below: dict[str, Any] = {"root_path": scope.get("root_path", "") + self.base}
        for route in self.routes:
            match, child = route.matches({**scope, **below})
            if match is not Match.NONE:
                return match, {**below, **child, "below": route}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a connection by the route that fits it."""
        await scope["below"].handle(scope, receive, send)


def below(base: str, routes: Sequence[BaseRoute]) -> list[BaseRoute]:
    """Return routes below a path as `base_path` has it."""
    return [Below(base, routes)] if base else list(routes)


def base_path(option: str) -> str:
    """Return a path as it stands in an option, "atlas" or "/atlas/", with a slash before it.

    There is none behind; "" is no path.
    """
    path = option.strip("/")
    return f"/{path}" if path else ""


def is_within(path: str, base: str) -> bool:
    """Whether a path is another one or below it."""
    return f"{path}/".startswith(f"{base}/")


def within(path: str, base: str) -> str:
    """Return what of a path is below another one; all of it where it is not below."""
    return path.removeprefix(base) if is_within(path, base) else path


def path_of(scope: Scope) -> str:
    """Return the path that a connection asks for, below the one that the app is served under."""
    return within(str(scope.get("path", "")), str(scope.get("root_path", "")))
