"""Addresses: that of this server as its clients know it, and live links to the rows on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from api.limits import MOST_FEATURES
from geo import settings
from geo.facts import own_regions
from geo.search.criteria import render
from geo.workspaces import region as workspaces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.search.criteria import Criteria
    from geo.settings import Language

PREFIX: Final = "/api"
"""Where the API is mounted below the app."""

TILES: Final = "/tiles"
"""Where the vector tiles are mounted below the app."""

WORKSPACES: Final = "workspaces"
"""The path below that, below which each workspace has a service of its own, by its read key."""

HOST: Final = re.compile(
    r"([A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?"
)
PREFIX_OF_PROXY: Final = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")
MOST_HOST: Final = 300
NO_HOST: Final = "localhost"
"""The host where a client names none that could be one."""

Scope = Mapping[str, Any]
"""An ASGI connection."""


def public_base(scope: Scope) -> str:
    """Return the address of the app as the client knows it, without a slash at its end.

    It is the setting ``public_url``, where there is one. Else it is the host that the
    request names, with the path under which the app is served and the one before it that a proxy
    takes away (``X-Forwarded-Prefix``). What a proxy says of other hosts (``X-Forwarded-Host``)
    is not heard: any client can say it, and links would lead anywhere.

    Parameters
    ----------
    scope
        The connection.
    """
    public = settings.current().public_base
    if public is not None:
        return public
    named = next((value for name, value in scope["headers"] if name == b"host"), b"")
    host = named[: MOST_HOST + 1].decode("latin-1")
    if not host:
        socket, port = scope.get("server") or (NO_HOST, 80)
        host = socket if port is None else f"{socket}:{port}"
    scheme = "https" if scope.get("scheme") in {"https", "wss"} else "http"
    usable = host if HOST.fullmatch(host) else NO_HOST
    return f"{scheme}://{usable}{_prefix(scope)}{scope.get('root_path', '').rstrip('/')}"


def _prefix(scope: Scope) -> str:
    """Return the path that a proxy has taken away, as it says; "" where it says nothing sane."""
    named = next((value for name, value in scope["headers"] if name == b"x-forwarded-prefix"), b"")
    prefix = named[: MOST_HOST + 1].decode("latin-1").rstrip("/")
    return prefix if len(prefix) <= MOST_HOST and PREFIX_OF_PROXY.fullmatch(prefix) else ""


def service_address(base_url: str) -> str:
    """Return the address of the API, as QGIS and GDAL ask for it.

    Parameters
    ----------
    base_url
        Address of the app.
    """
    return base_url.rstrip("/") + PREFIX


def workspace_address(service: str, key: str) -> str:
    """Return the address of a workspace's own service below the API."""
    return f"{service}/{WORKSPACES}/{key}"


def tiles_address(service: str) -> str:
    """Return the address of the vector tiles beside an API."""
    return app_address(service) + TILES


def with_query(address: str, asked: Iterable[tuple[str, str]]) -> str:
    """Return an address with parameters, where there are any."""
    query = urlencode(list(asked), safe=",")
    return f"{address}?{query}" if query else address


def app_address(service: str) -> str:
    """Return the address of the pages beside an API, without a slash at its end."""
    return service.removesuffix(PREFIX)


def serves(region: str) -> bool:
    """Whether the API has the rows of a region: of one that somebody brought, once it is saved."""
    return not own_regions.is_own(region) or workspaces.key_of(region) is not None


def items_address(base_url: str, region: str | None, criteria: Criteria) -> str:
    """Return the address of the sites of a region that meet criteria, as GeoJSON.

    Parameters
    ----------
    base_url
        Address of the app.
    region
        Id of a region, or of that of a workspace; None for all of the catalogue.
    criteria
        What is asked of the sites.

    Returns
    -------
    str
        The rows are those of `matching.select`, in its order; where they are more than a page
        can hold (`limits.MOST_FEATURES`), the answer links to the next page.
    """
    service, asked = _asked_of(service_address(base_url), region, criteria)
    whole = asked | {"limit": str(MOST_FEATURES), "f": "json"}
    return with_query(f"{service}/collections/sites/items", whole.items())


def archive_address(base_url: str, region: str, criteria: Criteria) -> str:
    """Return the address of the tiles of the same sites in one file, as `items_address`."""
    service, asked = _asked_of(base_url.rstrip("/") + TILES, region, criteria)
    return with_query(f"{service}/sites.pmtiles", asked.items())


def _asked_of(service: str, region: str | None, criteria: Criteria) -> tuple[str, dict[str, str]]:
    """Return the service that has a region's sites, and what it is asked."""
    key = None if region is None else workspaces.key_of(region)
    if key is not None:
        return workspace_address(service, key), render(criteria)
    return service, ({"region": region} if region else {}) | render(criteria)


def changes_address(base_url: str, region: str, asked: Mapping[str, str]) -> str:
    """Return the address of the changes on record of a region, as GeoJSON.

    Parameters
    ----------
    base_url
        Address of the app.
    region
        Id of a region.
    asked
        Further parameters; empty ones are left out.
    """
    given = {name: value for name, value in asked.items() if value}
    params = {"region": region, **given, "limit": str(MOST_FEATURES), "f": "json"}
    query = urlencode(params, safe=",/")
    return f"{service_address(base_url)}/collections/changes/items?{query}"


def feed_address(base_url: str, region: str, lang: Language) -> str:
    """Return the address of the feed of a region's changes."""
    query = urlencode({"lang": lang, "region": region})
    return f"{service_address(base_url)}/feed?{query}"
