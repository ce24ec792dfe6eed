"""Whose rows are served, and where: the catalogue's, or those of one workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from api import endpoints, sources, unit_figures
from api.words import ApiTexts
from geo.facts import own_regions

if TYPE_CHECKING:
    from api.collection import Collection, Outline
    from api.query import Asked
    from geo.settings import Language


@dataclass(frozen=True)
class Service:
    """A service of features; none knows anything of the others.

    Parameters
    ----------
    api : str
        Address of the API as the client knows it, without a slash at its end.
    key, region : str, optional
        The key that reads a workspace, and the id of its region, which is open; the catalogue
        where omitted.
    """

    api: str
    key: str | None = None
    region: str | None = None

    @property
    def base(self) -> str:
        """Its own address."""
        return self.api if self.key is None else endpoints.workspace_address(self.api, self.key)

    @property
    def tiles(self) -> str:
        """The address of its vector tiles."""
        tiles = endpoints.tiles_address(self.api)
        return tiles if self.key is None else endpoints.workspace_address(tiles, self.key)

    @property
    def names(self) -> tuple[str, ...]:
        """Ids of its collections."""
        return sources.names(self.region)

    def collection(
        self, name: str, basis: unit_figures.Basis = unit_figures.USUAL, asked: Asked = ()
    ) -> Collection:
        """Return one of its collections, see `sources.collection`."""
        return sources.collection(name, basis, asked, region=self.region)

    def check(self, name: str, asked: Asked) -> None:
        """Refuse what cannot be asked of one of its collections, see `sources.check`."""
        sources.check(name, asked, region=self.region)

    def outline(self, name: str) -> Outline:
        """Return what is said of one of its collections, see `sources.outline`."""
        return sources.outline(name, region=self.region)

    def title(self, lang: Language) -> str:
        """Return what it is called."""
        brought = own_regions.known(self.region)
        if brought is None:
            return ApiTexts(lang)("service.title")
        return ApiTexts(lang)("service.workspace", name=brought.name)

    def description(self, lang: Language) -> str:
        """Return what it holds."""
        return ApiTexts(lang)("service.description" if self.key is None else "service.own")

    def pages(self, **asked: str) -> str:
        """Return the address of the pages that show the same rows."""
        app = endpoints.app_address(self.api)
        if self.key is not None:
            asked["region"] = own_regions.PREFIX + self.key
        return f"{app}/?{urlencode(asked)}" if asked else app
